"""What was just written is taken up at once: the ticks only see to what nobody told of."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.config import Config
from bot.schedule import Ticks, scheduled
from bot.waking import Wakes
from tests.feedserver import feed_server
from tests.walks.test_walk_chat import FIVE, RULE, one_feed, rss
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.app import App
    from tests.feedserver import FeedServer

NEVER = 3600.0  # seconds between ticks: longer than any test waits, so that only a wake can have done it
PATIENCE = 150.0  # seconds; worker processes start slowly on a busy machine
pytestmark = pytest.mark.timeout(500)
SELDOM = Ticks(poll=NEVER, read=NEVER, digest=NEVER, deliver=NEVER, follow=NEVER, pages=NEVER)


async def until(reached: Callable[[], Awaitable[object]]) -> None:
    """Wait until something holds that nothing tells of."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if await reached():
                return
            await asyncio.sleep(0.02)


class Work:
    """Ticks that note their beginnings and wait to be let go."""

    def __init__(self) -> None:
        self.began: dict[str, int] = {}
        self.changed = asyncio.Condition()
        self.go = asyncio.Event()
        self.fails = False

    async def _run(self, name: str) -> None:
        async with self.changed:
            self.began[name] = self.began.get(name, 0) + 1
            self.changed.notify_all()
        await self.go.wait()
        if self.fails:
            raise RuntimeError("as the test wants it")

    async def poll(self) -> None:
        await self._run("poll")

    async def read(self) -> None:
        await self._run("read")

    async def digest(self) -> None:
        await self._run("digest")

    async def follow(self) -> None:
        await self._run("follow")

    async def pages(self) -> None:
        await self._run("pages")

    async def prune(self) -> None:
        await self._run("prune")

    async def deliver(self) -> None:
        await self._run("deliver")

    async def clock_was_set(self) -> bool:
        return False

    async def until(self, name: str, times: int) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(lambda: self.began.get(name, 0) >= times)


async def test_a_tick_that_is_woken_comes_at_once() -> None:
    work, wakes = Work(), Wakes()
    work.go.set()
    async with scheduled(work, SELDOM, within=1.0, wakes=wakes):
        await work.until("read", 1)
        await work.until("deliver", 1)
        wakes.read()
        await work.until("read", 2)
        wakes.deliver()
        await work.until("deliver", 2)
    assert work.began["poll"] == 1


async def test_a_tick_that_is_woken_while_it_runs_comes_once_more_however_often_it_was() -> None:
    work, wakes = Work(), Wakes()
    async with scheduled(work, SELDOM, within=1.0, wakes=wakes):
        await work.until("read", 1)
        for _ in range(5):
            wakes.read()
        work.go.set()
        await work.until("read", 2)
        wakes.deliver()
        await work.until("deliver", 2)
    assert work.began["read"] == 2


async def test_a_tick_that_fails_can_be_woken_again(caplog: pytest.LogCaptureFixture) -> None:
    work, wakes = Work(), Wakes()
    work.fails = True
    work.go.set()

    async def told(times: int) -> bool:
        return sum(one.getMessage().endswith("again: read") for one in caplog.records) >= times

    async with scheduled(work, SELDOM, within=1.0, wakes=wakes):
        for times in range(1, 4):
            await until(partial(told, times))
            wakes.read()
        await work.until("read", 4)
    assert work.began["read"] >= 4


async def test_without_ticks_a_wake_does_nothing() -> None:
    work, wakes = Work(), Wakes()
    work.go.set()
    wakes.read()
    async with scheduled(work, SELDOM, within=1.0, wakes=wakes):
        await work.until("read", 1)
    wakes.read()
    assert work.began["read"] == 1


@asynccontextmanager
async def running(folder: Path, server: FeedServer) -> AsyncIterator[App]:
    """Run a whole bot of which only the polls come by themselves."""
    config = Config.model_validate(
        {
            "poll": {"contact": "mailto:desk@example.org", "allow": [f"{server.host}:{server.port}"]},
            "relevance": {"embedder": "none"},
            "articles": {"enabled": False},
            "channels": [{"id": "preview:desk", "name": "Desk", **RULE}],
            "feeds": one_feed(server),
        }
    )
    ticks = Ticks(poll=0.1, read=NEVER, digest=NEVER, deliver=NEVER, follow=NEVER, pages=NEVER)
    async with (
        open_app(config, folder / "config.toml", clock=SystemClock(), terminal=None) as app,
        scheduled(app, ticks, within=PATIENCE, wakes=app.wakes),
    ):
        yield app


async def test_what_a_poll_brings_is_posted_without_waiting_for_a_tick(tmp_path: Path) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = rss()
        async with running(tmp_path, server) as app:

            async def begun() -> bool:
                (feed,) = await app.store.feeds.all()
                return app.watcher.ready and feed.polled_at is not None

            # The ticks of the start are over once the lens is there and the empty feed was read.
            await until(begun)
            await app.read()
            await app.deliver()
            now = SystemClock().now()
            server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE), at=now)
            await app.store.feeds.hurry([feed.number for feed in await app.store.feeds.all()])
            await until(lambda: app.preview.history(10))
            (post,) = await app.preview.history(10)
    assert "Petrel" in str(post)
