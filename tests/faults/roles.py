"""Try the processes of the roles: stories come in, one process after the other is killed or frozen.

    python -m tests.faults.roles --stories 5000 --channels 100 --table out.md

Two workers, two schedulers, a bot and its stand-by share one PostgreSQL server. Waits of `[delivery]` and
`[roles]` are shortened by one factor. What arrived is counted from what the doubles of Slack and Discord
stored. The exit status is 1 where anything was lost, doubled or odd.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg

from tests.contracts.store.postgres_server import running
from tests.faults import bots, ledger
from tests.faults.roles_world import FACTOR, READY_WITHIN, company

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.faults.bots import Starter
    from tests.faults.roles_world import Company

ALL: Final = ("scheduler-1", "scheduler-2", "worker-1", "worker-2", "bot-1", "bot-2")
FROZEN: Final = (10.0, 150.0)  # seconds that one stands still, before they are shortened
FEEDS: Final = 20
AT_ONCE: Final = 25  # stories that a feed brings at a time
GONE_FOR: Final = 2.0  # seconds from a kill until it is started again
DIGEST_AFTER: Final = 5  # minutes from the beginning until digests are due
SHOWN: Final = 10  # findings that are listed


@dataclass(slots=True, kw_only=True)
class Wanted:
    """What is to be tried."""

    stories: int = 5000
    channels: int = 100
    every: float = 20.0  # seconds between two faults
    factor: float = FACTOR
    seed: int = 1
    digests: int = (
        10  # channels with a digest that falls into the run; each is made from all stories there are
    )
    within: float = 7200.0  # seconds that all of it may take


@dataclass(slots=True, kw_only=True)
class Ran:
    """What came of it."""

    stories: int = 0
    deliveries: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    marked: int = 0
    without_card: int = 0
    digests: Counter[str] = field(default_factory=Counter)  # by channel
    channels: int = 0
    odd: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Tell whether everything arrived once, and each channel had its one digest."""
        each = set(self.digests.values()) <= {1}
        return not (self.lost or self.doubled or self.without_card or self.odd) and each


