"""A worker and a scheduler that were given a port tell of their health and their work there."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.config import load
from bot.settings.seeding import seed
from tests.bot.metrics.metered import read, rss
from tests.contracts.store.postgres_server import postgres
from tests.feedserver import feed_server
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from tests.contracts.store.postgres_server import Server

    Page = dict[tuple[str, ...], float]

__all__ = ["postgres"]  # a fixture

ROOT = Path(__file__).parents[3]
WITHIN = 200.0  # seconds, on a busy machine
HEADLINES = ("Norland orders a frigate from Port Sable", "Frigate Halcyon is laid up for repairs")
pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(600)]


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Make a database with the tables of this release."""
    name = postgres.migrated()
    yield postgres.address(name)
    postgres.drop(name)


@asynccontextmanager
async def part(role: str, config: Path, url: str, port: int) -> AsyncIterator[str]:
    """Run a role with a port of its own while the context lasts; give the port's address."""
    log = config.parent / f"{role}.log"
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", role, "-c", str(config), "--http-port", str(port)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**os.environ, "PYTHONPATH": str(ROOT), "VEDETTE_DATABASE_URL": url},
        )
    try:
        yield f"http://127.0.0.1:{port}"
        assert process.returncode is None, log.read_text(encoding="utf-8")[-3_000:]
        process.terminate()
        assert await asyncio.wait_for(process.wait(), WITHIN) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until(url: str, true: Callable[[Page], object]) -> Page:
    """Ask for the metrics until they say something, and return them."""
    async with asyncio.timeout(WITHIN), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{url}/metrics") as answer:
                    assert answer.status == 200
                    if true(found := read(await answer.text())):
                        return found
            except aiohttp.ClientConnectionError:
                pass  # it does not listen yet
            await asyncio.sleep(0.2)


@pytest.mark.long
async def test_a_worker_and_a_scheduler_tell_what_each_did(
    tmp_path: Path, url: str, unused_tcp_port_factory: Callable[[], int]
) -> None:
    async with feed_server() as feeds:
        feeds.routes["/news.xml"] = rss(*HEADLINES, at=SystemClock().now())
        config = tmp_path / "config.toml"
        config.write_text(configuration(f"{feeds.host}:{feeds.port}"), encoding="utf-8")
        async with open_store(url, clock=SystemClock()) as store:
            await seed(store, load(config))
        ports = unused_tcp_port_factory(), unused_tcp_port_factory()
        async with (
            part("scheduler", config, url, ports[0]) as scheduler,
            part("worker", config, url, ports[1]) as worker,
        ):
            asked = await until(  # a tick is counted when it is over, later than what it scored
                worker, lambda found: scored(found) == len(HEADLINES) and ran(found, "read") > 0
            )
            planned = await until(scheduler, lambda found: ran(found, "plan") > 0)
            assert asked["vedette_polls_total", "new"] == 1
            assert asked["vedette_entries_new_total",] == len(HEADLINES)
            assert asked["vedette_workers_lost_total", "parse"] == 0
            assert asked["vedette_workers_lost_total", "read"] == 0
            assert planned["vedette_polls_total", "new"] == 0, "another's work"
            assert ran(planned, "read") == 0
            for found in (asked, planned):
                assert found["vedette_database_up",] == 1
                assert not {
                    name for name, *_ in found if name.startswith(("vedette_feeds", "vedette_outbox"))
                }
            async with aiohttp.ClientSession() as session:
                for address in (scheduler, worker):
                    async with session.get(f"{address}/healthz") as answer:
                        assert (answer.status, await answer.json()) == (200, {"state": "ok", "reasons": []})


def scored(found: Page) -> float:
    return sum(value for (name, *_), value in found.items() if name == "vedette_entries_scored_total")


def ran(found: Page, tick: str) -> float:
    return found["vedette_tick_duration_seconds_count", tick]


def configuration(feeds: str) -> str:
    """Return one whose [http] is the bot's, who is not there."""
    return f"""\
[poll]
contact = "mailto:desk@example.org"
allow = ["{feeds}"]
[page]
enabled = false
[articles]
enabled = false
[relevance]
embedder = "none"
[[channels]]
id = "preview:main"
name = "Desk"
[[feeds]]
url = "http://{feeds}/news.xml"
name = "Harbour Gazette"
lang = "en"
"""
