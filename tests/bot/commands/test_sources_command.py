"""`source`: what a channel reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import MAIN, MINUTE
from watchers.errors import FetchError, ParseError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from tests.bot.commands.conftest import FeedsAtHand
    from watchers.errors import FeedError
    from watchers.store.rows import ChannelFeed
    from watchers.store.store import Store

FEED = "https://example.org/feed.xml"


async def link(store: Store, url: str) -> ChannelFeed | None:
    return next((one for one in await store.channels.feeds(MAIN) if one.url == url), None)


async def test_an_added_source_is_read_and_everybody_sees_who_added_it(ask: Ask, store: Store) -> None:
    reply = await ask(f'/watch source add {FEED} name:"Sea power" tag:navy,press every:30m lang:en')
    assert reply.shown == "channel"
    assert "Ada added s4 “Sea power”" in said(reply)
    added = await link(store, FEED)
    assert added is not None
    assert (added.name, added.tags, added.active) == ("Sea power", ("navy", "press"), True)
    feed = await store.feeds.get(4)
    assert feed is not None
    assert (feed.every, feed.fixed) == (30 * MINUTE, True)


async def test_undo_takes_an_added_source_out_again(ask: Ask, store: Store) -> None:
    reply = await ask(f"source add {FEED}")
    assert await link(store, FEED)
    await ask(buttons(reply)["Undo"])
    assert await link(store, FEED) is None


async def test_a_source_that_is_read_already_is_named(ask: Ask) -> None:
    reply = await ask("source add https://harbour.example/feed")
    assert reply.refused
    assert "Harbour Post (s1) is read here already" in said(reply)
    assert "/watch source show s1" in said(reply)


@pytest.mark.parametrize(
    ("undone", "changed"),
    [
        pytest.param("source edit s1 name:Sea tag:x,y every:1h", "changed s1", id="edited"),
        pytest.param("source edit s2 tag:a", "changed s2", id="given its first tag"),
        pytest.param("source pause s1", "paused s1", id="paused"),
        pytest.param("source remove s1", "took out s1", id="taken out"),
    ],
)
async def test_undo_brings_a_source_back_as_it_was(
    ask: Ask, dump: Callable[[], dict[str, list[tuple[object, ...]]]], undone: str, changed: str
) -> None:
    before = dump()["channel_feed"]
    reply = await ask(undone)
    assert changed in said(reply)
    assert dump()["channel_feed"] != before
    await ask(buttons(reply)["Undo"])
    now = dump()["channel_feed"]
    # A name that was the feed's own is then written out; the rest is the same to the letter.
    assert [row[:2] + row[3:] for row in now] == [row[:2] + row[3:] for row in before]


async def test_a_paused_source_that_was_taken_out_comes_back_paused(ask: Ask, store: Store) -> None:
    await ask("source pause s1")
    reply = await ask("source remove harbour")
    await ask(buttons(reply)["Undo"])
    back = await link(store, "https://harbour.example/feed")
    assert back is not None
    assert (back.paused, back.name, back.tags) == (True, "Harbour Post", ("navy",))


async def test_editing_without_options_opens_a_form_with_what_there_is(ask: Ask) -> None:
    reply = await ask("source edit s1")
    assert reply.sheet is not None
    assert {q.name: q.value for q in reply.sheet.questions} == {
        "name": "Harbour Post",
        "tag": "navy",
        "every": "auto",
    }


async def test_a_part_of_a_name_near_a_source_is_answered_with_its_name(ask: Ask) -> None:
    reply = await ask("source show harbor")
    assert reply.refused
    assert "Did you mean Harbour Post (s1)?" in said(reply)
    assert "Try: /watch source show s1" in said(reply)


async def test_a_part_of_several_names_lists_them(ask: Ask) -> None:
    reply = await ask("source pause post")
    assert reply.refused
    assert "Harbour Post (s1), Coast Post (s2)" in said(reply)


async def test_the_list_is_cut_into_pages_of_twenty(ask: Ask, store: Store) -> None:
    for n in range(43):
        feed = await store.feeds.add(f"https://more{n}.example/feed", name=f"More {n}", every=15 * MINUTE)
        await store.channels.follow(MAIN, feed.number)
    first = await ask("source list")
    assert len(rows(first)) == 20
    assert "Back" not in buttons(first)
    second = await ask(buttons(first)["Next"])
    last = await ask(buttons(second)["Next"])
    assert [row[0] for row in rows(last)] == ["s42", "s43", "s44", "s45", "s46"]
    assert "Next" not in buttons(last)
    assert rows(await ask(buttons(last)["Back"])) == rows(second)


async def test_the_list_of_a_tag_has_only_its_sources(ask: Ask) -> None:
    assert [row[0] for row in rows(await ask("source list tag:navy"))] == ["s1"]
    reply = await ask("source list tag:navi")
    assert reply.refused
    assert "tag:navy" in said(reply)


async def test_a_source_is_shown_with_its_latest_articles(ask: Ask) -> None:
    reply = await ask("source show s1")
    assert "The corvette sails (a2)" in said(reply)
    assert buttons(reply)["Pause"] == "source pause s1"
    await ask("source pause s1")
    assert buttons(await ask("source show s1"))["Resume"] == "source resume s1"


async def test_a_tried_feed_shows_its_last_three_entries_and_keeps_nothing(
    ask: Ask, dump: Callable[[], dict[str, list[tuple[object, ...]]]]
) -> None:
    before = dump()
    reply = await ask(f"source test {FEED}")
    assert {"The alpha sails", "The bravo sails", "The charlie sails"} <= set(said(reply).split("\n"))
    assert "The delta sails" not in said(reply)
    assert "English" in said(reply)
    assert dump() == before
    assert (await ask(buttons(reply)["Add it"])).shown == "channel"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(
            FetchError("it answers 404", url=FEED, status=404), "no such page any more", id="gone page"
        ),
        pytest.param(
            FetchError("it answers 403", url=FEED, status=403), "does not let the bot in", id="barred"
        ),
        pytest.param(FetchError("it answers 429", url=FEED, status=429), "fewer visits", id="too often"),
        pytest.param(FetchError("it answers 503", url=FEED, status=503), "own trouble", id="out of order"),
        pytest.param(FetchError("no such host", url=FEED), "spelt right", id="no host"),
        pytest.param(ParseError("this is no feed", url=FEED), "not with a feed", id="a page"),
        pytest.param(RefusedError("10.0.0.1 is private", url=FEED), "public addresses only", id="inside"),
    ],
)
async def test_a_feed_that_cannot_be_read_says_why_and_what_to_do(
    ask: Ask, reading: FeedsAtHand, error: FeedError, told: str
) -> None:
    reading.answers[FEED] = error
    reply = await ask(f"source test {FEED}")
    assert str(error) in said(reply)
    assert told in said(reply)


async def test_a_channel_without_sources_says_how_to_add_one(ask: Ask) -> None:
    await ask("source remove s3", channel="slack:C9")
    reply = await ask("source list", channel="slack:C9")
    assert "/watch source add https://example.org/feed.xml" in said(reply)


async def test_a_bound_channel_changes_the_sources_it_shares(ask: Ask, store: Store) -> None:
    await ask('settings set bind "preview:main"', channel="slack:C9", asker="shell:operator")
    await ask("source pause s1", channel="slack:C9")
    paused = await link(store, "https://harbour.example/feed")
    assert paused is not None
    assert paused.paused


async def test_a_source_the_operator_reads_at_a_private_address_comes_back_too(
    ask: Ask, store: Store
) -> None:
    inside = "http://127.0.0.1:8900/feed"
    feed = await store.feeds.add(inside, name="Newsroom", every=15 * MINUTE, origin="file")
    await store.channels.follow(MAIN, feed.number)
    reply = await ask("source remove newsroom")
    assert await link(store, inside) is None
    await ask(buttons(reply)["Undo"])
    assert await link(store, inside)
    assert (await ask("source add http://127.0.0.1:8901/feed")).refused


async def test_a_source_that_was_paused_is_not_paused_again(ask: Ask) -> None:
    await ask("source pause s1")
    reply = await ask("source pause s1")
    assert reply.refused
    assert "/watch source resume s1" in said(reply)


async def test_a_name_with_quotation_marks_survives_undo(ask: Ask, store: Store) -> None:
    await store.channels.relabel(MAIN, 1, name='The "Harbour" Post', tags=())
    await ask(buttons(await ask("source remove s1"))["Undo"])
    back = await link(store, "https://harbour.example/feed")
    assert back is not None
    assert back.name == 'The "Harbour" Post'


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(FetchError("it sent a page", url=FEED, status=200), "not with a feed", id="a web page"),
        pytest.param(FetchError("it answers 404", url=FEED, status=404), "no such page", id="no such page"),
        pytest.param(ParseError("this is no feed", url=FEED), "not with a feed", id="another document"),
        pytest.param(RefusedError("10.0.0.1 is private", url=FEED), "poll.allow", id="an address inside"),
    ],
)
async def test_what_will_never_be_a_feed_is_not_added(
    ask: Ask, store: Store, reading: FeedsAtHand, error: FeedError, told: str
) -> None:
    reading.answers[FEED] = error
    reply = await ask(f"source add {FEED}")
    assert reply.refused
    assert told in said(reply)
    assert await link(store, FEED) is None


async def test_a_feed_that_is_out_of_order_now_is_added_with_a_word_about_it(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    reading.answers[FEED] = FetchError("it answers 503", url=FEED, status=503)
    reply = await ask(f"source add {FEED}")
    assert "could not be read just now: it answers 503" in said(reply)
    assert await link(store, FEED)


async def test_an_address_inside_that_may_be_opened_is_added(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    inside = "http://127.0.0.1:8901/feed"
    reading.answers[inside] = reading.answers[FEED]
    assert not (await ask(f"source add {inside}")).refused
    assert await link(store, inside)


async def test_an_added_source_is_called_what_its_feed_calls_itself(
    ask: Ask, store: Store, reading: FeedsAtHand
) -> None:
    await ask(f"source add {FEED}")
    added = await link(store, FEED)
    known = reading.answers[FEED]
    assert added is not None
    assert isinstance(known, tuple)
    assert added.name == known[0].outlet


@pytest.mark.parametrize("verb", ["add", "test"])
async def test_an_address_without_its_scheme_is_shown_whole(ask: Ask, verb: str) -> None:
    reply = await ask(f"source {verb} example.org/feed.xml")
    assert reply.refused
    assert f"Try: /watch source {verb} {FEED}" in said(reply)
