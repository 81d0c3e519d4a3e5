"""Measure what following feeds' rhythms gains: a simulated week, against fixed intervals at as many requests.

`python -m tests.bench.week [--seeds 401-404] [--feeds 60] [--every 15]`. Each run makes feeds anew, lets the
product's own functions learn from a first document and four weeks of polls, and measures the week after.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import sqrt
from random import Random
from typing import TYPE_CHECKING, Final

from tests.bench.week_feeds import HOUR, Habit, invented, published, real
from watchers.feeds.due import SLOWEST, SPREAD, next_poll_at, scale
from watchers.feeds.rhythm import observed
from watchers.types import Feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

START: Final = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
BEFORE: Final = 4  # weeks that a feed has existed when it is added
LEARNING: Final = 4  # weeks from then to the measured one
DOCUMENT: Final = 25  # entries in a feed's document
WEEK: Final = timedelta(weeks=1)
SCALED: Final = timedelta(days=1)  # how often the common scale is found anew
BUSY: Final = 10.0  # entries a day, of the measured week


@dataclass(slots=True)
class Run:
    """One feed's course: when it published, and when it was asked."""

    habit: Habit
    entries: list[datetime]
    polls: list[datetime] = field(default_factory=list)

    def within(self, start: datetime) -> Run:
        """Return the week from `start`."""
        end = start + WEEK
        return Run(
            self.habit,
            [one for one in self.entries if start <= one < end],
            self.polls,
        )

    def asked(self, start: datetime) -> int:
        """Count the polls of the week from `start`."""
        return bisect_left(self.polls, start + WEEK) - bisect_left(self.polls, start)

    def delays(self) -> list[float]:
        """Return the minutes from each entry's publication to the poll that found it."""
        return [
            (self.polls[bisect_left(self.polls, one)] - one) / timedelta(minutes=1) for one in self.entries
        ]


def adaptive(habits: Sequence[Habit], random: Random, *, every: timedelta, weeks: int) -> list[Run]:
    """Poll feeds as the product does, from the moment they are added."""
    added = START + BEFORE * WEEK
    runs = [Run(one, published(one, START, BEFORE + weeks + 1, random)) for one in habits]
    feeds = [Feed(number=n, url="", name="", every=every) for n in range(len(runs))]
    upcoming = [added + every * random.random() for _ in runs]
    at, factor = added, 1.0
    while at < added + (weeks + 1) * WEEK + 2 * timedelta(seconds=SLOWEST):
        at += SCALED
        for number, run in enumerate(runs):
            while upcoming[number] < at:
                feeds[number], upcoming[number] = _poll(
                    run, feeds[number], upcoming[number], factor, random.random()
                )
        factor = scale((one.rhythm for one in feeds), every)
    return runs


def _poll(run: Run, feed: Feed, now: datetime, factor: float, jitter: float) -> tuple[Feed, datetime]:
    since = run.polls[-1] if run.polls else None
    upto = bisect_right(run.entries, now)
    first = bisect_right(run.entries, since) if since else max(upto - DOCUMENT, 0)
    rhythm = observed(feed.rhythm, run.entries[first:upto], since=since, now=now)
    run.polls.append(now)
    feed = replace(feed, rhythm=rhythm)
    planned = next_poll_at(feed, None, now=now, jitter=jitter, scale=factor)
    assert planned is not None
    return feed, planned


def fixed(runs: Iterable[Run], start: datetime, random: Random, *, every: timedelta) -> list[Run]:
    """Poll the same feeds each `every`, spread as much."""
    others = []
    for run in runs:
        other, at = run.within(start), start - every * random.random()
        other.polls = []
        while at < start + WEEK + every * 2:
            at += every * (1 - SPREAD / 2 + SPREAD * random.random())
            other.polls.append(at)
        others.append(other)
    return others


def optimum(runs: Sequence[Run], start: datetime, requests: int, *, hourly: bool) -> float:
    """Return the least mean delay in minutes for who knows the true rates, of each hour or of the week."""
    hours = [start + HOUR * n for n in range(7 * 24)]
    each = [one.habit.rate(at) if hourly else one.habit.a_day / 24 for one in runs for at in hours]
    return 60 * sum(map(sqrt, each)) ** 2 / (2 * requests * sum(each))


