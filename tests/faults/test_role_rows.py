"""Rows 15, 16 and 21 of the fault matrix with the whole program: several processes on one server.

Every wait of `[delivery]` and `[roles]` is a fifth of the usual: a lease lasts 3 s instead of 15, a message's
own 24 s instead of two minutes, a server is away for 6 s instead of 30.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.postgres_server import again, start
from tests.faults import ledger
from tests.faults.roles_world import FACTOR, READY_WITHIN, company

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.contracts.store.postgres_server import Server
    from tests.faults.bots import Bot, Warm
    from tests.faults.roles_world import Company

ALL = ("scheduler", "worker-1", "worker-2", "bot-1", "bot-2")
TOLD_WITHIN = 400.0  # seconds; the machine may be busy
ENDS_WITHIN = 10.0  # seconds from SIGTERM; then a container's engine kills
RESUMES_WITHIN = 10.0  # seconds after the server is back, by the matrix; waited for longer where it is busy

pytestmark = [pytest.mark.timeout(1200), pytest.mark.long]


@pytest.fixture
def server() -> Iterator[Server]:
    """Start a server of the test's own, which it may stop."""
    folder = Path(tempfile.mkdtemp(prefix="vpr"))
    try:
        made = start(folder)
        yield made
        made.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def everything_is_there_once(made: Company) -> None:
    """Hold that each story has its card, and each message of the outbox stands in its channel once."""
    assert made.without_card() == 0
    there = ledger.stored(made.slack, made.discord)
    counted = ledger.count(made.due(), there, ledger.repeatable(made.slack, made.discord))
    assert (counted.lost, counted.doubled) == ((), ())
    cards = Counter(
        (one.channel, token) for one in there if one.top for token in made.tokens if token in one.text
    )
    assert max(cards.values()) <= 2, "a card, and a line of the digest"


async def everything_told(made: Company) -> None:
    await made.until(made.all_told, within=TOLD_WITHIN)


async def ready(made: Company) -> None:
    """Wait until somebody leads in everything, all doors are open, and each feed was asked once."""
    await made.until(
        lambda: (
            all(made.leader(one) for one in ("bot", "reader", "scheduler"))
            and made.slack.sockets.opened > 0
            and made.discord.gateway.ready > 0
            and made.all_asked()
        ),
        within=READY_WITHIN,
    )


async def test_row_15_two_of_each_share_the_work_and_tell_it_once(
    server: Server, forks: Warm, tmp_path: Path
) -> None:
    at = (datetime.now(UTC) + timedelta(seconds=120)).time().replace(second=0, microsecond=0)
    url = server.address(server.new())
    async with company(tmp_path, url, start=forks, channels=6, feeds=8, digest=at) as made:
        await made.up(*ALL, "scheduler-2")
        await ready(made)
        for feed in range(8):
            made.publish(6, feed=feed)
        await made.until(lambda: _digests(made) == 6, within=TOLD_WITHIN)
        await everything_told(made)
        everything_is_there_once(made)
        assert _digests(made) == 6, "one for each channel, whoever else was there"
        assert {name for name, bot in made.who.items() if not bot.runs} == set()


def _digests(made: Company) -> int:
    """Return how many digests stand in the channels, by the keys of their first parts."""
    keys = {one.key for one in made.due() if "/d" in one.key and one.key.count("/") == 2}
    marks = {ledger.mark_of(one) for one in made.due() if one.key in keys}
    return sum(one.mark in marks for one in ledger.stored(made.slack, made.discord))


async def test_row_16_a_bot_that_was_frozen_past_its_lease_repeats_nothing(
    server: Server, forks: Warm, tmp_path: Path
) -> None:
    url = server.address(server.new())
    async with company(tmp_path, url, start=forks, channels=6, feeds=4) as made:
        await made.up(*ALL)
        await ready(made)
        first = made.leader("bot")
        for feed in range(4):
            made.publish(12, feed=feed)
        await made.until(lambda: len(made.told()) >= 4, within=TOLD_WITHIN, glance=0.05)
        made.freeze(first)  # in the middle of sending
        other = ({"bot-1", "bot-2"} - {first}).pop()
        await made.until(lambda: made.leader("bot") == other, within=TOLD_WITHIN)
        await asyncio.sleep(60 / FACTOR)
        made.thaw(first)
        await everything_told(made)
        everything_is_there_once(made)
        assert made.leader("bot") == other
        assert made.who[first].runs, "it stands by again"