async def tried(wanted: Wanted, folder: Path, url: str, *, start: Starter) -> Ran:
    """Do one run on an empty database."""
    chance = random.Random(wanted.seed)
    at = datetime.now(UTC) + timedelta(minutes=DIGEST_AFTER)
    digest = at.time().replace(second=0, microsecond=0) if wanted.digests else None
    ran = Ran(channels=wanted.channels)
    async with company(
        folder,
        url,
        start=start,
        channels=wanted.channels,
        feeds=FEEDS,
        digest=digest,
        digest_every=max(1, wanted.channels // max(1, wanted.digests)),
        factor=wanted.factor,
    ) as made:
        await made.up(*ALL)
        await made.until(lambda: _is_ready(made), within=READY_WITHIN)
        began = time.monotonic()
        faults = asyncio.create_task(_trouble(made, wanted, chance, ran))
        try:
            await _publish(made, wanted)
            await made.until(made.all_told, within=wanted.within)
            if digest is not None:
                await made.until(lambda: len(digests(made)) >= wanted.digests, within=900)
        except TimeoutError as error:
            ran.odd.append(f"not all was told in time: {str(error)[:2000]}")
        finally:
            faults.cancel()
            await asyncio.gather(faults, return_exceptions=True)
        for name in tuple(made.frozen):
            made.thaw(name)
        with contextlib.suppress(TimeoutError):
            await made.until(made.all_told, within=300)
        ran.seconds = time.monotonic() - began
        _count(made, ran)
    return ran


def digests(made: Company) -> Counter[str]:
    """Return how many digests stand in each channel, by the key of each one's first part."""
    first = {
        ledger.mark_of(one): one.channel
        for one in made.due()
        if one.key.startswith(f"{one.channel}/d") and one.key.removeprefix(f"{one.channel}/").count("/") == 1
    }
    there = ledger.stored(made.slack, made.discord)
    return Counter(first[one.mark] for one in there if one.mark in first)


def _is_ready(made: Company) -> bool:
    led = all(made.leader(one) for one in ("bot", "reader", "scheduler"))
    return led and made.slack.sockets.opened > 0 and made.discord.gateway.ready > 0 and made.all_asked()


async def _publish(made: Company, wanted: Wanted) -> None:
    """Bring the stories in as fast as feeds are asked: each feed has new ones when its last were stored."""
    feed = 0
    while len(made.tokens) < wanted.stories:
        made.publish(min(AT_ONCE, wanted.stories - len(made.tokens)), feed=feed)
        feed = (feed + 1) % FEEDS
        if feed == 0 or len(made.tokens) >= wanted.stories:
            count = len(made.tokens)
            await made.until(partial(_has, made, count), within=1800)


def _has(made: Company, count: int) -> bool:
    return made.entries() >= count


async def _trouble(made: Company, wanted: Wanted, chance: random.Random, ran: Ran) -> None:
    """Kill or freeze one process every so often; freezes overlap with what comes next, kills are mended."""
    thawing: set[asyncio.Task[None]] = set()
    try:
        while True:
            await asyncio.sleep(wanted.every)
            name = chance.choice([one for one in made.who if one not in made.frozen])
            led = [one for one in ("bot", "reader", "scheduler") if _leads(made, one, name)]
            leads = f" that leads as {led[0]}" if led else ""
            role = name.partition("-")[0]
            if chance.random() < 0.5:
                made.who[name].kill()
                await asyncio.sleep(GONE_FOR)
                await made.again(name)
                ran.faults[f"kill -9 of a {role}{leads}"] += 1
            else:
                made.freeze(name)
                for_s = chance.uniform(*FROZEN) / wanted.factor
                thawing.add(asyncio.create_task(_thaw(made, name, for_s)))
                ran.faults[f"SIGSTOP of a {role}{leads}"] += 1
            ended = [one for one, bot in made.who.items() if not bot.runs]
            ran.odd += [f"{one} ended by itself: {made.who[one].said()[-300:]}" for one in ended]
            for one in ended:
                await made.again(one)
    finally:
        for task in thawing:
            task.cancel()
        await asyncio.gather(*thawing, return_exceptions=True)


def _leads(made: Company, lease: str, name: str) -> bool:
    try:
        return made.leader(lease) == name
    except psycopg.Error:
        return False


async def _thaw(made: Company, name: str, seconds: float) -> None:
    await asyncio.sleep(seconds)
    made.thaw(name)


def _count(made: Company, ran: Ran) -> None:
    there = ledger.stored(made.slack, made.discord)
    counted = ledger.count(made.due(), there, ledger.repeatable(made.slack, made.discord))
    ran.stories, ran.deliveries = len(made.tokens), counted.deliveries
    ran.lost, ran.doubled, ran.marked = counted.lost, counted.doubled, counted.marked
    ran.without_card = made.without_card()
    ran.digests = digests(made)
    ran.odd += [str(row) for row in made.ask("SELECT key, last_error FROM outbox WHERE state = 'dead'")]
    if made.entries() != len(made.tokens):
        ran.odd.append(f"{made.entries()} entries of {len(made.tokens)} were stored")


def table(ran: Ran, wanted: Wanted) -> str:
    """Return what came of it, as Markdown."""
    doubled = sum(count > 1 for count in ran.digests.values())
    scene = (
        f"Two workers, two schedulers, a bot and its stand-by on one PostgreSQL; {ran.stories} stories in "
        f"{ran.channels} channels, half of them on Slack and half on Discord. Waits are shortened "
        f"{wanted.factor:g} times. It took {ran.seconds / 60:.0f} minutes."
    )
    lines = [
        f"### {sum(ran.faults.values())} faults, one every {wanted.every:g} s",
        "",
        scene,
        "",
        "| | |",
        "| --- | ---: |",
        *(f"| {name} | {count} |" for name, count in sorted(ran.faults.items())),
        f"| messages that were to arrive | {ran.deliveries} |",
        f"| **lost** | **{len(ran.lost)}** |",
        f"| **doubled** | **{len(ran.doubled)}** |",
        f"| marked as perhaps a repeat | {ran.marked} |",
        f"| stories without a card | {ran.without_card} |",
        f"| channels with their digest of the day | {len(ran.digests)} |",
        f"| channels with more than one | {doubled} |",
        "",
    ]
    findings: Sequence[str] = (*ran.lost, *ran.doubled, *ran.odd)
    return "\n".join([*lines, *(f"- {one}" for one in findings[:SHOWN])])


def main() -> int:
    """Read the options, do the run, write the table."""
    options = argparse.ArgumentParser(description="Try the processes of the roles, and count.")
    usual = Wanted()
    options.add_argument("--stories", type=int, default=usual.stories)
    options.add_argument("--channels", type=int, default=usual.channels)
    options.add_argument("--every", type=float, default=usual.every, help="seconds between two faults")
    options.add_argument("--factor", type=float, default=usual.factor, help="by which waits are shortened")
    options.add_argument("--digests", type=int, default=usual.digests, help="channels that have one")
    options.add_argument("--seed", type=int, default=usual.seed)
    options.add_argument("--table", type=Path, help="a Markdown file to write")
    given = options.parse_args()
    wanted = Wanted(
        stories=given.stories,
        channels=given.channels,
        every=given.every,
        factor=given.factor,
        digests=given.digests,
        seed=given.seed,
    )

    async def go(folder: Path, url: str, forks: bots.Warm) -> Ran:
        with forks.heard():
            return await tried(wanted, folder, url, start=forks)

    with tempfile.TemporaryDirectory(prefix="roles") as folder, running() as server, bots.warm() as forks:
        ran = asyncio.run(go(Path(folder), server.address(server.new()), forks))
    text = table(ran, wanted) + "\n"
    sys.stdout.write(text)
    if given.table:
        given.table.write_text(text, encoding="utf-8")
    return 0 if ran.well else 1


if __name__ == "__main__":
    sys.exit(main())
