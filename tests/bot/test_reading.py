"""Trying a source before it is added: what it holds, what it offers, and where programs are kept out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.reading import FeedReading, ReadingAlone
from tests.feeddocuments import rss
from tests.feedserver import Answer, FeedServer, canary, feed_server
from watchers.clock import SystemClock
from watchers.errors import FetchError, ParseError, RefusedError
from watchers.feeds.discover import Found
from watchers.feeds.guard import Limits, open_client
from watchers.feeds.opml import OpmlError, Outline
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OLD = "<title>A keel is laid</title><link>https://harbour.example/1</link><pubDate>2025-08-19</pubDate>"
NEW = "<title>Two frigates</title><link>https://harbour.example/2</link><pubDate>2025-08-20</pubDate>"
FEED = rss(OLD, NEW, channel="<ttl>60</ttl><copyright>Ours</copyright>").encode()
LIST = "".join(
    f'<article><h2><a href="/a/{name}">Frigate {name} leaves the harbour</a></h2></article>'
    for name in ("Anna", "Berta", "Clara")
)
PAGE = (
    f"<!doctype html><html><head><title>Harbour &amp; Sea</title></head><body>{LIST}</body></html>".encode()
)
SITEMAP = b"<urlset><url><loc>https://harbour.example/two-frigates-sail</loc></url></urlset>"
KEPT_OUT = b"User-agent: *\nDisallow: /private\n"


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as server:
        server.routes["/robots.txt"] = Answer(body=KEPT_OUT)
        server.routes["/feed.xml"] = server.routes["/private/feed.xml"] = Answer(body=FEED)
        server.routes["/news"] = server.routes["/private/news"] = Answer(body=PAGE)
        server.routes["/sitemap.xml"] = server.routes["/private/sitemap.xml"] = Answer(body=SITEMAP)
        yield server


@pytest.fixture
async def reading(server: FeedServer) -> AsyncIterator[FeedReading]:
    async with (
        open_client(
            contact="mailto:desk@harbour.example",
            version="0",
            allow=frozenset({server.pair}),
            limits=Limits(page=100_000),
        ) as client,
        Workers(1, preload=("watchers.feeds.parse",)) as parsers,
    ):
        yield FeedReading(client, parsers, clock=SystemClock())


async def test_a_feed_is_shown_with_its_newest_entries_first(
    reading: FeedReading, server: FeedServer
) -> None:
    trial = await reading.try_source(server.url("/feed.xml"))
    assert [entry.title for entry in trial.entries] == ["Two frigates", "A keel is laid"]
    assert trial.title == "Desk"
    assert trial.wishes.least.total_seconds() == 3600
    assert (trial.terms, trial.own_terms) == (None, "")


async def test_what_a_feed_calls_itself_is_plain_text(reading: FeedReading, server: FeedServer) -> None:
    title = "&lt;b&gt;The\n Desk&lt;/b&gt;&lt;script&gt;x&lt;/script&gt;\u202e"
    server.routes["/f"] = Answer(
        body=FEED.replace(b"<title>Desk</title>", f"<title>{title}</title>".encode())
    )
    assert (await reading.try_source(server.url("/f"))).title == "The Desk"


async def test_a_list_is_tried_by_the_selector_that_was_suggested(
    reading: FeedReading, server: FeedServer
) -> None:
    (suggestion,) = await reading.selectors_on(server.url("/news"))
    assert suggestion.titles[0] == "Frigate Anna leaves the harbour"
    trial = await reading.try_source(server.url("/news"), kind="page", selector=suggestion.selector)
    assert len(trial.entries) == 3
    assert trial.title == "Harbour & Sea"


async def test_a_sitemap_is_tried(reading: FeedReading, server: FeedServer) -> None:
    (entry,) = (await reading.try_source(server.url("/sitemap.xml"), kind="sitemap")).entries
    assert entry.title == "Two frigates sail"


async def test_pages_and_sitemaps_are_not_asked_where_a_site_keeps_programs_out(
    reading: FeedReading, server: FeedServer
) -> None:
    page, sitemap = server.url("/private/news"), server.url("/private/sitemap.xml")
    for asking in (
        reading.try_source(page, kind="page", selector="h2 a"),
        reading.try_source(sitemap, kind="sitemap"),
        reading.selectors_on(page),
    ):
        with pytest.raises(FetchError, match=r"robots\.txt") as caught:
            await asking
        assert caught.value.status == 403
    assert [asked.path for asked in server.log] == ["/robots.txt"]
    # a feed is made for programs, and a person gave its address
    assert (await reading.try_source(server.url("/private/feed.xml"))).entries


async def test_pages_wait_while_a_site_does_not_say_whether_programs_may_read_it(
    reading: FeedReading, server: FeedServer
) -> None:
    server.routes["/robots.txt"] = Answer(status=500)
    with pytest.raises(FetchError, match="does not say") as caught:
        await reading.selectors_on(server.url("/news"))
    assert caught.value.status == 503


async def test_the_feeds_of_a_page_are_found(reading: FeedReading, server: FeedServer) -> None:
    server.routes["/"] = Answer(body=b'<html><a href="/feed.xml">Feed</a></html>')
    assert await reading.feeds_on(server.url("/")) == (
        Found(url=server.url("/feed.xml"), title="Feed", kind="feed"),
    )


async def test_a_file_of_feeds_is_read_from_the_web(reading: FeedReading, server: FeedServer) -> None:
    body = b'<opml><body><outline text="Harbour" xmlUrl="https://harbour.example/f"/></body></opml>'
    server.routes["/mine.opml"] = Answer(body=body)
    assert await reading.outlines_at(server.url("/mine.opml")) == (
        Outline(url="https://harbour.example/f", name="Harbour"),
    )
    with pytest.raises(OpmlError, match="web page"):
        await reading.outlines_at(server.url("/news"))
    with pytest.raises(FetchError, match="404"):
        await reading.outlines_at(server.url("/missing.opml"))


async def test_a_wrong_selector_is_answered_with_advice(reading: FeedReading, server: FeedServer) -> None:
    with pytest.raises(ParseError, match="not a CSS selector"):
        await reading.try_source(server.url("/news"), kind="page", selector="h2 >")


async def test_no_way_of_trying_leads_inside(reading: FeedReading) -> None:
    async with canary() as bird:
        inside = f"http://127.0.0.1:{bird.port}/x"
        for asking in (
            reading.try_source(inside),
            reading.try_source(inside, kind="page", selector="a"),
            reading.try_source(inside, kind="sitemap"),
            reading.feeds_on(inside),
            reading.selectors_on(inside),
            reading.outlines_at(inside),
        ):
            with pytest.raises(RefusedError):
                await asking
        assert bird.connections == 0


async def test_a_page_larger_than_pages_are_is_not_read(reading: FeedReading, server: FeedServer) -> None:
    server.routes["/"] = Answer(body=PAGE + b" " * 100_000)
    with pytest.raises(FetchError, match="larger than"):
        await reading.selectors_on(server.url("/"))


async def test_the_command_line_opens_what_reading_needs_by_itself(server: FeedServer) -> None:
    alone = ReadingAlone(
        lambda: open_client(
            contact="mailto:desk@harbour.example", version="0", allow=frozenset({server.pair})
        ),
        clock=SystemClock(),
    )
    server.routes["/"] = Answer(body=b'<html><a href="/feed.xml">Feed</a></html>')
    (named,) = await alone.feeds_on(server.url("/"))
    assert len((await alone.try_source(named.url)).entries) == 2
    with pytest.raises(RefusedError):
        await alone.feeds_on("http://127.0.0.1:1/")


async def test_what_a_page_names_opens_nothing_that_only_people_may_name(
    reading: FeedReading, server: FeedServer
) -> None:
    inside = server.url("/feed.xml")
    with pytest.raises(RefusedError):
        await reading.try_source(inside, named_by="https://harbour.example/")
    assert server.log == []
    assert (await reading.try_source(inside, named_by=server.url("/"))).entries
