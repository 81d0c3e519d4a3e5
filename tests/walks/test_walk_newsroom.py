"""From feeds to a channel, with everything real but the clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from bot.commands.request import Asker, Request
from bot.demo import CHANNEL, END, START
from bot.messages import Facts, Table
from bot.newsroom.content import load
from watchers.relevance.embedders.builtin import BUILTIN_ID

if TYPE_CHECKING:
    from bot.messages import Message
    from bot.platforms.preview.posts import Posted
    from tests.walks.conftest import Begin, Walk

OUTLETS = load()
MORNING = datetime(2025, 8, 20, 8, 0, tzinfo=UTC)


async def posts(walk: Walk, kind: str) -> list[Posted]:
    return [post for post in await walk.preview.history(1000) if post.message.kind == kind]


async def ask(walk: Walk, text: str) -> Message:
    operator = Asker(id="page:operator", name="The operator", manages=True)
    reply = await walk.app.commands.answer(Request(text=text, channel=CHANNEL, asker=operator))
    assert reply is not None
    assert not reply.refused, reply.message.notice
    return reply.message


async def test_the_newsroom_day_becomes_alerts_updates_and_one_digest(begin: Begin) -> None:
    async with begin(model=True) as walk:
        await walk.until(END)
        alerts, updates, digests = [await posts(walk, kind) for kind in ("alert", "update", "digest")]

        assert walk.app.watcher.model_fault == ""
        cards = [block for post in alerts for block in post.message.blocks if isinstance(block, Facts)]
        assert any(len(card.lines) >= 3 for card in cards)
        for line in (line for card in cards for line in card.lines):
            assert line.mention in line.sentence
        assert len(digests) == 1

        stories = await walk.app.store.stories.ranked(start=START, end=walk.clock.now())
        across = [s for s in stories if len({r.entry.outlet for r in s.reports}) >= 2]
        assert any(len({r.entry.lang for r in s.reports}) >= 2 for s in across)
        assert {post.message.thread for post in updates} <= {post.message.thread for post in alerts}
        reports = [report for story in stories for report in story.reports]
        assert {report.relevance.model for report in reports} == {BUILTIN_ID}


@pytest.mark.long
async def test_the_days_first_card_is_english_few_are_urgent_and_stories_are_as_they_were_written(
    begin: Begin,
) -> None:
    """What a newcomer sees first; the sample items name the event that each of them reports."""
    written = {f"/{outlet.slug}/{item.slug}": item.story for outlet in OUTLETS for item in outlet.items}
    async with begin(model=True) as walk:
        await walk.until(END, step=timedelta(minutes=15))
        alerts = [post.message for post in await posts(walk, "alert")]
        told = [await walk.app.store.stories.get(int(message.thread[1:])) for message in alerts]
        assert next(one.lead.entry.lang for one in told if one) == "en"
        assert [message.urgent for message in alerts].count(True) == 2, "the talks and the tour"
        assert len(alerts) == 5
        for one in await walk.app.store.stories.ranked(start=START, end=walk.clock.now()):
            assert len({written[urlsplit(report.entry.link).path] for report in one.reports}) == 1
        events = [written[urlsplit(one.lead.entry.link).path] for one in told if one]
        assert len(set(events)) == len(events), "no event has two cards"


async def test_look_alikes_are_left_out_with_the_reason(begin: Begin) -> None:
    async with begin(model=True) as walk:
        await walk.until(END)
        told = [post.message.notice for post in await posts(walk, "alert") + await posts(walk, "update")]
        entries = await walk.app.store.entries.since(START, limit=500)
        boxer = next(entry for entry in entries if "title defence" in entry.title)
        assert not any(boxer.title in notice for notice in told)

        why = await ask(walk, f"/watch why a{boxer.number}")
        assert "Nakatani" in str(why.blocks)
        assert "relevance" in why.notice
        again = await ask(walk, f"/watch why a{boxer.number}")
        assert again == why


async def test_a_restart_goes_on_where_it_stopped(begin: Begin) -> None:
    noon = datetime(2025, 8, 19, 12, 0, tzinfo=UTC)
    async with begin() as walk:
        await walk.until(noon)
        first = [post.key for post in await walk.preview.history(1000)]
        entries = await walk.app.store.entries.count()
        assert first
    async with begin(at=noon) as walk:
        await walk.round()
        shown = [post.key for post in await walk.preview.history(1000)]
        assert shown[: len(first)] == first
        assert len(shown) == len(set(shown))
        assert await walk.app.store.entries.count() >= entries


async def test_what_was_stored_and_not_read_is_read_after_a_crash(begin: Begin) -> None:
    noon = datetime(2025, 8, 19, 12, 0, tzinfo=UTC)
    async with begin() as walk:
        walk.clock.move_to(noon)
        await walk.app.poll()
        waiting = len(await walk.app.store.entries.unread())
        assert waiting
    async with begin(at=noon) as walk:
        await walk.app.read()
        assert not await walk.app.store.entries.unread()


async def test_a_new_feed_with_an_archive_announces_at_most_a_few(begin: Begin) -> None:
    async with begin(at=END) as walk:
        await walk.round()
        alerts = await posts(walk, "alert")
        feeds = len(walk.newsroom.feeds)
        assert 0 < len(alerts) <= 3 * feeds
        per_feed: dict[int, int] = {}
        for post in alerts:
            story = await walk.app.store.stories.get(int(post.message.thread[1:]))
            assert story is not None
            per_feed[story.lead.entry.feed] = per_feed.get(story.lead.entry.feed, 0) + 1
        assert max(per_feed.values()) <= 3


async def test_a_second_poll_stores_and_sends_nothing(begin: Begin) -> None:
    async with begin() as walk:
        await walk.until(datetime(2025, 8, 19, 13, 0, tzinfo=UTC))
        before = (await walk.app.store.entries.count(), len(await walk.preview.history(1000)))
        feeds = await walk.app.store.feeds.all()
        await walk.app.store.feeds.hurry([feed.number for feed in feeds])
        await walk.round()
        assert (await walk.app.store.entries.count(), len(await walk.preview.history(1000))) == before


async def test_a_digest_of_a_day_comes_once_and_after_downtime_late(begin: Begin) -> None:
    async with begin() as walk:
        await walk.until(datetime(2025, 8, 19, 14, 0, tzinfo=UTC))
        walk.clock.move_to(MORNING + timedelta(hours=3))
        await walk.round()
        await walk.round()
        digests = await posts(walk, "digest")
        assert len(digests) == 1
        assert "late" in digests[0].message.notice


async def test_without_a_model_the_walk_still_alerts(begin: Begin) -> None:
    async with begin() as walk:
        await walk.until(datetime(2025, 8, 19, 13, 0, tzinfo=UTC))
        assert await posts(walk, "alert")
        stories = await walk.app.store.stories.ranked(start=START, end=walk.clock.now())
        assert {r.relevance.model for s in stories for r in s.reports} == {"none"}


async def test_a_rule_added_in_chat_fires_on_the_next_entry(begin: Begin) -> None:
    async with begin() as walk:
        await walk.until(datetime(2025, 8, 19, 7, 0, tzinfo=UTC))
        await ask(walk, '/watch rule add "spraying drones" name:farms alert:now')
        await walk.until(datetime(2025, 8, 19, 8, 0, tzinfo=UTC))
        alerts = await posts(walk, "alert")
        assert any("farms" in str(post.message.blocks) for post in alerts)


async def test_every_command_answers(begin: Begin) -> None:
    async with begin() as walk:
        await walk.until(datetime(2025, 8, 19, 13, 0, tzinfo=UTC))
        for text in (
            "/watch help",
            "/watch help source",
            "/watch status",
            "/watch status of:feeds",
            "/watch status of:delivery",
            "/watch source list",
            "/watch source show s1",
            "/watch rule list",
            "/watch rule test Nakatani days:2",
            "/watch exemplar list",
            "/watch digest preview since:12h",
            "/watch digest list",
            "/watch digest history",
            "/watch digest now since:12h",
            "/watch search Nakatani",
            "/watch setup",
            "/watch source test {feed}",
            "/watch rule show r1",
            "/watch story timeline t1",
            "/watch story follow t1",
            "/watch mute add t1 for:1d",
            "/watch mute list",
            "/watch settings show",
            "/watch settings audit",
            "/watch export facts",
            "/watch vote up t1",
            "/watch why t1",
            "/watch story show t1",
            "/watch facts t1",
            "/watch facts a1",
        ):
            message = await ask(walk, text.format(feed=walk.newsroom.feeds[0][1]))
            assert message.blocks, text
            assert message.notice, text
        status = await ask(walk, "/watch status of:feeds")
        table = next(block for block in status.blocks if isinstance(block, Table))
        assert len(table.rows) == len(walk.newsroom.feeds)


async def test_pausing_a_source_stops_it_here_and_resuming_brings_it_back(begin: Begin) -> None:
    async with begin() as walk:
        await walk.round()
        await ask(walk, "/watch source pause s1")
        feeds = await walk.app.store.feeds.due(now=walk.clock.now() + timedelta(days=1))
        assert 1 not in {feed.number for feed in feeds}
        await ask(walk, "/watch source resume s1")
        feeds = await walk.app.store.feeds.due(now=walk.clock.now())
        assert 1 in {feed.number for feed in feeds}


async def test_polls_and_commands_go_on_side_by_side(begin: Begin) -> None:
    async with begin() as walk:
        walk.clock.move_to(datetime(2025, 8, 19, 12, 0, tzinfo=UTC))
        results = await asyncio.gather(walk.app.poll(), ask(walk, "/watch status"), ask(walk, "/watch help"))
        assert all(message.blocks for message in results[1:])
