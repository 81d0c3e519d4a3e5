"""An article that several feeds carry: who is still to hear of it, and how it is read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MINUTE, NOON, make_entry, save_story
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.clock import SteppedClock
    from watchers.store.store import Store
    from watchers.types import Entry

HARBOUR, COAST = 1, 2
OTHER = "preview:other"
DAY = timedelta(days=1)


async def told(store: Store) -> int:
    """Open a story of the first feed's and note that everybody was told; return its entry's number."""
    story = await save_story(store, "brig")
    await store.announcements.mark([one.id for one in await store.announcements.unannounced()], at=NOON)
    return story.lead.entry.number


def again(*, feed: int = COAST, at: datetime = NOON + MINUTE, archive: bool = False) -> Entry:
    return replace(make_entry("brig", feed=feed, seen=at), archive=archive)


@pytest.fixture
async def two(newsroom: Store) -> Store:
    """Let another channel read the second feed alone."""
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await newsroom.channels.follow(OTHER, COAST)
    return newsroom


async def test_a_story_goes_on_for_those_who_read_only_the_second_feed(two: Store) -> None:
    number = await told(two)
    assert await two.entries.add([again()]) == ()
    (pending,) = await two.announcements.unannounced()
    update = pending.update
    assert (update.kind, update.carrier, update.report.entry.number) == ("carried", COAST, number)
    assert update.report.entry.also_in == {COAST}
    assert (update.new_facts, update.new_origin) == ((), False)
    await two.announcements.mark([pending.id], at=NOON)
    await two.entries.add([again(at=NOON + 2 * MINUTE)])
    assert await two.announcements.unannounced() == (), "once"


async def test_nobody_is_left_out_where_all_its_readers_read_the_first_feed(newsroom: Store) -> None:
    await told(newsroom)
    await newsroom.entries.add([again()])
    assert await newsroom.announcements.unannounced() == ()


@pytest.mark.parametrize(
    ("after", "archive"),
    [
        pytest.param(MINUTE, True, id="in the archive of a feed that is new"),
        pytest.param(3 * DAY, False, id="days later"),
    ],
)
async def test_what_is_old_there_is_no_news(
    two: Store, clock: SteppedClock, after: timedelta, *, archive: bool
) -> None:
    await told(two)
    clock.move_to(NOON + after)
    await two.entries.add([again(at=NOON + after, archive=archive)])
    assert await two.announcements.unannounced() == ()
    (story,) = await two.stories.ranked(start=NOON - DAY, end=NOON + DAY)
    assert story.lead.entry.also_in == {COAST}, "known all the same"


async def test_a_source_that_is_paused_brings_nobody_anything(two: Store) -> None:
    await two.channels.pause_feed(OTHER, COAST, paused=True)
    await told(two)
    await two.entries.add([again()])
    assert await two.announcements.unannounced() == ()


async def test_what_another_feed_carries_is_no_news_for_a_digest(two: Store) -> None:
    await told(two)
    await two.entries.add([again()])
    assert len(await two.announcements.unannounced()) == 1
    assert len(await two.stories.ranked(start=NOON - DAY, end=NOON + DAY, after=0)) == 1
    assert await two.stories.ranked(start=NOON - DAY, end=NOON + DAY, after=1) == ()
