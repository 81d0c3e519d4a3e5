"""A fresh store on every database that there is code for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.postgres_server import postgres
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.contracts.store.postgres_server import Server
    from watchers.store.store import Store

__all__ = ["postgres"]  # a fixture


@pytest.fixture
def clock() -> SteppedClock:
    """Stand still at noon."""
    return SteppedClock(NOON)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Name an empty database with its tables, once of each kind."""
    if request.param == "sqlite":
        path = request.getfixturevalue("tmp_path") / "vedette.sqlite3"
        path.write_bytes(request.getfixturevalue("empty_database").read_bytes())
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.migrated()
    yield server.address(name)
    server.drop(name)


@pytest.fixture
async def store(database_url: str, clock: SteppedClock) -> AsyncIterator[Store]:
    """Open an empty store."""
    async with open_store(database_url, clock=clock) as opened:
        yield opened


@pytest.fixture
async def newsroom(store: Store) -> Store:
    """Open a store with one channel that reads the feeds 1 and 2."""
    await store.channels.save(Channel(id=MAIN, name="Main"))
    for name in ("harbour", "coast"):
        feed = await store.feeds.add(f"https://{name}.example/feed", name=name.title(), every=15 * MINUTE)
        await store.channels.follow(MAIN, feed.number)
    return store
