"""A database with a story told, a place for its copy, and ways to spoil the one and restore the other."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_letter, save_story
from watchers.clock import SteppedClock
from watchers.store.backup import faults_of
from watchers.store.restore import restore
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from watchers.store.restore import Restored
    from watchers.store.store import Store

CLOCK = SteppedClock(NOON)
PAGE = 4096  # bytes; SQLite's usual, which we leave as it is


@pytest.fixture
def path(tmp_path: Path, empty_database: Path) -> Path:
    """Make an empty database."""
    path = tmp_path / "vedette.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Name a backup that does not exist yet."""
    return tmp_path / "saved.sqlite3"


def opened(path: Path) -> AbstractAsyncContextManager[Store]:
    return open_store(f"sqlite:///{path}", clock=CLOCK)


async def begin(store: Store) -> None:
    """Set up a channel with a source, and tell it of a first story."""
    await store.channels.save(Channel(id=MAIN, name="Main"))
    feed = await store.feeds.add("https://harbour.example/feed", name="Harbour", every=MINUTE)
    await store.channels.follow(MAIN, feed.number)
    await tell(store, "brig")


async def tell(store: Store, name: str, *, arrives: bool = True) -> int:
    """Store a story, announce it with a card as the bot does, and let the card arrive."""
    story = await save_story(store, name)
    async with store.transaction() as tx:
        number = await tx.outbox.enqueue(make_letter(f"{MAIN}/t{story.number}/card", story=story.number))
        assert number is not None
        await tx.announcements.note_card(story.number, MAIN, outbox=number)
        pending = await tx.announcements.unannounced()
        await tx.announcements.mark([one.id for one in pending], at=NOON)
    if arrives:
        await send(store)
    return story.number


async def send(store: Store) -> list[str]:
    """Send what waits and return the keys."""
    keys = []
    while items := await store.outbox.lease(10, now=NOON, until=NOON + MINUTE):
        for item in items:
            await store.outbox.delivered(item, at=NOON, receipt=f"p{item.id}")
            keys.append(item.key)
    return keys


async def restored(path: Path, saved: Path) -> Restored:
    return await asyncio.to_thread(restore, path, saved, clock=CLOCK)


def sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as raw:
        whole = raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and raw.execute("PRAGMA foreign_key_check").fetchall() == []


def spoil(path: Path) -> None:
    """Overwrite a page of the entries, the first such from the middle of the file on."""
    whole = path.read_bytes()
    for page in range(len(whole) // PAGE // 2, len(whole) // PAGE):
        path.write_bytes(whole[: page * PAGE] + b"\xa5" * PAGE + whole[(page + 1) * PAGE :])
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            if faults_of(raw, table="entry"):
                return
    raise AssertionError("no page belongs to the entries")
