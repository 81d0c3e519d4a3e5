"""Feeds that publish as real ones do, for the simulated week: real documents' habits, and stated shapes."""

from __future__ import annotations

import os
from calendar import timegm
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

SHARED: Final = Path(os.environ.get("VEDETTE_SHARED", "../shared"))
HOUR: Final = timedelta(hours=1)
DAYS: Final = 7

# What the invented feeds publish a day: log-normal about the median of the real documents' rates, from one a
# week to two hundred a day. Their logarithms' spread is 1.8 in the real documents; 1.5 is harder for us.
MEDIAN_A_DAY: Final = 3.0
SPREAD_OF_RATES: Final = 1.5
RATES: Final = (1 / 7, 200.0)
# The days of one feed differ more than chance would have it: a day's output is drawn around the usual.
DAY_SHAPE: Final = 4.0  # of a gamma distribution; half as much again or half as much is quite usual
BURSTS: Final = 0.2  # share of entries' occasions that bring several
BURST: Final = (2, 5)
BURST_WITHIN: Final = timedelta(minutes=10)
ON_THE_QUARTER: Final = 0.3  # share of feeds whose articles are scheduled for full quarters of an hour


@dataclass(frozen=True, slots=True)
class Habit:
    """How a feed publishes. `hours` and `weekdays` are shares that sum to 1; `a_day` is the week's mean."""

    name: str
    a_day: float
    hours: tuple[float, ...]
    weekdays: tuple[float, ...]
    quarters: bool = False

    def rate(self, at: datetime) -> float:
        """Return the entries an hour to expect at a moment."""
        return self.a_day * DAYS * self.weekdays[at.weekday()] * self.hours[at.hour]


# Desks by their working hours in UTC (first, last), the share of a weekday's output left for a weekend's day,
# and how much of the output is spread over the whole day.
SHAPES: Final = (
    ("American desk", (11, 23), 0.25, 0.10),
    ("European desk", (6, 18), 0.25, 0.08),
    ("Turkish desk", (5, 19), 0.45, 0.12),
    ("Japanese desk", (22, 11), 0.40, 0.10),
    ("press office", (7, 16), 0.03, 0.01),
    ("wire", (0, 24), 0.70, 1.00),
    ("weekend magazine", (8, 20), 2.00, 0.20),
)


def invented(number: int, random: Random) -> Habit:
    """Return a feed of one of the shapes."""
    name, (opens, closes), weekend, spread = SHAPES[number % len(SHAPES)]
    length = (closes - opens) % 24 or 24
    hours = [spread / 24] * 24
    for place in range(length):
        peak = (
            1.6 if place in {1, 2, length // 2 + 1} else 1.0
        )  # the morning's and the afternoon's conference
        hours[(opens + place) % 24] += (1 - spread) * peak / length
    wanted = exp(random.gauss(log(MEDIAN_A_DAY), SPREAD_OF_RATES))
    return Habit(
        name=f"{name} {number}",
        a_day=min(max(wanted, RATES[0]), RATES[1]),
        hours=_shares(hours),
        weekdays=_shares([1.0] * 5 + [weekend] * 2),
        quarters=random.random() < ON_THE_QUARTER,
    )


def real() -> list[Habit]:
    """Return the habits that the dates of real documents show; none where they are not at hand."""
    found: dict[tuple[datetime, ...], str] = {}  # some are one document in several spellings
    for path in sorted((SHARED / "real").glob("*/*")):
        dates = tuple(_dates(path.read_bytes()))
        if len(dates) >= MIN_DATES:
            found.setdefault(dates, path.stem)
    return [_habit(name, dates) for dates, name in found.items()]


MIN_DATES: Final = 10


def _dates(body: bytes) -> list[datetime]:
    import feedparser  # noqa: PLC0415 - slow to import

    found = [
        one.get("published_parsed") or one.get("updated_parsed") for one in feedparser.parse(body).entries
    ]
    return sorted(datetime.fromtimestamp(timegm(date), UTC) for date in found if date)


def _habit(name: str, dates: Sequence[datetime]) -> Habit:
    """Read a habit; hours are smoothed, and what is dated to the day alone tells nothing of them."""
    recent = [one for one in dates if one > dates[-1] - timedelta(weeks=4)]
    often = {time for time, count in Counter(one.time() for one in recent).items() if count >= 5}
    timed = Counter(one.hour for one in recent if one.time() not in often)
    week = Counter(one.weekday() for one in recent)
    days = max((dates[-1] - recent[0]) / timedelta(days=1), 0.1)
    hours = [sum(timed[(hour + by) % 24] for by in (-1, 0, 0, 1)) + 0.5 for hour in range(24)]
    return Habit(
        name=name,
        a_day=(len(recent) - 1) / days,
        hours=_shares(hours),
        weekdays=_shares([week[day] + len(recent) / 14 for day in range(DAYS)]),
    )


def published(habit: Habit, start: datetime, weeks: int, random: Random) -> list[datetime]:
    """Return when a feed publishes over some weeks, in order."""
    moments: list[datetime] = []
    size = 1 + BURSTS * (sum(BURST) / 2 - 1)
    for day in range(weeks * DAYS):
        busy = random.gammavariate(DAY_SHAPE, 1 / DAY_SHAPE)
        for hour in range(24):
            at = start + timedelta(days=day, hours=hour)
            for _ in range(_poisson(busy * habit.rate(at) / size, random)):
                moment = at + HOUR * random.random()
                if habit.quarters:
                    moment = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
                more = random.randint(*BURST) if random.random() < BURSTS else 1
                moments += [moment, *(moment + BURST_WITHIN * random.random() for _ in range(more - 1))]
    return sorted(moments)


def _poisson(mean: float, random: Random) -> int:
    count, left = 0, mean
    while (left := left - random.expovariate(1.0)) > 0:
        count += 1
    return count


def _shares(weights: list[float]) -> tuple[float, ...]:
    return tuple(weight / sum(weights) for weight in weights)
