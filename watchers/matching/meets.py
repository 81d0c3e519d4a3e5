"""Tell whether one entry meets one expression, given where its terms were found, and which of them did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import urlsplit

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
from watchers.matching.words import Positions, is_whole, pattern_of, searchable, starts_word, with_case
from watchers.types import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from watchers.text import Folded
    from watchers.types import Entry

MAX_HITS = 40  # shown for one watch; a page stuffed with a word needs no more to be understood

Scope: TypeAlias = Literal["title", "summary", "body"]
FIELDS: tuple[Scope, ...] = ("title", "summary", "body")
_TITLE: tuple[Scope, ...] = ("title",)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a term stands in a field: the searchable text's range."""

    scope: Scope
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What an entry holds of the terms that one watch looks for."""

    entry: Entry
    fields: Mapping[Scope, Folded]
    found: Mapping[Term, Sequence[Occurrence]]

    def of(self, term: Term, scopes: tuple[Scope, ...]) -> Sequence[Occurrence]:
        """Return a term's occurrences in these fields, in their order."""
        places = self.found.get(term, ())
        return places if not places or scopes is FIELDS else [o for o in places if o.scope in scopes]


def same_case(term: Term, field: Folded, start: int, end: int, original: str) -> bool:
    """Tell whether the original has a term's own capitals at this range of the searchable text."""
    first, last = field.span(start, end)
    return with_case(original[first:last]) == with_case(" ".join(term.text.split()))


def holds(expression: Expression, seen: Seen, scopes: tuple[Scope, ...]) -> bool:  # noqa: PLR0911 - one case a kind
    """Tell whether an entry meets an expression within these fields."""
    match expression:
        case Word() | Phrase():
            return bool(seen.of(expression, scopes))
        case Near():
            return next(_near(expression, seen, scopes), None) is not None
        case Source():
            return _comes_from(expression.name, seen.entry)
        case Language():
            return (seen.entry.lang or "und").lower().split("-")[0] == expression.code
        case InTitle():
            return holds(expression.part, seen, _TITLE)
        case Not():
            return not holds(expression.part, seen, scopes)
        case And():
            return all(holds(part, seen, scopes) for part in expression.parts)
        case Or():
            return any(holds(part, seen, scopes) for part in expression.parts)


def _near(near: Near, seen: Seen, scopes: tuple[Scope, ...]) -> Iterator[tuple[Term, Occurrence]]:
    """Yield the places that satisfy a NEAR: each on the left that has a neighbour, and the neighbour."""
    for scope in scopes:
        lefts, rights = _places(near.left, seen, scope), _places(near.right, seen, scope)
        if not lefts or not rights:
            continue
        positions = Positions(seen.fields[scope].text)
        spans = [(positions.at(place.start), positions.at(place.end - 1)) for _, place in rights]
        first = 0
        for left in lefts:
            begin, end = positions.at(left[1].start), positions.at(left[1].end - 1)
            while first < len(spans) and spans[first][1] < begin - near.distance:
                first += 1
            index = first
            while index < len(spans) and spans[index][0] <= end + near.distance:
                place = rights[index][1]
                if place.end <= left[1].start or place.start >= left[1].end:  # not the same words
                    yield left
                    yield rights[index]
                    break
                index += 1


def _places(terms: tuple[Term, ...], seen: Seen, scope: Scope) -> list[tuple[Term, Occurrence]]:
    """Return where any of the terms stands in a field, in reading order."""
    places = [(term, place) for term in terms for place in seen.of(term, (scope,))]
    return sorted(places, key=lambda pair: pair[1].start)


def _comes_from(name: Term, entry: Entry) -> bool:
    """Tell whether the outlet's name holds the words, or the link's host is or ends with them."""
    sought, outlet = pattern_of(name.text), searchable(entry.outlet)
    start = outlet.text.find(sought)
    while start >= 0:
        end = start + len(sought)
        whole = starts_word(outlet.text, start) if name.prefix else is_whole(outlet.text, start, end)
        if whole and (not name.exact_case or same_case(name, outlet, start, end, entry.outlet)):
            return True
        start = outlet.text.find(sought, start + 1)
    try:
        host = (urlsplit(entry.link).hostname or "").lower()
    except ValueError:  # a link that is no address has no host
        return False
    wanted = name.text.lower()
    return "." in wanted and (host == wanted or host.endswith("." + wanted))


def hits_of(expression: Expression, seen: Seen) -> list[Hit]:
    """Return the places of the terms that speak for the entry, in reading order."""
    places = {
        (FIELDS.index(place.scope), place.start, place.end, str(term))
        for term, place in _speaking(expression, seen, FIELDS)
    }
    hits = []
    for number, start, end, term in sorted(places)[:MAX_HITS]:
        scope = FIELDS[number]
        first, last = seen.fields[scope].span(start, end)
        hits.append(Hit(term=term, scope=scope, start=first, end=last))
    return hits


def _speaking(  # noqa: C901 - one case a kind of expression
    expression: Expression, seen: Seen, scopes: tuple[Scope, ...]
) -> Iterator[tuple[Term, Occurrence]]:
    """Yield the terms that occur and are asked for, with their places."""
    match expression:
        case Word() | Phrase():
            for place in seen.of(expression, scopes):
                yield expression, place
        case Near():
            yield from _near(expression, seen, scopes)
        case InTitle():
            yield from _speaking(expression.part, seen, _TITLE)
        case And():
            for part in expression.parts:
                yield from _speaking(part, seen, scopes)
        case Or():
            for part in expression.parts:
                if holds(part, seen, scopes):
                    yield from _speaking(part, seen, scopes)
        case Source() | Language() | Not():
            return
