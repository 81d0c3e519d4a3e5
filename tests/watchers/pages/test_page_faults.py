"""Whatever one page leads to, the others are read, and it is tried again later like one that failed."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.feedserver import Handler, feed_server
from tests.watchers.pages.page_desk import ARTICLE, HTML, html, page_desk, worth
from watchers.errors import StoreError
from watchers.pages.fetch import NOT_FOUND
from watchers.pages.timetable import MOST_TRIES
from watchers.store.articles import Articles

if TYPE_CHECKING:
    from pathlib import Path

    from watchers.pages.extract import Extracted, Page

# Worker processes are started for each test; on a machine that is busy with others that takes its time.
pytestmark = pytest.mark.timeout(600)

ABSURD = "Mon, 01 Jan 2026 00:00:00 +99999999999999"


def dated(moment: str) -> bytes:
    """Return the article with a date in its head."""
    return html(worth(), head=f'<meta property="article:published_time" content="{moment}">')


def after(event: asyncio.Event) -> Handler:
    """Answer with the article when something has happened."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        await event.wait()
        return web.Response(body=html(worth()), headers=HTML)

    return answer


async def test_a_server_that_asks_to_wait_for_an_absurd_time_is_asked_later(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(b"", status=503, Retry_After=ABSURD)
        await desk.told()
        article = await desk.article()
        assert (article.state, article.tries) == ("wanted", 1)
        desk.page(html(worth()))
        await desk.later(minutes=10)
        assert (await desk.article()).state == "read"


async def test_a_fault_with_one_page_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = asyncio.Event()

    async with feed_server() as other, page_desk(tmp_path, allow=frozenset({other.pair})) as desk:
        extract = desk.reader._extract

        async def broken(page: Page) -> Extracted:
            if page.url == desk.server.url(ARTICLE):
                failed.set()
                raise OverflowError
            return await extract(page)

        monkeypatch.setattr(desk.reader, "_extract", broken)
        monkeypatch.setattr("watchers.pages.reader.PAGE_DEADLINE", 600.0)
        desk.feed(ARTICLE, other.url("/b.html"))
        desk.page(html(worth()))
        other.routes["/b.html"] = after(failed)
        await desk.first_look()
        assert await desk.reader.look() == 2
        first, second = await desk.article(1), await desk.article(2)
        assert (first.state, first.tries, second.state) == ("wanted", 1, "read")
        assert "OverflowError" in first.why
        assert first.next_at is not None
        assert first.next_at > desk.clock.now()


async def test_a_database_that_refuses_one_page_is_told_of_after_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = asyncio.Event()

    async def away(*_given: object, **_named: object) -> None:
        refused.set()
        raise StoreError("the database is away")

    async with feed_server() as other, page_desk(tmp_path, allow=frozenset({other.pair})) as desk:
        monkeypatch.setattr("watchers.pages.reader.PAGE_DEADLINE", 600.0)
        desk.feed(ARTICLE, other.url("/b.html"))
        desk.page(b"", status=500)
        other.routes["/b.html"] = after(refused)
        await desk.first_look()
        with monkeypatch.context() as patched:
            patched.setattr(Articles, "fail", away)
            with pytest.raises(StoreError, match="away"):
                await desk.reader.look()
        assert [(await desk.article(n)).state for n in (1, 2)] == ["wanted", "read"]


async def test_hosts_are_free_again_after_a_tick_that_the_database_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_articles: Articles, _later: object) -> None:
        raise StoreError("the database is away")

    paths = (ARTICLE, "/b.html", "/c.html")
    async with page_desk(tmp_path) as desk:
        desk.feed(*paths)
        for path in paths:
            desk.page(html(worth()), path)
        await desk.first_look()
        with monkeypatch.context() as patched:
            patched.setattr(Articles, "put_off", away)
            with pytest.raises(StoreError, match="away"):
                await desk.reader.look()
        for _ in paths:
            await desk.later(minutes=1)
        assert [(await desk.article(n)).state for n in (1, 2, 3)] == ["read"] * 3


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00+03:00", "0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"],
)
async def test_no_date_of_a_page_is_believed_that_stands_for_none(tmp_path: Path, moment: str) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed(date="")
        desk.page(dated(moment))
        (opened,) = await desk.told()
        assert (opened.kind, (await desk.article()).state) == ("opened", "read")
        assert (await desk.entry()).published is None


async def test_a_page_dates_an_undated_entry_by_its_outlets_own_clock(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed(date="")
        desk.page(dated("2026-03-02T20:30:00-05:00"))
        await desk.told()
        entry = await desk.entry()
        assert entry.published == datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
        assert (entry.offset, entry.day) == (-300, date(2026, 3, 2))


async def test_a_page_that_was_never_there_is_no_article_taken_down(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(b"", status=404)
        await desk.told()
        for _ in range(MOST_TRIES):
            await desk.later(hours=1)
        assert ((await desk.article()).state, (await desk.article()).why) == ("failed", NOT_FOUND)
        assert await desk.store.articles.lost([1]) == {}


async def test_a_page_that_was_never_there_and_is_gone_for_good_is_taken_down(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(b"", status=410)
        await desk.told()
        assert await desk.store.articles.lost([1]) == {1: "gone"}


async def test_a_page_that_its_site_finds_later_is_read(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(b"", status=404)
        await desk.told()
        desk.page(html(worth()))
        await desk.later(hours=1)
        assert (await desk.article()).state == "read"
