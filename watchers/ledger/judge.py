"""Tell what a report does to the promises that are followed: repeats, keeps or moves them, or makes new ones.

`watchers.claims.promises` judges a report that is known to be about a promise. Here thousands of reports are
held against hundreds of promises, and a word too much in a channel is worse than one too few. So a report of
another story decides only with a name and a thing of the promise's own sentence in its deciding sentence or
its headline, and a later date is a move only where it is told as one or time has passed. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Final

from watchers.claims.compounds import shared_words
from watchers.claims.labels import country_of, label_of
from watchers.claims.promises import DONE, due_of, keepers, other_piece, promises, state, wanted
from watchers.claims.stages import delayed
from watchers.claims.subjects import meet, of_group
from watchers.ledger.cues import called_in, found_by
from watchers.ledger.firm import is_firm
from watchers.ledger.identity import same_name
from watchers.store.rows_promises import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from watchers.store.rows_promises import Called, Tracked
    from watchers.types.claims import Claim, Outcome, Promise

# Within so many days another date for the same thing is another outlet's reading of one announcement, unless
# it is told as a delay.
SOON: Final = timedelta(days=14)
# Within so many days a deed that the promise's own report told as done is that one again, told elsewhere.
AGAIN: Final = timedelta(days=30)
WORDS: Final = 3  # that two sentences share beside nothing known; a firm's name is one or two of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A promise that a report decides, and the promise that takes its place if it moved to a later date."""

    number: int
    outcome: Outcome
    successor: Opened | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What one report does to the ledger. `told` are further tellings of promises, by number."""

    decisions: tuple[Decision, ...] = ()
    told: tuple[tuple[int, Promise], ...] = ()
    opened: tuple[Opened, ...] = ()


def settle(entry: int, claims: Sequence[Claim], held: Sequence[Tracked], *, today: date) -> Settled:
    """Return what a report's claims do to the promises that it may be about; `held` are those, in any order.

    What was over before anybody read of it is no promise any more.
    """
    if not claims:
        return Settled()
    made = [one for one in made_by(claims) if one.due >= today]
    decisions: list[Decision] = []
    for one in sorted(held, key=lambda tracked: tracked.promise.due):
        outcome = decided(one, claims, made, today=max(today, claims[0].day))
        if outcome is None:
            continue
        successor = _successor(one, outcome, claims, made, entry) if outcome.due is not None else None
        decisions.append(Decision(number=one.number, outcome=outcome, successor=successor))
        if (
            outcome.due is not None
        ):  # neither the old date, said once more, nor the new one is a further promise
            made = [p for p in made if p.due != outcome.due and not _is_old_date(p, one, outcome)]
    settled = {decision.number for decision in decisions}
    told = _repeated(made, [one for one in held if one.number not in settled], claims)
    fresh = [p for p in made if all(p is not repeated for _, repeated in told)]
    return Settled(
        decisions=tuple(decisions),
        told=tuple(told),
        opened=tuple(opened(promise, claims, entry) for promise in fresh),
    )


def made_by(claims: Sequence[Claim]) -> tuple[Promise, ...]:
    """Return the firm promises of a report; of a sentence that tells of a delay only the last date counts."""
    found = [one for one in promises(claims) if is_firm(one)]
    last = {one.sentence: max(p.due for p in found if p.sentence == one.sentence) for one in found}
    return tuple(one for one in found if one.due == last[one.sentence] or not delayed(one.sentence))


def opened(promise: Promise, claims: Sequence[Claim], entry: int) -> Opened:
    """Return a promise as it is written down, with the names of its own sentence, else of its headline."""
    called = called_in(c for c in claims if c.sentence == promise.sentence)
    if not any(not entity.startswith("loc:") for _, entity in called):
        called = (*called, *(one for one in called_in(_headline(claims)) if one not in called))
    return Opened(promise=promise, called=called, tokens=_tokens(called), entry=entry)


def _tokens(called: Called) -> frozenset[str]:
    """Return what a promise is found by: somebody's name, and places for people who ask for one.

    "in:" stands before a place: no report of another story is held against a promise by its country alone.
    """
    tokens = found_by(called)
    places = frozenset(token for token in tokens if token.startswith("loc:"))
    return (tokens - places) | {f"in:{place}" for place in places}


def _is_followed(one: Tracked) -> bool:
    return one.state in {"open", "silent"} and not one.dropped


def decided(one: Tracked, claims: Sequence[Claim], made: Sequence[Promise], *, today: date) -> Outcome | None:
    """Return how a report decides a promise, None if it does not, or not surely enough to be told."""
    if not _is_followed(one):
        return None
    promise = replace(one.promise, due=one.until)
    outcome = state(promise, [claims], today)
    if not outcome.sentence or outcome.day is None or not _is_grounded(one, outcome.sentence, claims):
        return None
    passed = outcome.day - promise.day
    if outcome.state == "kept":
        told = {tag.removeprefix(DONE) for tag in promise.what if tag.startswith(DONE)}
        return None if passed < AGAIN and told & _deeds_in(outcome.sentence, claims) else outcome
    if delayed(outcome.sentence):
        return outcome
    repeats = any(p.due <= promise.due and akin(promise, p) for p in made)
    return None if repeats or passed < SOON else outcome


def _is_grounded(one: Tracked, sentence: str, claims: Sequence[Claim]) -> bool:
    """Tell whether a sentence is surely of what a promise is of: its story, or a name, a thing, the lands."""
    if one.near:
        return True
    promise = one.promise
    beside = [c for c in claims if c.sentence in {sentence, claims[0].sentence}]
    inside = [c for c in claims if c.sentence == sentence]
    if not _share_name(one.called, called_in(beside)) or not _lands_fit(one.called, called_in(inside)):
        return False
    if any(_groups(promise.what)):
        return _is_of_same_thing(promise.what, [tag for c in beside for tag in c.subject])
    return claims[0].lang == promise.lang and shared_words(promise.sentence, sentence, promise.lang) >= WORDS


def akin(promise: Promise, other: Promise) -> bool:
    """Tell whether two promises are of one thing: no deed, piece or thing tells them apart; one is shared."""
    if _differ(promise, other):
        return False
    if _is_of_same_thing(promise.what, other.what) or wanted(promise) & wanted(other):
        return True
    return promise.lang == other.lang and shared_words(promise.sentence, other.sentence, other.lang) >= WORDS


def _differ(promise: Promise, other: Promise) -> bool:
    """Tell whether two promises are of different deeds, pieces of a series, or things."""
    ours, theirs = wanted(promise), wanted(other)
    if ours and theirs and not (ours & keepers(theirs) or theirs & keepers(ours)):
        return True
    (machines, _, events), (others, _, happenings) = _groups(promise.what), _groups(other.what)
    if machines and others:
        return not meet(machines, others) or other_piece(promise, other.sentence)
    return other_piece(promise, other.sentence) or bool(
        events and happenings and not meet(events, happenings)
    )


def _repeated(
    made: Sequence[Promise], held: Sequence[Tracked], claims: Sequence[Claim]
) -> list[tuple[int, Promise]]:
    """Return which promises of a report are followed already; those of the same day are paired first.

    What was kept, has moved, or is out of the ledger is told once more only by the day it named.
    """
    pairs = [
        (one.promise.due != p.due, not one.near, abs((one.promise.due - p.due).days), one.number, i)
        for (i, p), one in product(enumerate(made), held)
        if (_is_followed(one) or one.promise.due == p.due) and _is_same_promise(one, p, claims)
    ]
    found: dict[int, int] = {}
    for _, _, _, number, i in sorted(pairs):
        if i not in found and number not in found.values():
            found[i] = number
    return [(number, made[i]) for i, number in sorted(found.items())]


def _is_same_promise(one: Tracked, promise: Promise, claims: Sequence[Claim]) -> bool:
    if one.near and one.promise.due == promise.due:
        return not _differ(one.promise, promise)
    if not akin(one.promise, promise):
        return False
    if one.near:
        return True
    beside = [c for c in claims if c.sentence in {promise.sentence, claims[0].sentence}]
    theirs = called_in(c for c in claims if c.sentence == promise.sentence)
    return _share_name(one.called, called_in(beside)) and _lands_fit(one.called, theirs)


def _successor(
    one: Tracked, outcome: Outcome, claims: Sequence[Claim], made: Sequence[Promise], entry: int
) -> Opened | None:
    """Return the promise of the later date: followed by what the first one was, and by its own words."""
    due = outcome.due
    if due is None or outcome.day is None:
        return None
    own = next((p for p in made if p.due == due), None)
    mention = next((c.mention for c in claims if c.sentence == outcome.sentence and due_of(c) == due), "")
    first = one.promise
    promise = replace(
        first,
        who=tuple(dict.fromkeys((*first.who, *(own.who if own else ())))),
        what=tuple(tag for tag in first.what if not tag.startswith(DONE)),
        words=own.words if own else mention,
        due=due,
        sentence=outcome.sentence,
        source=outcome.source,
        day=outcome.day,
        lang=claims[0].lang,
    )
    return Opened(promise=promise, called=one.called, tokens=_tokens(one.called), entry=entry)


def _is_old_date(promise: Promise, one: Tracked, outcome: Outcome) -> bool:
    """Tell whether a promise of a report is only the date that it says was moved."""
    return promise.due <= one.until and (promise.sentence == outcome.sentence or akin(one.promise, promise))


def _headline(claims: Sequence[Claim]) -> list[Claim]:
    return [c for c in claims if c.sentence == claims[0].sentence]


def _deeds_in(sentence: str, claims: Sequence[Claim]) -> set[str]:
    return {label_of(c).name for c in claims if c.kind == "state" and c.sentence == sentence}


def _groups(tags: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the machines, the bodies and plants, and the events among tags."""
    plain = [tag for tag in tags if ":" not in tag]
    return of_group(plain, "machine"), of_group(plain, "body"), of_group(plain, "event")


def _is_of_same_thing(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Tell whether tags meet in the first of those groups that ours have any of: a ship before a firm."""
    pairs = zip(_groups(ours), _groups(theirs), strict=True)
    return next((meet(mine, others) for mine, others in pairs if mine), False)


def _share_name(ours: Called, theirs: Called) -> bool:
    """Tell whether somebody is named in both; a place alone is nobody."""
    people = [pair for pair in ours if not pair[1].startswith("loc:")]
    return any(same_name(a, b) for a, b in product(people, theirs))


def _lands_fit(ours: Called, theirs: Called) -> bool:
    """Tell whether the countries of two sentences meet, or one of them names none."""
    mine, others = ({country_of(entity) for _, entity in side} - {""} for side in (ours, theirs))
    return not (mine and others) or bool(mine & others)
