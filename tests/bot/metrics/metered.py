"""A counted bot between real feeds and both platforms' doubles, and its metrics as Prometheus gets them."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from shutil import copyfile
from typing import TYPE_CHECKING, Final

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App, open_app
from bot.config import Config, Database
from bot.http import build_http, serve_http
from bot.metrics.opening import open_metrics
from tests.doubles.both import open_both, secrets_of
from tests.feedserver import Answer, FeedServer, feed_server
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from tests.discord_double import DiscordDouble
    from tests.doubles.slack import SlackDouble

NOON: Final = datetime(2025, 8, 19, 12, 0, tzinfo=UTC)
AGE: Final = timedelta(minutes=30)  # of an item when its feed first has it
RULE: Final = {"rules": [{"name": "petrels", "expression": "Petrel", "alert": "now"}]}


@dataclass
class Metered:
    """The bot, its clock, whom it talks to, and the address of its metrics."""

    app: App
    clock: SteppedClock
    slack: SlackDouble
    discord: DiscordDouble
    feeds: FeedServer
    url: str

    async def round(self, *, minutes: float = 20) -> None:
        """Let time pass and do a round of every kind."""
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))
        await self.app.poll()
        await self.app.read()
        await self.app.digest()
        await self.app.deliver()

    async def page(self, **headers: str) -> str:
        """Return the metrics as text."""
        async with aiohttp.ClientSession() as session, session.get(self.url, headers=headers) as answer:
            assert answer.status == 200
            return await answer.text()

    async def values(self) -> dict[tuple[str, ...], float]:
        """Return every value by its metric's name and the values of its labels, in the labels' order."""
        return read(await self.page())


def read(page: str) -> dict[tuple[str, ...], float]:
    """Return every value of a page by its name and the values of its labels, sorted by the labels' names."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def rss(*titles: str, at: datetime = NOON) -> Answer:
    """Return a feed of items with these titles, published AGE before a moment."""
    published = format_datetime(at - AGE)
    items = "".join(
        f"<item><guid>{n}</guid><link>https://harbour.example/{n}</link><title>{title}</title>"
        f"<description>{title}, the harbour office said.</description><pubDate>{published}</pubDate></item>"
        for n, title in enumerate(titles)
    )
    body = f'<rss version="2.0"><channel><title>Harbour Gazette</title>{items}</channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


@asynccontextmanager
async def metered(
    folder: Path,
    empty_database: Path,
    *paths: str,
    channel: Mapping[str, object] | None = None,
    http: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> AsyncIterator[Metered]:
    """Open a bot on feeds at paths of a server, with a channel on Slack and one on Discord."""
    copyfile(empty_database, folder / Database().path)
    clock = SteppedClock(NOON)
    async with AsyncExitStack() as held:
        slack, discord = await open_both(held)
        feeds = await held.enter_async_context(feed_server())
        config = _config(slack, discord, feeds, paths, channel=channel or {}, http=http or {})
        path = folder / "config.toml"
        secrets = {**secrets_of(slack, discord), **(environ or {})}
        metrics = open_metrics(config, path, secrets)
        app = await held.enter_async_context(
            open_app(config, path, clock=clock, terminal=None, environ=secrets, meters=metrics.meters)
        )
        site = build_http(app.store, faults=app.faults, routes=metrics.routes(app))
        port = await held.enter_async_context(serve_http(site, "127.0.0.1", 0))
        yield Metered(
            app=app,
            clock=clock,
            slack=slack,
            discord=discord,
            feeds=feeds,
            url=f"http://127.0.0.1:{port}/metrics",
        )


def _config(
    slack: SlackDouble,
    discord: DiscordDouble,
    feeds: FeedServer,
    paths: tuple[str, ...],
    *,
    channel: Mapping[str, object],
    http: Mapping[str, object],
) -> Config:
    return Config.model_validate(
        {
            "poll": {
                "contact": "mailto:desk@example.org",
                "every": "10m",
                "allow": (f"{feeds.host}:{feeds.port}",),
            },
            "articles": {"enabled": False},
            "relevance": {"embedder": "none"},
            "http": {"enabled": True, **http},
            "slack": {"api": slack.api},
            "discord": {"api": discord.api},
            "channels": [
                {"id": name, "name": "Desk", "digest": None, **RULE, **channel}
                for name in ("slack:C1", f"discord:{discord.news.id}")
            ],
            "feeds": [{"url": feeds.url(path), "name": f"Gazette {path}", "lang": "en"} for path in paths],
        }
    )
