"""A server that goes away and comes back, and a process that stands still: rows 16 and 21 of the faults."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.postgres_server import again, start
from tests.contracts.store.store_builders import NOON, make_letter
from watchers.clock import SteppedClock
from watchers.errors import StoreError
from watchers.store.engines import postgresql_alone
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.contracts.store.postgres_server import Server
    from watchers.store.store import Store

CLOCK = SteppedClock(NOON)
PATIENCE = 120.0  # seconds; the machine may be busy
RESUMES_WITHIN = 10.0  # seconds after the server is back; the matrix promises it
# Holds a lease and a lock on the outbox's turn, says so, and once it is told to go on tries to write.
HOLDER = """
import asyncio, sys
from datetime import timedelta
from tests.contracts.store.store_builders import NOON, make_letter
from watchers.clock import SteppedClock
from watchers.store.store import LeaseLostError, open_store

async def main():
    async with open_store(sys.argv[1], clock=SteppedClock(NOON)) as store:
        async with store.leader("bot", lasts=timedelta(seconds=3)) as leader:
            await leader.store.outbox.enqueue(make_letter("before"))
            print("holds", flush=True)
            await asyncio.to_thread(sys.stdin.readline)
            try:
                await leader.store.outbox.enqueue(make_letter("after"))
            except LeaseLostError:
                print("lost", flush=True)

asyncio.run(main())
"""


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Make a database with the tables of this release."""
    name = postgres.migrated()
    yield postgres.address(name)
    postgres.drop(name)


@asynccontextmanager
async def holder(url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a process that holds the lease, and end it whatever comes."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOLDER,
        url,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "."},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def said(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readline()).decode().strip()


async def test_row_16_a_process_stopped_past_its_lease_writes_nothing_when_it_wakes(url: str) -> None:
    async with holder(url) as frozen, open_store(url, clock=CLOCK) as store:
        assert await said(frozen) == "holds"
        frozen.send_signal(signal.SIGSTOP)
        async with asyncio.timeout(PATIENCE), store.leader("bot") as successor:
            assert successor.lease.token == 2
            await successor.store.outbox.enqueue(make_letter("successor's"))
            frozen.send_signal(signal.SIGCONT)
            assert frozen.stdin is not None
            frozen.stdin.write(b"go on\n")
            await frozen.stdin.drain()
            assert await said(frozen) == "lost"
        found = [await store.outbox.get(number) for number in (1, 2, 3)]
        assert [one.key for one in found if one] == ["before", "successor's"]


async def test_row_16_a_process_that_was_killed_is_followed_when_its_lease_ends(url: str) -> None:
    async with holder(url) as killed, open_store(url, clock=CLOCK) as store:
        assert await said(killed) == "holds"
        killed.kill()
        async with asyncio.timeout(PATIENCE), store.leader("bot") as successor:
            assert successor.lease.token == 2


async def test_row_21_a_server_that_comes_back_is_written_to_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("another one's server is not stopped")
    monkeypatch.setattr(postgresql_alone, "LOOKS_EVERY_S", 0.2)
    folder = Path(tempfile.mkdtemp(prefix="vpg"))
    server = start(folder)
    try:
        url = server.address(server.new())
        async with open_store(url, clock=CLOCK, exclusive=True) as store:
            await store.outbox.enqueue(make_letter("before"))
            assert server.process is not None
            server.process.send_signal(signal.SIGINT)  # as an operator restarts it
            await asyncio.to_thread(server.process.wait, PATIENCE)
            with pytest.raises(StoreError, match=r"cannot be reached|went away"):
                await store.outbox.enqueue(make_letter("meanwhile"))
            server.close()
            server = await asyncio.to_thread(again, folder, server.url.port or 0)
            took = await back(store)
            (count,) = await store.outbox.counts()
            assert count.items == 2, "what was written before, and what was written after"
            assert took < RESUMES_WITHIN
    finally:
        server.close()
        shutil.rmtree(folder, ignore_errors=True)


async def back(store: Store) -> float:
    """Write until it is taken; return after how many seconds."""
    began = time.monotonic()
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await store.outbox.enqueue(make_letter("after"))
            except StoreError:
                await asyncio.sleep(0.05)
            else:
                return time.monotonic() - began
