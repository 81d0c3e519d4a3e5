"""Find the gazetteer's names in a text, in any of its languages, and tell them from their look-alikes.

Not for names that no file holds: open-class people and firms are the business of `watchers.facts`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick

from watchers.gazetteer.context import Context, Judge
from watchers.gazetteer.edges import clean_end, ends_clean, is_word, open_end, starts_clean
from watchers.gazetteer.lines import Lines
from watchers.text import fold, folded
from watchers.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchers.gazetteer.entities import Alias, Entity, Gazetteer
    from watchers.text import Folded

MAX_CHARACTERS = 50_000  # a long article has 20,000; what comes after is not read
_FLAT = (*((space, " ") for space in "\n\t\r"), *((dash, "-") for dash in "‐‑‒–—−"))
_CJK_FROM = "\u2e80"
_LETTER_CODE = re.compile(r"[a-z]-[0-9]")  # F-16, which is also written F 16
_SHORT_EXACT = 4  # letters; Turkish country names of this length are other words without their marks


class _Use(NamedTuple):
    """One thing that a folded form may mean: an entity's alias, or a context word if `entity` is None."""

    entity: Entity | None
    word: str  # the context word's key
    name: str  # the alias as the file has it
    weak: bool = False
    exact: frozenset[str] = frozenset()  # the spellings allowed; empty: any
    joins: bool = False
    alone: bool = False
    begins: bool = False
    common: bool = False
    own: str = ""  # the only language in whose texts it counts; empty: any
    opened: bool = False
    softened: bool = False
    rank: tuple[bool, bool, int] = (True, True, 0)  # which goes first if two entities share an alias


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    use: _Use
    stem: int  # where the alias itself ends, before a plural


