"""Which articles have their pages asked for, and how seldom: nothing unheard of, and no host is pressed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.feedserver import Answer, canary
from tests.watchers.pages.page_desk import ARTICLE, FEED, HEADLINE, html, page_desk, worth

if TYPE_CHECKING:
    from pathlib import Path


# Worker processes are started for each test; on a machine that is busy with others that takes its time.
pytestmark = pytest.mark.timeout(600)


async def test_what_nobody_watches_is_not_fetched(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed(title="Cake recipes for a rainy Sunday", text="Flour, sugar and butter …")
        assert await desk.told() == ()
        assert await desk.store.articles.get(1) is None
        assert desk.asked() == 0


async def test_a_link_into_the_machine_itself_is_never_opened(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk, canary() as bird:
        inside = f"http://127.0.0.1:{bird.port}/admin"
        desk.feed(inside, ARTICLE, "/away.html", f"http://localhost:{bird.port}/x")
        desk.server.routes["/away.html"] = Answer(status=302, headers={"Location": inside})
        desk.page(html(worth()))
        await desk.told()
        for _ in range(4):
            await desk.later(minutes=1)
        assert bird.connections == 0
        assert (await desk.article(1)).state == "failed"
        assert (await desk.article(3)).state == "failed"
        assert desk.asked("/away.html") == 1


async def test_a_news_searchs_links_are_never_followed(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        search = await desk.store.feeds.add(
            desk.server.url("/search.xml"), name="Search", every=timedelta(minutes=15), kind="search"
        )
        await desk.store.channels.follow("preview:main", search.number)
        desk.feed(ARTICLE)  # a plain link, as a search might pass one off
        desk.server.routes["/search.xml"] = desk.server.routes[FEED]
        desk.feed("https://news.google.com/rss/articles/CBMi123", title=f"{HEADLINE} - Harbour Post")
        assert len(await desk.told()) == 2
        assert [await desk.store.articles.get(number) for number in (1, 2)] == [None, None]
        assert desk.asked() == 0


async def test_one_host_is_asked_one_page_at_a_time_with_a_gap_and_so_many_an_hour(tmp_path: Path) -> None:
    async with page_desk(tmp_path, most=3, again=timedelta()) as desk:
        paths = [f"/frigates-{i}.html" for i in range(6)]
        desk.feed(*paths)
        for path in paths:
            desk.page(html(worth()), path)
        await desk.told()
        asked = [sum(map(desk.asked, paths))]
        for _ in range(8):
            await desk.later(seconds=2)
            asked.append(sum(map(desk.asked, paths)))
        assert asked == [1, 2, 3, 3, 3, 3, 3, 3, 3]
        for _ in range(8):
            await desk.later(minutes=10)
        assert sum(map(desk.asked, paths)) == 6
        assert desk.server.at_once == 1
        assert desk.asked("/robots.txt") == 1


async def test_a_server_that_fails_is_asked_less_and_less_and_then_let_be(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(b"", status=500)
        await desk.told()
        for _ in range(60):
            await desk.later(minutes=5)
        assert desk.asked() == 5
        assert (await desk.article()).state == "failed"


async def test_an_archive_has_pages_fetched_for_what_is_told_of_it_alone(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        second = await desk.store.feeds.add(
            desk.server.url("/old.xml"), name="Old", every=timedelta(minutes=15)
        )
        await desk.store.channels.follow("preview:main", second.number)
        paths = [f"/old-{i}.html" for i in range(9)]
        desk.feed(*paths)
        desk.server.routes["/old.xml"] = desk.server.routes.pop(FEED)
        desk.server.routes[FEED] = Answer(status=304)
        await desk.told()
        wanted = [n for n in range(1, 10) if await desk.store.articles.get(n) is not None]
        assert len(wanted) == 3
