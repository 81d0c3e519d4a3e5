"""Decide where concepts stand together: "drone procurement", "procurement of drones", 無人機の調達.

They do if, in one sentence, few words part them, none of these is a rival (another thing that the act may be
about), and no rival stands closer to the act on its other side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from watchers.matching.concepts import concepts
from watchers.matching.words import POSITION
from watchers.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.matching.concepts import Concept

Range = tuple[int, int]

# "procurement of up to 100 new Turkish-made drones" has seven words between, a hyphen parting two of them.
MOST_BETWEEN = 7
MOST_BETWEEN_CJK = 9  # a run of one script counts as a word: 無人機を新たに約100機調達する has six between
_REACH = 120  # characters; nine long words
_MOST_NEIGHBOURS = 12
_MOST_TRIED = 300  # places of a first concept that are looked at: a stuffed page stays cheap
# A full stop after one letter is an abbreviation (U.S.).
_BREAK = re.compile(r"[;:!?。！？…,]|(?<=\w\w)\.(?=\s|\Z)|\.\.")
_JOINS = re.compile(r"\b(?:and|or|ve|veya|ile)\b|[や及・]|および|並びに|または|と|/")
_ATTACHES = re.compile(r"\s*(?:of|for)\b")  # procurement of drones: what follows is what is procured


def together(named: tuple[Concept, ...], places: Sequence[Sequence[Range]], text: str) -> list[Range]:
    """Return the ranges of a searchable text in which all the concepts stand together, in reading order.

    `places` holds each concept's own ranges in order.
    """
    if not all(places):
        return []
    if len(named) == 1:
        return list(places[0])
    found: list[Range] = []
    for anchor in places[0][:_MOST_TRIED]:
        reached = _grown(anchor, named, places, text)
        if reached and reached not in found[-1:]:
            found.append(reached)
    return found


def _grown(
    anchor: Range, named: tuple[Concept, ...], places: Sequence[Sequence[Range]], text: str
) -> Range | None:
    """Return the range from a place of the first concept to its nearest fitting neighbours, None without."""
    members: list[tuple[Range, Concept]] = [(anchor, named[0])]
    missing = dict(zip(named[1:], places[1:], strict=True))
    while missing:
        near = [
            (abs(place[0] - member[0][0]), place, concept, member)
            for concept, where in missing.items()
            for member in members
            for place in _reachable(where, member[0][0])
        ]
        near.sort(key=lambda option: option[:2])
        linked = (o for o in near[:_MOST_NEIGHBOURS] if _linked(o[3], (o[1], o[2]), text))
        nearest = next(linked, None)
        if nearest is None:
            return None
        _, place, concept, _ = nearest
        members.append((place, concept))
        del missing[concept]
    return min(m[0][0] for m in members), max(m[0][1] for m in members)


def _reachable(where: Sequence[Range], place: int) -> Sequence[Range]:
    first = bisect_left(where, (place - _REACH, 0))
    return where[first : bisect_left(where, (place + _REACH, 0))]


def _linked(one: tuple[Range, Concept], other: tuple[Range, Concept], text: str) -> bool:
    """Tell whether two places of concepts belong together."""
    (left, first), (right, second) = sorted((one, other), key=lambda pair: pair[0])
    if left[1] > right[0]:
        return False
    between = text[left[1] : right[0]]
    apart = _parted(between)
    if apart < 0 or (_rivals(between, first, second) and not _JOINS.search(between)):
        return False
    if first.kind == "act" and second.kind != "act":
        return _unclaimed_before(text, left[0], apart, first, second, attached=bool(_ATTACHES.match(between)))
    if second.kind == "act" and first.kind != "act":
        return _unclaimed_after(text, right[1], apart, first, second)
    return True


def _parted(between: str) -> int:
    """Return how many words part two places, or -1 if they are too far apart or in two sentences."""
    if _BREAK.search(between):
        return -1
    words = len(POSITION.findall(between))
    return words if words <= (MOST_BETWEEN_CJK if is_cjk(between) else MOST_BETWEEN) else -1


def _rivals(text: str, *own: Concept) -> list[tuple[int, int]]:
    """Return where things stand that an act may be about, other than our own."""
    return [
        (start, end)
        for start, end, concept in concepts().within(text)
        if concept.kind == "thing" and not any(_same(concept, one) for one in own)
    ]


def _same(concept: Concept, own: Concept) -> bool:
    return concept is own or set(concept.sought) <= set(own.sought) or set(own.sought) <= set(concept.sought)


def _unclaimed_before(  # an act and then our thing: "tank procurement … drones"
    text: str, place: int, apart: int, *own: Concept, attached: bool
) -> bool:
    """Tell whether no rival stands closer before the act; at the same distance the compound wins."""
    if attached:
        return True
    head = text[max(0, place - _REACH) : place]
    for start, end in _rivals(head, *own):
        words = _parted(head[end:])
        if (
            0 <= words <= apart
            and not _JOINS.search(head[end:])
            and (start == 0 or not head[start - 1].isalnum())
        ):
            return False
    return True


def _unclaimed_after(  # our thing and then an act: "drone attack delays procurement of tanks"
    text: str, place: int, apart: int, *own: Concept
) -> bool:
    """Tell whether no rival stands closer behind the act."""
    tail = text[place : place + _REACH]
    for start, _ in _rivals(tail, *own):
        words = _parted(tail[:start])
        if 0 <= words - bool(_ATTACHES.match(tail)) < apart:
            return False
    return True
