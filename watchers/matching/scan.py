"""Find many terms in one pass over a text, each with the word edges and endings that it asks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation

from watchers.matching.expression import Phrase, Word
from watchers.matching.words import (
    is_whole,
    pattern_of,
    softened,
    starts_word,
    suffix_end,
    with_case,
    word_end,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from watchers.matching.expression import Term
    from watchers.text import Folded

_SUFFIXED_IN = ("tr", "und", "")  # languages whose words may carry bare Turkish suffixes


@dataclass(frozen=True, slots=True)
class Sought:
    """A term as it is looked for.

    `suffixed` lets it carry bare Turkish suffixes. A term `anywhere` is only a sign that something longer may
    stand there: it may lie inside a word.
    """

    term: Term
    suffixed: bool = False
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One meaning of what the automaton found: for what, and whether its last consonant is softened."""

    sought: Sought
    soft: bool = False


class Scanner:
    """An automaton for all terms. Safe to use from several threads."""

    __slots__ = ("_automaton", "_readings", "patterns")

    def __init__(self, sought: Iterable[Sought]) -> None:
        readings: defaultdict[str, list[_Reading]] = defaultdict(list)
        for one in sought:
            pattern = pattern_of(one.term.text)
            readings[pattern].append(_Reading(one))
            soft = softened(pattern) if one.suffixed and not one.term.prefix else ""
            if soft:
                readings[soft].append(_Reading(one, soft=True))
        self.patterns = len(readings)
        self._readings = tuple(map(tuple, readings.values()))
        self._automaton = (
            AhoCorasick(list(readings), implementation=Implementation.ContiguousNFA) if readings else None
        )

    def find(self, field: Folded, original: str, lang: str) -> Iterator[tuple[Sought, int, int]]:
        """Yield what occurs in a searchable text and where, in order of the ends of what was typed."""
        text = field.text
        if self._automaton is None or not text:
            return
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            whole = starts_word(text, start)
            for reading in self._readings[number]:
                if reading.sought.anywhere:
                    yield reading.sought, start, end
                elif whole:
                    stop = _stop(reading, field, start, end, original=original, lang=lang)
                    if stop > start:
                        yield reading.sought, start, stop


def sought_word(text: str, *, suffixed: bool = False) -> Sought:
    """Return one form of a concept as it is looked for; short acronyms count only in capitals.

    A `*` at its end lets the word go on in any way.
    """
    bare = text.removesuffix("*")
    kind = Phrase if " " in bare or "-" in bare else Word
    acronym = len(bare) <= LONGEST_ACRONYM and bare[:2].isupper() and bare.isascii() | suffixed
    return Sought(kind(bare, text.endswith("*"), exact_case=acronym), suffixed)


LONGEST_ACRONYM = 4  # letters, with a plural's s; UAS, SAM and İHA are words of other languages otherwise


def same_case(term: Term, field: Folded, start: int, end: int, original: str) -> bool:
    """Tell whether the original has a term's own capitals at this range of the searchable text."""
    first, last = field.span(start, end)
    return with_case(original[first:last]) == with_case(" ".join(term.text.split()))


def _stop(reading: _Reading, field: Folded, start: int, end: int, *, original: str, lang: str) -> int:
    """Return where an occurrence ends that satisfies the term, or -1 if the place does not satisfy it."""
    term, text = reading.sought.term, field.text
    if term.exact_case and not reading.soft and not same_case(term, field, start, end, original):
        return -1
    if term.prefix:
        return word_end(text, end)
    if not reading.soft and is_whole(text, start, end):
        return end
    if reading.sought.suffixed and lang in _SUFFIXED_IN:
        stop = suffix_end(text, start, end, vowel_first=reading.soft)
        return stop if stop - end >= _least_suffix(term) else -1
    return -1


def _least_suffix(term: Term) -> int:
    """Return how long a bare suffix must be; a name and one more letter is another name (Baykara)."""
    return 2 if term.text[:1].isupper() else 1
