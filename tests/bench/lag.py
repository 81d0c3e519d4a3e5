"""Measure lateness: `python -m tests.bench.lag [--feeds 1000] [--minutes 12] [--every 300]`, as the bot runs.

Every feed is asked each `--every` seconds by the bot's own ticks. When a feed's row says it is due is held
against when it was asked. Meanwhile a share of the feeds changes each interval, what is new is read with the
model, and somebody asks for the status once a second.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.app import open_app
from bot.commands.request import Asker, Request
from bot.config import Config
from bot.schedule import USUAL, scheduled
from tests.bench.farm import SCRIPT, farm
from tests.bench.machine import Peak, cpu
from tests.bench.measured import even
from watchers.clock import SystemClock
from watchers.store.feeds import Feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.app import App
    from tests.bench.farm import Farm
    from watchers.store.rows_feeds import Polled
    from watchers.types import Feed

CHANNEL: Final = "preview:desk"
MEGA: Final = 1_000_000


@dataclass(slots=True)
class Lateness:
    """Notes for each feed when it is due and when it was asked, from its second poll on."""

    clock: SystemClock
    due: dict[int, datetime] = field(default_factory=dict)
    asked: list[float] = field(default_factory=list)  # seconds late
    answered: list[float] = field(default_factory=list)  # seconds that a command took
    loop: list[float] = field(default_factory=list)  # seconds that the loop came late to a sleep of 50 ms

    def attach(self, app: App) -> None:
        """Listen to a bot's poller and to what is written of polls."""
        read, record = app.poller._read, Feeds.record_all

        async def heard(feed: Feed) -> object:
            if (due := self.due.pop(feed.number, None)) is not None:
                self.asked.append(max((self.clock.now() - due).total_seconds(), 0.0))
            return await read(feed)

        async def noted(feeds: Feeds, outcomes: Sequence[Polled]) -> dict[int, int]:
            self.due |= {one.feed: one.next_poll_at for one in outcomes}
            return await record(feeds, outcomes)

        setattr(app.poller, "_read", heard)  # noqa: B010 -- a typed assignment to a method is refused
        setattr(Feeds, "record_all", noted)  # noqa: B010 -- as above

    async def ask(self, app: App) -> None:
        """Ask for the status, once a second."""
        asker = Asker(id="preview:bench", name="Bench", manages=True)
        while True:
            began = time.perf_counter()
            await app.commands.answer(Request(text="status", channel=CHANNEL, asker=asker))
            self.answered.append(time.perf_counter() - began)
            await asyncio.sleep(1)

    async def watch_loop(self) -> None:
        """Note how late the event loop comes to what it should do."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.05)
            self.loop.append(time.perf_counter() - began - 0.05)


async def measure(given: argparse.Namespace, opened: Farm) -> None:
    """Let a bot poll a farm, and print how late it was."""
    every = timedelta(seconds=given.every)
    late = Lateness(SystemClock())
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="vedette-lag-")))
        peak = held.enter_context(Peak(os.getpid(), but=opened.pid))
        app = await held.enter_async_context(
            open_app(config(opened, every), folder / "c.toml", clock=SystemClock(), terminal=None)
        )
        await app.make_ready()
        await follow(app, opened, every)
        keep_interval(folder / "vedette.sqlite3")
        late.attach(app)
        even(os.getpid())
        began, spent = time.perf_counter(), cpu(os.getpid(), but=opened.pid)
        await held.enter_async_context(scheduled(app, USUAL, within=5.0))
        await first_round(late, len(opened.urls))
        first = time.perf_counter() - began
        tasks = [asyncio.create_task(late.ask(app)), asyncio.create_task(late.watch_loop())]
        rounds = max(1, round(given.minutes * 60 / given.every))
        for n in range(rounds):
            await asyncio.to_thread(opened.epoch, n + 1)
            await asyncio.sleep(given.every)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        spent = cpu(os.getpid(), but=opened.pid) - spent
    wall = time.perf_counter() - began
    tell(f"{len(opened.urls)} feeds each {given.every:g} s; the first poll of all took {first:.0f} s.")
    tell(f"{rounds} rounds after that; all processes took {spent / wall:.2f} cores from start to end.\n")
    row(["", "count", "p50 s", "p95 s", "most s"])
    row(["---"] * 5)
    row(["due to asked", *spread(late.asked)])
    row(["command to answer", *spread(late.answered)])
    row(["event loop late", *spread(late.loop)])
    tell(
        f"\nPeak memory of all processes: {peak.bytes / MEGA:.0f} MB, {peak.proportional / MEGA:.0f} MB with "
        "what they share counted once; the model's included."
    )


async def first_round(late: Lateness, feeds: int) -> None:
    """Wait until every feed was asked for the first time."""
    while len(late.due) + len(late.asked) < feeds:  # noqa: ASYNC110 -- an event would change what is measured
        await asyncio.sleep(1)
    late.asked.clear()


async def follow(app: App, opened: Farm, every: timedelta) -> None:
    """Add the farm's feeds to the channel."""
    async with app.store.transaction() as rooms:
        for n, url in enumerate(opened.urls):
            feed = await rooms.feeds.add(url, name=f"Feed {n}", every=every)
            await rooms.channels.follow(CHANNEL, feed.number)


def keep_interval(database: Path) -> None:
    """Let every feed keep to its interval, as if somebody had set it: by their dates they are quiet."""
    with closing(sqlite3.connect(database, timeout=60)) as other, other:
        other.execute("UPDATE feed SET fixed = 1")


def config(opened: Farm, every: timedelta) -> Config:
    """Return a configuration with one channel, which lets the farm's addresses in."""
    pairs = sorted({f"{urlsplit(url).hostname}:{urlsplit(url).port}" for url in opened.urls})
    return Config.model_validate(
        {
            "poll": {"contact": "mailto:bench@example.org", "allow": pairs, "every": f"{every.seconds}s"},
            "page": {"enabled": False},
            "articles": {"enabled": False},
            "channels": [{"id": CHANNEL, "name": "Desk", "keywords": ["frigate", "drone"]}],
        }
    )


def spread(values: list[float]) -> list[str]:
    """Return how many there are, their middle, the value that 95 in 100 stay under, and the most."""
    known = sorted(values) or [0.0]
    return [
        str(len(values)),
        *(f"{known[min(int(len(known) * share), len(known) - 1)]:.2f}" for share in (0.5, 0.95, 1.0)),
    ]


def row(cells: Sequence[str]) -> None:
    """Print a line of a table."""
    tell(f"| {' | '.join(cells)} |")


tell: Callable[[str], None] = print


def main(arguments: Sequence[str]) -> None:
    """Start the farm and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--every", type=float, default=300)
    parser.add_argument("--items", type=int, default=25)
    parser.add_argument("--farm", type=Path, default=SCRIPT, help="the farm's script")
    given = parser.parse_args(arguments)
    with farm(given.feeds, script=given.farm, items=given.items) as opened:
        asyncio.run(measure(given, opened))


if __name__ == "__main__":
    main(sys.argv[1:])
