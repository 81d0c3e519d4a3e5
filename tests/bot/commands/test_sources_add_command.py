"""`source add`: what is shown before anything is saved, and what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN, MINUTE, make_entry
from watchers.errors import FetchError, ParseError
from watchers.feeds.discover import Found
from watchers.feeds.listpage import Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from tests.bot.commands.command_replies import Ask
    from tests.bot.commands.conftest import FeedsAtHand
    from watchers.store.rows import ChannelFeed
    from watchers.store.store import Store
    from watchers.types import Feed

    Dump = Callable[[], dict[str, list[tuple[object, ...]]]]

FEED = "https://example.org/feed.xml"
OTHER = "https://example.org/comments.xml"
PAGE = "https://example.org/"
NEWS = "https://example.org/news"
SEARCH = "https://news.google.com/rss/search?q=frigate+contract&hl=en"


async def link(store: Store, url: str) -> ChannelFeed | None:
    return next((one for one in await store.channels.feeds(MAIN) if one.url == url), None)


async def saved(store: Store, url: str) -> Feed:
    return next(one for one in await store.feeds.all() if one.url == url)


@pytest.fixture
def page(reading: FeedsAtHand) -> str:
    reading.answers[PAGE] = FetchError("it sent a web page", url=PAGE, status=200)
    reading.named[PAGE] = (Found(url=FEED, title="Harbour news", kind="rss"),)
    return PAGE


@pytest.mark.parametrize("verb", ["add", "test"])
async def test_a_page_with_one_feed_shows_its_last_three_entries_and_saves_nothing(
    ask: Ask, dump: Dump, page: str, verb: str
) -> None:
    before = dump()
    reply = await ask(f"source {verb} {page}")
    assert {"The alpha sails", "The bravo sails", "The charlie sails"} <= set(said(reply).split("\n"))
    assert "The delta sails" not in said(reply)
    assert "Harbour news" in said(reply)
    assert "Nothing is saved yet." in said(reply)
    assert (reply.shown, reply.refused) == ("asker", False)
    assert dump() == before


async def test_the_save_button_adds_the_feed_as_it_was_asked_for(ask: Ask, store: Store, page: str) -> None:
    reply = await ask(f'source add {page} name:"Sea power" tag:navy,press every:30m lang:tr state:paused')
    assert await link(store, FEED) is None
    assert (await ask(buttons(reply)["Save"])).shown == "channel"
    added = await link(store, FEED)
    assert added is not None
    assert (added.name, added.tags, added.paused) == ("Sea power", ("navy", "press"), True)
    feed = await saved(store, FEED)
    assert (feed.every, feed.fixed, feed.lang, feed.kind) == (30 * MINUTE, True, "tr", "feed")


async def test_several_feeds_of_a_page_are_choices_with_the_latest_title_of_each(
    ask: Ask, store: Store, reading: FeedsAtHand, page: str
) -> None:
    reading.named[page] += (Found(url=OTHER, title="", kind="atom"),)
    reading.answers[OTHER] = (make_entry("xebec"),)
    reply = await ask(f"source add {page}")
    assert {"The alpha sails", "The xebec sails"} <= set(said(reply).split("\n"))
    choices = buttons(reply)
    assert list(choices) == ["1. Harbour news", "2. Harbour Post"]
    await ask(choices["2. Harbour Post"])
    assert await link(store, OTHER)
    assert await link(store, FEED) is None


async def test_a_feed_of_several_that_cannot_be_read_is_named_with_why(
    ask: Ask, reading: FeedsAtHand, page: str
) -> None:
    reading.named[page] += (Found(url=OTHER, title="Comments", kind="feed"),)
    reading.answers[OTHER] = FetchError("it answers 503", url=OTHER, status=503)
    assert "it answers 503" in said(await ask(f"source add {page}"))


async def test_a_button_holds_a_command_of_any_length(ask: Ask, store: Store, reading: FeedsAtHand) -> None:
    page, feed = f"{PAGE}{'a' * 200}", f"{PAGE}{'b' * 200}"
    reading.answers[page] = ParseError("no feed", url=page)
    reading.answers[feed] = (make_entry("xebec"),)
    reading.named[page] = (Found(url=feed, title="Far away", kind="rss"),)
    button = buttons(await ask(f"source add {page}"))["Save"]
    assert len(button) < 90
    assert buttons(await ask(f"source add {page}"))["Save"] == button
    await ask(button)
    assert await link(store, feed)
    reply = await ask("source save 99")
    assert reply.refused
    assert "try the address again" in said(reply)


async def test_a_feeds_own_address_is_added_at_once_and_shows_its_last_three_entries(
    ask: Ask, store: Store
) -> None:
    reply = await ask(f"source add {FEED}")
    assert await link(store, FEED)
    assert {"The alpha sails", "The bravo sails", "The charlie sails"} <= set(said(reply).split("\n"))
    assert "The delta sails" not in said(reply)


async def test_a_page_without_a_feed_leads_to_its_list_of_links_and_saves_it_when_told_to(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    reading.answers[NEWS] = FetchError("it sent a web page", url=NEWS, status=200)
    reading.lists[NEWS] = (
        Suggestion(selector='h2 > a[href*="/n/"]', titles=("The echo sails",), count=7),
        Suggestion(selector="li a", titles=("About us",), count=4),
    )
    reading.answers[f'{NEWS} h2 > a[href*="/n/"]'] = (make_entry("echo"), make_entry("foxtrot"))
    none = await ask(f"source add {NEWS}")
    assert none.refused
    assert "“RSS” or “Atom”" in said(none)
    lists = await ask(buttons(none)["Read its list of links"])
    assert '1. h2 > a[href*="/n/"] finds 7: The echo sails' in said(lists)
    shown = await ask(buttons(lists)['1. h2 > a[href*="/n/"]'])
    assert "The echo sails" in said(shown)
    assert "robots.txt" in said(shown)
    assert await link(store, NEWS) is None
    await ask(buttons(shown)["Save"])
    feed = await saved(store, NEWS)
    assert (feed.kind, feed.selector) == ("page", 'h2 > a[href*="/n/"]')


async def test_a_sitemap_is_shown_before_it_is_saved(ask: Ask, store: Store, reading: FeedsAtHand) -> None:
    url = "https://example.org/sitemap-news.xml"
    reading.answers[url] = (make_entry("echo"),)
    shown = await ask(f"source add {url} kind:sitemap tag:navy")
    assert "The echo sails" in said(shown)
    assert await link(store, url) is None
    await ask(buttons(shown)["Save"])
    assert (await saved(store, url)).kind == "sitemap"
    assert reading.asked == [f"sitemap {url}"] * 2


async def test_a_page_that_robots_may_not_read_says_so_and_is_not_saved(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    reading.lists[NEWS] = FetchError("its robots.txt asks programs to stay away", url=NEWS, status=403)
    reply = await ask(f"source add {NEWS} kind:page")
    assert reply.refused
    assert "robots.txt asks programs to stay away" in said(reply)
    assert await link(store, NEWS) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param('kind:sitemap select:"h2 a"', "select: picks the links of a page", id="of a sitemap"),
        pytest.param(f"select:{'a' * 201}", "at most 200 characters", id="too long"),
        pytest.param("kind:pages", "kind: takes page or sitemap", id="no such kind"),
    ],
)
async def test_a_selector_that_cannot_be_meant_is_refused(ask: Ask, typed: str, told: str) -> None:
    reply = await ask(f"source add {NEWS} {typed}")
    assert reply.refused
    assert told in said(reply)


async def test_a_news_search_is_neither_asked_nor_added_before_its_terms_are_agreed_to(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    reading.answers[SEARCH] = (make_entry("echo"),)
    replies = [await ask(f"source {verb} {SEARCH}") for verb in ("test", "add")]
    for reply in replies:
        assert "personal use" in said(reply)
        assert "go to Google (news.google.com): frigate contract" in said(reply)
    assert reading.asked == []
    assert await link(store, SEARCH) is None
    reading.rights[SEARCH] = "For a reader of your own"
    assert "For a reader of your own" in said(await ask(buttons(replies[-1])["Add it on these terms"]))
    assert (await saved(store, SEARCH)).kind == "search"


async def test_a_known_news_search_shows_its_terms_in_every_channel_and_undo_does_not_ask_again(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    reading.answers[SEARCH] = (make_entry("echo"),)
    assert (await ask(f"source add {SEARCH} confirm:yes", channel="slack:C9")).shown == "channel"
    assert "personal use" in said(await ask(f"source add {SEARCH}"))
    await ask("setup sources:all")
    assert await link(store, SEARCH) is None
    await ask(f"source add {SEARCH} confirm:yes")
    removed = await ask(f"source remove s{(await saved(store, SEARCH)).number}")
    await ask(buttons(removed)["Undo"])
    assert await link(store, SEARCH)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        pytest.param("", (False, 15 * MINUTE), id="nothing said"),
        pytest.param("every:auto", (False, 15 * MINUTE), id="auto"),
        pytest.param("every:1h", (True, 60 * MINUTE), id="an hour"),
    ],
)
async def test_an_interval_that_is_given_holds_and_auto_follows_the_rhythm(
    ask: Ask, store: Store, typed: str, asked: tuple[bool, timedelta]
) -> None:
    await ask(f"source add {FEED} {typed}")
    feed = await saved(store, FEED)
    assert (feed.fixed, feed.every) == asked


async def test_an_interval_goes_back_to_the_rhythm_and_undo_sets_it_again(ask: Ask, store: Store) -> None:
    await ask(f"source add {FEED} every:1h")
    reply = await ask("source edit s4 every:auto")
    assert "asked as often as it publishes" in said(reply)
    assert not (await saved(store, FEED)).fixed
    again = await ask(buttons(reply)["Undo"])
    feed = await saved(store, FEED)
    assert (feed.fixed, feed.every) == (True, 60 * MINUTE)
    await ask(buttons(again)["Undo"])
    assert not (await saved(store, FEED)).fixed


async def test_what_nobody_reads_any_more_is_taken_up_with_a_new_selector(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    reading.answers[f"{NEWS} li a"] = (make_entry("echo"),)
    await ask(f'source add {NEWS} select:"h2 a" confirm:yes')
    reply = await ask(f'source add {NEWS} select:"li a"', channel="slack:C9")
    assert reply.refused
    assert "s4 reads that address as a page by the selector h2 a already" in said(reply)
    await ask("source remove s4")
    await ask(f'source add {NEWS} select:"li a"')
    assert (await saved(store, NEWS)).selector == "li a"
