"""Pages and sitemaps as sources: asked as crawlers ask, and no more of them read than of any page."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.feeddocuments import rss
from tests.feedserver import Answer, feed_server
from watchers.clock import SteppedClock
from watchers.feeds.guard import Limits, open_client
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.workers import Workers

if TYPE_CHECKING:
    from pathlib import Path

    from watchers.store.rows import FeedHealth
    from watchers.types import SourceKind

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
KEPT_OUT = Answer(body=b"User-agent: *\nDisallow: /news")
PAGE = b'<html><body><ul><li><a href="/a-1">Ostia floats a corvette out</a></li></ul></body></html>'
pytestmark = pytest.mark.timeout(300)  # worker processes start in each; a busy machine needs a minute


async def polled(
    folder: Path, kind: SourceKind, routes: dict[str, Answer], *, limits: Limits | None = None
) -> tuple[FeedHealth, list[str], int]:
    """Poll a source at /news once; return how it does, the paths asked for, and how many entries came."""
    clock = SteppedClock(NOW)
    async with AsyncExitStack() as held:
        server = await held.enter_async_context(feed_server())
        server.routes |= routes
        store = await held.enter_async_context(open_store(f"sqlite:///{folder / 'v.sqlite3'}", clock=clock))
        client = await held.enter_async_context(
            open_client(
                contact="desk@example.org",
                version="1",
                allow=frozenset({server.pair}),
                limits=limits or Limits(),
            )
        )
        parsers = await held.enter_async_context(Workers(1, preload=("watchers.feeds.parse",)))
        await store.channels.save(Channel(id="preview:main", name="Main"))
        selector = "li a" if kind == "page" else ""
        feed = await store.feeds.add(
            server.url("/news"), name="Harbour", every=timedelta(minutes=15), kind=kind, selector=selector
        )
        await store.channels.follow("preview:main", feed.number)
        await Poller(store=store, client=client, parsers=parsers, clock=clock).poll_due()
        (health,) = await store.feeds.health()
        return health, [asked.path for asked in server.log], await store.entries.count()


@pytest.mark.parametrize("kind", ["page", "sitemap"])
async def test_a_site_that_keeps_programs_out_is_not_asked_for_its_page(
    tmp_path: Path, kind: SourceKind
) -> None:
    health, asked, entries = await polled(
        tmp_path, kind, {"/robots.txt": KEPT_OUT, "/news": Answer(body=PAGE)}
    )
    assert asked == ["/robots.txt"]
    assert entries == 0
    assert "robots.txt keeps them out" in health.last_error


async def test_a_feed_is_made_for_programs_and_no_rules_are_asked_for(tmp_path: Path) -> None:
    document = rss(
        "<title>Ostia floats a corvette out</title><link>https://harbour.example/1</link>"
    ).encode()
    _, asked, entries = await polled(
        tmp_path, "feed", {"/robots.txt": KEPT_OUT, "/news": Answer(body=document)}
    )
    assert asked == ["/news"]
    assert entries == 1


async def test_a_page_that_programs_may_read_gives_its_list(tmp_path: Path) -> None:
    health, asked, entries = await polled(tmp_path, "page", {"/news": Answer(body=PAGE)})
    assert asked == ["/robots.txt", "/news"]
    assert entries == 1
    assert health.failures == 0


async def test_of_a_page_no_more_is_taken_than_pages_may_have(tmp_path: Path) -> None:
    large = PAGE + b" " * 200_000
    health, _, entries = await polled(
        tmp_path, "page", {"/news": Answer(body=large)}, limits=Limits(page=100_000)
    )
    assert entries == 0
    assert "larger than 100000 bytes" in health.last_error


async def test_of_a_document_only_as_many_entries_are_read_as_the_settings_say(tmp_path: Path) -> None:
    items = (
        f"<title>Report {n}</title><link>https://harbour.example/{n}</link>"
        f"<pubDate>Tue, 03 Mar 2026 0{n % 9}:00:00 GMT</pubDate>"
        for n in range(9)
    )
    health, _, entries = await polled(
        tmp_path, "feed", {"/news": Answer(body=rss(*items).encode())}, limits=Limits(entries=5)
    )
    assert (entries, health.beyond) == (5, 4)
