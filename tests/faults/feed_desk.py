"""A bot without a platform for the rows about feeds: it polls a real server by a clock that a test moves."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from shutil import copyfile
from typing import TYPE_CHECKING, Final

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.announcing.announce import announce_updates
from bot.announcing.notices_feeds import tell_of_feeds
from tests.feeddocuments import rss
from tests.feedserver import FeedServer, feed_server
from watchers.clock import SteppedClock
from watchers.feeds.guard import Client, Limits, open_client
from watchers.lens_spec import LensSpec
from watchers.pipeline import Watcher
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.types import Exemplar, Watch
from watchers.workers import Workers, one_thread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.rows_feeds import FeedHealth
    from watchers.store.store import Store

START: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MAIN: Final = "preview:main"
EVERY: Final = timedelta(minutes=15)
DAY: Final = timedelta(days=1)
FIRST: Final = 3  # entries of a new feed that are told
EXEMPLAR: Final = Exemplar(
    key="frigates",
    title="Norway orders frigates",
    text="Norway orders frigates\nThe shipyard signed a contract worth 2 billion euros for four frigates.",
    lang="en",
)


@dataclass(slots=True)
class Unanswered(AbstractResolver):
    """A name service that is there or not; every name is 127.0.0.1."""

    dead: bool = True
    asked: list[str] = field(default_factory=list)

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if self.dead:
            raise OSError(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0),
        ]

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A bot without a platform: a poller, what reads and tells, a server of feeds and a clock to move."""

    store: Store
    client: Client
    parsers: Workers
    poller: Poller
    server: FeedServer
    clock: SteppedClock
    database: Path

    async def follow(self, *urls: str) -> None:
        """Read feeds in the one channel."""
        for url in urls:
            feed = await self.store.feeds.add(url, name=f"Desk {url[-20:]}", every=EVERY)
            await self.store.channels.follow(MAIN, feed.number)

    async def health(self, number: int = 1) -> FeedHealth:
        """Return how a feed is doing."""
        return next(one for one in await self.store.feeds.health() if one.number == number)

    async def next_poll(self, number: int = 1) -> datetime:
        """Return when a feed is asked next."""
        at = (await self.health(number)).next_poll_at
        assert at is not None
        return at

    async def live(self, until: datetime) -> list[datetime]:
        """Poll whenever something is due, and tell of feeds each time; return the moments of polls."""
        polls: list[datetime] = []
        if (await self.poller.poll_due()).polled:  # those that were never asked are due without a time
            polls.append(self.clock.now())
        while (at := await self.store.feeds.next_due()) is not None and at <= until:
            self.clock.move_to(max(at, self.clock.now() + timedelta(seconds=1)))
            if (await self.poller.poll_due()).polled:
                polls.append(self.clock.now())
            await tell_of_feeds(self.store, now=self.clock.now())
        self.clock.move_to(until)
        await tell_of_feeds(self.store, now=until)
        return polls

    def said(self, kind: str) -> int:
        """Return how many messages of a kind were written."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM outbox WHERE kind = ?", (kind,)).fetchone()
        return int(count)


@asynccontextmanager
async def desk(
    folder: Path, empty: Path, *, names: AbstractResolver | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Desk]:
    copyfile(empty, folder / "v.sqlite3")
    clock = SteppedClock(START)
    async with AsyncExitStack() as held:
        server = await held.enter_async_context(feed_server())
        store = await held.enter_async_context(open_store(f"sqlite:///{folder / 'v.sqlite3'}", clock=clock))
        client = await held.enter_async_context(
            open_client(
                contact="desk@example.org",
                version="1",
                allow=frozenset({(host, server.port)}),
                resolver=names,
                limits=Limits(parse=120),
            )
        )
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        await store.channels.save(Channel(id=MAIN, name="Main"))
        poller = Poller(store=store, client=client, parsers=parsers, clock=clock)
        yield Desk(
            store=store,
            client=client,
            parsers=parsers,
            poller=poller,
            server=server,
            clock=clock,
            database=folder / "v.sqlite3",
        )


async def told(one: Desk) -> int:
    """Read what came in through the one rule "frigate", and write what is told of it; return how much."""
    async with Workers(1, initializer=one_thread) as readers:
        ships = Watch(number=0, channel=MAIN, name="ships", expression="frigate", kind="rule")
        (watch,) = await one.store.watches.active() or (await one.store.watches.add(ships),)
        watcher = Watcher(store=one.store, readers=readers, clock=one.clock, first=FIRST)
        await watcher.look_through(LensSpec(exemplars=(EXEMPLAR,), watches=(watch,), embedder="none"))
        await watcher.read_unread()
    return await announce_updates(one.store, clock=one.clock)


def numbered(count: int, *, at: datetime) -> bytes:
    """Return a feed of news that have nothing to do with one another but the word frigate."""
    stamp = at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    items = (
        f"<title>Port{n * 7919 % 1_000_003:x} yard{n * 104_729 % 1_000_003:x} frigate</title>"
        f"<link>https://desk.example/{n}</link><guid>urn:{n}</guid><pubDate>{stamp}</pubDate>"
        for n in range(count)
    )
    return rss(*items).encode()
