"""Nothing committed is lost, nothing half done is kept, and one database is never two."""
# ruff: noqa: ASYNC240 - the files are small and nothing else runs in the loop

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_letter, save_story
from watchers.clock import SteppedClock
from watchers.errors import CorruptError, NewerSchemaError, StoreError
from watchers.store.engines.sqlite import BUSY_TIMEOUT_MS
from watchers.store.rows import Channel
from watchers.store.store import StoreBusyError, open_store

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from watchers.store.store import Store

CLOCK = SteppedClock(NOON)
# Writes forty entries, then keeps a transaction of many more open until it is killed.
WRITER = """
import asyncio, sys
from datetime import timedelta
from tests.contracts.store.store_builders import NOON, make_entry
from watchers.clock import SteppedClock
from watchers.store.store import open_store

async def main():
    async with open_store(sys.argv[1], clock=SteppedClock(NOON), exclusive=True) as store:
        await store.feeds.add("https://harbour.example/feed", name="Harbour", every=timedelta(minutes=1))
        await store.entries.add([make_entry(f"kept-{i}") for i in range(40)])
        async with store.transaction() as tx:
            for n in range(20):
                await tx.entries.add([make_entry(f"lost-{n}-{i}", summary="x" * 4000) for i in range(100)])
            print("ready", flush=True)
            await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a database file that does not exist yet."""
    return tmp_path / "vedette.sqlite3"


def opened(path: Path, *, exclusive: bool = False) -> AbstractAsyncContextManager[Store]:
    return open_store(f"sqlite:///{path}", clock=CLOCK, exclusive=exclusive)


async def add_feed(store: Store) -> None:
    await store.channels.save(Channel(id=MAIN, name="Main"))
    await store.feeds.add("https://harbour.example/feed", name="Harbour", every=MINUTE)


async def test_closing_and_opening_again_keeps_everything(path: Path) -> None:
    async with opened(path) as store:
        await add_feed(store)
        story = await save_story(store, "brig", "sloop")
        await store.outbox.enqueue(make_letter("k", story=story.number))
        pending = await store.announcements.unannounced()
    async with opened(path) as store:
        assert await store.stories.recent(since=NOON) == (story,)
        assert await store.announcements.unannounced() == pending
        assert [item.key for item in await store.outbox.lease(5, now=NOON, until=NOON + MINUTE)] == ["k"]


async def test_a_process_killed_inside_a_transaction_leaves_what_was_committed(path: Path) -> None:
    writer = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        WRITER,
        f"sqlite:///{path}",
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "."},
    )
    assert writer.stdout is not None
    assert await writer.stdout.readline() == b"ready\n"
    with pytest.raises(StoreBusyError, match=f"process {writer.pid}"):
        async with opened(path, exclusive=True):
            pass
    async with opened(path) as beside:
        assert await beside.entries.count() == 40, "others read beside it, and see only what is committed"
    writer.kill()
    await writer.wait()
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()
    async with opened(path, exclusive=True) as store:
        assert await store.entries.count() == 40
        assert len(await store.entries.add([make_entry("lost-0-0")])) == 1


