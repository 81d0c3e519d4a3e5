"""Open the parts that more than one kind of process has: what asks feeds, and what understands entries."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.articles import open_articles
from bot.asking import client_of
from bot.judging import lens_now
from bot.models import note_fault, note_host, reader_memory, reader_start
from watchers.pages.robots import Robots
from watchers.pipeline import Watcher
from watchers.polling import Poller
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.articles import ArticlePages
    from bot.config import Config
    from bot.metrics.meters import Meters
    from bot.waking import Wakes
    from watchers.clock import Clock
    from watchers.feeds.guard import Client
    from watchers.lens_spec import LensSpec
    from watchers.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """What asks feeds."""

    client: Client
    robots: Robots
    parsers: Workers
    poller: Poller


@dataclass(slots=True, kw_only=True)
class Understanding:
    """What understands entries."""

    store: Store
    readers: Workers
    articles: ArticlePages
    watcher: Watcher
    lens: LensSpec  # as the file has it; the watches come from the database
    tells: bool = True  # whether it writes down that there is no model
    _fault: str | None = None  # what was told of the model; None: nothing yet

    async def make_ready(self) -> None:
        """Load the model and take up changed watches; two seconds the first time, then next to nothing."""
        spec = await lens_now(self.lens, self.store)
        while True:
            await self.watcher.look_through(spec)
            await self._tell_of_the_model()
            # Loading takes seconds, and what somebody asked to watch meanwhile must not miss its first entry.
            now = await lens_now(self.lens, self.store)
            if now == spec:
                return
            spec = now

    async def _tell_of_the_model(self) -> None:
        if self.tells and self.watcher.model_fault != self._fault:
            await note_fault(self.store, self.watcher.model_fault)
            self._fault = self.watcher.model_fault


@asynccontextmanager
async def open_fetching(
    config: Config, *, store: Store, clock: Clock, wakes: Wakes, meters: Meters
) -> AsyncIterator[Fetching]:
    """Open what asks feeds while the context lasts."""
    async with AsyncExitStack() as held:
        client = await held.enter_async_context(client_of(config.poll))
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        robots = Robots(client, clock)
        poller = Poller(
            store=store,
            client=client,
            parsers=parsers,
            clock=clock,
            robots=robots,
            stored=wakes.read,
            noted=meters.polled,
        )
        yield Fetching(client=client, robots=robots, parsers=parsers, poller=poller)


@asynccontextmanager
async def open_understanding(
    config: Config,
    lens: LensSpec,
    environ: Mapping[str, str],
    *,
    store: Store,
    clock: Clock,
    wakes: Wakes,
    meters: Meters,
    fetching: Fetching,
    clusters: bool = True,
) -> AsyncIterator[Understanding]:
    """Open what understands entries while the context lasts; one that never `clusters` only answers."""
    async with AsyncExitStack() as held:
        readers = await held.enter_async_context(
            Workers(
                1,
                initializer=reader_start(config.relevance, environ),
                memory=reader_memory(config.relevance),
            )
        )
        await note_host(store, config.relevance)
        articles = await held.enter_async_context(
            open_articles(
                config.articles,
                store=store,
                client=fetching.client,
                robots=fetching.robots,
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
            clusters=clusters,
        )
        yield Understanding(
            store=store, readers=readers, articles=articles, watcher=watcher, lens=lens, tells=clusters
        )
