"""Real feeds through the whole walk: what is stored, what is told, what is survived."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.config import Config
from tests.feedserver import Answer, feed_server
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import App

SHARED = Path(os.environ.get("VEDETTE_SHARED", "../shared"))
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)  # when the files were collected
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "real").is_dir(), reason=f"the real feeds are not at {SHARED}"),
]


@asynccontextmanager
async def serving(files: list[Path], folder: Path) -> AsyncIterator[tuple[App, SteppedClock]]:
    """Open a bot on files served over loopback."""
    clock = SteppedClock(NOW)
    async with feed_server() as server:
        for path in files:
            server.routes[f"/{path.name}"] = Answer(
                body=path.read_bytes(), headers={"Content-Type": "application/xml"}
            )
        config = Config.model_validate(
            {
                "poll": {
                    "contact": "mailto:desk@example.org",
                    "every": "15m",
                    "allow": [f"{server.host}:{server.port}"],
                },
                "channels": [{"id": "preview:desk", "name": "Desk", "keywords": ["Baykar"]}],
                "feeds": [{"url": server.url(f"/{path.name}"), "name": path.stem} for path in files],
            }
        )
        async with open_app(config, folder / "config.toml", clock=clock, terminal=None) as app:
            yield app, clock


async def rounds(app: App, clock: SteppedClock, count: int) -> None:
    for _ in range(count):
        await app.poll()
        await app.read()
        await app.deliver()
        clock.move_to(clock.now() + timedelta(minutes=20))


async def test_every_real_entry_is_stored_once_and_a_second_poll_adds_nothing(tmp_path: Path) -> None:
    files = sorted((SHARED / "real" / "defence-news").glob("*.xml"))
    async with serving(files, tmp_path) as (app, clock):
        await rounds(app, clock, 1)
        entries = await app.store.entries.since(NOW - timedelta(days=1), limit=1000)
        assert len(entries) == len({entry.key for entry in entries}) == 315
        sent = await app.store.outbox.counts()
        assert sum(count.items for count in sent) <= 3 * len(files)

        news_search = [e for e in entries if "news.google.com" in e.link and e.lang == "en"]
        assert news_search
        assert {e.outlet for e in news_search} == {"Breaking Defense"}
        assert not [e.title for e in news_search if e.title.endswith("Breaking Defense")]

        await rounds(app, clock, 2)
        assert await app.store.entries.count() == 315
        assert await app.store.outbox.counts() == sent


async def test_every_shape_of_feed_is_survived(tmp_path: Path) -> None:
    files = sorted(p for p in (SHARED / "real" / "shapes").iterdir() if p.is_file())
    async with serving(files, tmp_path) as (app, clock):
        await rounds(app, clock, 2)
        health = {feed.name: feed.state for feed in await app.store.feeds.health()}
        assert {name for name, state in health.items() if state == "failing"} == {"notafeed"}
        assert sum(feed.entries for feed in await app.store.feeds.health()) > 100
