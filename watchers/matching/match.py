"""Match watches against an entry: one pass for the terms of all, then each expression that was hit."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchers.errors import ExpressionError
from watchers.matching.concepts import concepts_of
from watchers.matching.expression import (
    About,
    And,
    Expression,
    InTitle,
    Language,
    Leaf,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Regex,
    Source,
    Stated,
    Word,
    leaves,
    longer_of,
)
from watchers.matching.grammar import parse_expression
from watchers.matching.known import known_at
from watchers.matching.longer import Reading
from watchers.matching.meets import FIELDS, Occurrence, Scope, Seen, hits_of, holds
from watchers.matching.regexes import read_regex
from watchers.matching.scan import Scanner, Sought
from watchers.matching.words import searchable
from watchers.types import Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from watchers.matching.expression import Longer
    from watchers.matching.known import Known
    from watchers.text import Folded
    from watchers.types import Entry, Fact, Watch

logger = logging.getLogger(__name__)

MAX_FIELD = (
    100_000  # characters of a field that are looked at; the longest article of the labelled set has 6 000
)
MAX_PLACES = 300  # of one term in one field that are remembered: a stuffed page stays cheap


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A watch with its expression read, and the leaves in it that are more than a term."""

    watch: Watch
    expression: Expression
    longer: tuple[Longer, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Watchlist:
    """Watches made ready to be matched together."""

    watches: tuple[_Compiled, ...]
    unconditional: tuple[int, ...]  # watches that can be met by an entry in which no term occurs
    wanted_by: Mapping[Sought, tuple[int, ...]]
    scanner: Scanner
    known: Known | None  # None: no watch names anybody


def compile_watches(
    watches: Sequence[Watch],
    known: Known | None = None,
    *,
    unreadable: Callable[[Watch, ExpressionError], None] | None = None,
) -> Watchlist:
    """Make watches ready; raises ExpressionError for one that cannot be read or names nobody.

    With `unreadable`, that is told of such a watch, which is then left out. Without `known`, names are those
    of the shipped gazetteer, which is read when the first watch needs it.
    """
    compiled: list[_Compiled] = []
    for watch in watches:
        try:
            expression = parse_expression(watch.expression)
            if any(isinstance(leaf, Named | Stated) for leaf in leaves(expression)):
                known = known or known_at()
                expression = parse_expression(watch.expression, known)
        except ExpressionError as error:
            if unreadable is None:
                raise
            unreadable(watch, error)
            continue
        compiled.append(_Compiled(watch, expression, longer_of(expression)))
    wanted: defaultdict[Sought, list[int]] = defaultdict(list)
    for index, item in enumerate(compiled):
        suffixed = item.watch.kind == "keywords"
        for sought in dict.fromkeys(_sought(item.expression, known, suffixed=suffixed)):
            wanted[sought].append(index)
    return Watchlist(
        watches=tuple(compiled),
        unconditional=tuple(i for i, item in enumerate(compiled) if not _needs_term(item.expression)),
        wanted_by={sought: tuple(indexes) for sought, indexes in wanted.items()},
        scanner=Scanner(wanted),
        known=known,
    )


def match(entry: Entry, watchlist: Watchlist, facts: Sequence[Fact] = ()) -> tuple[Match, ...]:
    """Return the watches an entry meets, in the watchlist's order; offsets count code points of the field.

    `facts` are what was read out of the entry: no `fact:` term is met without.
    At most MAX_HITS hits a watch, in reading order. A regular expression that the entry's time is over for is
    neither met nor missed, and is logged.
    """
    originals: dict[Scope, str] = {
        "title": entry.title[:MAX_FIELD],
        "summary": entry.summary[:MAX_FIELD],
        "body": entry.body[:MAX_FIELD],
    }
    fields = {scope: searchable(text) for scope, text in originals.items()}
    seen_terms = scan(originals, fields, watchlist, entry.lang)
    found: defaultdict[int, dict[Leaf, Sequence[Occurrence]]] = defaultdict(dict)
    for sought, places in seen_terms.items():
        for index in watchlist.wanted_by[sought]:
            found[index][sought.term] = places
    indexes = sorted({*found, *watchlist.unconditional})
    asked = dict.fromkeys(leaf for index in indexes for leaf in watchlist.watches[index].longer)
    reading = Reading(
        originals, fields, seen_terms, lang=entry.lang, known=watchlist.known, facts=facts, day=entry.day
    )
    beyond = reading.places(asked) if asked else {}
    if reading.unsettled:
        _log_unsettled(entry, reading.unsettled)
    matches = []
    for index in indexes:
        item = watchlist.watches[index]
        mine = found.get(index, {})
        mine.update((leaf, beyond[leaf]) for leaf in item.longer)
        seen = Seen(entry, fields, mine, reading.unsettled)
        if holds(item.expression, seen, FIELDS):
            hits = tuple(hits_of(item.expression, seen))
            matches.append(Match(watch=item.watch.number, channel=item.watch.channel, hits=hits))
    return tuple(matches)


def scan(
    originals: Mapping[Scope, str], fields: Mapping[Scope, Folded], watchlist: Watchlist, lang: str
) -> dict[Sought, list[Occurrence]]:
    """Find every term of every watch, field by field."""
    found: defaultdict[Sought, list[Occurrence]] = defaultdict(list)
    for scope, field in fields.items():
        for sought, start, end in watchlist.scanner.find(field, originals[scope], lang):
            places = found[sought]
            if len(places) < MAX_PLACES * len(fields):
                places.append(Occurrence(scope, start, end))
    return dict(found)


def _log_unsettled(entry: Entry, regexes: frozenset[Regex]) -> None:
    logger.warning(
        "There was no time to look for %s in all of %s",
        ", ".join(sorted(map(str, regexes))),
        entry.key,
        extra={"action": "regex_unsettled"},
    )


def _sought(expression: Expression, known: Known | None, *, suffixed: bool) -> Iterator[Sought]:
    """Yield all that the scan must find for an expression to be judged."""
    for leaf in leaves(expression):
        match leaf:
            case Word():
                yield Sought(leaf, suffixed)
            case Phrase():
                yield Sought(leaf)
            case About():
                for concept in concepts_of(leaf.phrase):
                    yield from concept.sought
            case Named() | Regex() | Stated():
                for sign in _signs(leaf, known):
                    yield Sought(Word(sign), anywhere=True)


def _signs(leaf: Named | Regex | Stated, known: Known | None) -> frozenset[str]:
    """Return words of which one stands wherever a leaf is met; none for what the entry's facts tell."""
    match leaf:
        case Named():
            return known.signs(known.entity(leaf.name)) if known else frozenset()
        case Regex():
            return read_regex(leaf.source, exact_case=leaf.exact_case).signs
        case Stated():
            return frozenset()


def _needs_term(expression: Expression) -> bool:  # noqa: PLR0911 - one case a kind of expression
    """Tell whether an entry in which no term occurs certainly fails an expression."""
    match expression:
        case Word() | Phrase() | Named() | About():
            return True
        case Regex():
            return bool(read_regex(expression.source, exact_case=expression.exact_case).signs)
        case Near():
            return all(map(_needs_term, expression.left)) or all(map(_needs_term, expression.right))
        case InTitle():
            return _needs_term(expression.part)
        case And():
            return any(_needs_term(part) for part in expression.parts)
        case Or():
            return all(_needs_term(part) for part in expression.parts)
        case Source() | Language() | Not() | Stated():
            return False
