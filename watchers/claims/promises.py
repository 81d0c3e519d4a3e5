"""Read promises, dated claims about the future, and tell how later reports leave them."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from watchers.claims.compounds import differ, shared_words
from watchers.claims.labels import comparable, is_place, label_of, named, written
from watchers.claims.measures import DAY, MONTH
from watchers.claims.names import is_same
from watchers.claims.ordinals import ordinals
from watchers.claims.periods import due_day, later, week_end
from watchers.claims.stages import delayed, is_ahead
from watchers.claims.subjects import meet, of_group
from watchers.types.claims import Claim, Extent, Outcome, Promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

# Deeds that keep one another's promise: a ship that is to arrive has done so when it is in service.
_KEEPS: dict[str, frozenset[str]] = {
    "deliver": frozenset({"deliver", "serve"}),
    "serve": frozenset({"serve"}),
    "complete": frozenset({"complete", "serve", "open"}),
    "begin": frozenset({"begin", "build", "serve", "test", "deliver", "open", "train"}),
    "build": frozenset({"build", "begin", "complete", "serve", "open"}),
    "open": frozenset({"open", "begin", "serve"}),
    "launch": frozenset({"launch"}),
    "publish": frozenset({"publish"}),
    "certify": frozenset({"certify"}),
    "install": frozenset({"install", "serve", "complete"}),
    "train": frozenset({"train", "begin"}),
    "retire": frozenset({"retire"}),
    "raise": frozenset({"raise"}),
    "move": frozenset({"move"}),
    "test": frozenset({"test", "succeed", "fail"}),
    "sign": frozenset({"sign", "order", "complete"}),
    "order": frozenset({"sign", "order", "select"}),
    "select": frozenset({"select", "sign", "order"}),
    "approve": frozenset({"approve"}),
    "agree": frozenset({"agree", "sign"}),
}
_OTHER = re.compile(
    r"\banother (?:company|firm|maker|yard|country|customer|ship)|başka bir|bir başka|farklı bir"
    r"|別の|他の(?:企業|国)"
)
_DEED, _NTH = "deed:", "nth:"
DONE = "done:"  # before a deed that a promise's own report tells as done: it says so of something else
# Deeds that keep a promise whose own words name none: "the first carriers are expected in May".
_DONE = frozenset({"deliver", "serve", "complete", "launch", "begin", "open", "install"})
# A due day further ahead than this is a plan of decades: nobody can hold it against anybody.
MAX_AHEAD_YEARS = 30
SHARED_WORDS = 2  # a report of another matter of the same firm shares one at most, beside names


def promises(claims: Sequence[Claim]) -> tuple[Promise, ...]:
    """Return the promises among the claims of one text, in order, one for each due day."""
    found: dict[date, Promise] = {}
    for claim in claims:
        promise = promise_of(claim, claims)
        if promise is not None:
            found.setdefault(promise.due, promise)
    return tuple(found.values())


def promise_of(claim: Claim, claims: Sequence[Claim] = ()) -> Promise | None:
    """Return the promise that a dated claim makes, None if it makes none.

    It must name a day after its report, and its sentence a deed. `claims` are those of the same text, from
    which who and what are read. A span of time ("within 18 months") counts from the day of the report.
    """
    due = due_of(claim)
    if due is None or due <= claim.day or due.year > claim.day.year + MAX_AHEAD_YEARS or claim.negated:
        return None
    inside = [c for c in claims or (claim,) if c.sentence == claim.sentence]
    deeds = _deeds(inside, ahead=True) or _deeds(inside, ahead=False)
    things = of_group((*claim.head, *claim.subject), "machine", "body")
    events = of_group(claim.head, "event")
    what = (*(f"{_DEED}{deed}" for deed in deeds), *ordinals(claim.sentence), *things, *events)
    beside = [c for c in claims if c.sentence != claim.sentence]
    past = (f"{DONE}{deed}" for deed in _deeds(beside, ahead=False) if deed in keepers(deeds))
    if not deeds and not events and not is_ahead(claim.sentence, claim.lang):
        return None
    return Promise(
        who=tuple(dict.fromkeys(_whole_names(claims or (claim,)))),
        what=tuple(dict.fromkeys((*what, *past))),
        words=claim.mention,
        due=due,
        sentence=claim.sentence,
        source=claim.source,
        day=claim.day,
        lang=claim.lang,
    )


def _whole_names(claims: Iterable[Claim]) -> Iterable[str]:
    for claim in claims:
        label = label_of(claim)
        if claim.kind == "party" and not label.generic:
            yield label.entity or label.name


def due_of(claim: Claim) -> date | None:
    """Return the last day of a date or span of time that lies ahead."""
    extent = claim.value
    if not isinstance(extent, Extent):
        return None
    if claim.kind == "date":
        return week_end(claim.mention, claim.day) or due_day(extent)
    if claim.kind != "measure" or extent.unit != "minute" or extent.high is None or extent.shape != "bound":
        return None
    if extent.low is not None or not is_ahead(claim.sentence, claim.lang):
        return None
    months = extent.high / MONTH
    if months >= 1 and months == int(months):
        return later(claim.day, int(months), "months")
    return later(claim.day, int(extent.high / DAY), "days") if extent.high >= DAY else None


def _deeds(claims: Iterable[Claim], *, ahead: bool) -> tuple[str, ...]:
    states = [c for c in claims if c.kind == "state" and not c.negated]
    return tuple(
        dict.fromkeys(label_of(c).name for c in states if (c.stage == "planned") == ahead and _counts(c))
    )


def _counts(claim: Claim) -> bool:
    return label_of(claim).name in _KEEPS


def state(promise: Promise, reports: Sequence[Sequence[Claim]], now: date) -> Outcome:
    """Return how a promise stands on a day, by the claims of each later report, whatever their order.

    The last report that decides counts. Only a later date quoted makes a promise slip; a delay without one
    leaves it open until it is due, and silent from then on.
    """
    outcome = Outcome(state="silent" if now > promise.due else "open", promised=promise.sentence)
    dated = sorted((claims for claims in reports if claims), key=lambda claims: claims[0].day)
    for claims in dated:
        if promise.day < claims[0].day <= now and _is_about(promise, claims):
            outcome = _decided(promise, claims) or outcome
    return outcome


def _decided(promise: Promise, claims: Sequence[Claim]) -> Outcome | None:
    moved = _moved(promise, claims)
    if moved is not None:
        due = due_of(moved)
        return Outcome(
            state="slipped",
            promised=promise.sentence,
            sentence=moved.sentence,
            source=moved.source,
            day=moved.day,
            due=due,
        )
    judged = _keeps if wanted(promise) else _happened
    kept = next((c for c in claims if judged(promise, c)), None)
    if kept is None:
        return None
    return Outcome(
        state="kept", promised=promise.sentence, sentence=kept.sentence, source=kept.source, day=kept.day
    )


def _moved(promise: Promise, claims: Sequence[Claim]) -> Claim | None:
    """Return the claim that quotes a later date for the same thing, None if there is none."""
    found = [
        (due, claim.start, claim)
        for claim in claims
        for due in (due_of(claim),)
        if due is not None and due > max(promise.due, claim.day) and not _beside(promise, claim, claims)
    ]
    return min(found)[2] if found else None


def _beside(promise: Promise, claim: Claim, claims: Sequence[Claim]) -> bool:
    """Tell whether a later date is of another deed or another piece than the one promised."""
    if other_piece(promise, claim.sentence):
        return True
    inside = [c for c in claims if c.sentence == claim.sentence]
    deeds = set(_deeds(inside, ahead=True)) or set(_deeds(inside, ahead=False))
    ours = wanted(promise)
    events = [tag for tag in promise.what if ":" not in tag]
    same = not deeds or not ours or bool(deeds & keepers(ours)) or meet(of_group(events, "event"), claim.head)
    return not same and not delayed(claim.sentence)


def _keeps(promise: Promise, claim: Claim) -> bool:
    """Tell whether a claim says that what was promised has happened."""
    if (
        claim.kind != "state"
        or claim.negated
        or claim.stage in {"planned", ""}
        or other_piece(promise, claim.sentence)
    ):
        return False
    return label_of(claim).name in keepers(wanted(promise)) and not delayed(claim.sentence)


def _happened(promise: Promise, claim: Claim) -> bool:
    """Tell whether a sentence looks back on what a promise without a known deed told of."""
    if claim.negated or other_piece(promise, claim.sentence) or delayed(claim.sentence):
        return False
    if is_ahead(claim.sentence, claim.lang):
        return False
    if claim.lang == promise.lang:
        return shared_words(promise.sentence, claim.sentence, claim.lang) >= SHARED_WORDS
    tags = [tag for tag in promise.what if ":" not in tag]
    if meet(of_group(tags, "event"), of_group(claim.subject, "event")):
        return True
    machines = meet(of_group(tags, "machine"), of_group(claim.subject, "machine"))
    return machines and claim.kind == "state" and label_of(claim).name in _DONE


def wanted(promise: Promise) -> set[str]:
    """Return the deeds that a promise names, none where its words name no known one."""
    return {word.removeprefix(_DEED) for word in promise.what if word.startswith(_DEED)}


def keepers(deeds: Iterable[str]) -> set[str]:
    """Return the deeds by which promises of these deeds are kept."""
    return {keeper for deed in deeds for keeper in _KEEPS.get(deed, frozenset())}


def other_piece(promise: Promise, sentence: str) -> bool:
    """Tell whether a sentence speaks of another piece of a series: the second ship, not the first."""
    ours = {word for word in promise.what if word.startswith(_NTH)}
    theirs = set(ordinals(sentence))
    return bool(ours and theirs) and not ours & theirs


def _is_about(promise: Promise, claims: Sequence[Claim]) -> bool:
    """Tell whether a report may be about the same thing: machines that fit, and nobody but whom we know."""
    first = claims[0]
    machines = of_group((tag for tag in promise.what if ":" not in tag), "machine")
    theirs = of_group((tag for c in claims for tag in c.subject), "machine")
    shared = _shared(promise, claims)
    if machines and theirs and not meet(machines, theirs):
        return False
    if shared:
        return not differ(promise.sentence, promise.lang, first.sentence, first.lang)
    named_here = [c for c in claims if c.kind == "party" and not label_of(c).generic]
    people = [c for c in named_here if not is_place(c)]
    lands = {e for e in promise.who if e.startswith("loc:")}
    their_lands = {label_of(c).entity for c in named_here if is_place(c)}
    if lands and their_lands and not lands & their_lands:
        return False
    ours = [written(who) for who in promise.who if not who.startswith("loc:")]
    if any(comparable(a, named(label_of(c))) for a in ours for c in people) or _OTHER.search(first.sentence):
        return False
    if differ(promise.sentence, promise.lang, first.sentence, first.lang):
        return False
    return not ours or _alike(promise, first, meet(machines, theirs))


def _alike(promise: Promise, first: Claim, machines: bool) -> bool:  # noqa: FBT001 - a plain finding
    """Tell whether a report that names nobody of the promise speaks of the same thing by its own words."""
    if machines:
        return True
    if promise.lang == first.lang:
        return shared_words(promise.sentence, first.sentence, first.lang) >= SHARED_WORDS
    events = of_group((tag for tag in promise.what if ":" not in tag), "event")
    return meet(events, of_group(first.subject, "event"))


def _shared(promise: Promise, claims: Sequence[Claim]) -> bool:
    """Tell whether somebody or a platform is named in both; a country alone is not enough."""
    ours = [written(who) for who in promise.who if not who.startswith("loc:")]
    theirs = [
        named(label_of(c))
        for c in claims
        if c.kind == "party" and not is_place(c) and not label_of(c).generic
    ]
    return any(is_same(a, b) for a, b in product(ours, theirs))
