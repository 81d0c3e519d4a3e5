"""Live two years of digests in six time zones, with restarts and down times, and count what each day got.

    python -m tests.faults.two_years --days 730

Digests are written by the program's own announcing into a real database. What should come of a day is worked
out anew, by looking at every quarter of an hour on a clock on the wall. The exit status is 1 where a day
got none, two, or one at the wrong time, or where a story was told twice or never.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import re
import sqlite3
import sys
import tempfile
import time as stopwatch
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcing.digests import announce_digests
from tests.contracts.store.store_builders import save_story
from tests.faults.years_drawn import Life, changes, days_of, wanted
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.store.rows import Subscription
    from watchers.store.store import Store

ZONES: Final = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Tokyo",  # never changes its clocks
    "Australia/Lord_Howe",  # by half an hour
    "America/Santiago",  # at midnight
    "Africa/Casablanca",  # around Ramadan
)
TIMES: Final = (("01:30", "daily"), ("02:30", "daily"), ("08:00", "daily"), ("08:00", "mon-fri"))
BEGIN: Final = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
DAYS: Final = 730
LATE: Final = timedelta(minutes=15)
STORY_EVERY: Final = timedelta(hours=8)  # few enough for a digest to tell each in full, after a weekend too
SENT_AT_ONCE: Final = 0.9  # share of the rounds after which what they wrote goes out before the next one
ARRIVED: Final = (
    "UPDATE outbox SET state = 'delivered', delivered_at = ?, receipt = 'p' || id WHERE state = 'queued'"
)
STORY: Final = re.compile(r'"The s(\d+) sails"')


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the local days of one zone; `faults` names whatever was not as it should be."""

    days: int = 0  # on which a digest was wanted
    on_time: int = 0
    late: int = 0
    merged: int = 0
    changes: int = 0  # nights in which the clocks changed
    stories: int = 0  # told, each by every schedule once
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Years:
    """A run under way."""

    database: Path
    zones: tuple[str, ...]
    begin: datetime
    end: datetime
    chance: random.Random
    clock: SteppedClock
    ticked: list[datetime] = field(default_factory=list)
    stories: int = 0
    waiting: bool = False  # whether something was written and not sent

    async def live(self) -> Life:
        """Go from the beginning to the end."""
        dues = sorted(
            {
                day.due
                for zone in self.zones
                for at, _ in TIMES
                for day in days_of(ZoneInfo(zone), time.fromisoformat(at), self.begin, self.end)
            }
        )
        life = Life.of(self.chance, self.begin, self.end, dues)
        for moments in life.ticks(self.chance, dues):
            async with AsyncExitStack() as held:  # nothing but the file outlives a process
                store = await held.enter_async_context(
                    open_store(f"sqlite:///{self.database}", clock=self.clock)
                )
                for moment in moments:
                    await self._tick(store, moment)
        return life

    async def _tick(self, store: Store, moment: datetime) -> None:
        while self.begin + STORY_EVERY * (self.stories + 1) <= moment:
            self.stories += 1
            self.clock.move_to(max(self.clock.now(), self.begin + STORY_EVERY * self.stories))
            await save_story(store, f"s{self.stories}", score=0.6, at=self.clock.now())
        self.clock.move_to(moment)
        if self.chance.random() < SENT_AT_ONCE:  # else what was written waits for a later tick
            deliver(self.database, moment)
        await announce_digests(store, clock=self.clock, fits=lambda _channel, _message: True)
        self.ticked.append(moment)
        deliver(self.database, moment)


def deliver(database: Path, now: datetime) -> None:
    """Let everything that waits arrive, as a platform in good health would."""
    at = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        connection.execute(ARRIVED, (at,))


async def prepare(store: Store, zones: Sequence[str]) -> None:
    """Make a channel for each zone that reads one feed, with its schedules."""
    feed = await store.feeds.add(
        "https://harbour.example/feed", name="Harbour Post", every=timedelta(hours=1)
    )
    for zone in zones:
        channel = f"preview:{zone}"
        await store.channels.save(Channel(id=channel, name=zone, timezone=zone, threshold=0.7))
        await store.channels.follow(channel, feed.number)
        for n, (at, days) in enumerate(TIMES):
            await store.subscriptions.add(channel, name=f"d{n}", at=at, days=days, timezone=zone)


