"""Read names that no gazetteer knows from a text: capitalised words, designators and Katakana."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from watchers.stories.sounds import KNOWN_NAMES
from watchers.text import fold, is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.types import Mention

STEM = 5  # letters of a name that its forms share
# Tavria is Tavrya in Turkish, and a Latin w is its v.
_ONE_SPELLING = str.maketrans({"y": "i", "w": "v"})
_SENTENCE_STARTS = ("", ".", "!", "?", "…", ":", ";", "|", "–", "—", "-", "“", '"', "(")
_LATIN_WORD = re.compile(r"[^\W\d_][\w’'-]{2,30}")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,24}")
# A26, F-35B, Mk1A, 26M: letters and digits, at least one of each.
_DESIGNATOR = re.compile(
    r"(?<![a-z\d-])(?:[a-z]{1,4}-?\d{1,4}[a-z]{0,2}(?:-?\d{1,3})?|\d{1,4}[a-z]{1,3}\d{0,3})(?![a-z\d-])"
)
_AMOUNT = re.compile(r"\d+(?:st|nd|rd|th|bn|mn|m|b|tn|km|kg|mm|cm|pm|am|k)")
# Capitalised in English wherever they stand, or at the head of a sentence so often that they name nothing.
_CALENDAR = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december pazartesi sali carsamba persembe cuma cumartesi pazar ocak
subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
"""
_NUMERALS = """
two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty sixty seventy
eighty ninety hundred thousand million billion half first second third iki uc dort bes alti yedi sekiz
dokuz yirmi otuz kirk elli altmis yetmis seksen doksan yuz ilk
"""
_SMALL_WORDS = """
the and but for from with after its his her their they there this that these those some all both each
more most many how why what when where who another other new bir bu ile icin yeni
"""
# Nothing of it names what an event is about.
_NO_NAMES = frozenset(f"{_CALENDAR} {_NUMERALS} {_SMALL_WORDS}".split())


def stem(name: str) -> str:
    """Return what a folded name has in common with its demonym and its form in the other language.

    Valmora, Valmoran and Valmorya'nın are one name.
    """
    return name.translate(_ONE_SPELLING)[:STEM]


@lru_cache(maxsize=KNOWN_NAMES)
def stem_of(name: str) -> str:
    """Return the stem of a name as it is written, empty for a day, a month, a number or a mere word."""
    flat = fold(name)
    return "" if flat in _NO_NAMES or flat.split("-")[0] in _NO_NAMES else stem(flat)


def stems(text: str) -> frozenset[str]:
    """Return the stems of all Latin words that begin with a capital."""
    return frozenset(one for one in map(stem_of, capitalised(text)) if len(one) > 2)


def katakana(text: str) -> list[str]:
    """Return a text's Katakana words."""
    return _KATAKANA.findall(text)


def designators(flat: str) -> frozenset[str]:
    """Return the designators of a folded text without hyphen or plural: f35b of F-35Bs."""
    found = (d.replace("-", "") for d in _DESIGNATOR.findall(flat) if not _AMOUNT.fullmatch(d))
    return frozenset(d[:-1] if d[-1] == "s" and len(d) > 2 else d for d in found)


def firm(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield names that are no words begun with a capital for their place in the sentence or in a headline.

    Those that the gazetteer knows are left out.
    """
    known = _known(mentions)
    for line in text.split("\n"):
        yield from (name for name, is_first in _names_of(line) if not is_first and name not in known)


def subjects(title: str, text: str, mentions: Sequence[Mention]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of a headline's names that the gazetteer does not know, and of what may be such.

    None of a headline in capitals. What begins a sentence is beyond doubt if the text writes it so once more.
    """
    known = _known(mentions)
    if is_cjk(title):
        return frozenset(katakana(title)) - known, frozenset()
    names = [(name, is_first) for name, is_first in _names_of(title) if name not in known]
    sure = frozenset(stem_of(n) for n, is_first in names if not is_first or text.count(n) > 1) - {""}
    return sure, frozenset(stem_of(n) for n, _ in names) - sure - {""}


def _known(mentions: Sequence[Mention]) -> set[str]:
    return {_bare(word) for m in mentions for word in (*_LATIN_WORD.findall(m.mention), *katakana(m.mention))}


def _names_of(line: str) -> Iterator[tuple[str, bool]]:
    """Yield a line's capitalised words and whether they begin a sentence; none of a line in capitals."""
    mixed = is_cjk(line)
    found = [m for m in _LATIN_WORD.finditer(line) if not (mixed and is_cjk(m[0]))]
    long = [m for m in found if len(m[0]) > 3]
    if 2 * sum(m[0][0].isupper() for m in long) > len(long) > 3:
        return  # a headline in capitals tells no names apart
    for m in found:
        if m[0][0].isupper():
            yield _bare(m[0]), line[max(0, m.start() - 2) : m.start()].rstrip()[-1:] in _SENTENCE_STARTS


def capitalised(text: str) -> Iterator[str]:
    """Yield Latin words that begin with a capital, without what follows an apostrophe."""
    mixed = is_cjk(text)
    for word in _LATIN_WORD.findall(text):
        if word[0].isupper() and not (mixed and is_cjk(word)):
            yield _bare(word)


def _bare(word: str) -> str:
    return word.replace("’", "'").split("'")[0]