class Finder:
    """Find names. Built once from a gazetteer (about 100 ms); then safe to use from several threads."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._judge = Judge(gazetteer)
        uses: dict[str, list[_Use]] = {}
        for order, entity in enumerate(gazetteer.entities.values()):
            for alias in entity.aliases:
                for form, use in _alias_uses(entity, alias, order):
                    uses.setdefault(form, []).append(use)
        for word in self._judge.words:
            form, opened = _stem(word)
            uses.setdefault(form, []).append(_Use(None, word, word, joins=True, opened=opened))
        self._uses = tuple(tuple(found) for found in uses.values())
        self._automaton = AhoCorasick(list(uses))

    def find(self, text: str, lang: str) -> tuple[Mention, ...]:
        """Return what the text names, in order and without overlaps: the longest name wins.

        `lang` (en, tr, ja or any other code) decides which suffixes a word may have; the names of every
        language are looked for. A Turkish suffix is not part of the mention. Reads at most MAX_CHARACTERS.
        """
        source = folded(text[:MAX_CHARACTERS])
        flat = _flat(source.text)
        context = Context()
        lines = Lines(text)
        candidates: list[_Candidate] = []
        for candidate in self._matches(flat, lang):
            use = candidate.use
            if use.entity is None:
                context.add(use.word, candidate.start, candidate.end)
            elif (not use.exact or _spelling(text, source, candidate) in use.exact) and not (
                use.common and lines.shouted(source.span(candidate.start, candidate.end)[0])
            ):
                candidates.append(candidate)
                if not use.weak:
                    context.add(use.entity.id, candidate.start, candidate.end)
        kept = [found for found in candidates if self._meant(found, context)]
        longest = _longest(kept, len(flat))
        return tuple(_mention(text, source, one, one.use.entity) for one in longest if one.use.entity)

    def _matches(self, text: str, lang: str) -> Iterator[_Candidate]:
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            # Most hits lie inside a longer Latin word, whatever they could mean there.
            if start and is_word(text[start - 1]) and text[start] < _CJK_FROM:
                continue
            japanese = text[start] >= _CJK_FROM and text[end - 1] >= _CJK_FROM
            for use in self._uses[index]:
                if use.own and use.own != lang:
                    continue
                if japanese and use.joins and not (use.alone or use.begins):  # no edge to look at
                    yield _Candidate(start, end, use, end)
                    continue
                alone = use.alone or use.begins
                if not starts_clean(text, start, lang=lang, joins=use.joins, alone=alone):
                    continue
                stop = _end(text, start, end, use, lang)
                if stop is not None:
                    yield _Candidate(start, stop, use, end)

    def _meant(self, candidate: _Candidate, context: Context) -> bool:
        use = candidate.use
        if use.entity is None or not use.weak:
            return True
        return self._judge.allows(use.entity, context, candidate.start, candidate.end)


def _flat(text: str) -> str:
    """Return a text with line breaks as spaces and every dash a hyphen, so that offsets stay."""
    if text.isascii() and text.isprintable():
        return text
    for old, new in _FLAT:
        text = text.replace(old, new)  # seven times faster than str.translate on text that has none
    return text


def _end(text: str, start: int, end: int, use: _Use, lang: str) -> int | None:
    if text[end - 1] >= _CJK_FROM:
        return end if ends_clean(text, end, joins=use.joins, alone=use.alone) else None
    if use.opened:
        return open_end(text, end)
    return clean_end(text, start, end, lang=lang, softened=use.softened)


def _longest(candidates: list[_Candidate], size: int) -> list[_Candidate]:
    """Return candidates without overlaps, the longest first; of equals the one that needed its context."""
    candidates.sort(key=lambda c: (c.start - c.end, c.start, c.use.rank))
    taken = bytearray(size)
    kept: list[_Candidate] = []
    for candidate in candidates:
        if not any(taken[candidate.start : candidate.end]):
            taken[candidate.start : candidate.end] = b"\x01" * (candidate.end - candidate.start)
            kept.append(candidate)
    kept.sort(key=lambda c: c.start)
    return kept


def _mention(text: str, source: Folded, candidate: _Candidate, entity: Entity) -> Mention:
    start, end = source.span(candidate.start, candidate.end)
    return Mention(start=start, end=end, mention=text[start:end], entity=entity.id, name=entity.name)


def _spelling(text: str, source: Folded, candidate: _Candidate) -> str:
    start, end = source.span(candidate.start, candidate.stem)
    return bare(text[start:end])


def bare(name: str) -> str:
    """Return a name as spellings are compared: composed, without hyphens, spaces and their kin."""
    composed = unicodedata.normalize("NFKC", name)
    return "".join(c for c in composed if c.isalnum())


def _stem(word: str) -> tuple[str, bool]:
    """Return the form to look for, and whether the word may go on."""
    return _flat(fold(word.rstrip("*"))), word.endswith("*")


def _alias_uses(entity: Entity, alias: Alias, order: int) -> Iterable[tuple[str, _Use]]:
    """Yield each folded form of an alias: hyphens kept, dropped and as spaces; Turkish k softened to g."""
    stem, opened = _stem(alias.text)
    # one whose context was asked for and found, then things before ideas, then the order of the files
    rank = (not (alias.weak and entity.needs), entity.kind == "con", order)
    use = _Use(
        entity,
        "",
        alias.text,
        weak=alias.weak,
        exact=spellings(alias.text) if alias.exact else frozenset(),
        joins=alias.joins,
        alone=alias.alone,
        begins=alias.begins,
        common=alias.common,
        own=alias.lang if alias.own else "",
        opened=opened,
        rank=rank,
    )
    yield stem, use
    if "-" in stem:
        yield stem.replace("-", ""), use
        spaced = stem.replace("-", " ")
        if not _LETTER_CODE.match(stem):
            yield spaced, use
        elif not stem.startswith("a"):  # "A 29-year-old"; "Poor's 500" is no S 500
            yield spaced, use._replace(exact=spellings(alias.text))
    if alias.lang == "tr" and entity.kind == "con" and stem.endswith("k") and not opened:
        yield stem[:-1] + "g", use._replace(softened=True, exact=frozenset())


def spellings(name: str) -> frozenset[str]:
    """Return how an exact alias may be spelt: as given, without diacritics if long, and all in capitals.

    Şam without its diacritic is Sam; an acronym stays one (SIHA).
    """
    plainly = bare(name)
    turkish = plainly.replace("i", "İ").replace("ı", "I").upper()
    found = {plainly, plainly.upper(), turkish}
    if len(plainly) > _SHORT_EXACT or plainly.isupper():
        marks = unicodedata.normalize("NFKD", plainly.replace("ı", "i"))
        plain = "".join(c for c in marks if not unicodedata.combining(c))
        found |= {plain, plain.upper()}
    return frozenset(found)
