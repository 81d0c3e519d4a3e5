"""One process holds a lease at a time; who is frozen past it finds out before anything is written."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import NOON, make_letter
from watchers.store.leases import Held, holder_of
from watchers.store.store import LeaseLostError, StoreBusyError, open_store

if TYPE_CHECKING:
    from watchers.clock import SteppedClock
    from watchers.store.store import Leader, Store

SOON = timedelta(seconds=3)
PATIENCE = 90.0  # seconds; the machine may be busy


async def run_out(store: Store, name: str) -> None:
    """Let a lease run out, as it does for a process that was frozen."""
    held = await holder_of(store._pool, name)
    assert held is not None
    await store.kept.put(f"lease/{name}", f'{{"token": {held.token}, "until": 1, "holder": "frozen:1:x"}}')


async def test_a_lease_is_one_processs_at_a_time(store: Store) -> None:
    async with store.leader("bot") as first:
        assert first.lease.is_held
        with pytest.raises(StoreBusyError, match='is "bot"'):
            async with store.leader("bot", wait=False):
                pass
        async with store.leader("scheduler", wait=False) as other:
            assert other.lease.token == 1, "another name is another lease"
    async with store.leader("bot", wait=False) as second:
        assert second.lease.token == first.lease.token + 1


async def test_who_stands_by_takes_over_when_the_lease_is_given_back(
    store: Store, database_url: str, clock: SteppedClock
) -> None:
    async with open_store(database_url, clock=clock) as beside:
        taken = asyncio.Event()

        async def stand_by() -> int:
            async with beside.leader("bot") as leader:
                taken.set()
                return leader.lease.token

        async with store.leader("bot"):
            waiting = asyncio.create_task(stand_by())
            await asyncio.sleep(0)
            assert not taken.is_set()
        async with asyncio.timeout(PATIENCE):
            assert await waiting == 2


async def test_a_lease_is_kept_as_long_as_its_holder_lives(store: Store) -> None:
    async with store.leader("bot", lasts=SOON) as leader:
        first = now = json.loads(await store.kept.get("lease/bot") or "")
        async with asyncio.timeout(PATIENCE):
            while now["until"] <= first["until"]:
                await asyncio.sleep(0.1)
                now = json.loads(await store.kept.get("lease/bot") or "")
        assert now["token"] == first["token"] == leader.lease.token
        assert not leader.lease.lost.is_set()


async def test_one_that_wakes_after_its_lease_writes_nothing(
    store: Store, database_url: str, clock: SteppedClock
) -> None:
    async with open_store(database_url, clock=clock) as beside, store.leader("bot") as frozen:
        await frozen.store.outbox.enqueue(make_letter("mine"))
        await run_out(beside, "bot")
        async with beside.leader("bot", wait=False) as successor:
            for write in (write_one, write_several, write_by_key):
                with pytest.raises(LeaseLostError, match="took over"):
                    await write(frozen)
            assert frozen.lease.lost.is_set()
            assert not frozen.lease.is_held
            await successor.store.pulse.beat("deliver", at=NOON)
        assert await beside.pulse.beats() == {"deliver": NOON}
        assert [one.items for one in await beside.outbox.counts()] == [1]


async def write_one(leader: Leader) -> None:
    await leader.store.outbox.enqueue(make_letter("late"))


async def write_several(leader: Leader) -> None:
    async with leader.store.transaction() as rooms:
        await rooms.outbox.enqueue(make_letter("later"))


async def write_by_key(leader: Leader) -> None:
    await leader.store.pulse.beat("poll", at=NOON)


async def test_a_lease_that_ran_out_and_nobody_took_is_still_its_holders(store: Store) -> None:
    async with store.leader("bot") as leader:
        await run_out(store, "bot")
        await leader.store.pulse.beat("poll", at=NOON)
    assert await store.pulse.beats() == {"poll": NOON}


async def test_a_holder_that_ended_leaves_the_lease_to_whoever_comes_next(store: Store) -> None:
    assert await holder_of(store._pool, "bot") is None
    async with store.leader("bot"):
        held = await holder_of(store._pool, "bot")
        assert held is not None
        assert 0 < held.left <= 15
    left = await holder_of(store._pool, "bot")
    assert left is not None
    assert Held(left.holder, left.token, 0) == Held("", 1, 0)
    assert left.left < 0


async def test_a_writer_under_a_lease_holds_it_until_its_transaction_ends(
    store: Store, database_url: str, clock: SteppedClock
) -> None:
    async with open_store(database_url, clock=clock) as beside, store.leader("bot") as leader:
        await run_out(beside, "bot")
        async with leader.store.transaction() as rooms:
            taking = asyncio.create_task(token_of(beside))
            await rooms.outbox.enqueue(make_letter("in time"))
            done, _ = await asyncio.wait({taking}, timeout=0.3)
            assert not done, "the successor waits for the commit"
        async with asyncio.timeout(PATIENCE):
            assert await taking == 2
        assert [one.items for one in await beside.outbox.counts()] == [1]


async def token_of(store: Store) -> int:
    async with store.leader("bot") as leader:
        return leader.lease.token
