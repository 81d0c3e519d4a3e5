"""Digest schedules and their runs: one a local day, whatever restarts and clocks that are set do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_letter, save_story
from watchers.errors import StoreError

if TYPE_CHECKING:
    from watchers.store.store import Store

OTHER = "preview:other"


async def add_digest(store: Store) -> int:
    one = await store.subscriptions.add(MAIN, name="morning", at="08:00", days="mon-fri", timezone="UTC")
    return one.number


async def test_a_schedule_is_due_until_its_next_time_is_written(newsroom: Store) -> None:
    number = await add_digest(newsroom)
    assert [one.number for one in await newsroom.subscriptions.due(now=NOON)] == [number]
    await newsroom.subscriptions.schedule(number, next_run_at=NOON + MINUTE)
    assert await newsroom.subscriptions.due(now=NOON) == ()
    (due,) = await newsroom.subscriptions.due(now=NOON + MINUTE)
    assert (due.at, due.days, due.empty, due.next_run_at) == ("08:00", "mon-fri", "say", NOON + MINUTE)
    assert await newsroom.subscriptions.pause(MAIN, number, paused=True)
    assert await newsroom.subscriptions.due(now=NOON + MINUTE) == ()
    assert await newsroom.subscriptions.pause(MAIN, number, paused=False)
    resumed = await newsroom.subscriptions.get(number)
    assert resumed is not None
    assert resumed.next_run_at is None
    with pytest.raises(StoreError, match='a digest "morning" already'):
        await add_digest(newsroom)


async def test_a_local_day_has_one_digest(newsroom: Store) -> None:
    number = await add_digest(newsroom)
    day, start = date(2025, 8, 19), NOON - timedelta(days=1)
    run = await newsroom.digests.claim(number, day, start=start, end=NOON, at=NOON)
    assert run is not None
    assert await newsroom.digests.claim(number, day, start=start, end=NOON, at=NOON) is None
    assert await newsroom.digests.runs(number) == (run,)
    later = date(2025, 8, 20)
    assert await newsroom.digests.claim(number, later, start=NOON, end=NOON, at=NOON)
    assert [one.local_date for one in await newsroom.digests.runs(number)] == [later, day]


async def test_the_next_window_begins_where_the_last_delivered_digest_ended(newsroom: Store) -> None:
    number = await add_digest(newsroom)
    async with newsroom.transaction() as tx:
        run = await tx.digests.claim(number, date(2025, 8, 19), start=NOON - MINUTE, end=NOON, at=NOON)
        message = await tx.outbox.enqueue(make_letter("digest:1:2025-08-19"))
        assert run is not None
        assert message is not None
        await tx.digests.posted(run.number, outbox=message)
    waiting = await newsroom.subscriptions.get(number)
    assert waiting is not None
    assert waiting.delivered_to is None
    (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await newsroom.outbox.delivered(item, at=NOON + MINUTE, receipt="p")
    arrived = await newsroom.subscriptions.get(number)
    assert arrived is not None
    assert arrived.delivered_to == NOON
    assert await newsroom.subscriptions.listed(MAIN) == (arrived,)
    assert not await newsroom.subscriptions.remove(OTHER, number)
    assert await newsroom.subscriptions.remove(MAIN, number)
    assert await newsroom.digests.runs(number) == ()


@pytest.mark.parametrize("given_up", [1, 2, 3])
async def test_a_digest_of_which_a_part_was_given_up_is_not_told(newsroom: Store, given_up: int) -> None:
    number = await add_digest(newsroom)
    async with newsroom.transaction() as tx:
        run = await tx.digests.claim(number, date(2025, 8, 19), start=NOON - MINUTE, end=NOON, at=NOON)
        first = await tx.outbox.enqueue(make_letter("1"))
        await tx.outbox.enqueue(replace(make_letter("2"), parent=first))
        last = await tx.outbox.enqueue(replace(make_letter("3"), parent=first))
        assert run is not None
        await tx.digests.posted(run.number, outbox=last or 0)
    for part in (1, 2, 3):
        (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
        if part == given_up:
            assert await newsroom.outbox.dead(item, error="it found the message wrong")
        else:
            assert await newsroom.outbox.delivered(item, at=NOON, receipt=f"p{part}")
    (schedule,) = await newsroom.subscriptions.listed(MAIN)
    assert (schedule.delivered_to, await newsroom.digests.told_to(number)) == (None, None)
    assert [one.delivered_at for one in await newsroom.digests.history(MAIN)] == [None]
    assert await newsroom.outbox.replay(given_up, now=NOON)
    (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await newsroom.outbox.delivered(item, at=NOON + MINUTE, receipt="again")
    (schedule,) = await newsroom.subscriptions.listed(MAIN)
    assert schedule.delivered_to == NOON
    assert await newsroom.digests.told_to(number) == 0


@pytest.mark.parametrize(
    ("ahead", "stays"),
    [
        pytest.param(timedelta(seconds=1), True, id="written while somebody waited for the turn"),
        pytest.param(MINUTE, True, id="by a machine whose clock is ahead"),
        pytest.param(timedelta(hours=1), False, id="by a clock that was set back since"),
    ],
)
async def test_a_digest_that_waits_is_taken_back_only_if_a_clock_was_set(
    newsroom: Store, ahead: timedelta, *, stays: bool
) -> None:
    number = await add_digest(newsroom)
    async with newsroom.transaction() as tx:
        end, day = NOON + ahead, date(2025, 8, 19)
        run = await tx.digests.claim(number, day, start=NOON - MINUTE, end=end, at=end)
        message = await tx.outbox.enqueue(make_letter("digest:1:2025-08-19"))
        assert run is not None
        assert message is not None
        await tx.digests.posted(run.number, outbox=message)
    assert len((await newsroom.digests.set_back(now=NOON))[0]) == (0 if stays else 1)
    assert (await newsroom.digests.runs(number) != ()) is stays
    assert (await newsroom.outbox.lease(1, now=NOON + MINUTE, until=NOON + 2 * MINUTE) != ()) is stays


@pytest.mark.parametrize("arrived", [True, False], ids=["once something arrived", "at the first start"])
async def test_a_run_that_had_nothing_to_tell_is_taken_back_alone(newsroom: Store, *, arrived: bool) -> None:
    number = await add_digest(newsroom)
    day, end = date(2025, 8, 20), NOON + timedelta(days=1)
    story = (await save_story(newsroom, "brig")).number
    card = await newsroom.outbox.enqueue(make_letter("card", story=story))
    await newsroom.announcements.note_card(story, MAIN, outbox=card or 0)
    if arrived:
        (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
        await newsroom.outbox.delivered(item, at=NOON, receipt="p")
    await newsroom.outbox.enqueue(make_letter("waits"))
    run = await newsroom.digests.claim(number, day, start=NOON, end=end, at=end)
    assert await newsroom.digests.set_back(now=NOON) == ((run,), ())
    assert await newsroom.digests.runs(number) == ()
    assert await newsroom.digests.claim(number, day, start=NOON, end=end, at=end), "the day may have its own"
    counts = {one.state: one.items for one in await newsroom.outbox.counts()}
    assert counts == ({"delivered": 1, "queued": 1} if arrived else {"queued": 2})
