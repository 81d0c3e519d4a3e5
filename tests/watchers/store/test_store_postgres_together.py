"""Several processes on one PostgreSQL: who runs, who waits, and what happens when connections die."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import select

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_letter
from tests.watchers.store.postgres_desk import empty, opened, url
from watchers.errors import StoreError
from watchers.store.engines import postgresql, postgresql_alone
from watchers.store.engines.postgresql_locks import RUNS
from watchers.store.rows import Channel
from watchers.store.schema_delivery import outbox
from watchers.store.store import StoreBusyError

if TYPE_CHECKING:
    from tests.contracts.store.postgres_server import Server
    from watchers.store.store import Store

__all__ = ["empty", "url"]  # fixtures
PATIENCE = 120.0  # seconds; the machine may be busy


async def test_several_may_make_the_tables_at_once(postgres: Server, empty: str) -> None:
    url = postgres.address(empty)
    async with AsyncExitStack() as stack:
        stores = await asyncio.gather(*(stack.enter_async_context(opened(url)) for _ in range(4)))
        await stores[0].channels.save(Channel(id=MAIN, name="Main"))
        assert await stores[3].channels.get(MAIN) == Channel(id=MAIN, name="Main")


async def test_an_old_database_is_not_upgraded_under_a_running_process(postgres: Server, url: str) -> None:
    async with opened(url, exclusive=True):
        postgres.execute("UPDATE alembic_version SET version_num = '0000'", database=url.rpartition("/")[2])
        with pytest.raises(StoreBusyError, match="earlier release; stop it"):
            async with opened(url):
                pass


async def test_one_run_at_a_time_and_the_next_when_it_ended(url: str) -> None:
    async with opened(url, exclusive=True):
        with pytest.raises(StoreBusyError, match=r"another vedette .*since .*UTC.* runs on postgresql://"):
            async with opened(url, exclusive=True):
                pass
        async with opened(url) as beside:
            await beside.pulse.beat("poll", at=NOON)
    async with opened(url, exclusive=True) as store:
        assert await store.pulse.beats() == {"poll": NOON}


ENDED = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND pid <> pg_backend_pid()"
)


async def test_a_run_whose_connections_die_goes_on(
    postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_alone, "LOOKS_EVERY_S", 0.1)
    monkeypatch.setattr(postgresql, "ASKED_AFTER_S", 0.0)
    async with opened(url, exclusive=True) as store:
        await store.pulse.beat("poll", at=NOON)
        before = lock_holders(postgres, url)
        postgres.execute(sql.SQL(ENDED).format(sql.Literal(url.rpartition("/")[2])))
        await store.pulse.beat("deliver", at=NOON)
        assert set(await store.pulse.beats()) == {"poll", "deliver"}
        await locked_anew(postgres, url, before)


HOLDERS = (
    "SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE locktype = 'advisory'"
    " AND datname = current_database() AND objid = {} AND objsubid = 2 AND granted"
)


def lock_holders(postgres: Server, url: str) -> list[tuple[object, ...]]:
    held = sql.SQL(HOLDERS).format(sql.Literal(RUNS))
    return postgres.execute(held, database=url.rpartition("/")[2])


async def locked_anew(postgres: Server, url: str, before: list[tuple[object, ...]]) -> None:
    """Wait until another session holds the lock, without asking for it: whoever gets it has taken over."""
    async with asyncio.timeout(PATIENCE):
        while (now := lock_holders(postgres, url)) in ([], before):  # noqa: ASYNC110 — the server's table tells nobody
            await asyncio.sleep(0.05)
    assert len(now) == 1
    with pytest.raises(StoreBusyError, match=r"another vedette .* runs on"):
        async with opened(url, exclusive=True):
            pass


async def test_a_run_that_another_took_over_from_writes_no_more(
    postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_alone, "LOOKS_EVERY_S", 1.0)
    async with opened(url, exclusive=True) as store, AsyncExitStack() as stack:
        postgres.execute(sql.SQL(ENDED).format(sql.Literal(url.rpartition("/")[2])))
        await stack.enter_async_context(opened(url, exclusive=True))
        with pytest.raises(StoreBusyError, match="took over"):
            await write_until_refused(store)


async def write_until_refused(store: Store) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await store.pulse.beat("poll", at=NOON)
            except StoreBusyError:
                raise
            except StoreError:
                continue  # the connection that died
            await asyncio.sleep(0.05)


async def test_a_lock_that_a_dead_connection_of_ours_still_has_is_taken_from_it(url: str) -> None:
    async with opened(url) as store:
        keeper = postgresql_alone._Keeper(
            store._pool.engine.execution_options(isolation_level="AUTOCOMMIT"), postgresql_alone.Alone("here")
        )
        assert await keeper.take() is None
        cut_off, keeper._connection = keeper._connection, None  # the server does not know it to be gone
        async with asyncio.timeout(PATIENCE):
            while await keeper.take() is not None:
                continue  # the server ends that one, which takes it a moment
        await keeper.close()
        assert cut_off is not None
        await cut_off.invalidate()
        await cut_off.close()


async def test_what_a_queue_writes_with_the_drivers_connection_is_part_of_the_transaction(url: str) -> None:
    async def write(store: Store, *, fails: bool) -> None:
        async with store.transaction() as rooms:
            await rooms.kept.put("ours", "x")
            driver = await rooms.driver()
            assert isinstance(driver, psycopg.AsyncConnection)
            await driver.execute("INSERT INTO setting (name, value) VALUES ('theirs', 'x')")
            if fails:
                raise KeyError

    async with opened(url) as store:
        with pytest.raises(KeyError):
            await write(store, fails=True)
        assert [await store.kept.get(name) for name in ("ours", "theirs")] == [None, None]
        await write(store, fails=False)
        assert [await store.kept.get(name) for name in ("ours", "theirs")] == ["x", "x"]


async def test_a_process_that_stands_still_in_a_transaction_holds_nobody_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "WRITER_RESTS_S", 1)
    async with opened(url) as frozen, opened(url) as other:
        with pytest.raises(StoreError, match=r"stood still for too long|went away"):
            await stand_still(frozen, other)
        (item,) = await other.outbox.lease(5, now=NOON, until=NOON + MINUTE)
        assert item.key == "kept"
        assert await frozen.outbox.get(item.id) is not None, "it goes on"


async def stand_still(frozen: Store, other: Store) -> None:
    """Write in a transaction, wait until another process may write, and write again."""
    async with frozen.transaction() as rooms:
        await rooms.outbox.enqueue(make_letter("lost"))
        async with asyncio.timeout(PATIENCE):
            assert await other.outbox.enqueue(make_letter("kept")) is not None
        await rooms.outbox.enqueue(make_letter("lost, too"))


async def test_deciding_writers_of_two_processes_take_turns_and_others_do_not_wait(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        async with one.transaction() as rooms:
            await rooms.outbox.enqueue(make_letter("first"))
            deciding = asyncio.create_task(other.outbox.enqueue(make_letter("second")))
            await other.pulse.beat("poll", at=NOON)
            assert not deciding.done()
        async with asyncio.timeout(PATIENCE):
            second = await deciding
        found = await other.outbox.get(second or 0)
        assert found is not None
        assert found.key == "second"


async def test_two_processes_share_the_work_without_doubling_it(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        await one.channels.save(Channel(id=MAIN, name="Main"))
        await one.feeds.add("https://harbour.example/feed", name="Harbour", every=MINUTE)
        for i in range(30):
            await one.outbox.enqueue(make_letter(f"k{i}", channel=f"preview:c{i}"))
        got = await asyncio.gather(
            *(store.outbox.lease(3, now=NOON, until=NOON + MINUTE) for store in (one, other) * 5)
        )
        keys = [item.key for items in got for item in items]
        assert sorted(keys) == sorted({f"k{i}" for i in range(30)})
        batch = [make_entry(f"boat-{i}") for i in range(50)]
        added = await asyncio.gather(one.entries.add(batch), other.entries.add(batch))
        assert sorted(len(entries) for entries in added) == [0, 50]


async def test_a_message_that_somebody_writes_to_is_passed_over(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        for key in ("a", "b"):
            await one.outbox.enqueue(make_letter(key, channel=f"preview:{key}"))
        (first, _) = await one.outbox.lease(2, now=NOON, until=NOON + MINUTE)
        async with one._pool.engine.begin() as connection:
            await connection.execute(select(outbox.c.id).where(outbox.c.id == first.id).with_for_update())
            later = NOON + 2 * MINUTE
            async with asyncio.timeout(PATIENCE):
                assert [
                    item.key for item in await other.outbox.lease(2, now=later, until=later + MINUTE)
                ] == ["b"]
