"""Build everything and hand it over: the one place where parts meet."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announce import announce_digests, announce_updates
from bot.commands.answer import Request, answer
from bot.delivery import drain
from bot.logs import set_up
from bot.messages_json import from_json
from bot.platforms.preview.adapter import Preview, Terminal
from bot.platforms.preview.named import Named
from bot.platforms.preview.page import build_page, serve_page
from bot.platforms.preview.posts import Posted
from bot.schedule import USUAL, scheduled
from bot.seeding import seed
from bot.setup import beside
from watchers.clock import SystemClock
from watchers.feeds.guard import open_client
from watchers.lens import LensSpec
from watchers.pipeline import Watcher
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.store.store import open_store
from watchers.workers import Workers, one_thread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from bot.config import Config
    from bot.messages import Message
    from bot.platforms.base import Platform
    from bot.schedule import Ticks
    from watchers.clock import Clock
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

BEAT_EVERY: Final = timedelta(seconds=15)  # each is a write to the disk; two minutes without one is an alarm
HISTORY: Final = 200  # posts of earlier runs that the page shows
SHUTDOWN_WITHIN: Final = 8.0  # seconds that work in hand may take to end; a container is killed after 10


@dataclass(slots=True, kw_only=True)
class App:
    """A running bot: each method is one tick of its work, and may be called again at any time."""

    config: Config
    store: Store
    watcher: Watcher
    lens: LensSpec  # as the file has it; the watches come from the database
    platforms: Mapping[str, Platform]
    clock: Clock
    _beats: dict[str, datetime] = field(default_factory=dict)

    async def poll(self) -> None:
        """Ask the feeds that are due, and store what is new."""
        await self._beat("poll")
        await self.watcher.poll_due()

    async def read(self) -> None:
        """Understand what was stored, and write down what is to be told of it."""
        await self.make_ready()
        await self.watcher.read_unread()
        await announce_updates(self.store, clock=self.clock)

    async def make_ready(self) -> None:
        """Load the model and take up changed watches; two seconds the first time, then next to nothing."""
        await self.watcher.look_through(replace(self.lens, watches=await self.store.watches.active()))

    async def digest(self) -> None:
        """Write the digests that are due."""
        await announce_digests(self.store, clock=self.clock)

    async def deliver(self) -> None:
        """Send what waits in the outbox."""
        await self._beat("deliver")
        await drain(self.store, self.platforms, clock=self.clock)

    async def answer(self, text: str, channel: str) -> Message:
        """Answer a command typed on the page, with the operator's rights."""
        request = Request(text=text, channel=channel, may_change=True)
        return await answer(request, store=self.store, clock=self.clock)

    async def _beat(self, part: str) -> None:
        now = SystemClock().now()  # the health check knows no other clock
        if part not in self._beats or now - self._beats[part] >= BEAT_EVERY:
            await self.store.pulse.beat(part, at=now)
            self._beats[part] = now


@asynccontextmanager
async def open_app(
    config: Config, path: Path, *, clock: Clock, terminal: Terminal | None
) -> AsyncIterator[tuple[App, Preview]]:
    """Open a bot on a configuration; `path` is the file's, from which relative paths count."""
    allow = frozenset(
        (host, int(port)) for host, _, port in (pair.rpartition(":") for pair in config.poll.allow)
    )
    database = beside(path, config.database.path)
    async with AsyncExitStack() as held:
        store = await held.enter_async_context(
            open_store(f"sqlite:///{database}", clock=clock, exclusive=True)
        )
        await _seed(store, config)
        await store.outbox.expire_leases(now=clock.now())
        client = await held.enter_async_context(
            open_client(contact=config.poll.contact, version=version("vedette"), allow=allow)
        )
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        readers = await held.enter_async_context(Workers(1, initializer=one_thread))
        watcher = Watcher(
            store=store, client=client, parsers=parsers, readers=readers, clock=clock, first=config.poll.first
        )
        preview = Preview(clock=clock, terminal=terminal, stored=await _history(store, config))
        yield (
            App(
                config=config,
                store=store,
                watcher=watcher,
                lens=lens_of(config, path),
                platforms={preview.name: preview},
                clock=clock,
            ),
            preview,
        )


