"""Match watches against an entry: one pass for the terms of all, then each expression that was hit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation

from watchers.matching.expression import (
    And,
    Expression,
    InTitle,
    Language,
    Near,
    Not,
    Or,
    Phrase,
    Source,
    Term,
    Word,
)
from watchers.matching.grammar import parse_expression
from watchers.matching.meets import FIELDS, Occurrence, Scope, Seen, hits_of, holds, same_case
from watchers.matching.words import (
    is_whole,
    pattern_of,
    searchable,
    softened,
    starts_word,
    suffix_end,
    word_end,
)
from watchers.types import Match

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from watchers.text import Folded
    from watchers.types import Entry, Watch

MAX_FIELD = (
    100_000  # characters of a field that are looked at; the longest article of the labelled set has 6 000
)
MAX_PLACES = 300  # of one term in one field that are remembered: a stuffed page stays cheap


@dataclass(frozen=True, slots=True)
class _Sought:
    """A term as one watch looks for it; a keyword list's words may carry bare Turkish suffixes."""

    term: Term
    suffixed: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One reading of what the automaton found: for whom, and whether its last consonant is softened."""

    sought: _Sought
    soft: bool = False


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A watch with its expression read."""

    watch: Watch
    expression: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Watchlist:
    """Watches made ready to be matched together."""

    watches: tuple[_Compiled, ...]
    unconditional: tuple[int, ...]  # watches that can be met by an entry in which no term occurs
    wanted_by: Mapping[_Sought, tuple[int, ...]]
    patterns: tuple[tuple[_Pattern, ...], ...]
    automaton: AhoCorasick | None  # None: no term at all


def compile_watches(watches: Sequence[Watch]) -> Watchlist:
    """Make watches ready; raises ExpressionError for one that cannot be read."""
    compiled = tuple(_Compiled(watch, parse_expression(watch.expression)) for watch in watches)
    wanted: defaultdict[_Sought, list[int]] = defaultdict(list)
    for index, item in enumerate(compiled):
        for term in dict.fromkeys(_terms(item.expression)):
            suffixed = item.watch.kind == "keywords" and isinstance(term, Word)
            wanted[_Sought(term, suffixed)].append(index)
    readings: defaultdict[str, list[_Pattern]] = defaultdict(list)
    for sought in wanted:
        pattern = pattern_of(sought.term.text)
        readings[pattern].append(_Pattern(sought))
        soft = softened(pattern) if sought.suffixed and not sought.term.prefix else ""
        if soft:
            readings[soft].append(_Pattern(sought, soft=True))
    automaton = AhoCorasick(list(readings), implementation=Implementation.ContiguousNFA) if readings else None
    return Watchlist(
        watches=compiled,
        unconditional=tuple(i for i, item in enumerate(compiled) if not _needs_term(item.expression)),
        wanted_by={sought: tuple(indexes) for sought, indexes in wanted.items()},
        patterns=tuple(map(tuple, readings.values())),
        automaton=automaton,
    )


def match(entry: Entry, watchlist: Watchlist) -> tuple[Match, ...]:
    """Return the watches an entry meets, in the watchlist's order; offsets count code points of the field.

    At most MAX_HITS hits a watch, in reading order.
    """
    fields: dict[Scope, Folded] = {
        "title": searchable(entry.title[:MAX_FIELD]),
        "summary": searchable(entry.summary[:MAX_FIELD]),
        "body": searchable(entry.body[:MAX_FIELD]),
    }
    found: defaultdict[int, dict[Term, Sequence[Occurrence]]] = defaultdict(dict)
    for sought, places in _scan(entry, fields, watchlist).items():
        for index in watchlist.wanted_by[sought]:
            found[index][sought.term] = places
    matches = []
    for index in sorted({*found, *watchlist.unconditional}):
        item = watchlist.watches[index]
        seen = Seen(entry, fields, found.get(index, {}))
        if holds(item.expression, seen, FIELDS):
            hits = tuple(hits_of(item.expression, seen))
            matches.append(Match(watch=item.watch.number, channel=item.watch.channel, hits=hits))
    return tuple(matches)


def _scan(
    entry: Entry, fields: Mapping[Scope, Folded], watchlist: Watchlist
) -> dict[_Sought, list[Occurrence]]:
    """Find every term of every watch, field by field."""
    found: defaultdict[_Sought, list[Occurrence]] = defaultdict(list)
    if watchlist.automaton is None:
        return {}
    for scope, field in fields.items():
        text = field.text
        if not text:
            continue
        for number, start, end in watchlist.automaton.find_matches_as_indexes(text, overlapping=True):
            if not starts_word(text, start):
                continue
            for reading in watchlist.patterns[number]:
                stop = _stop(reading, field, start, end, entry=entry, scope=scope)
                places = found[reading.sought] if stop > start else []
                if stop > start and len(places) < MAX_PLACES * len(fields):
                    places.append(Occurrence(scope, start, stop))
    return dict(found)


def _stop(reading: _Pattern, field: Folded, start: int, end: int, *, entry: Entry, scope: Scope) -> int:
    """Return where an occurrence ends that satisfies the term, or -1 if the place does not satisfy it."""
    term, text = reading.sought.term, field.text
    if term.exact_case and not same_case(term, field, start, end, getattr(entry, scope)):
        return -1
    if term.prefix:
        return word_end(text, end)
    if not reading.soft and is_whole(text, start, end):
        return end
    if reading.sought.suffixed and entry.lang in ("tr", "und", ""):
        stop = suffix_end(text, start, end, vowel_first=reading.soft)
        return stop if stop - end >= _least_suffix(term) else -1
    return -1


def _least_suffix(term: Term) -> int:
    """Return how long a bare suffix must be; a name and one more letter is another name (Baykara)."""
    return 2 if term.text[:1].isupper() else 1


def _terms(expression: Expression) -> Iterator[Term]:
    """Yield every term that is looked for in an entry's text."""
    match expression:
        case Word() | Phrase():
            yield expression
        case Near():
            yield from (*expression.left, *expression.right)
        case InTitle() | Not():
            yield from _terms(expression.part)
        case And() | Or():
            for part in expression.parts:
                yield from _terms(part)
        case Source() | Language():
            return


def _needs_term(expression: Expression) -> bool:
    """Tell whether an entry in which no term occurs certainly fails an expression."""
    match expression:
        case Word() | Phrase() | Near():
            return True
        case InTitle():
            return _needs_term(expression.part)
        case And():
            return any(_needs_term(part) for part in expression.parts)
        case Or():
            return all(_needs_term(part) for part in expression.parts)
        case Source() | Language() | Not():
            return False
