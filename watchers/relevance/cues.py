"""Count words that speak for defence news and words that speak for other pages, in any language.

The words are the gazetteer's context groups; this file only counts.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from watchers.gazetteer.edges import clean_end, ends_clean, open_end, starts_clean
from watchers.text import fold, folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchers.text import Folded
    from watchers.types import Mention

FOR = frozenset({"defence"})
# Groups about the sports, culture, consumer and court pages; "civil-" begins the names of those on civil
# uses.
AGAINST = frozenset(
    {
        "sport",
        "music",
        "fiction",
        "food",
        "animal",
        "weather",
        "health",
        "court",
        "finance",
        "society",
        "product",
    }
)
_CIVIL = "civil-"
# Words of those pages that defence news has too: trial, cheap, 離島. Beside a word of defence they speak
# against nothing unless a word of another page stands with them that is not shared.
SHARED = "shared"
SHARED_WORTH = 0.3  # from .2 to .7 average precision of sets left out moves by .001
READS = 2_000  # characters; a cue that comes later says little about what an entry is about
MAX_WORDS = 50
KEPT = 256  # texts whose folded form is kept: cues, doings, names and home words read one text in turn
_CJK_FROM = "\u2e80"
# Stems of fewer letters may run on only in a language whose words do; "tür*" would begin "turbine".
_SHORTEST_STEM = 4
_NAMES = ("loc:", "org:", "pla:", "prg:", "per:")


@dataclass(frozen=True, slots=True)
class Cues:
    """The different cue words of a text, for and against, each once."""

    speaks_for: frozenset[str]
    speaks_against: frozenset[str]
    against: float  # how many speak against; one that defence news has too counts SHARED_WORTH


class CueFinder:
    """Built once from the gazetteer's groups; then safe to use from several threads."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        words: dict[str, tuple[bool, bool]] = {}
        self._shared = frozenset(fold(word.rstrip("*")) for word in groups.get(SHARED, ()))
        for group, members in groups.items():
            against = group in AGAINST or group.startswith(_CIVIL)
            if against or group in FOR:
                for word in members:
                    words[fold(word.rstrip("*"))] = (against, word.endswith("*"))
        self._words = tuple(words.items())
        self._automaton = AhoCorasick(list(words)) if words else None

    def find(self, text: str, lang: str, mentions: Sequence[Mention] = ()) -> Cues:
        """Return the cue words of the first READS characters.

        A word that is part of a known name speaks against nothing: the stem of "novel" begins a country.
        """
        good: set[str] = set()
        bad: set[str] = set()
        if self._automaton is None:
            return Cues(frozenset(), frozenset(), 0.0)
        source, flat = flattened(text[:READS])
        taken = [(m.start, m.end) for m in mentions if m.entity.startswith(_NAMES)]
        for index, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True):
            word, (against, opened) = self._words[index]
            found = bad if against else good
            if (
                word not in found
                and len(found) < MAX_WORDS
                and whole_word(flat, start, end, lang=lang, opened=opened)
                and not (against and _within(source.span(start, end), taken))
            ):
                found.add(word)
        if good and bad <= self._shared:
            bad.clear()
        shared = len(bad & self._shared)
        return Cues(frozenset(good), frozenset(bad), len(bad) - shared + SHARED_WORTH * shared)


@functools.lru_cache(maxsize=KEPT)
def flattened(text: str) -> tuple[Folded, str]:
    """Return a text folded, and that in one line without lone surrogates, which automata refuse."""
    source = folded(text)
    return source, source.text.replace("\n", " ").encode("utf-8", "replace").decode("utf-8")


def whole_word(text: str, start: int, end: int, *, lang: str, opened: bool) -> bool:
    """Tell whether a word found in folded text stands alone; an `opened` one may run on."""
    if not starts_clean(text, start, lang=lang, joins=True, alone=False):
        return False
    if text[end - 1] >= _CJK_FROM:
        # one character is a word only where no other touches it: 薬 is no part of 弾薬
        single = end - start == 1
        return starts_clean(text, start, lang=lang, joins=not single, alone=single) and ends_clean(
            text, end, joins=not single, alone=single
        )
    if opened:
        if end - start < _SHORTEST_STEM and lang != "tr":
            return False
        return open_end(text, end) is not None
    return clean_end(text, start, end, lang=lang, softened=False) is not None


def _within(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