async def test_a_copy_of_the_files_taken_while_it_runs_opens_as_it_was(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    async with opened(path) as store:
        await add_feed(store)
        await store.outbox.enqueue(make_letter("k"))
        (item,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE)
        await store.outbox.delivered(item, at=NOON, receipt="p1")
        for suffix in ("", "-wal"):
            copy.with_name(copy.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    async with opened(copy) as store:
        assert [one.receipt for one in await store.outbox.delivered_to(MAIN)] == ["p1"]


async def test_connections_are_set_up_to_survive_a_power_cut(path: Path) -> None:
    async with opened(path) as store, store._pool.reading() as connection:
        settings = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            settings[name] = (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": BUSY_TIMEOUT_MS,
    }


async def test_two_stores_on_one_file_share_the_work_without_doubling_it(path: Path) -> None:
    async with opened(path) as one, opened(path) as other:
        await add_feed(one)
        for i in range(30):
            await one.outbox.enqueue(make_letter(f"k{i}", channel=f"preview:c{i}"))
        got = await asyncio.gather(
            *(store.outbox.lease(3, now=NOON, until=NOON + MINUTE) for store in (one, other) * 5)
        )
        keys = [item.key for items in got for item in items]
        assert len(keys) == 30
        assert len(set(keys)) == 30
        batch = [make_entry(f"boat-{i}") for i in range(50)]
        added = await asyncio.gather(one.entries.add(batch), other.entries.add(batch))
        assert sorted(len(entries) for entries in added) == [0, 50]


async def test_several_may_create_the_database_at_once(path: Path) -> None:
    async with AsyncExitStack() as stack:
        stores = await asyncio.gather(*(stack.enter_async_context(opened(path)) for _ in range(4)))
        await add_feed(stores[0])
        assert len(await stores[3].feeds.all()) == 1


async def test_a_writer_waits_for_another_programs_lock(path: Path) -> None:
    async with opened(path) as store:
        raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        raw.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(store.pulse.beat("poll", at=NOON))
        assert await store.pulse.beats() == {}, "readers go on"
        raw.execute("COMMIT")
        raw.close()
        await waiting
        assert await store.pulse.beats() == {"poll": NOON}


async def test_writers_of_one_process_take_turns(path: Path) -> None:
    async with opened(path) as store:
        await asyncio.gather(*(store.outbox.enqueue(make_letter(f"k{i}")) for i in range(40)))
        (count,) = await store.outbox.counts()
        assert count.items == 40


async def test_a_cancelled_transaction_keeps_nothing_and_lets_others_in(path: Path) -> None:
    async with opened(path) as store:
        begun = asyncio.Event()

        async def never_ends() -> None:
            async with store.transaction() as tx:
                await tx.pulse.beat("poll", at=NOON)
                begun.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(never_ends())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await store.pulse.beat("deliver", at=NOON)
        assert await store.pulse.beats() == {"deliver": NOON}


async def test_a_write_past_the_open_transaction_is_refused_at_once(path: Path) -> None:
    async with opened(path) as store, store.transaction():
        with pytest.raises(StoreError, match="through that transaction"):
            await store.pulse.beat("poll", at=NOON)


async def test_a_transaction_sees_its_own_changes(path: Path) -> None:
    async with opened(path) as store, store.transaction() as tx:
        await tx.pulse.beat("poll", at=NOON)
        assert await tx.pulse.beats() == {"poll": NOON}
        assert await store.pulse.beats() == {}


async def test_one_run_at_a_time_and_the_next_when_it_ended(path: Path) -> None:
    async with opened(path, exclusive=True):
        with pytest.raises(StoreBusyError, match="another vedette"):
            async with opened(path, exclusive=True):
                pass
        async with opened(path) as beside:
            await add_feed(beside)
    async with opened(path, exclusive=True) as store:
        assert len(await store.feeds.all()) == 1


@pytest.mark.parametrize("revision", ["0999", "abc"])
async def test_a_newer_database_is_refused_untouched(path: Path, revision: str) -> None:
    async with opened(path):
        pass
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    raw.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError, match=revision):
        async with opened(path):
            pass
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damage", [b"\x00" * 100, b"{}", b"SQLite format 2\x00" + b"x" * 5000], ids=["zeros", "JSON", "old"]
)
async def test_a_file_that_is_no_database_is_refused_untouched(path: Path, damage: bytes) -> None:
    path.write_bytes(damage)
    with pytest.raises(CorruptError, match="damaged or no database"):
        async with opened(path):
            pass
    assert path.read_bytes() == damage
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]


async def test_a_database_whose_first_page_is_damaged_behind_the_name_is_refused(path: Path) -> None:
    async with opened(path) as store:
        await add_feed(store)
    damaged = path.read_bytes()[:16] + b"\xff" * 3000 + path.read_bytes()[3016:]
    path.write_bytes(damaged)
    with pytest.raises(CorruptError, match=r"left as it was"):
        async with opened(path):
            pass
    assert path.read_bytes() == damaged


async def test_another_programs_database_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()
    with pytest.raises(StoreError, match="another program"):
        async with opened(path):
            pass


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://u:secret@h/d", "not supported"),
        ("no address", "is not one"),
        ("sqlite:////nowhere/at/all/x.sqlite3", "make its folder"),
    ],
)
async def test_an_address_that_cannot_be_used_says_why(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        async with open_store(url, clock=CLOCK):
            pass
    assert "secret" not in str(caught.value)


async def test_a_full_disk_is_said_and_survived(path: Path) -> None:
    async with opened(path) as store:
        await add_feed(store)
        big = [make_entry(f"boat-{i}", summary="x" * 4000) for i in range(200)]
        async with store._pool.writing() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await _limit_pages(store, pages + 5)
        with pytest.raises(StoreError, match="disk is full"):
            await store.entries.add(big)
        assert await store.entries.count() == 0
        await _limit_pages(store, 1_000_000)
        assert len(await store.entries.add(big)) == 200


async def _limit_pages(store: Store, pages: int) -> None:
    async with store._pool.reading() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
