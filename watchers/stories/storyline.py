"""Tell whether a story is a later step of an affair that an earlier story told of. Pure.

It links and never joins: each step stays a story of its own. A wrong link misleads where a missing one only
leaves something unsaid, so it asks for a rare shared thing, the same countries, and an act that can follow.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.stories.acts import COMMENT, acts
from watchers.text import fold, is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from watchers.stories.similarity import Closeness, Reading
    from watchers.types import Report

# Over our own sets and the shared one (tests/watchers/stories/test_storyline.py) these rules link 12 pairs,
# all of one storyline; half of the rarity would link look-alikes by "Ankara" or "Thursday".
RARE: Final = 0.7  # of a platform or programme, in [0, 1]
RARE_NAME: Final = 0.75  # of a name that the gazetteer does not know
WITHIN: Final = timedelta(days=400)  # a year and a month: a budget's next round, a contract after a choice
SUCCESSION: Final = timedelta(days=60)  # from a minister's resignation to the successor's appointment
MEMBERS: Final = 8  # reports of a story that are looked at, the first
SHORTEST_NAME: Final = 3

# How far an affair is, by the acts that headlines tell and the statuses that facts give.
_ACT_STAGES: Final = {
    "talks": 1, "tour": 1, "budget": 2, "approve": 4, "deal": 6, "works": 7, "keel": 7, "afloat": 8,
    "test": 9, "deliver": 10, "service": 11,
}  # fmt: skip
STAGES: Final = {
    "considering": 0, "planned": 1, "expected": 1, "requested": 2, "under_negotiation": 3, "conditional": 3,
    "approved": 4, "notified": 4, "agreed": 5, "selected": 5, "awarded": 6, "signed": 6, "firm_order": 6,
    "tested": 9, "delivery_started": 10, "delivered": 10, "operational": 11,
}  # fmt: skip
# What may come after an act without being further on: an order is challenged, a crash is looked into.
_AFTER: Final = {
    "dispute": {
        "deal", "crash", "blaze", "attack", "intercept", "stop", "resign", "approve", "watching", "test"
    },
    "stop": {"crash", "blaze", "attack", "deal", "approve", "dispute", "test"},
    "delay": {"deal", "approve", "works", "keel", "test"},
    "crash": {"exercise"},
    "test": {"crash"},
    "talks": {"attack", "intercept", "watching", "test"},
}  # fmt: skip
# Words that stand in capitals within a sentence and name nothing, as `signals` cuts them.
_NO_NAMES: Final = {
    "monda", "tuesd", "wedne", "thurs", "frida", "satur", "sunda", "janua", "febru", "march", "april",
    "june", "july", "augus", "septe", "octob", "novem", "decem", "ocak", "subat", "mart", "nisan",
    "mayis", "hazir", "temmu", "agust", "eylul", "ekim", "kasim", "arali", "pazar", "carsa", "perse",
    "cumar", "minis", "defen", "presi", "gover", "parli", "cabin", "navy", "army", "force",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Affair:
    """What of a story tells which affair it is a step of, and which step. `stage` None: it tells none."""

    things: frozenset[str]  # platforms and programmes
    names: frozenset[str]  # rare names that are neither those nor a party's
    places: frozenset[str]
    acts: frozenset[str]
    stage: int | None
    at: datetime


def affair(readings: Sequence[Reading], closeness: Closeness) -> Affair:
    """Return what a story's reports, oldest first, tell of its affair."""
    read = [reading.signals for reading in readings[:MEMBERS]]
    reports = [reading.report for reading in readings[:MEMBERS]]
    entities = frozenset[str]().union(*(one.entities for one in read))
    things = frozenset(
        one for one in entities if one.startswith(("pla:", "prg:")) and closeness.rarity(one) >= RARE
    )
    parts = tuple(part for one in things for part in one.partition(":")[2].split("-"))
    names = frozenset[str]().union(*(one.firm for one in read))
    told = _told(reports)
    return Affair(
        things=things,
        names=frozenset(
            name
            for name in names
            if _is_name(name)
            and closeness.rarity(f"n:{name}") >= RARE_NAME
            and not any(part.startswith(name) for part in parts)
        ),
        places=frozenset[str]().union(*(one.places for one in read)),
        acts=told,
        stage=_stage(reports, told),
        at=min(report.entry.when for report in reports),
    )


def tokens(one: Affair) -> frozenset[str]:
    """Return what stories of the same affair can be found by; none for a column."""
    if COMMENT in one.acts:
        return frozenset()
    changes = one.acts & {"resign", "appoint"}
    offices = {f"office:{place}" for place in one.places} if changes else set()
    return one.things | frozenset(f"n:{name}" for name in one.names) | offices


def follows(later: Affair, earlier: Affair) -> bool:
    """Tell whether a story is a later step of the affair that an earlier one is a step of."""
    apart = later.at - earlier.at
    if not timedelta() < apart <= WITHIN or not _same_places(later.places, earlier.places):
        return False
    if _succeeds(later, earlier):
        return apart <= SUCCESSION
    shared = len(later.things & earlier.things) + len(later.names & earlier.names)
    if not shared or COMMENT in later.acts | earlier.acts:
        return False
    if any(earlier.acts & _AFTER[act] for act in later.acts if act in _AFTER):
        return True
    staged = later.stage is not None and earlier.stage is not None
    if staged and (later.stage or 0) > (earlier.stage or 0):
        return True
    further = not staged or later.stage == earlier.stage  # the next batch; never a step back
    return shared > 1 and further and apart >= timedelta(days=1)


def _succeeds(later: Affair, earlier: Affair) -> bool:
    return "appoint" in later.acts and "resign" in earlier.acts and len(later.places & earlier.places) == 1


def _same_places(left: frozenset[str], right: frozenset[str]) -> bool:
    """Tell whether two stories play between the same countries: two in common, or no further one."""
    shared = left & right
    return len(shared) > 1 or (bool(shared) and (left <= right or right <= left))


def _is_name(name: str) -> bool:
    """Tell whether a name may name a thing: not a fiscal year, nor Katakana, often a common noun."""
    long = len(name) >= SHORTEST_NAME
    return long and name[:5] not in _NO_NAMES and not name.startswith("fy") and not is_cjk(name)


def _told(reports: Iterable[Report]) -> frozenset[str]:
    """Return the acts that at least half of the headlines tell."""
    each = [acts(fold(report.entry.title)) for report in reports]
    counts = Counter(act for found in each for act in found)
    return frozenset(act for act, count in counts.items() if 2 * count >= len(each))


def _stage(reports: Iterable[Report], told: Iterable[str]) -> int | None:
    """Return how far headlines say it is: by the status that most of them give, else by their acts."""
    statuses = Counter(
        str(fact.value)
        for report in reports
        for fact in report.facts
        if fact.type == "status" and fact.end <= len(report.entry.title) and str(fact.value) in STAGES
    )
    if statuses:
        most = max(statuses.values())
        return max(STAGES[status] for status, count in statuses.items() if count == most)
    return max((_ACT_STAGES[act] for act in told if act in _ACT_STAGES), default=None)
