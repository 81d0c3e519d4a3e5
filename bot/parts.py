"""Open the parts that more than one kind of process has: what asks feeds, and what understands entries."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.articles import open_articles
from bot.asking import client_of
from bot.models import note_host, reader_of
from bot.understanding import Understanding
from watchers.pages.robots import Robots
from watchers.pipeline import Watcher
from watchers.polling import Poller
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

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
        readers = await held.enter_async_context(reader_of(config.relevance, environ))
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
            store=store,
            readers=readers,
            articles=articles,
            watcher=watcher,
            lens=lens,
            clock=clock,
            tells=clusters,
        )