@dataclass(slots=True)
class Tally:
    """What came of one or more runs, in minutes."""

    ours: list[float] = field(default_factory=list)
    fixed: list[float] = field(default_factory=list)
    feeds: int = 0
    requests: int = 0

    def row(self, name: str) -> str:
        """Return a line of the table."""
        if not self.ours:
            return f"| {name} | {self.feeds} | 0 | | | | | | |"
        mean, was = _mean(self.ours), _mean(self.fixed)
        return (
            f"| {name} | {self.feeds} | {len(self.ours)} | {self.requests / self.feeds / 7:.0f} "
            f"| {mean:.2f} | {was:.2f} | {mean / was:.2f} | {p90(self.ours):.1f} | {p90(self.fixed):.1f} |"
        )


HEADER: Final = (
    "| entries a day | feeds | entries | requests a feed and day | mean delay, min | fixed interval | ratio "
    "| p90, min | fixed |"
)
BANDS: Final = (
    ("under 1 a day", 0.0),
    ("1 to 3", 1.0),
    ("3 to 10", 3.0),
    ("10 to 30", 10.0),
    ("30 and more", 30.0),
)


@dataclass(slots=True)
class Result:
    """What the runs of all seeds came to."""

    whole: Tally = field(default_factory=Tally)
    bands: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name, _ in BANDS})
    busy: list[tuple[float, str]] = field(default_factory=list)  # each busy feed's own p90
    ratios: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)  # requests, as a share of what `every` would cost
    best: list[tuple[float, float]] = field(default_factory=list)


def measure(seeds: Iterable[int], *, feeds: int, every: timedelta, weeks: int = LEARNING) -> Result:
    """Run the simulated week once a seed."""
    result, known = Result(), real()
    for seed in seeds:
        random = Random(seed)
        habits = [*known, *(invented(number, random) for number in range(feeds - len(known)))]
        runs = adaptive(habits, random, every=every, weeks=weeks)
        _count(result, runs, START + (BEFORE + weeks) * WEEK, random, every=every)
    return result


def _count(result: Result, runs: list[Run], start: datetime, random: Random, *, every: timedelta) -> None:
    requests = sum(one.asked(start) for one in runs)
    same = len(runs) * WEEK / requests
    pairs = [
        (one.within(start), two)
        for one, two in zip(runs, fixed(runs, start, random, every=same), strict=True)
    ]
    ours, theirs = [[d for one in side for d in one.delays()] for side in zip(*pairs, strict=True)]
    result.ratios.append(_mean(ours) / _mean(theirs))
    result.spent.append(requests / (len(runs) * (WEEK / every)))
    result.best.append(
        tuple(optimum(runs, start, requests, hourly=hourly) / _mean(theirs) for hourly in (False, True))  # type: ignore[arg-type]
    )
    for one, two in pairs:
        rate = len(one.entries) / 7
        band = next(name for name, least in reversed(BANDS) if rate >= least)
        for tally in (result.whole, result.bands[band]):
            tally.ours += one.delays()
            tally.fixed += two.delays()
            tally.feeds += 1
            tally.requests += one.asked(start)
        if rate >= BUSY:
            name = f"{one.habit.name}, usually {one.habit.a_day:.1f} a day"
            result.busy.append((p90(one.delays()), name))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def p90(values: Sequence[float]) -> float:
    """Return the value that nine of ten do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(0.9 * len(ordered)), len(ordered) - 1)]


def report(result: Result) -> str:
    """Return the table and what it comes to."""
    lines = [
        HEADER,
        "|---|---|---|---|---|---|---|---|---|",
        *(result.bands[name].row(name) for name, _ in BANDS),
        result.whole.row("all"),
        "",
        "mean delay / fixed interval's, by seed: " + ", ".join(f"{one:.2f}" for one in result.ratios),
        "requests / those of the usual interval: " + ", ".join(f"{one:.2f}" for one in result.spent),
        "who knows each feed's rate would reach: " + ", ".join(f"{one:.2f}" for one, _ in result.best),
        "who knows each feed's hours would reach: " + ", ".join(f"{two:.2f}" for _, two in result.best),
    ]
    if result.busy:
        over = [one for one in result.busy if one[0] > 5]
        lines.append(
            f"feeds with {BUSY:.0f} entries a day or more: {len(result.busy)}, the slowest one's p90 "
            f"{max(result.busy)[0]:.1f} min, {len(over)} above 5 min"
            + "".join(f"; {name}: {minutes:.1f}" for minutes, name in over)
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="401-404", help="first and last")
    parser.add_argument("--feeds", type=int, default=60)
    parser.add_argument("--every", type=float, default=15, help="minutes that a feed is asked on average")
    parser.add_argument("--learning", type=int, default=LEARNING, help="weeks of polls before")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    result = measure(seeds, feeds=asked.feeds, every=timedelta(minutes=asked.every), weeks=asked.learning)
    sys.stdout.write(report(result) + "\n")


if __name__ == "__main__":
    main()
