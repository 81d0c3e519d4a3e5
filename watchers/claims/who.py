"""Judge who or where by two texts: the names that only one of them has."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from watchers.claims.labels import is_place, label_of, named
from watchers.claims.names import is_same
from watchers.claims.verdicts import gap, moved_on, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.types.claims import Claim, Verdict


def who(left: Sequence[Claim], right: Sequence[Claim], kind: Literal["party", "place"]) -> Verdict:
    """Judge who or where: the names that only one text has, against those that only the other has."""
    makes = makers(left, right)
    if kind == "party" and makes is not None:
        return verdict(*makes)
    ours, theirs = ([c for c in claims if c.kind == kind] for claims in (left, right))
    a, b = _only(ours, theirs), _only(theirs, ours)
    met = next(((x, y) for x, y in product(a, b) if is_place(x) == is_place(y)), None)
    named_in_both = any(not label_of(c).generic and not is_place(c) and c not in a for c in ours)
    if met and not (named_in_both and is_place(met[0]) and kind == "party"):
        return verdict(*met)
    generic = [any(label_of(c).generic for c in side) for side in (ours, theirs)]
    if (a and generic[1]) or (b and generic[0]):
        return "tighter_value"
    extra = b if left[0].day < right[0].day else a
    if ours and theirs and extra and moved_on(left[0], right[0]) and gap(left[0], right[0]):
        return "superseded"
    shared = any(c not in a and not label_of(c).generic for c in ours)
    return "same" if shared or all(generic) else "not_comparable"


def makers(left: Sequence[Claim], right: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """Return what two texts say of who makes one thing, None unless both do."""
    pairs = product(*([c for c in claims if c.kind == "makes"] for claims in (left, right)))
    return next(((a, b) for a, b in pairs if set(a.head) & set(b.head)), None)


def _only(ours: Sequence[Claim], theirs: Sequence[Claim]) -> list[Claim]:
    others = [named(label_of(c)) for c in theirs if not label_of(c).generic]
    return [
        c
        for c in ours
        if not label_of(c).generic and not any(is_same(named(label_of(c)), other) for other in others)
    ]


def share_name(left: Sequence[Claim], right: Sequence[Claim], *, places: bool = True) -> bool:
    """Tell whether two texts name somebody in common; without `places` a country or city alone is nobody."""
    ours, theirs = (
        [
            named(label_of(c))
            for c in claims
            if c.kind == "party" and not label_of(c).generic and (places or not is_place(c))
        ]
        for claims in (left, right)
    )
    return any(is_same(x, y) for x, y in product(ours, theirs))
