"""An engine of each kind over a store that it works on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.jobs.in_process import InProcess
from bot.jobs.queue import Pulse, open_queue
from tests.contracts.store.postgres_server import postgres
from tests.contracts.store.store_builders import MAIN, MINUTE
from watchers.clock import SystemClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.jobs.port import Jobs
    from tests.contracts.store.postgres_server import Server
    from watchers.store.store import Store

__all__ = ["postgres"]  # a fixture

# A fifth of the usual: a process that does jobs is given up after four seconds.
PULSE = Pulse(every=timedelta(seconds=1), stalled=timedelta(seconds=4))


@pytest.fixture
def server_url(postgres: Server) -> Iterator[str]:
    """Name an empty database on a server."""
    name = postgres.migrated()
    yield postgres.address(name)
    postgres.drop(name)


@pytest.fixture(params=["in process", "queue"])
def engine(request: pytest.FixtureRequest) -> str:
    """Name each engine."""
    return str(request.param)


@pytest.fixture
def url(request: pytest.FixtureRequest, engine: str) -> str:
    """Name the database that the engine works on."""
    if engine == "queue":
        return str(request.getfixturevalue("server_url"))
    path = request.getfixturevalue("tmp_path") / "vedette.sqlite3"
    path.write_bytes(request.getfixturevalue("empty_database").read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """Open the store that the engine works on."""
    async with open_store(url, clock=SystemClock()) as opened:
        yield opened


@pytest.fixture
async def jobs(store: Store, engine: str) -> AsyncIterator[Jobs]:
    """Open the engine."""
    if engine == "in process":
        yield InProcess()
        return
    async with open_queue(store, pulse=PULSE) as queue:
        yield queue


async def follow_feeds(store: Store, urls: list[str]) -> list[int]:
    """Let a channel read these feeds, all of them due; return their numbers."""
    await store.channels.save(Channel(id=MAIN, name="Main"))
    numbers = []
    for url in urls:
        feed = await store.feeds.add(url, name="Harbour", every=15 * MINUTE)
        await store.channels.follow(MAIN, feed.number)
        numbers.append(feed.number)
    return numbers
