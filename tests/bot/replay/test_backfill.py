"""The days before the bot was there: read, put into stories, searchable, and told to nobody."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.config import Config
from bot.errors import ConfigError
from bot.replay.backfill import backfill_here
from bot.replay.spans import span
from tests.bot.operating.program import called
from tests.feedserver import Answer, FeedServer, feed_server
from watchers.clock import SystemClock
from watchers.store.store import StoreBusyError, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app import App

HEADLINES = {
    1: "Norland orders 12 drones from Baykar",
    3: "Ostia tests a Baykar drone over the strait",
    20: "Baykar opens a drone plant in Vastermark",
    45: "Baykar shows a drone at the Ostia fair",
    400: "Baykar delivers its first drone to Norland",
}
CONFIG = """
[poll]
contact = "mailto:desk@example.org"
allow = ["{host}:{port}"]
[relevance]
embedder = "none"
[page]
enabled = false
[[channels]]
id = "preview:desk"
name = "desk"
[[channels.rules]]
name = "drones"
expression = "Baykar"
[[feeds]]
url = "{url}"
name = "Harbour Gazette"
lang = "en"
"""


def document(ages: dict[int, str]) -> Answer:
    """Return a feed with an item of so many days of age for each headline."""
    now = datetime.now(UTC)
    items = "".join(
        f"<item><guid>g{days}</guid><link>https://harbour.example/{days}</link><title>{title}</title>"
        f"<pubDate>{format_datetime(now - timedelta(days=days))}</pubDate></item>"
        for days, title in ages.items()
    )
    return Answer(body=f'<rss version="2.0"><channel><title>H</title>{items}</channel></rss>'.encode())


def written(folder: Path, server: FeedServer) -> tuple[Config, Path]:
    """Write a configuration and return it with its path."""
    path = folder / "config.toml"
    text = CONFIG.format(host=server.host, port=server.port, url=server.url("/feed"))
    path.write_text(text, encoding="utf-8")
    return Config.model_validate(tomllib.loads(text)), path


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "vedette.sqlite3")) as connection:
        return connection.execute(query).fetchall()


@asynccontextmanager
async def running(config: Config, path: Path) -> AsyncIterator[App]:
    async with open_app(config, path, clock=SystemClock(), terminal=None) as app:
        yield app


async def test_what_was_published_in_the_span_is_read_and_nothing_of_it_is_told(tmp_path: Path) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = document(HEADLINES)
        config, path = written(tmp_path, server)
        said = await backfill_here(config, path, since="30d")
        assert said.splitlines() == [
            "1 feed asked; 5 new entries (2 older than that are only stored).",
            "3 entries read; 3 stories are new or went on. Nobody is told of them.",
        ]
        assert len(rows(tmp_path, "SELECT entry FROM report")) == 3
        async with running(config, path) as app:
            await app.poll()
            await app.read()
            await app.digest()
            assert rows(tmp_path, "SELECT * FROM outbox") == []


async def test_what_comes_afterwards_is_told_as_ever(tmp_path: Path) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = document(HEADLINES)
        config, path = written(tmp_path, server)
        await backfill_here(config, path, since="30d")
        server.routes["/feed"] = document({0: "Pelagia cancels its Baykar drones", **HEADLINES})
        async with running(config, path) as app:
            for feed in await app.store.feeds.all():
                await app.store.feeds.hurry([feed.number])
            await app.poll()
            await app.read()
        (only,) = rows(tmp_path, "SELECT payload FROM outbox WHERE op = 'post'")
        assert "Pelagia" in str(only)


async def test_a_second_time_finds_nothing_new(tmp_path: Path) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = document(HEADLINES)
        config, path = written(tmp_path, server)
        await backfill_here(config, path, since="30d")
        assert "; 0 new entries." in await backfill_here(config, path, since="30d")


async def test_it_does_not_run_beside_a_running_bot(tmp_path: Path) -> None:
    async with feed_server() as server:
        config, path = written(tmp_path, server)
        async with open_store(
            f"sqlite:///{tmp_path / 'vedette.sqlite3'}", clock=SystemClock(), exclusive=True
        ):
            with pytest.raises(StoreBusyError):
                await backfill_here(config, path, since="30d")


@pytest.mark.parametrize(("text", "days"), [("30d", 30.0), ("12h", 0.5), ("3650d", 3650.0)])
def test_a_span_is_days_or_hours(text: str, days: float) -> None:
    assert span(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "d", "0d", "30", "-3d", "1.5d", "4000d", "30m", "３d"])
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ConfigError, match="30d"):
        span(text)


def test_the_command_line_says_what_was_wrong_and_exits_with_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = CONFIG.format(host="127.0.0.1", port=1, url="http://127.0.0.1:1/feed")
    path.write_text(text, encoding="utf-8")
    ran = called("poll", "-c", path, "--since", "soon")
    assert ran.returncode != 0
    assert "30d" in ran.stderr
