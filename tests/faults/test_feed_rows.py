"""Rows 27 to 30 of the fault matrix: archives and bursts, servers that refuse, hostile ones, no names."""

from __future__ import annotations

import asyncio
import itertools
import os
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING, Final

import pytest

from bot.announcing.digests import announce_digests
from bot.commands.answer import CommandLayer
from bot.commands.request import Asker, Request
from bot.judging import JudgingAlone
from bot.reading import FeedReading
from tests.faults.feed_desk import (
    DAY,
    EVERY,
    EXEMPLAR,
    FIRST,
    MAIN,
    START,
    Unanswered,
    desk,
    numbered,
    told,
)
from tests.feeddocuments import rss
from tests.feedserver import Answer, canary
from tests.hostile.farm import farm
from tests.hostile.polled import family_of, forget_peaks, heartbeat, peak
from watchers.clock import SystemClock
from watchers.feeds.guard import Limits, open_client
from watchers.lens_spec import LensSpec
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from watchers.store.store import Store

BURST: Final = 500
MOST_PARTS: Final = 5  # posts of one digest
MIB: Final = 1024 * 1024
INTERVAL: Final = 5.0  # seconds between two polls of a healthy feed
# Seconds: half the shortest interval that the poller gives a feed by itself, for a machine that is busy with
# other things; a fifth is the promise, which `python -m tests.hostile.run` measures.
MOST_LATE: Final = 60.0
pytestmark = pytest.mark.timeout(600)


