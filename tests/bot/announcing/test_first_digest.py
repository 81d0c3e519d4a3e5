"""The first digest of a schedule tells all since its last time would have been; none arrived before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from shutil import copyfile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.digests import announce_digests
from bot.announcing.due import next_run, run_before
from tests.contracts.store.store_builders import MAIN, save_story
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.messages import Message
    from watchers.store.store import Store

TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(TUESDAY)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    """Open a store with a channel that reads one feed and has no digest yet."""
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=clock) as opened:
        await opened.channels.save(Channel(id=MAIN, name="Desk"))
        feed = await opened.feeds.add("https://harbour.example/feed", name="Harbour", every=DAY)
        await opened.channels.follow(MAIN, feed.number)
        yield opened


def fits(channel: str, message: Message) -> bool:
    return bool(channel and message.notice)


async def digest(store: Store, clock: SteppedClock, at: datetime) -> str:
    """Write the one digest that is due at a moment, and return it as it is kept for delivery."""
    clock.move_to(at)
    assert await announce_digests(store, clock=clock, fits=fits) == 1
    (schedule,) = await store.subscriptions.listed(MAIN)
    newest = (await store.digests.runs(schedule.number))[0]
    written = await store.outbox.get(newest.outbox or 0)
    assert written is not None
    return written.payload


async def test_the_first_digest_of_a_week_tells_of_a_week(store: Store, clock: SteppedClock) -> None:
    await store.subscriptions.add(MAIN, name="d", at="08:00", days="mon", timezone="UTC")
    await announce_digests(store, clock=clock, fits=fits)
    await save_story(store, "brig", at=TUESDAY + DAY)
    assert "The brig sails" in await digest(store, clock, TUESDAY + 6 * DAY)


async def test_what_a_first_digest_told_is_told_again_where_that_never_arrived(
    store: Store, clock: SteppedClock
) -> None:
    await store.subscriptions.add(MAIN, name="d", at="08:00", days="daily", timezone="UTC")
    await announce_digests(store, clock=clock, fits=fits)
    await save_story(store, "brig", at=TUESDAY)
    assert "The brig sails" in await digest(store, clock, TUESDAY + DAY)
    assert "The brig sails" in await digest(store, clock, TUESDAY + 2 * DAY)


async def test_a_first_daily_digest_tells_of_one_day(store: Store, clock: SteppedClock) -> None:
    await save_story(store, "brig", at=TUESDAY - 2 * DAY)
    await save_story(store, "sloop", at=TUESDAY)
    await store.subscriptions.add(MAIN, name="d", at="08:00", days="daily", timezone="UTC")
    await announce_digests(store, clock=clock, fits=fits)
    written = await digest(store, clock, TUESDAY + DAY)
    assert "The sloop sails" in written
    assert "The brig sails" not in written


@pytest.mark.parametrize("looked", [True, False], ids=["and before the next one's time", "only after it"])
async def test_a_first_digest_is_in_the_next_one_where_the_bot_is_back_after_its_day(
    store: Store, clock: SteppedClock, *, looked: bool
) -> None:
    await store.subscriptions.add(MAIN, name="d", at="08:00", days="daily", timezone="UTC")
    await announce_digests(store, clock=clock, fits=fits)
    await save_story(store, "brig", at=TUESDAY)
    if looked:  # Wednesday is over, Thursday's time has not come
        clock.move_to(TUESDAY + 2 * DAY - timedelta(hours=3))
        assert await announce_digests(store, clock=clock, fits=fits) == 0
    assert "The brig sails" in await digest(store, clock, TUESDAY + 2 * DAY)


@given(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["daily", "mon-fri", "fri-mon", "sun", "mon,thu"]),
    st.dates(date(2025, 1, 1), date(2027, 1, 1)),
)
def test_the_time_before_a_digests_is_the_one_that_it_follows(at: time, days: str, since: date) -> None:
    before, moment = next_run(at, days, BERLIN, after=datetime.combine(since, time(12), tzinfo=UTC))
    day, _ = next_run(at, days, BERLIN, after=moment)
    assert run_before(at, days, BERLIN, day=day) == moment
    assert day > before