@asynccontextmanager
async def page_of(
    app: App, preview: Preview, *, host: str, port: int, label: str = "", names: tuple[str, ...] = ()
) -> AsyncIterator[str]:
    """Serve the page of the first channel and give the link; `names` may be asked for besides localhost."""
    channel = app.config.channels[0]

    async def reply(text: str) -> Message:
        return await app.answer(text, channel.id)

    page = build_page(
        token=secrets.token_urlsafe(24),
        title=channel.name,
        label=label,
        feed=Named(preview, {c.id: c.name for c in app.config.channels}),
        answer=reply,
        allowed_hosts={"127.0.0.1", "localhost", host, *names},
        zone=app.config.zone(channel),
    )
    async with serve_page(page, host, port) as link:
        yield link


def lens_of(config: Config, path: Path) -> LensSpec:
    """Return what entries are read through, as far as the file says it. Raises KnowledgeError."""
    own = load_exemplars(beside(path, config.relevance.exemplars)) if config.relevance.exemplars else ()
    shipped = load_exemplars(SHIPPED) if config.relevance.shipped_exemplars or not own else ()
    gazetteer = str(beside(path, config.relevance.gazetteer)) if config.relevance.gazetteer else ""
    return LensSpec(
        exemplars=(*own, *shipped),
        embedder=config.relevance.embedder,
        gazetteer=gazetteer,
    )


async def _seed(store: Store, config: Config) -> None:
    seeded = await seed(store, config)
    if seeded.added or seeded.changed:
        logger.info(
            "Configuration applied: %s new, %s changed",
            len(seeded.added),
            len(seeded.changed),
            extra={"action": "configuration_applied"},
        )
    for kind, key in seeded.taken_out:
        logger.warning(
            "Paused, because the configuration no longer names it: %s %s",
            kind,
            key,
            extra={"action": "configuration_taken_out"},
        )


async def _history(store: Store, config: Config) -> list[Posted]:
    posts: list[Posted] = []
    for channel in config.channels:
        for item in await store.outbox.delivered_to(channel.id, limit=HISTORY):
            at = item.delivered_at or item.created
            posts.append(Posted(at=at, channel=item.channel, message=from_json(item.payload), key=item.key))
    return sorted(posts, key=lambda post: post.at)


def run_until_stopped(config: Config, path: Path, *, page_bind: str, page_hosts: tuple[str, ...]) -> None:
    """Run the bot until SIGTERM or SIGINT."""
    set_up()
    asyncio.run(_run(config, path, page_bind=page_bind, page_hosts=page_hosts))


async def _run(config: Config, path: Path, *, page_bind: str, page_hosts: tuple[str, ...]) -> None:
    stop = stop_signal()
    zone = ZoneInfo(config.defaults.timezone)
    terminal = Terminal.of(sys.stdout, os.environ, zone=zone)
    async with AsyncExitStack() as held:
        app, preview = await held.enter_async_context(
            open_app(config, path, clock=SystemClock(), terminal=terminal)
        )
        if config.page.enabled:
            link = await held.enter_async_context(
                page_of(app, preview, host=page_bind, port=config.page.port, names=page_hosts)
            )
            print(f"The preview page: {link}", flush=True)
        logger.info("Running: %s feeds", len(config.feeds), extra={"action": "started"})
        await run_ticks(app, USUAL, stop=stop)
        logger.info("Stopped", extra={"action": "stopped"})


def stop_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set, from now until the loop closes.

    It is asked for first of all: a signal that comes while parts open or close must not kill them half done.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def run_ticks(app: App, ticks: Ticks, *, stop: asyncio.Event) -> None:
    """Keep the ticks going until told to stop, then let work in hand end."""
    async with scheduled(app, ticks, within=SHUTDOWN_WITHIN):
        await stop.wait()
