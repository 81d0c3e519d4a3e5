"""Databases of a PostgreSQL server, with our tables and without, and a store on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractAsyncContextManager

    from tests.contracts.store.postgres_server import Server
    from watchers.store.store import Store

CLOCK = SteppedClock(NOON)


@pytest.fixture
def empty(postgres: Server) -> Iterator[str]:
    """Make a database without anything in it."""
    name = postgres.new()
    yield name
    postgres.drop(name)


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Make a database with the tables of this release."""
    name = postgres.migrated()
    yield postgres.address(name)
    postgres.drop(name)


def opened(url: str, *, exclusive: bool = False) -> AbstractAsyncContextManager[Store]:
    return open_store(url, clock=CLOCK, exclusive=exclusive)
