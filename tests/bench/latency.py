"""Measure the time from an entry's arrival to its post: a whole bot, hundreds of feeds, Slack's double.

The bot is a process of its own, started as people start it; the feeds and Slack's double are in this one.
From the checkout, `python -m tests.bench.latency` measures what the product promises: 300 feeds, each asked
once a minute, and 120 entries that appear in them one after the other. It prints the figures. The clock
starts when the last byte of a document with the entry has left for the bot, and stops when its post arrives.
Entries come with their whole text: for one that is a teaser the bot may first fetch the article's page.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sqlite3
import sys
import tempfile
import time
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from bot.config import parse
from bot.settings.seeding import seed
from tests.bench.latency_feeds import ENDS, STEMS, Sources
from tests.doubles.slack import CHANNELS, SlackDouble
from tests.doubles.slack_state import Channel
from tests.feedserver import feed_server
from tests.program import running
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.feedserver import FeedServer

HOSTS: Final = 20  # addresses of loopback that feeds are spread over: of each one is asked at a time
DESKS: Final = 10  # channels that entries are told in, in turns: Slack takes one message a second in each
ASKED_WITHIN: Final = 240.0  # seconds until every feed was asked for the first time, the model loaded
POSTED_WITHIN: Final = 90.0  # seconds beyond a feed's interval for the last post
FIRST: Final = "Zeroholm"  # where the entry is from that shows that the bot is ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much goes on; `every` and `gap` in seconds, between two polls of a feed and between two entries."""

    feeds: int = 300
    entries: int = 120
    every: float = 60.0
    gap: float = 1.0
    model: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds from fetched to posted, in no order; `missing` were never posted."""

    seconds: tuple[float, ...]
    missing: tuple[str, ...]
    polls: int
    status: int | None  # with which the bot ended when asked to

    def at(self, share: float) -> float:
        """Return the time within which this share was posted, by nearest rank."""
        ranked = sorted(self.seconds)
        return ranked[math.ceil(share * len(ranked)) - 1] if ranked else math.inf


async def measure(folder: Path, load: Load, *, seed_of: int = 1) -> Measured:
    """Start everything in a folder, publish the entries, and stop again."""
    rooms = tuple(Channel(id=f"C20{n}", name=f"desk-{n}") for n in range(DESKS))
    async with AsyncExitStack() as held:
        servers = [
            await held.enter_async_context(feed_server(f"127.0.0.{n + 1}"))
            for n in range(min(HOSTS, load.feeds))
        ]
        slack = await held.enter_async_context(SlackDouble(channels=(*CHANNELS, *rooms)))
        sources = Sources(servers, load.feeds)
        config = folder / "config.toml"
        config.write_text(_config(slack, servers, load), encoding="utf-8")
        await _prepare(config, sources.serve(), load)
        process = await held.enter_async_context(running(config, _secrets(slack)))
        if not await _until(lambda: len(sources.asked) == load.feeds, ASKED_WITHIN):
            raise TimeoutError("the bot did not ask every feed in time")
        sources.publish(0, FIRST, 0)
        if not await _until(lambda: FIRST in _posted(slack, [FIRST]), ASKED_WITHIN):
            raise TimeoutError("the bot did not post a first entry in time")
        before = sources.asked.total()
        places = await _publish(sources, load, Random(seed_of))
        last = load.every * 1.2 + POSTED_WITHIN
        await _until(lambda: len(_posted(slack, places)) == len(places), last)
        posted, polls = _posted(slack, places), sources.asked.total() - before
    return Measured(
        seconds=tuple(when - sources.sent[place] for place, when in posted.items()),
        missing=tuple(place for place in places if place not in posted),
        polls=polls,
        status=process.returncode,
    )


async def _publish(sources: Sources, load: Load, random: Random) -> list[str]:
    """Publish entries in feeds of no order, one after the other; return their places."""
    names = [stem + end for stem in STEMS for end in ENDS]
    places = random.sample(names, load.entries)
    for n, place in enumerate(places):
        sources.publish(random.randrange(load.feeds), place, n % DESKS)
        await asyncio.sleep(load.gap)
    return places


def _posted(slack: SlackDouble, places: Sequence[str]) -> dict[str, float]:
    """Return when the first post about each place arrived."""
    found: dict[str, float] = {}
    for call in slack.asked("chat.postMessage"):
        text = str(call.payload)
        for place in places:
            if place in text:
                found.setdefault(place, call.when)
    return found


def _config(slack: SlackDouble, servers: Sequence[FeedServer], load: Load) -> str:
    allowed = ", ".join(f'"{one.host}:{one.port}"' for one in servers)
    return "\n".join(
        [
            f'[poll]\ncontact = "mailto:desk@example.org"\nallow = [{allowed}]',
            f'[relevance]\nembedder = "{"builtin" if load.model else "none"}"',
            "[page]\nenabled = false",
            "[articles]\nenabled = false",  # their links lead nowhere
            f'[slack]\napi = "{slack.api}"',
            *(
                f'[[channels]]\nid = "slack:C20{n}"\nname = "Desk {n}"\nthreshold = 1.0\n'
                f'rules = [{{ name = "boats", expression = "Petrel{n}", alert = "now" }}]'
                for n in range(DESKS)
            ),
        ]
    )


async def _prepare(config: Path, links: Sequence[str], load: Load) -> None:
    """Write the feeds into the database, followed by every desk; the first polls are spread over a minute."""
    path = config.parent / "vedette.sqlite3"
    text = await asyncio.to_thread(config.read_text, encoding="utf-8")
    async with open_store(f"sqlite:///{path}", clock=SystemClock()) as store:
        await seed(store, parse(text, config))
        async with store.transaction() as rooms:
            for n, link in enumerate(links):
                feed = await rooms.feeds.add(
                    link, name=f"Feed {n}", every=timedelta(seconds=load.every), lang="en"
                )
                for desk in range(DESKS):
                    await rooms.channels.follow(f"slack:C20{desk}", feed.number)
    with closing(sqlite3.connect(path)) as database, database:
        # The interval is what is measured with, not measured; and feeds do not come all at once for ever.
        began = datetime.now(UTC).replace(tzinfo=None)
        database.executemany(
            "UPDATE feed SET fixed = 1, next_poll_at = ? WHERE number = ?",
            [
                (
                    str(began + timedelta(seconds=load.every * (n + 0.5) / load.feeds)),
                    number,
                )
                for n, (number,) in enumerate(database.execute("SELECT number FROM feed").fetchall())
            ],
        )


def _secrets(slack: SlackDouble) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}


async def _until(reached: Callable[[], bool], within: float) -> bool:
    """Wait until something holds, for so many seconds; tell whether it does."""
    began = time.monotonic()
    while not reached():
        if time.monotonic() - began > within:
            return False
        await asyncio.sleep(0.05)
    return True


def main() -> int:
    """Measure and print; the exit status is 1 where the figure is missed."""
    usual = Load()
    options = argparse.ArgumentParser(description="Measure the time from an entry's arrival to its post.")
    options.add_argument("--feeds", type=int, default=usual.feeds)
    options.add_argument("--entries", type=int, default=usual.entries)
    options.add_argument("--every", type=float, default=usual.every, help="seconds between a feed's polls")
    options.add_argument("--gap", type=float, default=usual.gap, help="seconds between two entries")
    options.add_argument("--without-model", action="store_true")
    given = options.parse_args()
    load = Load(
        feeds=given.feeds,
        entries=given.entries,
        every=given.every,
        gap=given.gap,
        model=not given.without_model,
    )
    with tempfile.TemporaryDirectory(prefix="measure-latency-") as folder:
        done = asyncio.run(measure(Path(folder), load))
    p50, p95, longest = (f"{1000 * done.at(share):.0f} ms" for share in (0.5, 0.95, 1.0))
    sys.stdout.write(
        f"Fetched to posted, {load.feeds} feeds each {load.every:g} s, {len(done.seconds)} entries: "
        f"p50 {p50}, p95 {p95}, max {longest}; {len(done.missing)} not posted; {done.polls} polls; "
        f"the bot ended with {done.status}\n"
    )
    return 0 if done.at(0.95) <= 1.0 and not done.missing else 1


if __name__ == "__main__":
    sys.exit(main())