async def test_row_16_a_worker_that_was_frozen_does_no_harm(
    server: Server, forks: Warm, tmp_path: Path
) -> None:
    url = server.address(server.new())
    async with company(tmp_path, url, start=forks, channels=4, feeds=4) as made:
        await made.up(*ALL[:4])
        await ready(made)
        reader = made.leader("reader")
        for feed in range(2):
            made.publish(8, feed=feed)
        await made.until(lambda: len(made.told()) >= 1, within=TOLD_WITHIN, glance=0.05)
        made.freeze(reader)
        for feed in range(2, 4):
            made.publish(8, feed=feed)
        other = ({"worker-1", "worker-2"} - {reader}).pop()
        await made.until(lambda: made.leader("reader") == other, within=TOLD_WITHIN)
        await asyncio.sleep(30 / FACTOR)
        made.thaw(reader)
        await everything_told(made)
        everything_is_there_once(made)


async def test_row_4_sigterm_ends_each_role_with_nothing_half_done(
    server: Server, forks: Warm, tmp_path: Path
) -> None:
    url = server.address(server.new())
    async with company(tmp_path, url, start=forks, channels=4, feeds=4) as made:
        await made.up(*ALL)
        await ready(made)
        for feed in range(2):
            made.publish(8, feed=feed)
        await made.until(lambda: len(made.told()) >= 2, within=TOLD_WITHIN, glance=0.05)
        began = time.monotonic()
        for bot in made.who.values():
            bot.ask_to_stop()
        ends = dict(
            zip(made.who, await asyncio.gather(*(_end_of(bot) for bot in made.who.values())), strict=True)
        )
        assert {name: status for name, (status, _) in ends.items()} == dict.fromkeys(ALL, 0)
        took = {name: round(at - began, 1) for name, (_, at) in ends.items()}
        print(f"seconds until each had ended: {took}")  # noqa: T201 - shown with -s
        assert max(took.values()) <= ENDS_WITHIN, took
        held = made.ask("SELECT name, value FROM setting WHERE name LIKE 'lease/%'")
        assert len(held) == 3
        assert all('"holder": ""' in str(value) for _, value in held), "given back, not left to run out"
        assert made.ask("SELECT count(*), 0 FROM heartbeat") == [(0, 0)]
        await made.up(*ALL[:4])
        await everything_told(made)
        everything_is_there_once(made)


async def _end_of(bot: Bot) -> tuple[int, float]:
    """Wait for a process's end; return its status, and when it was."""
    return await bot.gone(within=120), time.monotonic()


def stop_at_once(server: Server) -> None:
    """Stop a server as one does that waits for nobody: its clients are cut off."""
    assert server.process is not None
    assert server._own is not None
    server._own.close()
    server.process.send_signal(signal.SIGINT)
    server.process.wait(60)


def begin_again(server: Server) -> None:
    """Start it anew on its data and its port."""
    assert server.process is not None
    words = server.process.args
    assert isinstance(words, tuple)
    back = again(Path(str(words[2])).parent, int(server.url.port or 0))
    server.process, server._own = back.process, back._own


async def test_row_21_all_go_on_when_the_server_is_back(server: Server, forks: Warm, tmp_path: Path) -> None:
    url = server.address(server.new())
    async with company(tmp_path, url, start=forks, channels=4, feeds=4) as made:
        await made.up(*ALL[:4])
        await ready(made)
        for feed in range(2):
            made.publish(8, feed=feed)
        await made.until(lambda: len(made.told()) >= 2, within=TOLD_WITHIN, glance=0.05)
        stop_at_once(server)
        before = len(made.told())
        made.publish(8, feed=2)
        await asyncio.sleep(30 / FACTOR)
        begin_again(server)
        began = time.monotonic()
        await made.until(lambda: len(made.told()) > before, within=TOLD_WITHIN, glance=0.05)
        took = time.monotonic() - began
        await everything_told(made)
        everything_is_there_once(made)
        assert all(bot.runs for bot in made.who.values())
        print(f"resumed after {took:.1f} s")  # noqa: T201 - shown with -s
