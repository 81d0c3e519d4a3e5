"""Judge deeds and firsts by two texts: what happened, what is denied or undone, and how far a matter is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from watchers.claims.labels import label_of, named
from watchers.claims.names import Name, is_same
from watchers.claims.stages import deeds, done
from watchers.claims.subjects import meet, of_group
from watchers.claims.verdicts import verdict
from watchers.claims.who import share_name
from watchers.types.claims import Claim, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watchers.types.claims import Verdict

_LAND = 6  # length of a country's id, such as loc:JP


def _undo(a: Claim, b: Claim) -> bool:
    """Tell whether two deeds cannot both be true of one thing at one time."""
    names = label_of(a).name, label_of(b).name
    return all(names) and (names[1] in deeds()[names[0]].undone or names[0] in deeds()[names[1]].undone)


def first_verdict(left: Sequence[Claim], right: Sequence[Claim]) -> Verdict:
    """Judge whether something is the first of its kind: both say so, one denies it, or one is silent."""
    ours, theirs = ([c for c in claims if c.kind == "first"] for claims in (left, right))
    if not ours or not theirs or _other_things(left, right, strict=False):
        return "not_comparable"
    return "contradiction" if ours[0].negated != theirs[0].negated else "same"


def state_verdict(left: Sequence[Claim], right: Sequence[Claim], about: str) -> Verdict:
    """Judge what happened: the deed that is asked about, else one that both tell, else how far each is."""
    ours, theirs = ([c for c in claims if c.kind == "state"] for claims in (left, right))
    focus = {deed.deed for deed in done(about, "en")}
    if _other_things(left, right, strict=False):
        return "not_comparable"
    if any(label_of(c).name in focus for c in (*ours, *theirs)):
        pairs = [
            (a, b)
            for a, b in product(ours, theirs)
            if {label_of(a).name, label_of(b).name} & focus or _undo(a, b)
        ]
    else:
        pairs = list(product(ours, theirs))
    judged = [(a, b, verdict(a, b)) for a, b in pairs]
    judged = [pair for pair in judged if pair[2] != "not_comparable"]
    if not judged:
        return "not_comparable"

    def fit(pair: tuple[Claim, Claim, Verdict]) -> tuple[bool, bool, bool, bool, int]:
        names = [label_of(claim).name for claim in pair[:2]]
        undoes = _undo(*pair[:2])
        one = names[0] == names[1]
        asked = any(name in focus for name in names)
        return undoes, one and asked, asked, one or pair[2] != "same", -pair[0].start - pair[1].start

    return max(judged, key=fit)[2]


def deeds_told(left: Sequence[Claim], right: Sequence[Claim], about: str) -> Iterator[str]:
    """Yield whether two texts tell deeds that undo each other, or one denies the deed that is asked about."""
    ours, theirs = ([c for c in claims if c.kind == "state" and label_of(c).name] for claims in (left, right))
    focus = {deed.deed for deed in done(about, "en")}
    pairs = list(product(ours, theirs))
    one = [(a, b) for a, b in pairs if label_of(a).name == label_of(b).name]
    asked = [(a, b) for a, b in one if label_of(a).name in focus]
    both_deny = any(a.negated and b.negated for a, b in asked)
    if not both_deny and any(_undo(a, b) and a.negated == b.negated for a, b in pairs):
        yield "deeds:undone"
    if any(a.negated != b.negated for a, b in asked or one):
        yield "deeds:asked denied" if asked else "deeds:denied"


def _other_things(left: Sequence[Claim], right: Sequence[Claim], *, strict: bool) -> bool:
    """Tell whether two texts speak of different countries, platforms or machines.

    With `strict` two texts that each name somebody and nobody in common are apart as well: what would be a
    contradiction needs the same subject.
    """
    if _entities(left) & _entities(right) or share_name(left, right):
        return False
    lands, platforms = _kinds(left, right, "loc:"), _kinds(left, right, "pla:")
    for ours, theirs in (lands, platforms):
        if ours and theirs:
            return True
    machines = [of_group(_subject(claims), "machine") for claims in (left, right)]
    if machines[0] and machines[1] and not meet(*machines):
        return True
    if not strict:
        return False
    people = [_comparable(claims) for claims in (left, right)]
    return bool(people[0] and people[1]) and not any(is_same(x, y) for x, y in product(*people))


def _entities(claims: Iterable[Claim]) -> set[str]:
    return {entity for claim in claims for entity in claim.entities}


def _subject(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for claim in claims for tag in claim.subject))


def _kinds(left: Sequence[Claim], right: Sequence[Claim], prefix: str) -> tuple[list[str], list[str]]:
    ours, theirs = (
        [e for e in _entities(claims) if e.startswith(prefix) and (prefix != "loc:" or len(e) == _LAND)]
        for claims in (left, right)
    )
    return ours, theirs


def _comparable(claims: Sequence[Claim]) -> list[Name]:
    """Return the names that can be compared across scripts and are no places."""
    labels = [c.value for c in claims if c.kind == "party" and isinstance(c.value, Label)]
    names = [named(label) for label in labels if not label.generic and not label.entity.startswith("loc:")]
    return [name for name in names if name.sounds or name.entity]
