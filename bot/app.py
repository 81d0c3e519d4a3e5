"""Build everything and hand it over: the one place where parts meet."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.announce import announce_digests, announce_updates
from bot.articles import open_articles
from bot.asking import client_of
from bot.clockwatch import ClockWatch
from bot.commands.answer import CommandLayer
from bot.database import where
from bot.delivery import Courier
from bot.doors import open_doors
from bot.endpoints import name_endpoints
from bot.extraction import open_extraction
from bot.glosses import open_glosses
from bot.judging import WatcherJudging, lens_now, lens_of
from bot.metrics.meters import SILENT
from bot.models import note_fault, note_host, reader_memory, reader_start
from bot.notices_feeds import tell_of_feeds
from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.replayed import replayed
from bot.promises import follow
from bot.pruning import Pruner
from bot.reading import FeedReading
from bot.seeding import seed_aloud
from bot.waking import Wakes
from watchers.clock import SystemClock
from watchers.pages.robots import Robots
from watchers.pipeline import READ_TIMEOUT, Watcher
from watchers.polling import Poller
from watchers.store.store import open_store
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from bot.articles import ArticlePages
    from bot.commands.request import Commands
    from bot.config import Config
    from bot.doors import Doors
    from bot.extraction import Extraction
    from bot.glosses import Glosses
    from bot.messages import Message
    from bot.metrics.meters import Meters
    from bot.platforms.base import Platform
    from bot.platforms.preview.adapter import Terminal
    from bot.platforms.preview.posts import Posted
    from watchers.clock import Clock
    from watchers.lens_spec import LensSpec
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

BEAT_EVERY: Final = timedelta(seconds=15)  # each is a write to the disk; two minutes without one is an alarm
HISTORY: Final = 200  # posts of earlier runs that the page shows


@dataclass(slots=True, kw_only=True)
class App:
    """A running bot: each method is one tick of its work, and may be called again at any time."""

    config: Config
    store: Store
    poller: Poller
    watcher: Watcher
    lens: LensSpec  # as the file has it; the watches come from the database
    platforms: Mapping[str, Platform]
    doors: Doors
    commands: Commands
    preview: Preview
    courier: Courier
    clock: Clock
    watch: ClockWatch
    articles: ArticlePages
    pruner: Pruner
    workers: Mapping[str, Workers] = field(default_factory=dict)  # by what they do
    meters: Meters = SILENT
    wakes: Wakes = field(default_factory=Wakes)
    glosses: Glosses | None = None  # None: nobody is asked for translations
    extraction: Extraction | None = None  # None: no language model is asked for facts
    stopping: bool = False  # set when the process is to end: what waits is left for the next one
    _model_fault: str | None = None  # what was told of it; None: nothing yet
    _beats: dict[str, datetime] = field(default_factory=dict)

    async def poll(self) -> None:
        """Ask the feeds that are due, and store what is new."""
        await self._beat("poll")
        await self.poller.poll_due()

    async def read(self) -> None:
        """Understand what was stored, and write down what is to be told of it."""
        await self.make_ready()
        await self.watcher.read_unread(recorded=self._announce)
        await self._announce()  # what a crash left behind, or somebody's hand

    async def _announce(self) -> None:
        if self.extraction is not None:
            await self.extraction.prepare()
        if self.glosses is not None:
            await self.glosses.prepare()
        if written := await announce_updates(self.store, clock=self.clock):
            self.meters.alerted(written)
            self.wakes.deliver()

    async def pages(self) -> None:
        """Fetch the articles' pages that are wanted, and delete the texts kept long enough."""
        await self.articles.tick()

    async def make_ready(self) -> None:
        """Load the model and take up changed watches; two seconds the first time, then next to nothing."""
        spec = await self._spec()
        while True:
            await self.watcher.look_through(spec)
            await self._tell_of_the_model()
            # Loading takes seconds, and what somebody asked to watch meanwhile must not miss its first entry.
            now = await self._spec()
            if now == spec:
                return
            spec = now

    async def _tell_of_the_model(self) -> None:
        if self.watcher.model_fault != self._model_fault:
            await note_fault(self.store, self.watcher.model_fault)
            self._model_fault = self.watcher.model_fault

    async def _spec(self) -> LensSpec:
        return await lens_now(self.lens, self.store)

    async def digest(self) -> None:
        """Write the digests that are due."""
        if await announce_digests(self.store, clock=self.clock, fits=self._fits, meters=self.meters):
            self.wakes.deliver()
        await tell_of_feeds(self.store, now=self.clock.now())

    async def follow(self) -> None:
        """Look for promises and for what became of them, once there is a lens to read through."""
        if self.watcher.ready:
            await follow(self.store, partial(self.watcher.claims_in, within=READ_TIMEOUT), clock=self.clock)

    async def deliver(self) -> None:
        """Send what waits in the outbox."""
        await self._beat("deliver")
        await self.courier.drain(stopping=lambda: self.stopping, beat=lambda: self._beat("deliver"))

    async def prune(self) -> None:
        """Delete what was kept long enough, and what removed apps and servers left."""
        await self.pruner.tick()

    async def clock_was_set(self) -> bool:
        """Look whether somebody set the machine's clock; then what waits is moved along."""
        return await self.watch.look()

    async def faults(self) -> list[str]:
        """Return what keeps platforms from being asked or told at the moment, in words."""
        return [*await self.doors.faults(), *await self.courier.faults()]

    def _fits(self, channel: str, message: Message) -> bool:
        platform = self.platforms.get(channel.partition(":")[0])
        return platform is None or platform.fits(message)

    async def _beat(self, part: str) -> None:
        now = SystemClock().now()  # the health check knows no other clock
        if part not in self._beats or abs(now - self._beats[part]) >= BEAT_EVERY:
            await self.store.pulse.beat(part, at=now)
            self._beats[part] = now


