"""What people are told of the bot's own troubles: once an incident, and not in quiet hours."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.announcing.notices import tell_closed
from bot.messages_json import from_json
from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
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


async def told(store: Store, channel: str = MAIN) -> list[OutboxItem]:
    leased = await store.outbox.lease(50, now=NOON + 900 * HOUR, until=NOON + 901 * HOUR)
    for item in leased:
        await store.outbox.delivered(item, at=NOON, receipt="p")
    return [item for item in leased if item.channel == channel]


async def test_a_closed_channel_is_told_of_in_another_in_its_language(store: Store) -> None:
    await store.channels.save(Channel(id=OTHER, name="other", lang="tr"))
    for _ in range(3):
        await tell_closed(store, MAIN, "is_archived", now=NOON)
    (item,) = await told(store, OTHER)
    assert from_json(item.payload).notice == "main kanalına artık yazamıyorum: is_archived"


async def test_the_only_channel_has_nobody_to_tell(store: Store) -> None:
    await store.channels.close(OTHER, why="gone", at=NOON)
    assert not await tell_closed(store, MAIN, "is_archived", now=NOON)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([Channel(id="preview:aa", name="open", public=True)], OTHER, id="no public one"),
        pytest.param([Channel(id="preview:zz", name="twin", bound_to=MAIN)], "preview:zz", id="its twin"),
    ],
)
async def test_a_closed_channel_is_named_where_its_readers_are(
    store: Store, others: list[Channel], expected: str
) -> None:
    for one in others:
        await store.channels.save(one)
    assert await tell_closed(store, MAIN, "is_archived", now=NOON)
    assert len(await told(store, expected)) == 1


async def test_of_a_public_channel_another_public_one_may_hear(store: Store) -> None:
    await store.channels.save(Channel(id=MAIN, name="main", public=True))
    await store.channels.close(OTHER, why="gone", at=NOON)
    await store.channels.save(Channel(id="preview:aa", name="open", public=True))
    assert await tell_closed(store, MAIN, "is_archived", now=NOON)
    assert len(await told(store, "preview:aa")) == 1
