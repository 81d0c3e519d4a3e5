"""Foresee how many alerts a watch brings, from what it would have brought of the past. Pure.

An alert is a story's card: several reports of one story count once. A feed counts by the days that its own
entries span, for one that was just added hands over weeks of its past at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.relevance.decide import alerts, decide
from watchers.types import Relevance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from watchers.types import Entry, Match, Watch

LEAST_SPAN: Final = timedelta(days=1)  # of a feed that was read for an hour only
_NOTHING: Final = Relevance(score=0.0, reasons=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A past entry, held against a watch. `story` None: it is in none.

    `fires` is whether the watch alone would have alerted, `score` what that rests on, `told` whether the
    channel alerts without the watch, `relevant` whether by relevance alone.
    """

    entry: Entry
    story: int | None
    fires: bool
    score: float
    told: bool = False
    relevant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a watch would have done. Each story stands for its first report that earned it, newest first."""

    a_day: float  # alerts
    days: float  # that were looked back
    read: int  # entries
    met: tuple[Judged, ...]  # all entries that met it, newest first
    alerts: tuple[Judged, ...]
    anew: int  # alerts that the channel would not have had otherwise
    missed: tuple[
        Judged, ...
    ]  # stories that relevance alone finds and the watch does not, most relevant first
    by_feed: Mapping[int, int]  # alerts, most first


def fires(
    watch: Watch, relevance: Relevance, matches: Sequence[Match], *, likeness: Relevance | None = None
) -> bool:
    """Tell whether a watch is met so that it alerts, or would if it said so.

    `relevance` is the channel's, `likeness` that to the watch's own exemplars.
    """
    alone = replace(watch, kind="like" if watch.kind == "like" else "rule", alert="")
    views = {watch.number: likeness} if likeness is not None else {}
    # No relevance reaches this threshold, so that only the watch itself can alert.
    return decide(relevance, matches, (alone,), threshold=math.inf, likeness=views) in {"now", "urgent"}


def relevant(relevance: Relevance | None, threshold: float) -> bool:
    """Tell whether relevance alone alerts; None is what was not read yet."""
    return relevance is not None and alerts(relevance, threshold=threshold)


def foresee(past: Sequence[Judged], *, start: datetime, now: datetime) -> Foreseen:
    """Return what a watch would have done with all entries first seen between two moments."""
    inside = [one for one in past if one.entry.when >= start]
    firing = _stories(one for one in inside if one.fires)
    told = {_key(one) for one in inside if one.told}
    missed = _stories(one for one in inside if one.relevant and _key(one) not in firing)
    spans = _spans(past, start=start, now=now)
    counts: dict[int, int] = {}
    for one in firing.values():
        counts[one.entry.feed] = counts.get(one.entry.feed, 0) + 1
    return Foreseen(
        a_day=sum(count / spans[feed] for feed, count in counts.items()),
        days=(now - start) / timedelta(days=1),
        read=len(inside),
        met=tuple(sorted((one for one in inside if one.fires), key=_when, reverse=True)),
        alerts=tuple(sorted(firing.values(), key=_when, reverse=True)),
        anew=len(firing.keys() - told),
        missed=tuple(sorted(missed.values(), key=lambda one: -one.score)),
        by_feed=dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _when(one: Judged) -> tuple[datetime, int]:
    return one.entry.when, one.entry.number


def _key(one: Judged) -> str:
    return f"t{one.story}" if one.story is not None else one.entry.key


def _stories(found: Iterable[Judged]) -> dict[str, Judged]:
    """Return the first report of each story."""
    first: dict[str, Judged] = {}
    for one in sorted(found, key=_when):
        first.setdefault(_key(one), one)
    return first


def _spans(past: Sequence[Judged], *, start: datetime, now: datetime) -> dict[int, float]:
    """Return for how many days each feed tells: all, or since its oldest entry if it was added meanwhile."""
    added = {one.entry.feed for one in past if one.entry.archive}
    oldest: dict[int, datetime] = {}
    for one in past:
        feed, when = one.entry.feed, max(one.entry.when, start)
        oldest[feed] = min(oldest.get(feed, when), when)
    return {
        feed: max(now - (when if feed in added else start), LEAST_SPAN) / timedelta(days=1)
        for feed, when in oldest.items()
    }
