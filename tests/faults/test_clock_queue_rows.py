"""Row 22 of the fault matrix: what waits to be sent goes out although the clock was set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from bot import clockwatch
from bot.clockwatch import THRESHOLD, move_along
from bot.errors import DeliveryError
from tests.faults.machines import FEED_EVERY, machine, notice
from watchers.clock import SteppedClock
from watchers.store.rows import Polled
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.machines import Machine
    from watchers.store.store import Store

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
START: Final = datetime(2026, 6, 1, 10, 5, tzinfo=UTC)  # 12:05 in Berlin


@pytest.mark.parametrize("jump", [-HOUR, -DAY], ids=["an hour", "a day"])
async def test_row_22_a_clock_set_back_stops_no_queue_and_no_feed(
    jump: timedelta, tmp_path: Path, empty_database: Path
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database, quiet="22:00-07:00") as made:
        made.platform.down = DeliveryError("down")
        await made.store.outbox.enqueue(notice("tried"))
        with pytest.raises(AssertionError):
            await arrives(made, "tried", within=timedelta(minutes=1))
        held = datetime(2026, 6, 2, 5, 0, tzinfo=UTC) - min(jump, -DAY)  # as if it were tomorrow
        await made.store.outbox.enqueue(replace(notice("held"), not_before=held))
        await made.store.outbox.enqueue(notice("fresh"))
        now = made.clock.now()
        later = Polled(feed=1, at=now, next_poll_at=now + FEED_EVERY)
        await made.store.feeds.record(later)
        made.platform.down = None
        made.set_clock(jump)
        await made.round()
        await arrives(made, "tried", within=timedelta(minutes=1))
        await arrives(made, "fresh", within=timedelta(minutes=1))
        (feed,) = await made.store.feeds.health()
        assert feed.next_poll_at is not None
        assert made.clock.now() < feed.next_poll_at <= made.clock.now() + FEED_EVERY
        await arrives(made, "held", within=timedelta(minutes=1))  # it is no quiet hour now
        assert len(made.platform.keys) == 3


async def test_row_22_what_another_process_still_writes_by_the_old_clock_goes_out(
    tmp_path: Path, empty_database: Path
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        before = SteppedClock(made.clock.now())
        made.set_clock(-DAY)
        await made.round()
        async with open_store(f"sqlite:///{tmp_path / 'db'}", clock=before) as other:
            await other.outbox.enqueue(notice("straggler"))
        await made.watch.look()
        await arrives(made, "straggler", within=timedelta(minutes=1))


async def test_row_22_what_was_written_while_the_clock_was_ahead_between_two_looks_goes_out(
    tmp_path: Path, empty_database: Path
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        ahead = SteppedClock(made.clock.now() + DAY)
        async with open_store(f"sqlite:///{tmp_path / 'db'}", clock=ahead) as other:
            await other.outbox.enqueue(notice("in between"))
        made.go_on(timedelta(minutes=1))
        assert not await made.watch.look()  # forth and back: to the watch it was never set
        await arrives(made, "in between", within=timedelta(minutes=1))


async def test_row_22_a_clock_set_again_while_the_store_is_told_is_not_taken_for_set_once(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[timedelta] = []

    async def told_slowly(store: Store, by: timedelta, *, now: datetime) -> None:
        await move_along(store, by, now=now)
        told.append(by)
        if len(told) == 1:
            made.set_clock(-DAY - HOUR)

    monkeypatch.setattr(clockwatch, "move_along", told_slowly)
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        await made.store.outbox.enqueue(notice("under way"))
        now = made.clock.now()
        (item,) = await made.store.outbox.lease(1, now=now, until=now + timedelta(minutes=2))
        made.set_clock(DAY)
        assert await made.watch.look()
        assert await made.watch.look()
        assert told == [DAY, -DAY - HOUR]
        assert made.clock.now() == made.wall.now() == now - HOUR
        await made.store.outbox.release(item)
        await arrives(made, "under way", within=timedelta(minutes=1))


async def arrives(made: Machine, key: str, *, within: timedelta) -> None:
    end = made.real.now() + within
    while key not in made.platform.keys and made.real.now() < end:
        made.go_on(timedelta(seconds=10))
        await made.courier.drain()
    assert key in made.platform.keys


async def test_row_22_a_lease_does_not_seem_to_run_out_when_the_clock_is_set_ahead(
    tmp_path: Path, empty_database: Path
) -> None:
    async with machine(tmp_path / "db", at=START, empty=empty_database) as made:
        await made.store.outbox.enqueue(notice("under way"))
        now = made.clock.now()
        (item,) = await made.store.outbox.lease(1, now=now, until=now + timedelta(minutes=2))
        made.set_clock(DAY)
        assert made.clock.now() - now < THRESHOLD  # until the watch has looked
        await made.courier.drain()
        assert await made.watch.look()
        assert made.clock.now() - now >= DAY
        await made.courier.drain()
        assert made.platform.keys == []
        assert await made.store.outbox.delivered(item, at=made.clock.now(), receipt="p1")