async def simulate(
    database: Path, *, zones: tuple[str, ...], begin: datetime, days: int, seed: int
) -> tuple[dict[str, Tally], Life]:
    """Live so many days and compare what was written with what should have been."""
    clock = SteppedClock(begin)
    end = begin + timedelta(days=days)
    years = Years(database, zones, begin, end, random.Random(seed), clock)
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        await prepare(store, zones)
        await announce_digests(
            store, clock=clock, fits=lambda _channel, _message: True
        )  # computes next times
    life = await years.live()
    found: dict[str, Tally] = {zone: Tally() for zone in zones}
    async with open_store(f"sqlite:///{database}", clock=clock) as store:
        for subscription in await store.subscriptions.listed():
            await judge(store, subscription, years, found[subscription.timezone])
    for zone, tally in found.items():
        tally.changes = len(changes(ZoneInfo(zone), begin, days))
    return found, life


async def judge(store: Store, one: Subscription, years: Years, tally: Tally) -> None:
    """Compare the digests of one schedule with the days it was to have them on."""
    prefix = f"{one.channel}/d{one.number}/"
    posts = [
        post
        for post in await store.outbox.delivered_to(one.channel, limit=100_000)
        if post.key.startswith(prefix)
    ]
    by_day = Counter(post.key.removeprefix(prefix)[:10] for post in posts)
    runs = {run.local_date: run for run in await store.digests.runs(one.number, limit=100_000)}
    since: datetime | None = None
    previous: datetime | None = None
    for day in days_of(ZoneInfo(one.timezone), time.fromisoformat(one.at), years.begin, years.end):
        if not wanted(one.days, day.local):
            continue
        tally.days += 1
        first = next((tick for tick in years.ticked if day.due <= tick < day.over), None)
        there = by_day.pop(day.local.isoformat(), 0)
        name = f"{one.timezone} {one.at} {day.local}"
        if there != (first is not None):
            tally.faults.append(f"{name}: {there} digests, first look at {first}")
            continue
        if first is None:
            tally.merged += 1
            continue
        run = runs[day.local]
        late = first - day.due > LATE
        tally.late, tally.on_time = tally.late + late, tally.on_time + (not late)
        post = next(post for post in posts if post.key == f"{prefix}{day.local.isoformat()}")
        if run.at != first or late != (", late" in post.payload):
            tally.faults.append(f"{name}: written at {run.at}, not {first}, or not marked as it should be")
        if previous is not None and run.window_start != previous:
            tally.faults.append(f"{name}: begins at {run.window_start}, the last one ended at {previous}")
        since = since or run.window_start  # a new schedule's first digest tells of one day
        previous = run.window_end
    tally.faults += [f"{one.timezone} {one.at}: a digest for {day} that nobody wanted" for day in by_day]
    told = Counter(int(number) for post in posts for number in set(STORY.findall(post.payload)))
    seen = {n: years.begin + STORY_EVERY * n for n in range(1, years.stories + 1)}
    due = {n for n, at in seen.items() if since and previous and since <= at < previous}
    tally.stories += len(due)
    wrong = [n for n in due if told[n] != 1] + [n for n in told if n not in due]
    tally.faults += [f"{one.timezone} {one.at}: story {n} was told {told[n]} times" for n in wrong]


def table(found: dict[str, Tally]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| zone | nights of change | days | on time | late, marked | merged | faults | stories told |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for zone, one in found.items():
        figures = (one.changes, one.days, one.on_time, one.late, one.merged, len(one.faults), one.stories)
        lines.append(f"| {zone} | {' | '.join(str(figure) for figure in figures)} |")
    return "\n".join(lines) + "\n"


def one_zone(zone: str, days: int, seed: int) -> tuple[Tally, int, int]:
    """Live so many days in one zone; return what became of them, and the restarts and down times."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "vedette.sqlite3"
        found, life = asyncio.run(simulate(database, zones=(zone,), begin=BEGIN, days=days, seed=seed))
    return found[zone], life.restarts, life.downs


def main() -> int:
    """Read the options, live the days, print the table."""
    options = argparse.ArgumentParser(description="Live two years of digests in six time zones.")
    options.add_argument("--days", type=int, default=DAYS)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=2)
    given = options.parse_args()
    began = stopwatch.monotonic()
    with ProcessPoolExecutor(given.jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        seeds = [given.seed + n for n in range(len(ZONES))]
        lived = dict(zip(ZONES, pool.map(one_zone, ZONES, [given.days] * len(ZONES), seeds), strict=True))
    found = {zone: tally for zone, (tally, _, _) in lived.items()}
    faults = [fault for one in found.values() for fault in one.faults]
    seconds = stopwatch.monotonic() - began
    restarts, downs = sum(one[1] for one in lived.values()), sum(one[2] for one in lived.values())
    sys.stdout.write(table(found))
    sys.stdout.write(f"\n{restarts} restarts, {downs} down times; seed {given.seed}, {seconds:.0f} s\n")
    sys.stdout.write("".join(f"{fault}\n" for fault in faults[:20]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
