"""The sample newsroom over real HTTP on loopback."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import feedparser
import pytest

from bot.newsroom.content import FIRST, LAST, load
from bot.newsroom.render import LABEL, published, render
from bot.newsroom.server import Newsroom, serve
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.newsroom.content import Outlet

OUTLETS = load()
TIMES = [FIRST - timedelta(minutes=1), *(FIRST + timedelta(hours=hours) for hours in (0, 3, 7, 13, 25)), LAST]


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(FIRST)


@pytest.fixture
async def newsroom(clock: SteppedClock) -> AsyncIterator[Newsroom]:
    async with serve(clock) as running:
        yield running


@pytest.fixture
async def reader() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


@pytest.mark.parametrize("now", TIMES, ids=[f"{time:%d-%H%M}" for time in TIMES])
@pytest.mark.parametrize("outlet", OUTLETS, ids=[outlet.slug for outlet in OUTLETS])
def test_every_feed_is_well_formed_at_any_time(outlet: Outlet, now: datetime) -> None:
    parsed = feedparser.parse(render(outlet, now, origin="127.0.0.1:80"))
    expected = published(outlet, now)
    assert not parsed.bozo
    assert parsed.feed.title == outlet.name
    assert parsed.feed.language == outlet.lang
    assert [entry.title for entry in parsed.entries] == [item.title for item in expected]
    dates = [entry.get("published_parsed") or entry.updated_parsed for entry in parsed.entries]
    assert [datetime.fromtimestamp(calendar.timegm(date), UTC) for date in dates] == [
        item.published for item in expected
    ]
    for entry, item in zip(parsed.entries, expected, strict=True):
        assert item.summary in entry.summary
        assert entry.link == f"http://127.0.0.1:80/{outlet.slug}/{item.slug}"


async def test_feeds_start_empty_and_fill_as_the_clock_goes_on(
    newsroom: Newsroom, clock: SteppedClock, reader: aiohttp.ClientSession
) -> None:
    counts = []
    for time in (FIRST, FIRST + timedelta(hours=6), LAST):
        clock.move_to(time)
        count = 0
        for feed in newsroom.feeds:
            async with reader.get(feed.url) as answer:
                assert answer.status == 200
                assert answer.charset == "utf-8"
                count += len(feedparser.parse(await answer.read()).entries)
        counts.append(count)
    assert counts[0] == 0
    assert 0 < counts[1] < counts[2] == sum(len(outlet.items) for outlet in OUTLETS)


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
async def test_a_reader_with_the_newest_feed_gets_304_until_the_next_item(
    newsroom: Newsroom, clock: SteppedClock, reader: aiohttp.ClientSession, validator: str
) -> None:
    url = newsroom.feeds[0].url
    async with reader.get(url) as first:
        value = first.headers[validator]
    asks = {{"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[validator]: value}
    async with reader.get(url, headers=asks) as again:
        assert again.status == 304
        assert await again.read() == b""
        assert again.headers["ETag"] == first.headers["ETag"]
    clock.move_to(LAST)
    async with reader.get(url, headers=asks) as later:
        assert later.status == 200
        assert later.headers[validator] != value


async def test_an_article_has_a_page_once_it_is_out_that_says_what_it_is(
    newsroom: Newsroom, clock: SteppedClock, reader: aiohttp.ClientSession
) -> None:
    outlet = OUTLETS[0]
    item = outlet.items[0]
    url = f"http://{newsroom.origin}/{outlet.slug}/{item.slug}"
    async with reader.get(url) as early:
        assert early.status == 404
    clock.move_to(item.published)
    async with reader.get(url) as page:
        text = await page.text()
    assert page.status == 200
    assert item.title in text
    assert LABEL in text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    async with reader.get(f"http://{newsroom.origin}/{outlet.slug}") as front:
        assert item.slug in await front.text()


@pytest.mark.parametrize(
    "path", ["/", "/nobody/feed.xml", "/nobody", "/quay-ledger/nothing", "/quay-ledger/../x"]
)
async def test_what_is_not_there_is_404(newsroom: Newsroom, reader: aiohttp.ClientSession, path: str) -> None:
    async with reader.get(f"http://{newsroom.origin}{path}") as answer:
        assert answer.status == 404


async def test_a_forged_host_does_not_reach_the_links(
    newsroom: Newsroom, clock: SteppedClock, reader: aiohttp.ClientSession
) -> None:
    clock.move_to(LAST)
    async with reader.get(newsroom.feeds[0].url, headers={"Host": "evil.example"}) as answer:
        body = await answer.text()
    assert "evil.example" not in body
    assert newsroom.origin in body


async def test_two_newsrooms_take_two_ports_on_loopback(newsroom: Newsroom, clock: SteppedClock) -> None:
    async with serve(clock) as second:
        assert second.origin != newsroom.origin
        assert second.origin.startswith("127.0.0.1:")
