"""Hostile servers, each with how polling it must end and what it may cost, and a canary to be left alone."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final

import pytest
import pytest_asyncio
from aiohttp import web

from tests.feedserver import Answer, FeedServer, feed_server
from tests.hostile.documents import MADE
from tests.hostile.farm import Farm, farm
from tests.hostile.polled import family_of, faults, forget_peaks, heartbeat, peak, polled
from tests.hostile.server import endpoints
from tests.hostile.talks import TALKS
from watchers.errors import FetchError
from watchers.feeds.guard import Client, Limits, open_client
from watchers.feeds.meter import BESIDE, READ
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.hostile.server import Endpoint

ROWS: Final = tuple(row for row in endpoints() if not row.long)
FAMILIES: Final = tuple(dict.fromkeys(row.family for row in ROWS))
OUTCOMES: Final = {"refused", "stopped", "read", "not a feed"}
MIB: Final = 1024 * 1024
MOST_MEMORY: Final = 64 * MIB
# Work of the loop's own thread between two beats: a lag that other programs on the machine have no part in.
MOST_WORK: Final = 0.25  # seconds
# Less than the usual, so that what is too large is so sooner and what hangs is found out sooner; more to
# parse, as workers stand back on a machine that is busy with other things.
LIMITS: Final = Limits(deadline=10, parse=120, body=8 * MIB)
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def there() -> AsyncIterator[Farm]:
    async with farm() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parsers() -> AsyncIterator[Workers]:
    async with Workers(1, preload=("watchers.feeds.parse",)) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(there: Farm) -> AsyncIterator[Client]:
    async with open_client(
        contact="desk@example.org", version="0", allow=there.pairs, limits=LIMITS
    ) as opened:
        yield opened


async def test_there_are_more_than_seventy_endpoints_each_with_an_outcome() -> None:
    assert len(ROWS) > 150
    assert {row.outcome for row in ROWS} == OUTCOMES
    assert all(row.does for row in ROWS)
    assert {row.talk for row in endpoints()} - {""} == set(TALKS)
    assert {row.made for row in endpoints()} - {""} == set(MADE)


@pytest.mark.long
@pytest.mark.parametrize("family", FAMILIES)
async def test_endpoints_end_as_stated_and_cost_little(
    family: str, there: Farm, client: Client, parsers: Workers
) -> None:
    rows = [row for row in ROWS if row.family == family]
    await polled(there.healthy_urls()[0], client, parsers)  # a worker that was killed is there again
    own = family_of(os.getpid(), without=(there.process,))
    forget_peaks(own)
    rest = peak(own)
    found: list[str] = []

    async def one(row: Endpoint) -> None:
        found.extend(faults(row, await polled(there.url(row), client, parsers, within=LIMITS.parse)))

    async with heartbeat() as heart:
        if family == "slow":  # each only waits
            await asyncio.gather(*map(one, rows))
        else:
            for row in rows:
                await one(row)
    assert found == []
    assert peak(family_of(os.getpid(), without=(there.process,))) - rest <= MOST_MEMORY
    assert heart.busiest <= MOST_WORK
    canary, asked = await there.seen()
    assert canary == 0
    assert {f"{row.family}: {row.name}" for row in rows} <= asked.keys()


@pytest_asyncio.fixture(loop_scope="module")
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


async def test_a_body_may_cross_the_line_in_small_chunks_but_not_without_end(there: Farm) -> None:
    """Six bytes on the line for one of the body: the cap on the line comes before that on the body."""
    row = next(row for row in ROWS if row.talk == "tiny_chunks")
    limits = Limits(deadline=60, body=128 * 1024)
    async with open_client(contact="desk@example.org", version="0", allow=there.pairs, limits=limits) as one:
        with pytest.raises(FetchError, match="headers or chunks"):
            await one.get(there.url(row))


async def test_a_kept_connection_may_bring_much_in_all(server: FeedServer) -> None:
    """What came is counted anew for each request."""
    server.routes["/feed"] = Answer(body=b"x" * 60_000)
    limits = Limits(deadline=60, body=64_000, headers=4_096)
    rounds = 2 + 2 * (limits.headers + BESIDE + 2 * limits.body) // 60_000
    async with open_client(
        contact="desk@example.org", version="0", allow=frozenset({server.pair}), limits=limits
    ) as one:
        for _ in range(rounds):
            assert len((await one.get(server.url("/feed"))).body) == 60_000
    assert BESIDE > 2 * READ


async def test_a_stopped_download_leaves_no_connection_behind(server: FeedServer) -> None:
    gone = asyncio.Event()

    async def pour(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 4096)
        finally:
            gone.set()

    server.routes["/"] = pour
    limits = Limits(deadline=60, body=200_000)
    async with open_client(
        contact="desk@example.org", version="0", allow=frozenset({server.pair}), limits=limits
    ) as one:
        with pytest.raises(FetchError, match="larger than"):
            await one.get(server.url("/"))
        async with asyncio.timeout(30):
            await gone.wait()
