"""What a queue of several processes can do wrong, each tried against the real one."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.jobs import queue as library
from bot.jobs.planning import AT_ONCE, MOST_WAITING, Planner, divided
from bot.jobs.polling import Polling
from bot.jobs.queue import open_queue
from tests.contracts.jobs.conftest import PULSE, follow_feeds
from tests.contracts.jobs.test_jobs import PATIENCE, Done, hand_out
from watchers.clock import SystemClock
from watchers.errors import StoreError
from watchers.polling import Round
from watchers.store.claims import DueFeed
from watchers.store.engines import queue_tables
from watchers.store.store import StoreBusyError, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.jobs.queue import Queue
    from watchers.store.store import Store
    from watchers.types import Feed

CLOCK = SystemClock()
# Takes a job, says so, and holds on to it for ever.
HOLDER = """
import asyncio, sys
from bot.jobs.queue import open_queue
from tests.contracts.jobs.conftest import PULSE
from watchers.clock import SystemClock
from watchers.store.store import open_store

async def hold(batch):
    print("has", *batch, flush=True)
    await asyncio.Event().wait()

async def main():
    async with open_store(sys.argv[1], clock=SystemClock(), together=True) as store:
        async with open_queue(store, pulse=PULSE) as queue, queue.working({"poll": hold}, within=1):
            await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def store(server_url: str) -> AsyncIterator[Store]:
    async with open_store(server_url, clock=CLOCK, together=True) as opened:
        yield opened


@pytest.fixture
async def queue(store: Store) -> AsyncIterator[Queue]:
    async with open_queue(store, pulse=PULSE) as opened:
        yield opened


def asked(url: str, statement: str) -> list[tuple[object, ...]]:
    """Ask the server, in the schema of the queue."""
    options = f"-c search_path={queue_tables.SCHEMA},public"
    with psycopg.connect(url, options=options, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


async def until(true: str, url: str) -> None:
    """Wait until a question is answered with yes."""
    deadline = time.monotonic() + PATIENCE
    while not (await asyncio.to_thread(asked, url, f"SELECT {true}"))[0][0]:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


def test_pitfall_1_and_2_nothing_goes_by_cron() -> None:
    text = Path(library.__file__).read_text(encoding="utf-8")
    assert ".periodic(" not in text, "seconds would stand last, and all of it would be UTC"


async def test_pitfall_3_a_job_whose_worker_was_killed_is_done_by_another(
    queue: Queue, store: Store, server_url: str
) -> None:
    done = Done()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, server_url, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."}
    )
    try:
        await hand_out(queue, store, (5, 6))
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            assert (await process.stdout.readline()).decode().split() == ["has", "5", "6"]
        process.send_signal(signal.SIGKILL)
        await process.wait()
        async with queue.working({"poll": done}, within=5), asyncio.timeout(PATIENCE):
            assert await queue.rescue() == 0, "it may only be slow yet"
            while not done.batches:
                await queue.rescue()
                await asyncio.sleep(0.2)
        assert done.batches == [(5, 6)]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_pitfall_4_what_was_half_done_is_not_done_again(store: Store) -> None:
    numbers = await follow_feeds(store, ["https://a.example/feed", "https://b.example/feed"])
    polled: list[int] = []

    class Asks:
        async def poll_some(self, feeds: tuple[Feed, ...]) -> Round:
            polled.extend(feed.number for feed in feeds)
            return Round(polled=len(feeds))

    polling = Polling(store, Asks(), clock=CLOCK)  # type: ignore[arg-type]  # only what it asks is of interest
    await polling(tuple(numbers))
    assert sorted(polled) == numbers
    async with store.transaction() as rooms:  # one of them is on record by now
        await rooms.claims.release(numbers)
    await asyncio.to_thread(
        asked,
        store_url(store),
        f"UPDATE feed SET next_poll_at = now() + interval '1 h' WHERE number = {numbers[0]}",  # noqa: S608
    )
    await polling(tuple(numbers))
    assert sorted(polled[2:]) == [numbers[1]]


def store_url(store: Store) -> str:
    return store.address(schema="public")[0]


async def test_pitfall_5_two_who_plan_hand_out_each_feed_once_and_neither_fails(
    queue: Queue, store: Store, server_url: str
) -> None:
    numbers = await follow_feeds(store, [f"https://h{n}.example/feed" for n in range(120)])
    async with open_store(server_url, clock=CLOCK, together=True) as beside:
        planners = [Planner(one, queue, clock=CLOCK) for one in (store, beside)]
        both = await asyncio.gather(*(one.plan() for one in planners))
    handed = [number for batches in both for batch in batches for number in batch]
    assert sorted(handed) == numbers
    assert (await queue.waiting()).waiting == 3


async def test_pitfall_6_no_job_waits_for_a_later_time(queue: Queue, store: Store, server_url: str) -> None:
    await follow_feeds(store, ["https://a.example/feed"])
    await Planner(store, queue, clock=CLOCK).plan()
    rows = asked(server_url, "SELECT count(*), count(scheduled_at) FROM procrastinate_jobs")
    assert rows == [(1, 0)]


async def test_while_workers_are_behind_nothing_more_is_handed_out(queue: Queue, store: Store) -> None:
    await follow_feeds(store, ["https://a.example/feed"])
    await hand_out(queue, store, *((n,) for n in range(MOST_WAITING)))
    assert await Planner(store, queue, clock=CLOCK).plan() == ()


