"""What is due among very many sources is found through an index, however much of it is due."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, insert, text

from tests.contracts.store.store_builders import MAIN, NOON
from watchers.store.connections import Pool
from watchers.store.rows import Channel
from watchers.store.schema import channel_feed, feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.store.store import Store

FEEDS = 20_000
EVERY = timedelta(minutes=15)
MOST = 500


@pytest.fixture
async def many(store: Store) -> Store:
    """Open a store with very many followed sources, due one after the other over a quarter of an hour."""
    await store.channels.save(Channel(id=MAIN, name="Main"))
    rows = [
        {
            "number": number,
            "url": f"https://s{number}.example/feed",
            "every_seconds": 900,
            "origin": "chat",
            "added_at": NOON,
            "next_poll_at": NOON + EVERY * number / FEEDS,
        }
        for number in range(1, FEEDS + 1)
    ]
    links = [{"channel": MAIN, "feed": row["number"], "origin": "chat"} for row in rows]
    async with store._access.writing() as connection:
        await connection.execute(insert(feed), rows)
        await connection.execute(insert(channel_feed), links)
    async with store._access.writing() as connection:
        await connection.execute(text("ANALYZE"))
    return store


@contextmanager
def asked(store: Store) -> Iterator[list[tuple[str, object]]]:
    """Note what is asked of the database, with its values."""
    engine = _pool(store).engine.sync_engine
    found: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        found.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def plans(store: Store, statements: list[tuple[str, object]]) -> list[str]:
    """Return how the database goes about what was asked of sources."""
    how = "EXPLAIN QUERY PLAN" if _pool(store).engine.dialect.name == "sqlite" else "EXPLAIN"
    found = []
    async with store._access.reading() as connection:
        for statement, values in statements:
            if "FROM feed" in statement:
                rows = await connection.exec_driver_sql(f"{how} {statement}", values)  # type: ignore[arg-type]
                found.append("\n".join(str(row[-1]) for row in rows))
    return found


def _pool(store: Store) -> Pool:
    assert isinstance(store._access, Pool)
    return store._access


@pytest.mark.parametrize("late", [timedelta(seconds=5), timedelta(minutes=15)], ids=["one tick", "all due"])
async def test_what_is_due_is_found_through_the_index(many: Store, late: timedelta) -> None:
    with asked(many) as statements:
        due = await many.feeds.due(now=NOON + late, limit=MOST)
        free = await many.claims.due(now=NOON + late, limit=MOST)
    first = list(range(1, min(MOST, int(FEEDS * (late / EVERY))) + 1))
    assert [one.number for one in due] == [one.number for one in free] == first
    found = await plans(many, statements)
    assert len(found) >= 2
    for plan in found:
        assert "ix_feed_next_poll_at" in plan, plan
        assert "SCAN feed\n" not in f"{plan}\n", plan
        assert "Seq Scan on feed " not in plan, plan
        # the index's order is the one that is wanted, so that a limit ends the search
        assert "TEMP B-TREE" not in plan, plan
        assert "Incremental Sort" in plan or "IS NULL" in plan or "Sort" not in plan, plan


async def test_when_the_next_one_is_due_is_read_from_the_index(many: Store) -> None:
    with asked(many) as statements:
        assert await many.feeds.next_due() == NOON + EVERY / FEEDS
    (plan,) = await plans(many, statements)
    assert "ix_feed_next_poll_at" in plan, plan
    assert "Aggregate" not in plan, plan


async def test_those_never_asked_come_first_and_the_limit_holds_over_both(many: Store) -> None:
    await many.feeds.hurry([FEEDS, 7])
    due = await many.feeds.due(now=NOON + EVERY, limit=4)
    assert [one.number for one in due] == [7, FEEDS, 1, 2]
    assert [one.number for one in await many.feeds.due(now=NOON + EVERY, limit=1)] == [7]
    assert len(await many.feeds.due(now=NOON + EVERY)) == FEEDS
    await many.claims.claim([7, 1], until=NOON + 2 * EVERY)
    assert [one.number for one in await many.claims.due(now=NOON + EVERY, limit=3)] == [FEEDS, 2, 3]
