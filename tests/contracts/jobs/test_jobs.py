"""What both engines promise: what is handed out is done, with its transaction, and given up in time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.jobs import planning
from bot.jobs.planning import Planner
from tests.contracts.jobs.conftest import follow_feeds
from tests.contracts.store.store_builders import MINUTE
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from bot.jobs.port import Batch, Jobs
    from watchers.store.store import Store

PATIENCE = 90.0  # seconds; the machine may be busy


class Done:
    """Notes what was done, and lets it be waited for."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self._came = asyncio.Condition()

    async def __call__(self, batch: Batch) -> None:
        async with self._came:
            self.batches.append(batch)
            self._came.notify_all()

    async def reaches(self, count: int) -> list[Batch]:
        async with asyncio.timeout(PATIENCE), self._came:
            await self._came.wait_for(lambda: len(self.batches) >= count)
        return self.batches


async def hand_out(jobs: Jobs, store: Store, *batches: Batch) -> None:
    async with store.transaction() as rooms:
        await jobs.enqueue("poll", batches, rooms=rooms)


async def test_what_is_handed_out_is_done_once_with_its_numbers(jobs: Jobs, store: Store) -> None:
    done = Done()
    async with jobs.working({"poll": done}, within=5):
        await hand_out(jobs, store, (1, 2), (3,))
        assert sorted(await done.reaches(2)) == [(1, 2), (3,)]
        await hand_out(jobs, store, (4,))
        await done.reaches(3)
    assert sorted(done.batches) == [(1, 2), (3,), (4,)]


async def test_nothing_is_done_of_a_transaction_that_fails(jobs: Jobs, store: Store) -> None:
    done = Done()
    async with jobs.working({"poll": done}, within=5):
        with pytest.raises(RuntimeError, match="in the middle"):
            await fail_in_the_middle(jobs, store)
        await hand_out(jobs, store, (8,))
        assert await done.reaches(1) == [(8,)]
    assert await store.kept.get("beside") is None


async def fail_in_the_middle(jobs: Jobs, store: Store) -> None:
    async with store.transaction() as rooms:
        await rooms.kept.put("beside", "the jobs")
        await jobs.enqueue("poll", [(7,)], rooms=rooms)
        raise RuntimeError("in the middle")


async def test_the_transaction_goes_on_after_jobs_are_enqueued_in_it(jobs: Jobs, store: Store) -> None:
    async with store.transaction() as rooms:
        await jobs.enqueue("poll", [(7,)], rooms=rooms)
        await rooms.kept.put("after", "the jobs")
        assert await rooms.kept.get("after") == "the jobs"
    assert await store.kept.get("after") == "the jobs"


async def test_a_job_that_fails_keeps_no_other_from_being_done(jobs: Jobs, store: Store) -> None:
    done = Done()

    async def fail_on_one(batch: Batch) -> None:
        await done(batch)
        if batch == (1,):
            raise ValueError("one")

    async with jobs.working({"poll": fail_on_one}, within=5):
        await hand_out(jobs, store, (1,), (2,))
        assert sorted(await done.reaches(2)) == [(1,), (2,)]


async def test_what_is_under_way_at_the_end_may_end(jobs: Jobs, store: Store) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow(_batch: Batch) -> None:
        begun.set()
        await asyncio.sleep(0.5)
        ended.set()

    async with asyncio.timeout(PATIENCE), jobs.working({"poll": slow}, within=60):
        await hand_out(jobs, store, (1,))
        await begun.wait()
    assert ended.is_set()


async def test_what_does_not_end_in_time_is_cancelled(jobs: Jobs, store: Store) -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def endless(_batch: Batch) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with asyncio.timeout(PATIENCE), jobs.working({"poll": endless}, within=0.2):
        await hand_out(jobs, store, (1,))
        await begun.wait()
    assert cancelled.is_set()


async def test_what_is_under_way_is_counted(jobs: Jobs, store: Store) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def held(_batch: Batch) -> None:
        begun.set()
        await go_on.wait()

    async with asyncio.timeout(PATIENCE), jobs.working({"poll": held}, within=60):
        await hand_out(jobs, store, (1,))
        await begun.wait()
        there = await jobs.waiting()
        assert (there.waiting, there.under_way, there.workers) == (0, 1, 1)
        go_on.set()


async def test_a_feed_that_is_due_is_handed_out_once_until_its_claim_ends(jobs: Jobs, store: Store) -> None:
    (number,) = await follow_feeds(store, ["https://harbour.example/feed"])
    clock = SystemClock()
    planner = Planner(store, jobs, clock=clock)
    done = Done()
    async with jobs.working({"poll": done}, within=5):
        assert await planner.plan() == ((number,),)
        assert await planner.plan() == ()
        assert await done.reaches(1) == [(number,)]
        await store.claims.claim([number], until=clock.now())  # its time is over, and nobody asked it
        assert await planner.plan() == ((number,),)
        await done.reaches(2)


async def test_a_host_with_more_feeds_than_one_look_finds_hides_no_other(
    jobs: Jobs, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "LOOK", 4)
    crowd = [f"https://Harbour.example/{n}" for n in range(30)]
    others = ["https://harbour.example.org/feed", "https://coast.example/?of=https://harbour.example/"]
    *first, third, last = await follow_feeds(store, [*crowd, *others])
    await store.claims.claim(first[:1], until=SystemClock().now() + MINUTE)  # the host is being asked
    assert await Planner(store, jobs, clock=SystemClock()).plan() == ((third, last),)
