"""A poller on served feeds, a real store and a real parsing worker, for tests of what polls come to."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.feeddocuments import rss
from tests.feedserver import FeedServer, feed_server
from watchers.clock import SteppedClock
from watchers.feeds.guard import open_client
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.rows import FeedHealth
    from watchers.store.store import Store

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
MAIN = "preview:main"
EVERY = timedelta(minutes=15)
WITHIN = 100  # seconds for what takes one on a quiet machine


def item(name: str) -> str:
    return (
        f"<title>{name} sails north</title><link>https://harbour.example/{name}</link><guid>urn:{name}</guid>"
        f"<pubDate>Tue, 03 Mar 2026 0{ord(name[0]) % 8}:00:00 GMT</pubDate><description>{name}.</description>"
    )


def document(*names: str) -> bytes:
    return rss(*(item(name) for name in names)).encode()


@dataclass
class Desk:
    """A poller on served feeds."""

    store: Store
    poller: Poller
    server: FeedServer
    clock: SteppedClock
    database: Path

    async def follow(self, *paths: str, host: str = "") -> list[int]:
        """Add feeds of the server to the channel; return their numbers."""
        numbers = []
        for path in paths:
            url = self.server.url(path).replace("127.0.0.1", host or "127.0.0.1")
            feed = await self.store.feeds.add(url, name=path, every=EVERY)
            await self.store.channels.follow(MAIN, feed.number)
            numbers.append(feed.number)
        return numbers

    async def health(self, number: int) -> FeedHealth:
        return next(one for one in await self.store.feeds.health() if one.number == number)

    async def titles(self) -> list[str]:
        return sorted(entry.title.split()[0] for entry in await self.store.entries.unread())

    def later(self, wait: timedelta = timedelta(hours=5)) -> None:
        """Move on to where every feed is due."""
        self.clock.move_to(self.clock.now() + wait)

    def execute(self, statement: str) -> None:
        """Change the database behind the store's back."""
        with sqlite3.connect(self.database, timeout=WITHIN) as other:
            other.execute(statement)
        other.close()


@asynccontextmanager
async def open_desk(database: Path, *, parsing: bool) -> AsyncIterator[Desk]:
    clock = SteppedClock(NOW)
    parsers = Workers(1, preload=("watchers.feeds.parse",))
    async with (
        feed_server() as server,
        open_store(f"sqlite:///{database}", clock=clock) as store,
        open_client(contact="mailto:d@example.org", version="1", allow=frozenset({server.pair})) as client,
    ):
        await store.channels.save(Channel(id=MAIN, name="Main"))
        poller = Poller(store=store, client=client, parsers=parsers, clock=clock)
        desk = Desk(store=store, poller=poller, server=server, clock=clock, database=database)
        if not parsing:
            yield desk
            return
        async with parsers:
            yield desk
