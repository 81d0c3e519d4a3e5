"""Ask all feeds once and read what they hold, while nothing of it is told to anybody; `vedette poll`."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.asking import client_of
from bot.database import where
from bot.judging import lens_now, lens_of
from bot.models import reader_of
from bot.replay.progress import Progress
from bot.replay.spans import span
from bot.settings.seeding import seed
from bot.wording.counting import counted
from watchers.clock import SystemClock
from watchers.pipeline import Watcher
from watchers.polling import Poller
from watchers.store.store import open_store
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from bot.config import Config
    from watchers.clock import Clock
    from watchers.store.store import Store
    from watchers.types import Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfilled:
    """What a backfill came to."""

    feeds: int
    failed: int
    stored: int
    old: int  # stored and not read: published before the span
    read: int
    stories: int

    def summary(self) -> str:
        """Return it in a few lines."""
        told = f"{counted(self.feeds, 'feed')} asked" + (f", {self.failed:,} failed" if self.failed else "")
        older = f" ({self.old:,} older than that are only stored)" if self.old else ""
        return (
            f"{told}; {self.stored:,} new entries{older}.\n"
            f"{self.read:,} entries read; {self.stories:,} stories are new or went on. Nobody is told of "
            "them.\n"
        )


@dataclass(slots=True)
class _Tally:
    """Counts what is done, and reports it beside how much there is to do."""

    total: int
    report: Callable[[int, int], None]
    done: int = 0

    def add(self, some: int) -> None:
        self.done += some
        self.report(min(self.done, self.total), self.total)


async def backfill_here(config: Config, path: Path, *, since: str) -> str:
    """Backfill the database of a configuration file at `path` and return what it came to.

    Raises ConfigError for a span that is none, StoreBusyError while the bot runs.
    """
    clock = SystemClock()
    oldest = clock.now() - span(since)
    async with AsyncExitStack() as held:
        database = where(config, path).url
        store = await held.enter_async_context(open_store(database, clock=clock, exclusive=True))
        lens = await asyncio.to_thread(lens_of, config, path)
        await seed(store, config, gazetteer=lens.gazetteer)
        client = await held.enter_async_context(client_of(config.poll))
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        readers = await held.enter_async_context(reader_of(config.relevance, os.environ))
        watcher = Watcher(store=store, readers=readers, clock=clock, first=0)
        await watcher.look_through(await lens_now(lens, store))
        poller = Poller(store=store, client=client, parsers=parsers, clock=clock, archive=True)
        done = await backfill(
            store,
            poller,
            watcher,
            oldest=oldest,
            clock=clock,
            asked=Progress(sys.stderr, "feeds").at,
            read=Progress(sys.stderr, "entries").at,
        )
    return done.summary()


async def backfill(
    store: Store,
    poller: Poller,
    watcher: Watcher,
    *,
    oldest: datetime,
    clock: Clock,
    asked: Callable[[int, int], None],
    read: Callable[[int, int], None],
) -> Backfilled:
    """Ask the followed feeds and read what was published since `oldest`; the two report how far it is."""
    feeds = await _followed(store)
    began = clock.now()
    polled = _Tally(len(feeds), asked)

    async def one(feed: Feed) -> int | None:
        new = await poller.poll(feed)
        polled.add(1)
        return new

    results = await asyncio.gather(*map(one, feeds))
    old = await store.entries.pass_over(published_before=oldest, seen_from=began)
    understood = _Tally(await store.entries.count_unread(), read)
    updates = await watcher.read_unread(progress=understood.add)
    return Backfilled(
        feeds=len(feeds),
        failed=results.count(None),
        stored=sum(new for new in results if new),
        old=old,
        read=understood.done,
        stories=len({update.story.number for update in updates}),
    )


async def _followed(store: Store) -> tuple[Feed, ...]:
    followed = {one.number for one in await store.feeds.health() if one.followed and not one.gone}
    return tuple(feed for feed in await store.feeds.all() if feed.number in followed)