@asynccontextmanager
async def open_app(
    config: Config,
    path: Path,
    *,
    clock: Clock,
    terminal: Terminal | None,
    environ: Mapping[str, str] = MappingProxyType({}),
    meters: Meters = SILENT,
) -> AsyncIterator[App]:
    """Open a bot on a configuration; `path` is the file's, from which relative paths count.

    `environ` holds the secrets of the platforms that the configuration names.
    """
    database = where(config, path, environ).url
    async with AsyncExitStack() as held:
        store = await held.enter_async_context(open_store(database, clock=clock, exclusive=True))
        lens = await asyncio.to_thread(lens_of, config, path)
        await seed_aloud(store, config, gazetteer=lens.gazetteer)
        await store.outbox.expire_leases(now=clock.now())
        await store.channels.reopen()  # an operator may have mended what kept us out
        client = await held.enter_async_context(client_of(config.poll))
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        readers = await held.enter_async_context(
            Workers(
                1,
                initializer=reader_start(config.relevance, environ),
                memory=reader_memory(config.relevance),
            )
        )
        await note_host(store, config.relevance)
        wakes, robots = Wakes(), Robots(client, clock)
        poller = Poller(
            store=store,
            client=client,
            parsers=parsers,
            clock=clock,
            robots=robots,
            stored=wakes.read,
            noted=meters.polled,
        )
        articles = await held.enter_async_context(
            open_articles(
                config.articles,
                store=store,
                client=client,
                robots=robots,
                clock=clock,
                wakes=wakes,
                limit=config.poll.page,
            )
        )
        watcher = Watcher(
            store=store,
            readers=readers,
            clock=clock,
            first=config.poll.first,
            pages=articles.first_look,
            noted=meters.understood,
        )
        glosses = await held.enter_async_context(
            open_glosses(config.translation, environ, store=store, watcher=watcher, clock=clock)
        )
        extraction = await held.enter_async_context(
            open_extraction(config.extraction, environ, store=store, watcher=watcher, clock=clock)
        )
        preview = Preview(clock=clock, terminal=terminal, stored=await _history(store))
        commands = CommandLayer(
            store,
            clock=clock,
            reading=FeedReading(client, parsers, clock=clock, robots=robots),
            judging=WatcherJudging(watcher, lens),
            meters=meters,
        )
        doors = await held.enter_async_context(
            open_doors(
                slack=config.slack,
                discord=config.discord,
                commands=commands,
                store=store,
                clock=clock,
                environ=environ,
                call=config.delivery.call.total_seconds(),
            )
        )
        platforms = {**doors.platforms, preview.name: preview}
        await name_endpoints(store)
        courier = Courier(store, platforms, clock=clock, limits=config.delivery.limits, meters=meters)
        watch = ClockWatch(store, clock, forget=courier.clock_was_set)
        await watch.begin()
        yield App(
            config=config,
            store=store,
            poller=poller,
            watcher=watcher,
            lens=lens,
            platforms=platforms,
            doors=doors,
            commands=commands,
            preview=preview,
            courier=courier,
            clock=clock,
            watch=watch,
            articles=articles,
            pruner=Pruner.of(config, store, platforms, clock=clock),
            workers={"parse": parsers, "read": readers},
            meters=meters,
            wakes=wakes,
            glosses=glosses,
            extraction=extraction,
        )


async def _history(store: Store) -> list[Posted]:
    """Return what the page's own channels were told before, as it stands now."""
    posts: list[Posted] = []
    for channel in await store.channels.all():
        if channel.id.startswith("preview:"):
            posts += replayed(await store.outbox.delivered_to(channel.id, limit=HISTORY))
    return sorted(posts, key=lambda post: post.at)
