"""Choose which claims of two texts are about the same thing, and judge them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from watchers.claims import scopes
from watchers.claims.labels import label_of, named
from watchers.claims.names import Name, is_same
from watchers.claims.questions import ANSWERS, Question, question
from watchers.claims.stages import deeds, done
from watchers.claims.subjects import COUNTABLE, meet, of_group
from watchers.claims.verdicts import MOVED_ON, gap, of_one_thing, related, struck, verdict
from watchers.claims.who import share_name, who
from watchers.types.claims import Claim, Extent, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.types.claims import Verdict

# What speaks for two claims being about one thing. Only the order matters: a shared head outweighs all that
# follows, and a value that agrees is likelier meant than one that does not.
_HEADS, _FOCUS, _MACHINES, _ANSWERS, _PLACE = 4.0, 2.0, 1.0, 1.0, 0.01
_AGREEING = {"equal": 0.9, "near": 0.7, "inside": 0.6, "apart": 0.0, "unlike": -3.0}
_LAND = 6  # length of a country's id, such as loc:JP


def compare(  # noqa: PLR0911 - each kind of question has its own way
    left: Sequence[Claim], right: Sequence[Claim], about: str
) -> Verdict:
    """Judge what two texts say of one thing; `about` names it in a few English words."""
    if not left or not right:
        return "not_comparable"
    asked = question(about)
    if asked.asked == "state":
        return _state(left, right, about)
    if asked.asked == "party" or asked.asked == "place":  # noqa: PLR1714 - mypy narrows this one
        return who(left, right, asked.asked)
    if asked.asked == "first":
        return _firsts(left, right)
    pair = best_pair(left, right, asked)
    loose = pair is None or not asked.asked
    pair = pair or best_pair(left, right, replace(asked, asked="")) or _only_pair(left, right)
    if pair is None:
        return _without_values(left, right, asked, about)
    found = verdict(*pair)
    if found in {"same", "consistent"} and _revised(*pair, left, right):
        return "superseded"
    differs = found == "contradiction" or (found == "different_scope" and loose)
    if _other_things(left, right, strict=found == "contradiction") or (differs and _other_lands(left, right)):
        return "not_comparable"
    return found


def _revised(a: Claim, b: Claim, left: Sequence[Claim], right: Sequence[Claim]) -> bool:
    """Tell whether the later report gives the earlier value only to say what it is now: from 4 to 6."""
    earlier, later = (a, b) if a.day <= b.day else (b, a)
    if not later.turn or a.day == b.day or not isinstance(later.value, Extent):
        return False
    others = right if later is b else left
    return any(
        other.kind == later.kind
        and other.sentence == later.sentence
        and other.start != later.start
        and isinstance(other.value, Extent)
        and other.value.unit == later.value.unit
        and of_one_thing(earlier, other)
        and related(earlier, other) == "apart"
        for other in others
    )


def best_pair(left: Sequence[Claim], right: Sequence[Claim], asked: Question) -> tuple[Claim, Claim] | None:
    """Return the two claims likeliest to be about what is asked, None if no two are."""
    best: tuple[float, Claim, Claim] | None = None
    kinds = ANSWERS[asked.asked]
    for a, b in product(_answers(left, asked), _answers(right, asked)):
        if a.kind != b.kind or not of_one_thing(a, b):
            continue
        score = _fit(a, b, asked) - kinds.index(a.kind) * _ANSWERS
        if not asked.asked and not _shares_head(a, b):
            continue
        if best is None or score > best[0]:
            best = (score, a, b)
    if best is None or related(best[1], best[2]) == "unlike":
        return None
    return best[1], best[2]


def _only_pair(left: Sequence[Claim], right: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """Return the one value of each text where both are of a kind and a unit: nothing else can be meant."""
    anything = Question(asked="", focus=())
    ours, theirs = ([c for c in _answers(claims, anything) if c.kind != "date"] for claims in (left, right))
    if len(ours) != 1 or len(theirs) != 1 or ours[0].kind != theirs[0].kind or ours[0].kind == "count":
        return None
    if not of_one_thing(ours[0], theirs[0]) or related(ours[0], theirs[0]) == "unlike":
        return None
    return ours[0], theirs[0]


def _answers(claims: Iterable[Claim], asked: Question) -> list[Claim]:
    kinds = ANSWERS[asked.asked]
    return [claim for claim in claims if claim.kind in kinds and isinstance(claim.value, Extent)]


def _shares_head(a: Claim, b: Claim) -> bool:
    return bool(a.head and b.head) and meet(a.head, b.head)


def _fit(a: Claim, b: Claim, asked: Question) -> float:
    score = _HEADS if _shares_head(a, b) else 0.0
    score += sum(_FOCUS for claim in (a, b) if meet(_narrow(claim), asked.focus))
    machines = [of_group(claim.subject, "machine") for claim in (a, b)]
    score += _MACHINES if meet(*machines) else 0.0
    score += _AGREEING[related(a, b)]
    return score - _PLACE * (a.start + b.start) / 100


def _narrow(claim: Claim) -> tuple[str, ...]:
    return claim.head if claim.kind != "count" else of_group(claim.head, *COUNTABLE)


def _without_values(left: Sequence[Claim], right: Sequence[Claim], asked: Question, about: str) -> Verdict:
    """Judge texts of which no two values meet: another part, another state of one thing, or nothing."""
    if all(any(struck(claim) for claim in claims) for claims in (left, right)):
        return "different_scope"
    if _earned_and_lost(left, right):
        return "contradiction"
    if _entities(left) & _entities(right) and scopes.opposed(_parts(left), _parts(right)):
        return "different_scope"
    if asked.asked:  # a value was asked for and one side gives none
        return "not_comparable"
    found = _state(left, right, about, strong=not share_name(left, right, places=False))
    if found != "not_comparable":
        return found
    return "superseded" if who(left, right, "party") == "superseded" else "not_comparable"


def _earned_and_lost(left: Sequence[Claim], right: Sequence[Claim]) -> bool:
    """Tell whether one text gives a profit where the other gives a loss, reported at one time."""
    sides = [{tag for c in claims if c.kind == "money" for tag in c.head} for claims in (left, right)]
    opposite = any("profit" in a and "loss" in b and "loss" not in a for a, b in (sides, sides[::-1]))
    return opposite and gap(left[0], right[0]) < MOVED_ON


def _parts(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(word for claim in claims for word in claim.scope if word.startswith(("part:", "firm:")))


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


def _other_lands(left: Sequence[Claim], right: Sequence[Claim]) -> bool:
    """Tell whether both texts name countries and none in common: one seller may have two buyers."""
    ours, theirs = _kinds(left, right, "loc:")
    return bool(ours and theirs) and not set(ours) & set(theirs)


def _comparable(claims: Sequence[Claim]) -> list[Name]:
    """Return the names that can be compared across scripts and are no places."""
    labels = [c.value for c in claims if c.kind == "party" and isinstance(c.value, Label)]
    names = [named(label) for label in labels if not label.generic and not label.entity.startswith("loc:")]
    return [name for name in names if name.sounds or name.entity]


def _undo(a: Claim, b: Claim) -> bool:
    """Tell whether two deeds cannot both be true of one thing at one time."""
    names = label_of(a).name, label_of(b).name
    return all(names) and (names[1] in deeds()[names[0]].undone or names[0] in deeds()[names[1]].undone)


def _firsts(left: Sequence[Claim], right: Sequence[Claim]) -> Verdict:
    """Judge whether something is the first of its kind: both say so, one denies it, or one is silent."""
    ours, theirs = ([c for c in claims if c.kind == "first"] for claims in (left, right))
    if not ours or not theirs or _other_things(left, right, strict=False):
        return "not_comparable"
    return "contradiction" if ours[0].negated != theirs[0].negated else "same"


def _state(left: Sequence[Claim], right: Sequence[Claim], about: str, *, strong: bool = False) -> Verdict:
    """Judge what happened: the deed that is asked about, else one that both tell, else how far each is.

    With `strong` only deeds that one text asserts and the other denies or undoes are held together.
    """
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
    if strong:
        pairs = [
            (a, b)
            for a, b in pairs
            if _undo(a, b) or (label_of(a).name == label_of(b).name and a.negated != b.negated)
        ]
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
