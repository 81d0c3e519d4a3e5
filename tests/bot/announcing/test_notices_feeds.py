"""What people are told of sources that break, fall silent or come back: once an incident, across restarts."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta
from shutil import copyfile
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from bot.announcing.notices_feeds import tell_of_feeds
from bot.messages_json import from_json
from bot.wording.phrases_feeds import PHRASES
from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.store.rows import Channel, Polled
from watchers.store.store import open_store
from watchers.types import Rhythm

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from watchers.store.store import Store

MAIN, OTHER = "preview:main", "preview:other"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DAILY = Rhythm(hours=(1.0,) * 24, days=24.0)  # one entry a day


@pytest.fixture
def path(tmp_path: Path, empty_database: Path) -> Path:
    copied = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, copied)
    return copied


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as store:
        yield store


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    async with opened(path) as store:
        for name in (MAIN, OTHER):
            await store.channels.save(Channel(id=name, name=name.partition(":")[2]))
        yield store


async def source(store: Store, name: str, channel: str = MAIN) -> int:
    feed = await store.feeds.add(f"https://{name.replace(' ', '-')}.example/feed", name=name, every=HOUR)
    await store.channels.follow(channel, feed.number)
    return feed.number


async def fail(store: Store, number: int, at: datetime, *, gone: bool = False) -> None:
    error, fault = ("", "gone") if gone else ("HTTP 503", "status")
    await store.feeds.record(
        Polled(feed=number, at=at, next_poll_at=at + HOUR, error=error, gone=gone, fault=fault)
    )


async def well(store: Store, number: int, at: datetime, *, new: int = 0) -> None:
    polled = Polled(feed=number, at=at, next_poll_at=at + HOUR, new=new, changed=bool(new), rhythm=DAILY)
    await store.feeds.record(polled)


async def told(store: Store, channel: str = MAIN) -> list[str]:
    """Return the first lines of what was written to a channel since this was last asked."""
    lines: list[str] = []
    while leased := await store.outbox.lease(50, now=NOON + 900 * DAY, until=NOON + 901 * DAY):
        for item in leased:
            await store.outbox.delivered(item, at=NOON, receipt="p")
        lines += [from_json(item.payload).notice for item in leased if item.channel == channel]
    return lines


async def test_a_source_that_fails_for_a_day_is_told_of_once(store: Store) -> None:
    harbour = await source(store, "Harbour")
    for hour in range(0, 72, 6):
        await fail(store, harbour, NOON + hour * HOUR)
        await tell_of_feeds(store, now=NOON + hour * HOUR)
    assert await told(store) == ["Harbour has brought nothing for a day: HTTP 503"]
    assert await told(store, OTHER) == []


async def test_a_channel_that_shares_anothers_sources_is_told_of_them_too(store: Store) -> None:
    await store.channels.save(Channel(id=OTHER, name="other", bound_to=MAIN))
    harbour = await source(store, "Harbour")
    for hour in (0, 24):
        await fail(store, harbour, NOON + hour * HOUR)
        await tell_of_feeds(store, now=NOON + hour * HOUR)
    assert await told(store, OTHER) == ["Harbour has brought nothing for a day: HTTP 503"]


async def test_a_source_that_can_be_read_again_is_told_of_once_and_only_if_its_failure_was(
    store: Store,
) -> None:
    long, short = await source(store, "Long"), await source(store, "Short")
    await fail(store, long, NOON)
    await fail(store, short, NOON + 20 * HOUR)
    await tell_of_feeds(store, now=NOON + 25 * HOUR)
    assert await told(store) == ["Long has brought nothing for a day: HTTP 503"]
    for hour in (26, 27, 28):
        await well(store, long, NOON + hour * HOUR)
        await well(store, short, NOON + hour * HOUR)
        await tell_of_feeds(store, now=NOON + hour * HOUR)
    assert await told(store) == ["Long can be read again"]


async def test_failing_anew_after_it_was_well_is_another_incident(store: Store) -> None:
    harbour = await source(store, "Harbour")
    await fail(store, harbour, NOON)
    assert await tell_of_feeds(store, now=NOON + 25 * HOUR) == 1
    await well(store, harbour, NOON + 26 * HOUR)
    assert await tell_of_feeds(store, now=NOON + 27 * HOUR) == 1
    await fail(store, harbour, NOON + 30 * HOUR)
    assert await tell_of_feeds(store, now=NOON + 53 * HOUR) == 0
    assert await tell_of_feeds(store, now=NOON + 55 * HOUR) == 1


async def test_a_source_that_is_gone_is_told_of_at_once_and_asking_it_anyway_tells_nothing_new(
    store: Store,
) -> None:
    harbour = await source(store, "Harbour")
    await fail(store, harbour, NOON, gone=True)
    await tell_of_feeds(store, now=NOON)
    assert await told(store) == ["Harbour is gone for good, its server says"]
    await store.feeds.hurry([harbour])
    await tell_of_feeds(store, now=NOON + 30 * HOUR)
    await fail(store, harbour, NOON + 31 * HOUR)
    await tell_of_feeds(store, now=NOON + 90 * HOUR)
    assert await told(store) == []
    await well(store, harbour, NOON + 91 * HOUR, new=1)
    await tell_of_feeds(store, now=NOON + 91 * HOUR)
    assert await told(store) == ["Harbour can be read again"]


async def test_a_source_silent_for_three_times_its_usual_gap_is_told_of_once_and_once_when_it_returns(
    store: Store,
) -> None:
    harbour = await source(store, "Harbour")
    await well(store, harbour, NOON, new=1)
    for hour in range(1, 24 * 8, 3):
        await well(store, harbour, NOON + hour * HOUR)
        await tell_of_feeds(store, now=NOON + hour * HOUR)
        if hour < 24 * 3:
            assert await told(store) == []
    (notice,) = await told(store)
    assert notice.startswith("Harbour has brought nothing new since")
    for hour in range(24 * 8, 24 * 9, 3):
        await well(store, harbour, NOON + hour * HOUR, new=1)
        await tell_of_feeds(store, now=NOON + hour * HOUR)
    assert await told(store) == ["Harbour brings news again"]


async def test_nothing_is_called_silent_because_we_were_off(store: Store) -> None:
    harbour = await source(store, "Harbour")
    await well(store, harbour, NOON, new=1)
    await tell_of_feeds(store, now=NOON + 30 * DAY)
    await well(store, harbour, NOON + 30 * DAY, new=5)
    await tell_of_feeds(store, now=NOON + 30 * DAY)
    assert await told(store) == []


async def test_what_was_out_of_order_is_not_called_silent_the_moment_it_answers(store: Store) -> None:
    harbour = await source(store, "Harbour")
    await well(store, harbour, NOON, new=1)
    await fail(store, harbour, NOON + HOUR)
    await tell_of_feeds(store, now=NOON + 9 * DAY)
    await well(store, harbour, NOON + 10 * DAY)
    for hour in range(48):
        await well(store, harbour, NOON + 10 * DAY + hour * HOUR)
        await tell_of_feeds(store, now=NOON + 10 * DAY + hour * HOUR)
    both = ["Harbour has brought nothing for a day: HTTP 503", "Harbour can be read again"]
    assert await told(store) == both
    await well(store, harbour, NOON + 14 * DAY)
    await tell_of_feeds(store, now=NOON + 14 * DAY)
    (notice,) = await told(store)
    assert notice.startswith("Harbour has brought nothing new since")


async def test_what_fails_together_is_one_notice_and_what_comes_back_together_too(store: Store) -> None:
    numbers = [await source(store, f"Paper {number}") for number in range(8)]
    for number in numbers:
        await fail(store, number, NOON)
    assert await tell_of_feeds(store, now=NOON + 25 * HOUR) == 1
    (item,) = await store.outbox.lease(50, now=NOON + 900 * DAY, until=NOON + 901 * DAY)
    message = from_json(item.payload)
    await store.outbox.delivered(item, at=NOON, receipt="p")
    assert message.notice == "8 sources have brought nothing for a day"
    assert "and 3 more" in str(message.blocks)
    for number in numbers:
        await well(store, number, NOON + 26 * HOUR)
    assert await tell_of_feeds(store, now=NOON + 26 * HOUR) == 1
    assert await told(store) == ["8 sources are back"]


async def test_different_news_of_sources_share_one_notice(store: Store) -> None:
    broken, back = await source(store, "Broken"), await source(store, "Back")
    await fail(store, back, NOON - 2 * DAY)
    await tell_of_feeds(store, now=NOON - HOUR)
    assert len(await told(store)) == 1
    await well(store, back, NOON)
    await fail(store, broken, NOON, gone=True)
    await tell_of_feeds(store, now=NOON)
    assert await told(store) == ["2 sources are doing otherwise than before"]


async def test_an_incident_is_told_once_although_the_process_is_started_anew_each_time(path: Path) -> None:
    async with opened(path) as store:
        await store.channels.save(Channel(id=MAIN, name="main"))
        harbour = await source(store, "Harbour")
        await fail(store, harbour, NOON)
    notices: list[str] = []
    for hour in (25, 26, 27, 28):
        async with opened(path) as store:
            if hour == 27:
                await well(store, harbour, NOON + hour * HOUR)
            await tell_of_feeds(store, now=NOON + hour * HOUR)
            notices += await told(store)
    assert notices == ["Harbour has brought nothing for a day: HTTP 503", "Harbour can be read again"]


async def test_a_notice_is_told_once_although_two_ticks_meet(store: Store) -> None:
    await fail(store, await source(store, "Harbour"), NOON)
    at = NOON + 25 * HOUR
    await asyncio.gather(*(tell_of_feeds(store, now=at + timedelta(seconds=n)) for n in range(4)))
    assert len(await told(store)) == 1


async def test_what_an_earlier_release_told_is_not_told_again(store: Store) -> None:
    harbour = await source(store, "Harbour")
    await fail(store, harbour, NOON)
    await store.kept.put(f"notices.feeds.{MAIN}", json.dumps({str(harbour): NOON.isoformat()}))
    assert await tell_of_feeds(store, now=NOON + 25 * HOUR) == 0
    await well(store, harbour, NOON + 26 * HOUR)
    assert await tell_of_feeds(store, now=NOON + 26 * HOUR) == 1


async def test_a_source_that_was_paused_or_taken_out_is_told_of_no_more(store: Store) -> None:
    harbour = await source(store, "Harbour")
    await fail(store, harbour, NOON)
    await tell_of_feeds(store, now=NOON + 25 * HOUR)
    await told(store)
    await store.channels.pause_feed(MAIN, harbour, paused=True)
    await well(store, harbour, NOON + 26 * HOUR)
    await tell_of_feeds(store, now=NOON + 26 * HOUR)
    assert await told(store) == []


async def test_a_notice_of_sources_waits_until_the_quiet_hours_end(store: Store) -> None:
    await store.channels.save(Channel(id=MAIN, name="main", quiet="12:00-18:00"))
    await fail(store, await source(store, "Harbour"), NOON)
    await tell_of_feeds(store, now=NOON + 25 * HOUR)
    (item,) = await store.outbox.lease(50, now=NOON + 900 * DAY, until=NOON + 901 * DAY)
    assert item.not_before == NOON + 30 * HOUR


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("tr", ["Harbour kaynağından bir gündür haber alınamıyor: HTTP 503", "Harbour yeniden okunabiliyor"]),
        ("ja", ["Harbourが1日以上取得できていません：HTTP 503", "Harbourを再び取得できるようになりました"]),
    ],
)
async def test_notices_of_sources_are_told_in_the_channels_language(
    store: Store, lang: str, lines: list[str]
) -> None:
    await store.channels.save(Channel(id=MAIN, name="main", lang=lang))
    harbour = await source(store, "Harbour")
    await fail(store, harbour, NOON)
    await tell_of_feeds(store, now=NOON + 25 * HOUR)
    await well(store, harbour, NOON + 26 * HOUR)
    await tell_of_feeds(store, now=NOON + 26 * HOUR)
    assert await told(store) == lines


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_a_phrase_about_sources_has_the_same_gaps_in_every_language(phrase: str) -> None:
    gaps = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in PHRASES[phrase]]
    assert gaps[0] == gaps[1] == gaps[2]
    assert all(PHRASES[phrase])
