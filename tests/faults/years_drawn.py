"""Local days by a clock on the wall, and a bot's life drawn by chance: restarts, down times, looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

QUARTER: Final = timedelta(minutes=15)  # zones change, and digests are due, at quarters of an hour
TICK: Final = 30.0  # seconds between two looks at what is due
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=23)  # of a down time
DOWN_EVERY: Final = timedelta(days=3)  # on average
RESTART_EVERY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A local day with a digest: when it is due and when the day is over."""

    local: date
    due: datetime
    over: datetime


def days_of(zone: ZoneInfo, at: time, begin: datetime, end: datetime) -> Iterator[Day]:
    """Yield the local days from begin to end; due when a wall clock first shows `at` or more."""
    due: dict[date, datetime] = {}
    last: dict[date, datetime] = {}
    moment = begin - timedelta(days=2)
    while moment < end + timedelta(days=2):
        wall = moment.astimezone(zone)
        last[wall.date()] = moment
        if wall.time() >= at:
            due.setdefault(wall.date(), moment)
        moment += QUARTER
    for local, when in due.items():
        if begin < when < end:
            yield Day(local, when, last[local] + QUARTER)


def changes(zone: ZoneInfo, begin: datetime, days: int) -> list[datetime]:
    """Return the days on which a zone's clocks change."""
    noons = [begin + timedelta(days=n) for n in range(days)]
    return [b for a, b in pairwise(noons) if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset()]


def wanted(days: str, local: date) -> bool:
    """Tell whether a schedule has a digest on a day."""
    return days == "daily" or local.weekday() < 5


@dataclass(slots=True)
class Life:
    """When the bot runs: stretches from a start to an end, restarts among them."""

    up: list[tuple[datetime, datetime]]
    downs: int
    restarts: int

    @classmethod
    def of(cls, chance: random.Random, begin: datetime, end: datetime, dues: Sequence[datetime]) -> Life:
        """Draw a life; half of the down times begin shortly before a digest is due."""
        breaks = []
        span = end - begin
        for _ in range(span // DOWN_EVERY):
            start = begin + span * chance.random()
            if chance.random() < 0.5:
                start = chance.choice(dues) - timedelta(minutes=chance.uniform(0, 9))
            length = SHORTEST * (LONGEST / SHORTEST) ** chance.random()
            breaks.append((start, start + length))
        downs = len(breaks)
        for _ in range(span // RESTART_EVERY):
            start = chance.choice(dues) + timedelta(seconds=chance.uniform(-40, 40))
            breaks.append((start, start + timedelta(seconds=chance.uniform(3, 20))))
        up, since = [], begin
        for start, over in sorted(breaks):
            if start > since:
                up.append((since, start))
            since = max(since, over)
        return cls([*up, (since, end)], downs, len(breaks) - downs)

    def ticks(self, chance: random.Random, dues: Sequence[datetime]) -> Iterator[list[datetime]]:
        """Yield when the bot looks at what is due, life by life: at its start, at due times, now and then."""
        phases = iter(sorted(dues))
        due = next(phases, None)
        for start, over in self.up:
            moments = {start + timedelta(seconds=0.5)}
            phase = chance.uniform(0, TICK)
            while due is not None and due < over:
                if due >= start:
                    after = (due - start).total_seconds() // TICK * TICK + phase
                    moments.add(start + timedelta(seconds=after + (TICK if after < 0 else 0)))
                    moments.add(start + timedelta(seconds=after + TICK))
                due = next(phases, None)
            moments |= {start + (over - start) * chance.random() for _ in range(2)}
            yield sorted(one for one in moments if start <= one < over)
