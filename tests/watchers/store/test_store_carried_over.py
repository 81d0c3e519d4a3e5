"""Whatever file an earlier release left is brought up to date, and carried over to a server as it is then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, NOON
from tests.watchers.store.test_store_moving import quiet
from tests.watchers.store.test_store_released import RELEASED, is_whole, revisions
from tests.watchers.store.test_store_upgrade import first_release
from watchers.clock import SteppedClock
from watchers.store.migrate import HEAD
from watchers.store.moving import move
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.contracts.store.postgres_server import Server

__all__ = ["first_release"]  # a fixture
CLOCK = SteppedClock(NOON)


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Name an empty database of a server."""
    name = postgres.new()
    yield postgres.address(name)
    postgres.drop(name)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("revision", revisions("sqlite"))
async def test_a_released_file_goes_on_on_a_server(tmp_path: Path, url: str, revision: str) -> None:
    path = tmp_path / "vedette.sqlite3"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((RELEASED / f"sqlite-{revision}.sql").read_text(encoding="utf-8"))
    async with open_store(f"sqlite:///{path}", clock=CLOCK):
        pass  # which brings it up to date
    moved = await move(f"sqlite:///{path}", url, tell=quiet)
    assert moved
    await is_whole(url)


@pytest.mark.timeout(300)
async def test_a_file_of_the_first_release_goes_on_on_a_server(
    first_release: Path, url: str, postgres: Server
) -> None:
    async with open_store(f"sqlite:///{first_release}", clock=CLOCK):
        pass
    await move(f"sqlite:///{first_release}", url, tell=quiet)
    async with open_store(url, clock=CLOCK) as store:
        (pending,) = await store.announcements.unannounced()
        assert (pending.id, [str(fact.value) for fact in pending.update.new_facts]) == (5, ["5.5 EUR"])
        (item,) = await store.outbox.lease(5, now=NOON, until=NOON + timedelta(minutes=1))
        assert (item.key, item.channel) == ("old", MAIN)
        assert [feed.url for feed in await store.feeds.all()] == ["https://harbour.example/feed"]
        assert (await store.search.find("istanbul"))[0] == 1
    name = url.rpartition("/")[2]
    assert postgres.execute("SELECT version_num FROM alembic_version", database=name) == [(HEAD,)]
