"""Tell whether an entry meets an expression, given where its leaves were found, and which of them did it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import urlsplit

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
    Term,
    Word,
)
from watchers.matching.scan import same_case
from watchers.matching.words import Positions, is_whole, pattern_of, searchable, starts_word
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
    """Where a leaf stands in a field: the searchable text's range."""

    scope: Scope
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What an entry holds of what one watch looks for.

    Where the time for regular expressions was over, some are `unsettled`: neither they nor their NOT hold.
    """

    entry: Entry
    fields: Mapping[Scope, Folded]
    found: Mapping[Leaf, Sequence[Occurrence]]
    unsettled: frozenset[Regex] = frozenset()
    doubted: bool = False  # within a NOT, what is unsettled counts as met

    def of(self, leaf: Leaf, scopes: tuple[Scope, ...]) -> Sequence[Occurrence]:
        """Return a leaf's occurrences in these fields, in their order."""
        places = self.found.get(leaf, ())
        return places if not places or scopes is FIELDS else [o for o in places if o.scope in scopes]


def holds(  # noqa: C901, PLR0911 - one case a kind of expression
    expression: Expression, seen: Seen, scopes: tuple[Scope, ...]
) -> bool:
    """Tell whether an entry meets an expression within these fields."""
    match expression:
        case Regex() if seen.doubted and expression in seen.unsettled:
            return True
        case Word() | Phrase() | Named() | About() | Regex() | Stated():
            return bool(seen.of(expression, scopes))
        case Near():
            if seen.doubted and not seen.unsettled.isdisjoint((*expression.left, *expression.right)):
                return True
            return next(_near(expression, seen, scopes), None) is not None
        case Source():
            return _comes_from(expression.name, seen.entry)
        case Language():
            return (seen.entry.lang or "und").lower().split("-")[0] == expression.code
        case InTitle():
            return holds(expression.part, seen, _TITLE)
        case Not():
            if seen.unsettled:
                seen = replace(seen, doubted=not seen.doubted)
            return not holds(expression.part, seen, scopes)
        case And():
            return all(holds(part, seen, scopes) for part in expression.parts)
        case Or():
            return any(holds(part, seen, scopes) for part in expression.parts)


def _near(near: Near, seen: Seen, scopes: tuple[Scope, ...]) -> Iterator[tuple[Leaf, Occurrence]]:
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


def _places(leaves: tuple[Leaf, ...], seen: Seen, scope: Scope) -> list[tuple[Leaf, Occurrence]]:
    """Return where any of the leaves stands in a field, in reading order."""
    places = [(leaf, place) for leaf in leaves for place in seen.of(leaf, (scope,))]
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
    """Return the places of what speaks for the entry, in reading order."""
    places = {
        (FIELDS.index(place.scope), place.start, place.end, str(leaf))
        for leaf, place in _speaking(expression, seen, FIELDS)
    }
    hits = []
    for number, start, end, term in sorted(places)[:MAX_HITS]:
        scope = FIELDS[number]
        first, last = seen.fields[scope].span(start, end)
        hits.append(Hit(term=term, scope=scope, start=first, end=last))
    return hits


def _speaking(  # noqa: C901 - one case a kind of expression
    expression: Expression, seen: Seen, scopes: tuple[Scope, ...]
) -> Iterator[tuple[Leaf, Occurrence]]:
    """Yield what occurs and is asked for, with their places."""
    match expression:
        case Word() | Phrase() | Named() | About() | Regex() | Stated():
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
