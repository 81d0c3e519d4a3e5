"""Polls that are written together leave what they leave one after the other."""

from __future__ import annotations

from contextlib import asynccontextmanager
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from tests.contracts.store.store_builders import MINUTE, NOON, make_entry
from watchers.clock import SteppedClock
from watchers.store.identities import Identities
from watchers.store.schema import entry, sighting
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store
    from watchers.types import Entry

FEEDS = 6
NAMES = ("brig", "sloop", "yawl", "ketch", "cutter", "barque", "galley", "pram")


@pytest.fixture
async def one(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path / "one.sqlite3") as store:
        yield store


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(tmp_path / "other.sqlite3") as store:
        yield store


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as store:
        for n in range(FEEDS):
            await store.feeds.add(f"https://{n}.example/feed", name=str(n), every=MINUTE)
        yield store


async def rows(store: Store) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    async with store._pool.reading() as connection:
        entries = await connection.execute(select(entry).order_by(entry.c.number))
        sightings = await connection.execute(select(sighting).order_by(sighting.c.entry, sighting.c.feed))
        return [tuple(row) for row in entries], [tuple(row) for row in sightings]


def some_entry(random: Random, *, feed: int) -> Entry:
    """Make one of few articles; three of the feeds call it by the same key, the others by their own."""
    name = random.choice(NAMES)
    return make_entry(
        name if feed % 2 else f"{name}-{feed}",
        feed=feed,
        link=f"https://harbour.example/{name}",
        title=f"The {name} sails",
        summary=random.choice(("", "12 crew.", "14 crew.")),
    )


@pytest.mark.parametrize("seed", range(6))
async def test_polls_kept_together_leave_the_rows_and_give_the_entries_of_polls_kept_apart(
    one: Store, other: Store, seed: int
) -> None:
    random = Random(seed)
    for _ in range(4):
        given = [
            [some_entry(random, feed=feed) for _ in range(random.randint(0, 4))]
            for feed in random.choices(range(1, FEEDS + 1), k=8)
        ]
        apart = [await one.entries.add(entries) for entries in given]
        assert list(await other.entries.add_all(given)) == apart
    assert await rows(other) == await rows(one)
    assert all(await rows(one))


async def test_polls_with_nothing_in_common_are_looked_up_once(
    one: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    look_up = Identities.of

    async def counted(
        connection: object, entries: tuple[Entry, ...], *, shared: frozenset[str]
    ) -> Identities:
        looked.append(len(entries))
        return await look_up(connection, entries, shared=shared)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(Identities, "of", counted)
    given = [[make_entry(f"{feed}-{n}", feed=feed) for n in range(5)] for feed in range(1, 5)]
    given.append([make_entry("1-0", feed=5)])  # which feed 1 has too
    new = await one.entries.add_all(given)
    assert [len(some) for some in new] == [5, 5, 5, 5, 0]
    assert looked == [20, 1]
