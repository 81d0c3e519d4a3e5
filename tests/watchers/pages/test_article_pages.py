"""A teaser's page is fetched, its text read before anything is told, and looked at again for some hours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from tests.watchers.pages.page_desk import ARTICLE, HEADLINE, HTML, START, TEASER, html, page_desk, worth
from watchers.types import Money

if TYPE_CHECKING:
    from pathlib import Path

    from watchers.types import Fact, StoryUpdate


# Worker processes are started for each test; on a machine that is busy with others that takes its time.
pytestmark = pytest.mark.timeout(600)


def money(facts: tuple[Fact, ...]) -> list[str]:
    return [str(fact.value) for fact in facts if isinstance(fact.value, Money)]


async def unchanging(request: web.Request) -> web.StreamResponse:
    """Answer 304 to whoever knows the page."""
    known = request.headers.get("If-None-Match") == '"1"'
    return web.Response(
        status=304 if known else 200, body=b"" if known else html(worth()), headers={**HTML, "ETag": '"1"'}
    )


def kinds(updates: tuple[StoryUpdate, ...]) -> list[str]:
    return [update.kind for update in updates]


async def test_a_teaser_waits_for_its_page_and_is_told_once_with_all_its_facts(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(html(worth("5.5")))
        assert await desk.first_look() == ()
        await desk.reader.look()
        (opened,) = await desk.watcher.read_unread()
        assert (opened.kind, money(opened.report.facts)) == ("opened", ["5500000000 EUR"])
        entry = await desk.entry()
        assert (entry.summary, entry.title) == (TEASER, HEADLINE)
        assert "northern docks" in entry.body
        assert "Section" not in entry.body
        assert "Imprint" not in entry.body
        article = await desk.article()
        assert (article.state, article.looks, len(article.text_hash)) == ("read", 1, 32)
        assert (await desk.store.search.find('"northern docks"'))[0] == 1


async def test_a_page_that_is_slow_keeps_nobody_waiting_and_its_facts_come_without_a_correction(
    tmp_path: Path,
) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(b"", status=503)
        assert kinds(await desk.told()) == ["opened"]
        desk.page(html(worth("5.5")))
        (filled,) = await desk.later(minutes=10)
        assert (filled.kind, filled.was, filled.new_facts) == ("corrected", (), ())
        assert money(filled.story.lead.facts) == ["5500000000 EUR"]
        assert await desk.store.stories.corrected(filled.story.number) == ()
        # The feed says the same at its next poll; the page's text stays.
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=20))
        assert await desk.told() == ()
        assert "northern docks" in (await desk.entry()).body


async def test_without_anybody_who_fetches_nothing_waits(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=1))
        assert kinds(await desk.first_look()) == ["opened"]


async def test_an_entry_whose_page_does_not_come_is_told_after_five_seconds(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        assert await desk.first_look() == ()
        desk.clock.move_to(desk.clock.now() + timedelta(seconds=4))
        assert await desk.watcher.read_unread() == ()
        desk.clock.move_to(desk.clock.now() + timedelta(seconds=2))
        assert kinds(await desk.watcher.read_unread()) == ["opened"]


async def test_changed_figures_on_the_page_correct_the_story_and_a_comma_does_not(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(html(worth("5.5")))
        assert kinds(await desk.told()) == ["opened"]
        desk.page(html(worth("5.5").replace(" on Monday", ", on Monday,")))
        assert await desk.later(minutes=30) == ()
        assert desk.asked() == 2
        desk.page(html(worth("7.1")))
        (corrected,) = await desk.later(minutes=31)
        assert (money(corrected.was), money(corrected.new_facts)) == (["5500000000 EUR"], ["7100000000 EUR"])
        (change,) = await desk.store.stories.corrected(corrected.story.number)
        assert (money(change.was), money(change.now)) == (["5500000000 EUR"], ["7100000000 EUR"])
        assert "7.1" in (await desk.entry()).body
        assert await desk.later(hours=3) == ()


async def test_a_page_is_looked_at_four_times_with_its_validators_and_then_no_more(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.server.routes[ARTICLE] = unchanging
        await desk.told()
        for minutes in (30, 31, 121, 181):
            assert await desk.later(minutes=minutes) == ()
        asked = desk.server.asked(ARTICLE)
        assert [one.headers.get("If-None-Match") for one in asked] == [None, *['"1"'] * 4]
        assert (await desk.article()).next_at is None
        await desk.later(days=2)
        assert desk.asked() == 5


async def test_a_feed_that_corrects_its_teaser_has_the_page_looked_at_at_once(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed(text="For 5.5 billion euros the ministry signed …")
        desk.page(html(worth("5.5")))
        await desk.told()
        desk.feed(text="For 7.1 billion euros the ministry signed …")
        desk.page(html(worth("7.1")))
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=20))
        (corrected,) = await desk.told()
        assert money(corrected.was) == ["5500000000 EUR"]
        entry = await desk.entry()
        assert "northern docks" in entry.body
        assert "7.1" in entry.summary


@pytest.mark.parametrize("status", [410, 404])
async def test_an_article_that_is_gone_is_marked_and_nothing_is_corrected(
    tmp_path: Path, status: int
) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(html(worth()))
        (opened,) = await desk.told()
        desk.page(b"", status=status)
        await desk.later(minutes=30)
        assert ((await desk.article()).state == "gone") == (status == 410)  # a 404 is asked for once more
        await desk.later(minutes=10)
        assert (await desk.article()).state == "gone"
        assert await desk.store.articles.lost([1]) == {1: "gone"}
        pending = await desk.store.announcements.unannounced()
        assert [(p.update.kind, p.update.was, p.update.new_facts) for p in pending][1:] == [
            ("corrected", (), ())
        ]
        assert await desk.store.stories.corrected(opened.story.number) == ()
        since = START + timedelta(hours=1, minutes=1)  # a digest after it was told tells nothing of it
        assert await desk.store.stories.ranked(start=since) == ()
        await desk.later(days=1)
        assert desk.asked() == (2 if status == 410 else 3)


async def test_a_page_that_says_it_was_withdrawn_is_marked(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed()
        desk.page(html(worth()))
        await desk.told()
        desk.page(html("<p>This article has been withdrawn by the editors.</p>"))
        await desk.later(minutes=30)
        assert (await desk.article()).state == "withdrawn"


async def test_texts_are_deleted_after_their_time_and_facts_stay(tmp_path: Path) -> None:
    async with page_desk(tmp_path, keep=timedelta(days=30)) as desk:
        desk.feed()
        desk.page(html(worth("5.5")))
        (opened,) = await desk.told()
        desk.clock.move_to(desk.clock.now() + timedelta(days=29))
        assert await desk.keeper.drop() == 0
        desk.clock.move_to(desk.clock.now() + timedelta(days=2))
        assert await desk.keeper.drop() == 1
        entry = await desk.entry()
        assert (entry.body, entry.summary) == ("", TEASER)
        article = await desk.article()
        assert (article.state, len(article.text_hash), article.next_at) == ("dropped", 32, None)
        assert (await desk.store.search.find('"northern docks"'))[0] == 0
        story = await desk.store.stories.get(opened.story.number)
        assert story is not None
        assert money(story.lead.facts) == ["5500000000 EUR"]
        assert any("5.5 billion" in fact.sentence for fact in story.lead.facts)
        # The feed still has it: nothing is read again, and the page is not asked for again.
        assert await desk.told() == ()
        assert desk.asked() == 1


async def test_texts_are_deleted_a_bounded_number_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchers.pages.reader.DROP_AT_ONCE", 2)
    async with page_desk(tmp_path) as desk:
        paths = [f"/frigates-{i}.html" for i in range(3)]
        desk.feed(*paths)
        for path in paths:
            desk.page(html(worth()), path)
        await desk.told()
        for _ in range(3):
            await desk.later(seconds=2)
        desk.clock.move_to(desk.clock.now() + timedelta(days=31))
        assert [await desk.keeper.drop() for _ in range(3)] == [2, 1, 0]


async def test_an_article_in_full_needs_no_page(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        desk.feed(text="Norway signed for frigates in the city hall, said the head of the yard. " * 12)
        assert kinds(await desk.told()) == ["opened"]
        assert await desk.store.articles.get(1) is None


async def test_a_page_about_something_else_leaves_the_teaser(tmp_path: Path) -> None:
    async with page_desk(tmp_path) as desk:
        consent = "<p>We value your privacy. Cookies help us measure audiences and finance our work.</p>" * 6
        desk.feed()
        desk.page(html(consent, title="Before you continue"))
        assert kinds(await desk.told()) == ["opened"]
        assert (await desk.entry()).body == ""
        assert (await desk.article()).state == "failed"
