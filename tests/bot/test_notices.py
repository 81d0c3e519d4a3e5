"""What people are told of the bot's own troubles: once an incident, and not in quiet hours."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.messages_json import from_json
from bot.notices import tell_closed, tell_of_feeds
from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.store.rows import Channel, Polled
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

MAIN, OTHER = "preview:main", "preview:other"
HOUR = timedelta(hours=1)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path) -> AsyncIterator[Store]:
    path = tmp_path / "vedette.sqlite3"
    await asyncio.to_thread(copyfile, empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as opened:
        for name in (MAIN, OTHER):
            await opened.channels.save(Channel(id=name, name=name.partition(":")[2]))
        yield opened


async def source(store: Store, name: str, channel: str = MAIN) -> int:
    feed = await store.feeds.add(f"https://{name.replace(' ', '-')}.example/feed", name=name, every=HOUR)
    await store.channels.follow(channel, feed.number)
    return feed.number


async def fail(
    store: Store, number: int, at: datetime, *, gone: bool = False, error: str = "HTTP 503"
) -> None:
    await store.feeds.record(
        Polled(feed=number, at=at, next_poll_at=at + HOUR, error="" if gone else error, gone=gone)
    )


async def told(store: Store, channel: str = MAIN) -> list[OutboxItem]:
    leased = await store.outbox.lease(50, now=NOON + 900 * HOUR, until=NOON + 901 * HOUR)
    for item in leased:
        await store.outbox.delivered(item, at=NOON, receipt="p")
    return [item for item in leased if item.channel == channel]


async def test_a_source_that_fails_for_a_day_is_told_of_once(store: Store) -> None:
    harbour = await source(store, "Harbour")
    for hour in range(0, 72, 6):
        await fail(store, harbour, NOON + hour * HOUR)
        await tell_of_feeds(store, now=NOON + hour * HOUR)
    (item,) = await told(store)
    assert from_json(item.payload).notice == "Harbour has brought nothing for a day: HTTP 503"
    assert await told(store, OTHER) == []


async def test_failing_anew_after_it_was_well_is_another_incident(store: Store) -> None:
    harbour = await source(store, "Harbour")
    await fail(store, harbour, NOON)
    assert await tell_of_feeds(store, now=NOON + 25 * HOUR) == 1
    await store.feeds.record(Polled(feed=harbour, at=NOON + 26 * HOUR, next_poll_at=NOON))
    await tell_of_feeds(store, now=NOON + 27 * HOUR)
    await fail(store, harbour, NOON + 30 * HOUR)
    assert await tell_of_feeds(store, now=NOON + 53 * HOUR) == 0
    assert await tell_of_feeds(store, now=NOON + 55 * HOUR) == 1


async def test_what_fails_together_is_one_notice_and_what_is_gone_waits_for_no_day(store: Store) -> None:
    for number in range(8):
        await fail(store, await source(store, f"Paper {number}"), NOON)
    assert await tell_of_feeds(store, now=NOON + 25 * HOUR) == 1
    (item,) = await told(store)
    message = from_json(item.payload)
    assert message.notice == "8 sources have brought nothing for a day"
    assert "and 3 more" in str(message.blocks)
    await fail(store, await source(store, "Ended"), NOON + 26 * HOUR, gone=True)
    assert await tell_of_feeds(store, now=NOON + 26 * HOUR) == 1
    (item,) = await told(store)
    assert from_json(item.payload).notice == "Ended is gone for good, its server says"


async def test_a_notice_of_sources_waits_until_the_quiet_hours_end(store: Store) -> None:
    await store.channels.save(Channel(id=MAIN, name="main", quiet="12:00-18:00"))
    await fail(store, await source(store, "Harbour"), NOON)
    await tell_of_feeds(store, now=NOON + 25 * HOUR)
    (item,) = await told(store)
    assert item.not_before == NOON + 30 * HOUR


async def test_a_closed_channel_is_told_of_in_another_in_its_language(store: Store) -> None:
    await store.channels.save(Channel(id=OTHER, name="other", lang="tr"))
    for _ in range(3):
        await tell_closed(store, MAIN, "is_archived", now=NOON)
    (item,) = await told(store, OTHER)
    assert from_json(item.payload).notice == "main kanalına artık yazamıyorum: is_archived"


async def test_the_only_channel_has_nobody_to_tell(store: Store) -> None:
    await store.channels.close(OTHER, why="gone", at=NOON)
    assert not await tell_closed(store, MAIN, "is_archived", now=NOON)
