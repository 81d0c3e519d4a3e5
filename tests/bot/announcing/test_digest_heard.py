"""Whose words stand for a story in a digest: a source's that the channel reads and has not muted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.announcing.audiences import audiences
from bot.announcing.digests import announce_digests, gather
from bot.wording.digest import ranked, shown
from tests.contracts.store.store_builders import (
    MAIN,
    NOON,
    make_entry,
    make_report,
    make_story,
    make_update,
)
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store

HOUR = timedelta(hours=1)
HARBOUR, COAST = 1, 2  # the feeds, as they are numbered
OTHER = "preview:coast"


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path) -> AsyncIterator[Store]:
    """Open a store with a channel that reads two feeds, another that reads the second, and one story.

    The first feed's report of it is the more relevant one.
    """
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=SteppedClock(NOON)) as opened:
        for channel, feeds in ((MAIN, ("harbour", "coast")), (OTHER, ("coast",))):
            await opened.channels.save(Channel(id=channel, name=channel))
            for name in feeds:
                feed = await opened.feeds.add(f"https://{name}.example/feed", name=name, every=HOUR)
                await opened.channels.follow(channel, feed.number)
        given = [make_entry("brig", feed=HARBOUR), make_entry("sloop", feed=COAST)]
        entries = await opened.entries.add(given)
        first, second = (make_report(e, score=s) for e, s in zip(entries, (0.95, 0.6), strict=True))
        async with opened.transaction() as rooms:
            await rooms.stories.save_reports([(first, "urgent"), (second, "digest")])
            await rooms.stories.save_updates(
                [
                    make_update(make_story(first), first),
                    make_update(make_story(first, second), second),
                ]
            )
        yield opened


async def told(store: Store, channel: str) -> tuple[list[str], int]:
    """Return the reports that stand for the stories of a channel's digest, and how many stories are muted."""
    (audience,) = [one for one in await audiences(store, now=NOON) if one.channel == channel]
    content = await gather(audience, NOON - HOUR, NOON + HOUR, store, of=NOON.date())
    return [shown(story, audience).entry.key for story in ranked(content)], content.muted


async def test_the_most_relevant_report_stands_for_its_story(store: Store) -> None:
    assert await told(store, MAIN) == (["brig"], 0)


async def test_a_source_that_a_channel_does_not_read_lends_no_headline(store: Store) -> None:
    assert await told(store, OTHER) == (["sloop"], 0)


async def test_a_muted_source_hides_no_report_of_another(store: Store) -> None:
    await store.mutes.add(MAIN, kind="source", target=str(HARBOUR), until=None)
    assert await told(store, MAIN) == (["sloop"], 0)


async def test_a_story_of_muted_sources_alone_is_held_back(store: Store) -> None:
    for feed in (HARBOUR, COAST):
        await store.mutes.add(MAIN, kind="source", target=str(feed), until=None)
    assert await told(store, MAIN) == ([], 1)


async def test_what_a_digest_counts_as_held_back_is_listed_with_its_mute(store: Store) -> None:
    mutes = [
        await store.mutes.add(MAIN, kind="source", target=str(feed), until=None) for feed in (HARBOUR, COAST)
    ]
    (story,) = await store.stories.recent(since=NOON - HOUR)
    made = await store.subscriptions.add(MAIN, name="d", at="12:00", days="daily", timezone="UTC")
    await store.subscriptions.schedule(made.number, next_run_at=NOON)
    assert await announce_digests(store, clock=SteppedClock(NOON + HOUR), fits=lambda *_: True) == 1
    assert [[one.story for one in await store.mutes.held(mute.number)] for mute in mutes] == [
        [story.number],
        [],
    ]


async def test_a_muted_second_source_keeps_the_first_ones_story(store: Store) -> None:
    await store.mutes.add(MAIN, kind="source", target=str(COAST), until=None)
    assert await told(store, MAIN) == (["brig"], 0)


async def test_a_muted_story_is_held_back_whoever_reports_it(store: Store) -> None:
    (story,) = await store.stories.recent(since=NOON - HOUR)
    await store.mutes.add(MAIN, kind="story", target=str(story.number), until=None)
    assert await told(store, MAIN) == ([], 1)


async def test_only_what_earns_the_place_stands_for_it(store: Store) -> None:
    (audience,) = [one for one in await audiences(store, now=NOON) if one.channel == MAIN]
    (story,) = await store.stories.recent(since=NOON - HOUR)
    low = replace(story, reports=tuple(make_report(r.entry, score=0.1) for r in story.reports))
    assert shown(low, audience).entry.key == "brig"