async def test_pitfall_7_what_is_done_leaves_nothing_behind(
    queue: Queue, store: Store, server_url: str
) -> None:
    done = Done()
    async with queue.working({"poll": done}, within=5):
        await hand_out(queue, store, *((n,) for n in range(20)))
        await done.reaches(20)
        await until("count(*) = 0 FROM procrastinate_jobs", server_url)
    assert asked(server_url, "SELECT count(*) FROM procrastinate_events") == [(0,)]
    options = asked(server_url, "SELECT reloptions FROM pg_class WHERE relname = 'procrastinate_jobs'")
    assert "autovacuum_vacuum_scale_factor=0.02" in str(options)
    await queue.tidy()


def test_pitfall_8_the_queues_tables_are_those_of_our_last_revision() -> None:
    found = hashlib.sha256(queue_tables.statements().encode()).hexdigest()
    assert found == queue_tables.STATEMENTS, (
        "the queue's release changed its tables: add a revision that applies that, and write its hash"
    )


async def test_pitfall_9_what_a_later_release_puts_into_a_job_is_passed_over(
    queue: Queue, store: Store, server_url: str
) -> None:
    done = Done()
    await hand_out(queue, store, (1,))
    asked(server_url, """UPDATE procrastinate_jobs SET args = args || '{"hurry": true}'""")
    async with queue.working({"poll": done}, within=5):
        assert await done.reaches(1) == [(1,)]


async def test_pitfall_9_a_job_that_only_a_later_release_knows_waits_for_it(
    queue: Queue, store: Store, server_url: str
) -> None:
    done = Done()
    insert = "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES"
    asked(
        server_url, f"""{insert} ('score', 'score', '{{"ids": [1]}}'), ('poll', 'score', '{{"ids": [2]}}')"""
    )
    async with queue.working({"poll": done}, within=5):
        await hand_out(queue, store, (3,))
        await done.reaches(1)
        await until("count(*) = 1 FROM procrastinate_jobs WHERE status = 'failed'", server_url)
    assert await queue.rescue() == 1
    left = asked(server_url, "SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
    assert left == [("score", "todo"), ("score", "todo")]
    assert done.batches == [(3,)]


async def test_the_queue_goes_on_when_its_connections_are_cut(
    queue: Queue, store: Store, server_url: str
) -> None:
    done = Done()
    async with queue.working({"poll": done}, within=5):
        await hand_out(queue, store, (1,))
        await done.reaches(1)
        asked(
            server_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        with suppress(StoreError):  # a connection used just now is not asked first; nothing of it is kept
            await hand_out(queue, store, (2,))
        await hand_out(queue, store, (2,))
        await done.reaches(2)
    assert set(done.batches) == {(1,), (2,)}


async def test_run_does_not_start_beside_them_nor_they_beside_it(store: Store, server_url: str) -> None:
    with pytest.raises(StoreBusyError, match=r"another vedette .* runs on postgresql://"):
        async with open_store(server_url, clock=CLOCK, exclusive=True):
            pass
    assert store.where


async def test_nobody_shares_the_work_of_a_run(server_url: str) -> None:
    async with open_store(server_url, clock=CLOCK, exclusive=True):
        with pytest.raises(StoreBusyError, match="`vedette run`, which does everything by itself"):
            async with open_store(server_url, clock=CLOCK, together=True):
                pass


async def test_a_queue_that_a_backup_left_out_is_made_anew(server_url: str) -> None:
    asked(server_url, f"DROP SCHEMA {queue_tables.SCHEMA} CASCADE")
    async with (
        open_store(server_url, clock=CLOCK, together=True) as store,
        open_queue(store, pulse=PULSE) as queue,
    ):
        assert (await queue.waiting()).waiting == 0


async def test_a_queue_that_is_broken_says_what_to_do(store: Store, server_url: str) -> None:
    asked(server_url, "DROP TABLE procrastinate_workers CASCADE")
    with pytest.raises(StoreError, match="DROP SCHEMA vedette_queue CASCADE"):
        async with open_queue(store, pulse=PULSE):
            pass


async def test_a_file_has_no_roles(tmp_path: object) -> None:
    with pytest.raises(StoreError, match="which one process works on: start `vedette run`"):
        async with open_store(f"sqlite:///{tmp_path}/v.sqlite3", clock=CLOCK, together=True):
            pass


def test_a_hosts_feeds_go_out_together_and_not_while_it_is_asked() -> None:
    due = [DueFeed(n, f"https://h{n % 4}.example/{n}") for n in range(1, 21)]
    batches = divided(due, ["https://h1.example/other"], size=8)
    assert [{n % 4 for n in batch} for batch in batches] == [{2}, {3}, {0}]
    assert sorted(n for batch in batches for n in batch) == [n for n in range(1, 21) if n % 4 != 1]


def test_a_job_holds_fifty_feeds_of_as_many_hosts() -> None:
    due = [DueFeed(n, f"https://h{n}.example/feed") for n in range(120)]
    assert [len(batch) for batch in divided(due, [])] == [AT_ONCE, AT_ONCE, 20]
    assert [len(batch) for batch in divided(due, [], most=60)] == [50, 10]