@pytest.mark.long
async def test_row_27_the_first_poll_of_a_huge_feed_tells_a_few_and_keeps_the_newest(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes["/all"] = Answer(body=numbered(50_000, at=START - timedelta(hours=1)))
        await one.follow(one.server.url("/all"))
        kept = (await one.poller.poll_due()).new
        assert 0 < kept <= one.client.limits.entries
        assert 0 < await told(one) <= FIRST
        # and nothing of it later, when the same comes again with one more
        one.server.routes["/all"] = Answer(body=numbered(50_000, at=START - timedelta(hours=1)) + b"\n")
        one.clock.move_to(await one.next_poll())
        await one.poller.poll_due()
        assert await told(one) == 0


@pytest.mark.long
async def test_row_27_a_burst_after_an_empty_feed_is_capped_and_the_rest_left_to_the_digest(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes["/burst"] = [Answer(body=rss().encode()), Answer(body=numbered(BURST, at=START))]
        await one.follow(one.server.url("/burst"))
        await one.store.subscriptions.add(MAIN, name="daily", at="08:00", days="daily", timezone="UTC")
        assert (await one.poller.poll_due()).new == 0
        one.clock.move_to(await one.next_poll())
        assert (await one.poller.poll_due()).new == BURST
        channel = await one.store.channels.get(MAIN)
        assert channel is not None
        assert 0 < await told(one) <= channel.budget
        for at in (one.clock.now(), (START + DAY).replace(hour=8, minute=1)):
            one.clock.move_to(at)
            await announce_digests(one.store, clock=one.clock, fits=lambda _channel, _message: True)
        assert one.said("alert") <= channel.budget
        assert 0 < one.said("digest") <= MOST_PARTS


async def test_row_28_a_feed_that_is_gone_is_asked_once_more_by_nobody_and_told_of_once(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes["/gone"] = Answer(status=410)
        await one.follow(one.server.url("/gone"))
        assert len(await one.live(START + 5 * DAY)) == 1
        assert len(one.server.asked("/gone")) == 1
        assert (await one.health()).gone
        assert one.said("notice") == 1


async def test_row_28_a_feed_that_moved_is_asked_at_its_new_address(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes |= {
            "/old": Answer(status=301, headers={"Location": "/new"}),
            "/new": Answer(body=rss().encode()),
        }
        await one.follow(one.server.url("/old"))
        await one.poller.poll_due()
        assert [feed.url for feed in await one.store.feeds.all()] == [one.server.url("/new")]
        one.clock.move_to(await one.next_poll())
        await one.poller.poll_due()
        assert [asked.path for asked in one.server.log] == ["/old", "/new", "/new"]
        assert one.said("notice") == 0


async def test_row_28_a_move_to_where_nobody_may_go_is_not_heeded(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one, canary() as bird:
        inside = f"http://127.0.0.1:{bird.port}/"
        one.server.routes["/old"] = Answer(status=301, headers={"Location": inside})
        await one.follow(one.server.url("/old"))
        await one.live(START + 3 * DAY)
        assert [feed.url for feed in await one.store.feeds.all()] == [one.server.url("/old")]
        assert "loopback" in (await one.health()).last_error
        assert one.said("notice") == 1
        assert bird.connections == 0


@pytest.mark.parametrize(
    ("status", "asked", "bounds"),
    [
        pytest.param(429, "3600", (timedelta(hours=1), timedelta(hours=1.1)), id="an hour"),
        pytest.param(429, "9" * 30, (DAY, 1.1 * DAY), id="for ever"),
        pytest.param(503, "Fri, 31 Dec 9999 23:59:59 GMT", (DAY, 1.1 * DAY), id="until the year 9999"),
        pytest.param(503, "-5", (EVERY / 2, EVERY * 1.1), id="less than nothing"),
        pytest.param(503, "Thu, 01 Jan 1970 00:00:00 GMT", (EVERY / 2, EVERY * 1.1), id="until long ago"),
        pytest.param(429, "soon", (EVERY / 2, EVERY * 1.1), id="what cannot be read"),
    ],
)
async def test_row_28_a_wait_that_is_asked_for_is_kept_within_a_day(
    status: int,
    asked: str,
    bounds: tuple[timedelta, timedelta],
    tmp_path: Path,
    empty_database: Path,
) -> None:
    async with desk(tmp_path, empty_database) as one:
        least, most = bounds
        one.server.routes["/busy"] = Answer(status=status, headers={"Retry-After": asked})
        await one.follow(one.server.url("/busy"))
        await one.poller.poll_due()
        assert least <= await one.next_poll() - START <= most
        assert len(await one.live(START + least - timedelta(minutes=1))) == 0
        assert one.said("notice") == 0


async def test_row_28_a_server_in_trouble_is_asked_ever_more_seldom_and_told_of_once_each_way(
    tmp_path: Path, empty_database: Path
) -> None:
    async with desk(tmp_path, empty_database) as one:
        one.server.routes["/ill"] = [Answer(body=rss().encode()), Answer(status=500)]
        await one.follow(one.server.url("/ill"))
        polls = await one.live(START + 6 * DAY)
        gaps = [after - before for before, after in itertools.pairwise(polls)]
        assert max(gaps) <= DAY * 1.1
        assert max(gaps) >= DAY / 2
        assert len(polls) <= 20  # where each quarter of an hour would have been 576
        assert one.said("notice") == 1
        one.server.routes["/ill"] = Answer(body=rss().encode())
        await one.live(START + 9 * DAY)
        assert (await one.health()).failures == 0
        assert one.said("notice") == 2


async def polled_all(store: Store, numbers: Sequence[int], *, within: float) -> None:
    """Wait until each of some feeds was polled."""
    async with asyncio.timeout(within):
        while True:
            health = {one.number: one for one in await store.feeds.health()}
            if all(health[number].polled_at for number in numbers):
                return
            await asyncio.sleep(0.5)


@asynccontextmanager
async def ticking(poller: Poller) -> AsyncIterator[None]:
    """Start a round of polling again and again, as the schedule does, whether or not others are under way."""
    rounds: set[asyncio.Task[object]] = set()

    async def tick() -> None:
        while True:
            rounds.add(asyncio.create_task(poller.poll_due()))
            await asyncio.sleep(0.5)

    ticks = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticks.cancel()
        for task in rounds:
            task.cancel()
        ends = await asyncio.gather(ticks, *rounds, return_exceptions=True)
    assert [end for end in ends if isinstance(end, Exception)] == []


@pytest.mark.long
async def test_row_29_healthy_feeds_are_polled_on_time_beside_all_hostile_ones(
    tmp_path: Path, empty_database: Path
) -> None:
    copyfile(empty_database, tmp_path / "v.sqlite3")
    clock = SystemClock()
    async with AsyncExitStack() as held:
        there = await held.enter_async_context(farm())
        store = await held.enter_async_context(open_store(f"sqlite:///{tmp_path / 'v.sqlite3'}", clock=clock))
        client = await held.enter_async_context(
            open_client(
                contact="desk@example.org",
                version="1",
                allow=there.pairs,
                limits=Limits(deadline=20, body=8 * MIB, parse=120),
            )
        )
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        await store.channels.save(Channel(id=MAIN, name="Main"))
        poller = Poller(store=store, client=client, parsers=parsers, clock=clock)
        every = timedelta(seconds=INTERVAL)
        good = [await _followed(store, url, every) for url in there.healthy_urls()]
        assert (await poller.poll_due()).failed == 0
        own = family_of(os.getpid(), without=(there.process,))
        forget_peaks(own)
        rest = peak(own)
        rows = [row for row in there.rows if not row.long]
        bad = [await _followed(store, there.url(row), DAY) for row in rows]
        async with heartbeat() as heart, ticking(poller):
            await polled_all(store, bad, within=200)
            await asyncio.sleep(2 * INTERVAL)
        connections, asked = await there.seen()
        health = {one.number: one for one in await store.feeds.health()}
        grown = peak(family_of(os.getpid(), without=(there.process,))) - rest
    assert connections == 0
    gaps = [b - a for key in there.healthy for a, b in itertools.pairwise(asked[key])]
    assert len(gaps) >= 2 * len(there.healthy)
    assert max(gaps) - INTERVAL <= MOST_LATE
    assert [health[number].last_error for number in good if health[number].failures] == []
    unlike = [
        f"{row.key}: {health[number].last_error}"
        for row, number in zip(rows, bad, strict=True)
        if bool(health[number].last_error) != (row.outcome != "read")
    ]
    assert unlike == []
    assert heart.busiest <= 0.25
    assert grown <= 200 * MIB


async def _followed(store: Store, url: str, every: timedelta) -> int:
    feed = await store.feeds.add(url, name=url, every=every, fixed=True)
    await store.channels.follow(MAIN, feed.number)
    return feed.number


async def test_row_30_without_names_for_five_minutes_nothing_breaks_and_all_comes_back(
    tmp_path: Path, empty_database: Path
) -> None:
    names = Unanswered()
    async with desk(tmp_path, empty_database, names=names, host="feeds.example") as one:
        links = [f"http://feeds.example:{one.server.port}/{i}" for i in range(10)]
        one.server.routes |= {f"/{i}": Answer(body=numbered(3, at=START)) for i in range(10)}
        for link in links:
            feed = await one.store.feeds.add(link, name=link, every=timedelta(minutes=1), fixed=True)
            await one.store.channels.follow(MAIN, feed.number)
        reading = FeedReading(one.client, one.parsers, clock=one.clock)
        judging = JudgingAlone(LensSpec(exemplars=(EXEMPLAR,)))
        commands = CommandLayer(one.store, clock=one.clock, reading=reading, judging=judging)
        ada = Asker(id="console", name="Ada", manages=True)
        await one.live(START + timedelta(minutes=5))
        for text in ("status", "source list", f"source test {links[0]}", "help"):
            answer = await commands.answer(Request(text=text, channel=MAIN, asker=ada))
            assert answer is not None
            assert answer.message.notice
        assert one.server.log == []
        assert {(await one.health(n)).failures for n in range(1, 11)} <= {2, 3, 4}  # 5 without a back-off
        assert one.said("notice") == 0
        names.dead = False
        await one.live(START + timedelta(minutes=20))
        health = [await one.health(number) for number in range(1, 11)]
        assert [h.failures for h in health] == [0] * 10
        assert sum(h.entries for h in health) == 3  # all ten bring the same articles
        assert one.said("notice") == 0
