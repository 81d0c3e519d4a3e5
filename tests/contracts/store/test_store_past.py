"""What the sources of a channel brought, as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_report, save_story
from watchers.types import Watch

if TYPE_CHECKING:
    from watchers.store.store import Store


async def test_the_past_holds_what_was_read_and_what_waits_newest_first_without_facts(
    newsroom: Store,
) -> None:
    story = await save_story(newsroom, "frigate")
    await newsroom.entries.add([make_entry("corvette")])
    waiting, read = await newsroom.reports.past(NOON - MINUTE, feeds={1}, limit=10)
    assert (waiting.entry.key, waiting.report, waiting.story) == ("corvette", None, None)
    assert (read.entry.key, read.story) == ("frigate", story.number)
    assert read.report is not None
    kept = make_report(read.entry, facts=())
    assert read.report == kept
    assert read.report.vector is not None
    assert kept.vector is not None
    assert np.array_equal(read.report.vector, kept.vector)


async def test_the_past_is_that_of_some_feeds_since_a_moment_and_no_more_than_asked_for(
    newsroom: Store,
) -> None:
    await newsroom.entries.add([make_entry("old", seen=NOON - 9 * MINUTE), make_entry("a"), make_entry("b")])
    await newsroom.entries.add([make_entry("theirs", feed=2)])
    past = newsroom.reports.past
    assert [one.entry.key for one in await past(NOON - MINUTE, feeds={1}, limit=10)] == ["b", "a"]
    assert [one.entry.key for one in await past(NOON - MINUTE, feeds={1, 2}, limit=2)] == ["theirs", "b"]
    assert await past(NOON - MINUTE, feeds=(), limit=10) == ()


async def test_an_exemplar_that_was_removed_can_be_given_to_a_likeness(newsroom: Store) -> None:
    like = Watch(number=0, channel=MAIN, name="like", expression="frigate", kind="like")
    watch = await newsroom.watches.add(like)
    given = await newsroom.exemplars.add(MAIN, title="Frigates", text="Frigates\nordered", lang="en")
    await newsroom.exemplars.remove(MAIN, given.number)
    assert await newsroom.exemplars.restore(MAIN, given.number, watch_number=watch.number)
    (beat,) = await newsroom.exemplars.beats(())
    assert beat.key == f"r{watch.number}"
    assert not await newsroom.exemplars.restore(MAIN, given.number)
