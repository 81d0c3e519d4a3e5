"""Check the planning of very many feeds in accelerated time: real rows, real queries, real intervals.

`python -m tests.bench.scale [--feeds 100000] [--database sqlite postgresql] [--minutes 30] [--workers 2]`.
The planner is the product's, over the store; jobs begin, outcomes are written and the next time is decided as
it does; only the queue and the network are played (scale_farm.py). docs/scale.md says what follows.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from bot.jobs.planning import CLAIMED, Planner
from tests.bench.machine import cpu
from tests.bench.scale_desk import EVERY, START, desk, shape_of
from tests.bench.scale_farm import Farm
from watchers.clock import SteppedClock
from watchers.errors import FetchError
from watchers.feeds.due import next_poll_at, scale
from watchers.feeds.rhythm import observed, rate
from watchers.polled import OBSERVED_EVERY
from watchers.polling import SAMPLE
from watchers.recording import MOST
from watchers.store.rows_feeds import Polled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tests.bench.scale_desk import Desk
    from tests.bench.scale_farm import Asked
    from watchers.types import Feed

TICK_S: Final = 5.0  # bot.roles.scheduler.PLAN_EVERY
STANDSTILL: Final = timedelta(hours=1)


@dataclass(slots=True)
class Measured:
    """What a stretch of the simulation came to, in seconds but for counts."""

    ticks: list[float] = field(default_factory=list)  # what planning took, by the clock on the wall
    tick_cpu: float = 0.0  # of our process
    taking_cpu: float = 0.0
    planned: int = 0
    late: list[float] = field(default_factory=list)  # from due to asked
    polls: int = 0
    writing_cpu: float = 0.0
    server_cpu: float = 0.0
    minutes: float = 0.0

    def lines(self) -> list[str]:
        """Return it for people."""
        ticks, late = sorted(self.ticks), sorted(self.late)
        seconds = self.minutes * 60
        each = self.tick_cpu / len(ticks) * 1000
        costs = {
            "planned": self.tick_cpu,
            "taken up": self.taking_cpu,
            "written down": self.writing_cpu,
            "server": self.server_cpu,
        }
        return [
            f"  a tick, wall: {_spread(ticks, 3)} ({len(ticks)} ticks); CPU here {each:.1f} ms",
            f"  planned a tick: {self.planned / len(ticks):.0f}; polls a second: {self.polls / seconds:.1f}",
            f"  late: {_spread(late, 1)}",
            "  CPU a poll, us: " + ", ".join(f"{k} {v / self.polls * 1e6:.0f}" for k, v in costs.items()),
        ]


class Simulation:
    """One database under very many feeds."""

    def __init__(self, desk: Desk, clock: SteppedClock, farm: Farm, *, seed: int = 2) -> None:
        self._desk = desk
        self._feeds = desk.store.feeds
        self._clock = clock
        self._farm = farm
        self._random = Random(seed)
        self._due = dict(enumerate(desk.due, start=1))
        self._known: dict[int, Feed] = {}
        self._observed: dict[int, datetime] = {}
        self._scale = 1.0
        self._planner = Planner(desk.store, farm, clock=clock)

    async def run(self, minutes: float) -> Measured:
        """Let so many minutes pass."""
        found = Measured(minutes=minutes)
        habits = await self._feeds.habits(most=SAMPLE)
        self._scale = scale([one.rhythm for one in habits], EVERY)
        pid = self._desk.pid
        server = cpu(pid) if pid else 0.0
        for _ in range(round(minutes * 60 / TICK_S)):
            await self._tick(found)
            self._clock.move_to(self._clock.now() + timedelta(seconds=TICK_S))
            await self._over(found)
        found.server_cpu = cpu(pid) - server if pid else 0.0
        return found

    async def stand_still(self, span: timedelta) -> None:
        """Let time pass in which nothing is planned; what was under way ends."""
        self._clock.move_to(self._clock.now() + span)
        await self._over(Measured())

    async def _tick(self, found: Measured) -> None:
        now = self._clock.now()
        wall, spent = time.perf_counter(), time.process_time()
        batches = await self._planner.plan()
        found.tick_cpu += time.process_time() - spent
        found.ticks.append(time.perf_counter() - wall)
        found.planned += sum(map(len, batches))
        spent = time.process_time()
        for worker, batch in self._farm.takes():
            mine = await self._desk.store.claims.keep(batch, now=now, until=now + CLAIMED)
            for one in await self._feeds.some(mine):
                self._known.setdefault(one.number, one)
            self._farm.begin(worker, mine, self._second(now))
        found.taking_cpu += time.process_time() - spent

    async def _over(self, found: Measured) -> None:
        outcomes = []
        for asked in self._farm.until(self._second(self._clock.now())):
            found.late.append(max(asked.began - self._second(self._due[asked.feed]), 0.0))
            outcomes.append(self._outcome(asked))
        found.polls += len(outcomes)
        spent = time.process_time()
        for first in range(0, len(outcomes), MOST):
            await self._feeds.record_all(outcomes[first : first + MOST])
        found.writing_cpu += time.process_time() - spent

    def _outcome(self, asked: Asked) -> Polled:
        """Conclude a poll as `watchers.polled` does."""
        feed, now = self._known.pop(asked.feed), START + timedelta(seconds=asked.ends)
        jitter = self._random.random()
        if asked.failed:
            error = FetchError("HTTP 503 Service Unavailable", url=feed.url)
            again = next_poll_at(feed, error, now=now, jitter=jitter, scale=self._scale) or now
            self._due[feed.number] = again
            return Polled(feed=feed.number, at=now, next_poll_at=again, error=str(error), fault="server")
        new, since = self._published(feed, now), self._observed.get(feed.number, feed.polled_at)
        rhythm = None
        if new or since is None or now - since >= OBSERVED_EVERY:
            rhythm = observed(feed.rhythm, [now] * new, since=since, now=now)
            self._observed[feed.number] = now
        habits = feed if rhythm is None else replace(feed, rhythm=rhythm)
        again = next_poll_at(habits, None, now=now, jitter=jitter, scale=self._scale) or now
        self._due[feed.number] = again
        return Polled(feed=feed.number, at=now, next_poll_at=again, new=new, changed=new > 0, rhythm=rhythm)

    def _published(self, feed: Feed, now: datetime) -> int:
        """Draw how many entries appeared since the poll before, three at most."""
        hours = (now - (feed.polled_at or now)) / timedelta(hours=1)
        expected = rate(feed.rhythm, now) * hours
        return sum(self._random.random() < expected / 3 for _ in range(3))

    def _second(self, at: datetime) -> float:
        return (at - START).total_seconds()


async def simulate(kind: str, *, feeds: int, minutes: float, workers: int) -> None:
    """Run the simulation on a database of one kind, and print what it came to."""
    clock = SteppedClock(START)
    began = time.perf_counter()
    async with desk(kind, feeds, clock=clock) as filled:
        hosts, largest = shape_of(filled.hosts)
        _say(f"{kind}: {feeds} feeds of {hosts} hosts, {largest} of the largest; filled in {_since(began)}")
        farm = Farm(workers, filled.hosts, Random(3), broken=filled.broken)
        simulation = Simulation(filled, clock, farm)
        found = await simulation.run(minutes)
        _say(f"{minutes:g} minutes of a weekday morning, {workers} workers", *found.lines(), _hosts(farm))
        await simulation.stand_still(STANDSTILL)
        due = len(await filled.store.feeds.due(now=clock.now()))
        wall = time.perf_counter()
        states = await filled.store.feeds.states(now=clock.now())
        _say(f"  feeds by state: {dict(states)} in {_since(wall)}")
        found = await simulation.run(minutes)
        left = len(await filled.store.feeds.due(now=clock.now()))
        _say(f"after an hour's standstill, {due} due at once; {left} were left", *found.lines(), _hosts(farm))


def _hosts(farm: Farm) -> str:
    return (
        f"  one host: at most {farm.most_at_once} requests at a time, {farm.most_a_minute()} a minute; "
        f"jobs that waited: at most {farm.most_jobs}"
    )


def _spread(ordered: Sequence[float], digits: int) -> str:
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99, "most": 1.0}
    return ", ".join(f"{name} {_at(ordered, share):.{digits}f} s" for name, share in shares.items())


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _since(began: float) -> str:
    return f"{time.perf_counter() - began:.1f} s"


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=100_000)
    parser.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--minutes", type=float, default=30, help="of simulated time, twice")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    _say(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    for kind in asked.database:
        asyncio.run(simulate(kind, feeds=asked.feeds, minutes=asked.minutes, workers=asked.workers))


if __name__ == "__main__":
    main()
