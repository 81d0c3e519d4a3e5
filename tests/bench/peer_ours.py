"""Our poller, whole: due feeds from the database, the guard, a parsing worker, the store, the next time."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from watchers.clock import SteppedClock
from watchers.feeds.guard import open_client
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.pipeline import Watcher
    from watchers.store.store import Store

START: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)  # after all that the farm's feeds are dated
EVERY: Final = timedelta(minutes=5)
CHANNEL: Final = "preview:main"
# Seconds after which aiohttp has closed what it kept open: between two real polls of a feed lie minutes.
KEPT_OPEN: Final = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """The poller on a store of its own; `watcher` reads what came in, None where nothing is read."""

    store: Store
    poller: Poller
    clock: SteppedClock
    numbers: tuple[int, ...]
    watcher: Watcher | None

    async def ready(self) -> int:
        """Make every feed due five minutes later; return the items stored so far."""
        self.clock.move_to(self.clock.now() + EVERY)
        await self.store.feeds.hurry(self.numbers)
        stored = await self.store.entries.count()
        await asyncio.sleep(KEPT_OPEN if stored else 0)
        return stored

    async def go(self) -> None:
        """Poll every feed once, and read what is new if that is measured too."""
        done = await self.poller.poll_due()
        if (done.polled, done.failed) != (len(self.numbers), 0):
            raise SystemExit(f"{done.polled} of {len(self.numbers)} feeds were polled, {done.failed} failed.")
        if self.watcher is not None:
            await self.watcher.read_unread()


@asynccontextmanager
async def ours(folder: Path, urls: list[str], *, reading: bool) -> AsyncIterator[Ours]:
    """Open it, its worker started; with `reading` also the worker that matches, scores and reads facts."""
    clock = SteppedClock(START)
    pairs = frozenset((str(urlsplit(url).hostname), urlsplit(url).port or 80) for url in urls)
    database = f"sqlite:///{folder / 'ours.sqlite3'}"
    async with AsyncExitStack() as held:
        store = await held.enter_async_context(open_store(database, clock=clock))
        client = await held.enter_async_context(
            open_client(contact="mailto:bench@example.org", version="0", allow=pairs)
        )
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        await parsers.run(len, "", timeout=60.0)  # started, as in a program that runs
        yield Ours(
            store=store,
            poller=Poller(store=store, client=client, parsers=parsers, clock=clock),
            clock=clock,
            numbers=await _added(store, urls),
            watcher=await _watcher(held, store, clock) if reading else None,
        )


async def _added(store: Store, urls: list[str]) -> tuple[int, ...]:
    numbers = []
    async with store.transaction() as rooms:
        await rooms.channels.save(Channel(id=CHANNEL, name="Main"))
        for n, url in enumerate(urls):
            feed = await rooms.feeds.add(url, name=f"Feed {n}", every=EVERY)
            await rooms.channels.follow(CHANNEL, feed.number)
            numbers.append(feed.number)
    return tuple(numbers)


async def _watcher(held: AsyncExitStack, store: Store, clock: SteppedClock) -> Watcher:
    """Return a watcher that looks for a few things through the usual model, ready to read."""
    from tests.bench.lens import reading_lens  # noqa: PLC0415 -- loads the model's modules
    from watchers.pipeline import Watcher  # noqa: PLC0415

    readers, spec = await reading_lens(held, store, channel=CHANNEL)
    watcher = Watcher(store=store, readers=readers, clock=clock)
    await watcher.look_through(spec)
    return watcher
