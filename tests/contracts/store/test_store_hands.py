"""What people decide about stories holds, is undone as it was, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_report,
    make_update,
    save_story,
)
from watchers.errors import StoreError
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from watchers.clock import SteppedClock
    from watchers.store.rows_stories import Hand
    from watchers.store.store import Store
    from watchers.types import Story

LATER = NOON + timedelta(hours=3)
OTHER = "slack:C9"


async def merge(store: Store, into: int, other: int) -> Hand:
    return await store.hands.merge(into, other, by="slack:U1", by_name="Ada", at=LATER)


async def split(store: Store, source: int, *entries: int) -> Hand:
    return await store.hands.split(source, entries, by="slack:U1", by_name="Ada", at=LATER)


async def names(store: Store, number: int) -> list[str]:
    story = await store.stories.get(number)
    return [report.entry.key for report in story.reports] if story else []


async def join(store: Store, story: Story, name: str) -> Story:
    """Let one more report come to a story as the reader knew it."""
    (entry,) = await store.entries.add([make_entry(name)])
    report = make_report(entry)
    grown = replace(story, reports=(*story.reports, report))
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "now")])
        (update,) = await rooms.stories.save_updates([make_update(grown, report)])
    return update.story


async def test_a_merged_story_moves_with_all_its_reports_and_its_number_leads_there(newsroom: Store) -> None:
    first = await save_story(newsroom, "brig", "sloop")
    second = await save_story(newsroom, "cutter", at=NOON + 5 * MINUTE)
    hand = await merge(newsroom, first.number, second.number)
    assert (hand.kind, hand.story, hand.other, hand.entries) == ("merge", 1, 2, (3,))
    assert await names(newsroom, 1) == ["brig", "sloop", "cutter"]
    assert await newsroom.stories.get(2) is None
    assert await newsroom.find.stories("t2") == (1,)
    assert await newsroom.hands.survivor(2) == 1
    assert [one.number for one in await newsroom.hands.of(2)] == [hand.number]
    merged = await newsroom.stories.get(1)
    assert merged is not None
    assert (merged.opened, merged.updated) == (NOON, NOON)


async def test_updates_that_nobody_was_told_of_come_with_the_story_they_are_in_now(newsroom: Store) -> None:
    await save_story(newsroom, "brig")
    await save_story(newsroom, "cutter")
    await merge(newsroom, 1, 2)
    pending = await newsroom.announcements.unannounced()
    assert [(p.update.story.number, p.update.report.entry.key) for p in pending] == [
        (1, "brig"),
        (1, "cutter"),
    ]


async def test_parting_gives_a_story_its_own_reports_back_and_leaves_what_came_later(newsroom: Store) -> None:
    first = await save_story(newsroom, "brig")
    await save_story(newsroom, "cutter")
    await merge(newsroom, 1, 2)
    await join(newsroom, first, "sloop")
    hand = await newsroom.hands.part(2, at=LATER)
    assert hand is not None
    assert (hand.story, hand.other, hand.undone_at) == (1, 2, LATER)
    assert await names(newsroom, 1) == ["brig", "sloop"]
    assert await names(newsroom, 2) == ["cutter"]
    assert await newsroom.hands.survivor(2) == 2
    assert await newsroom.hands.of(1) == ()
    assert await newsroom.hands.part(2, at=LATER) is None


async def test_a_report_on_its_way_to_a_merged_story_reaches_the_one_that_stands(newsroom: Store) -> None:
    await save_story(newsroom, "brig")
    second = await save_story(newsroom, "cutter")
    await merge(newsroom, 1, 2)
    placed = await join(newsroom, second, "sloop")
    assert placed.number == 1
    assert await names(newsroom, 1) == ["brig", "cutter", "sloop"]
    assert await newsroom.stories.get(2) is None


async def test_merges_in_a_row_lead_to_the_last_story(newsroom: Store) -> None:
    for name in ("brig", "cutter", "sloop"):
        await save_story(newsroom, name)
    await merge(newsroom, 2, 3)
    await merge(newsroom, 1, 2)
    assert await newsroom.hands.survivor(3) == 1
    assert await newsroom.hands.family(1) == (1, 2, 3)
    hand = await newsroom.hands.part(3, at=LATER)
    assert hand is not None
    assert (hand.story, hand.entries) == (1, (3,))
    assert await names(newsroom, 1) == ["brig", "cutter"]


async def test_a_merging_that_comes_back_holds_what_it_held_and_leads_where_it_led(
    newsroom: Store,
) -> None:
    for names_of in (("brig",), ("cutter", "sloop"), ("ketch",)):
        await save_story(newsroom, *names_of)
    held = (await merge(newsroom, 1, 2)).entries
    await split(newsroom, 1, 3)  # the sloop, which is t4 now
    await merge(newsroom, 3, 1)
    await newsroom.hands.part(2, at=LATER)
    hand = await newsroom.hands.merge(1, 2, by="slack:U1", by_name="Ada", at=LATER, held=held)
    assert (hand.story, hand.entries) == (3, (2,)), "where its reports came to, and those that moved"
    assert await names(newsroom, 3) == ["brig", "cutter", "ketch"]
    await newsroom.hands.part(1, at=LATER)
    assert await newsroom.hands.survivor(2) == 1
    await merge(newsroom, 1, 4)
    await newsroom.hands.part(2, at=LATER)
    assert await names(newsroom, 2) == ["cutter", "sloop"]
    assert await names(newsroom, 1) == ["brig"]


async def test_a_split_opens_a_story_of_a_new_number_and_both_are_measured_anew(newsroom: Store) -> None:
    await save_story(newsroom, "brig", "sloop", "cutter")
    hand = await split(newsroom, 1, 2)
    assert (hand.kind, hand.story, hand.other, hand.entries) == ("split", 1, 2, (2,))
    assert await names(newsroom, 1) == ["brig", "cutter"]
    assert await names(newsroom, 2) == ["sloop"]
    new = await newsroom.stories.get(2)
    assert new is not None
    assert new.key == "sloop"
    await merge(newsroom, 1, 2)
    assert (await split(newsroom, 1, 2)).other == 3, "a number is never given twice"


async def test_the_report_that_opened_a_story_can_be_split_off_it(newsroom: Store) -> None:
    await save_story(newsroom, "brig", "sloop")
    await split(newsroom, 1, 1)
    assert await names(newsroom, 1) == ["sloop"]
    assert await names(newsroom, 2) == ["brig"]
    assert {one.number for one in await newsroom.stories.recent(since=NOON)} == {1, 2}


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((), id="nothing"),
        pytest.param((1, 2), id="everything"),
        pytest.param((9,), id="another story's report"),
    ],
)
async def test_a_split_that_would_leave_a_story_empty_is_refused(
    newsroom: Store, entries: tuple[int, ...]
) -> None:
    await save_story(newsroom, "brig", "sloop")
    with pytest.raises(StoreError):
        await split(newsroom, 1, *entries)
    assert await names(newsroom, 1) == ["brig", "sloop"]
    assert await newsroom.stories.last_number() == 1


async def test_every_decision_and_every_one_taken_back_changes_the_revision(newsroom: Store) -> None:
    await save_story(newsroom, "brig", "sloop")
    await save_story(newsroom, "cutter")
    seen = [await newsroom.hands.revision()]
    await merge(newsroom, 1, 2)
    seen.append(await newsroom.hands.revision())
    await newsroom.hands.part(2, at=LATER)
    seen.append(await newsroom.hands.revision())
    await split(newsroom, 1, 2)
    seen.append(await newsroom.hands.revision())
    assert seen == sorted(set(seen))


async def test_who_follows_a_merged_story_is_called_for_the_one_it_went_into(newsroom: Store) -> None:
    await save_story(newsroom, "brig")
    await save_story(newsroom, "cutter")
    await newsroom.followers.follow(1, MAIN, "slack:U1")
    await newsroom.followers.follow(2, MAIN, "slack:U2")
    await newsroom.followers.follow(2, MAIN, "slack:U1")
    await merge(newsroom, 1, 2)
    assert await newsroom.followers.of(1, MAIN) == ("slack:U1", "slack:U2")
    assert await newsroom.followers.unfollow(1, "slack:U2")
    assert await newsroom.followers.of(1, MAIN) == ("slack:U1",)
    await newsroom.hands.part(2, at=LATER)
    assert await newsroom.followers.of(1, MAIN) == ("slack:U1",)


async def test_who_followed_merged_stories_in_two_channels_is_called_in_the_later_one(
    newsroom: Store, clock: SteppedClock
) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    await save_story(newsroom, "brig")
    await save_story(newsroom, "cutter")
    await newsroom.followers.follow(1, MAIN, "slack:U1")
    clock.move_to(LATER)
    await newsroom.followers.follow(2, OTHER, "slack:U1")
    await merge(newsroom, 1, 2)
    assert await newsroom.followers.of(1, MAIN) == ()
    assert await newsroom.followers.of(1, OTHER) == ("slack:U1",)


async def test_the_steps_of_an_affair_are_linked_without_becoming_one_story(newsroom: Store) -> None:
    for name, hours in (("brig", 0), ("cutter", 1), ("sloop", 2)):
        await save_story(newsroom, name, at=NOON + timedelta(hours=hours))
    await newsroom.storylines.link(2, 1, made_by="bot", at=LATER)
    await newsroom.storylines.link(3, 2, made_by="bot", at=LATER)
    assert [step.story for step in await newsroom.storylines.earlier(3)] == [2, 1]
    assert await newsroom.storylines.linked([1, 2, 3]) == {2, 3}
    assert [(s.story, s.title) for s in await newsroom.storylines.later(1)] == [(2, "The cutter sails")]
    await newsroom.storylines.link(3, 1, made_by="bot", at=LATER)
    assert [step.story for step in await newsroom.storylines.earlier(3)] == [2, 1], "the first link stays"
    await newsroom.storylines.link(3, 1, made_by="hand", at=LATER)
    assert [step.story for step in await newsroom.storylines.earlier(3)] == [1]
    await merge(newsroom, 1, 2)
    assert [step.story for step in await newsroom.storylines.later(1)] == [3]
    assert await newsroom.storylines.earlier(1) == (), "no story is a step before itself"


async def test_earlier_stories_are_found_by_what_they_share_most(newsroom: Store) -> None:
    for name in ("brig", "cutter", "sloop"):
        await save_story(newsroom, name)
    await newsroom.storylines.note({1: {"pla:a", "n:b"}, 2: {"pla:a"}, 3: {"n:c"}})
    await newsroom.storylines.note({2: {"pla:a"}})
    window = {"since": NOON - MINUTE, "before": NOON + MINUTE}
    assert await newsroom.storylines.candidates({"pla:a", "n:b"}, **window, limit=5) == (1, 2)
    assert await newsroom.storylines.candidates({"pla:a", "n:b"}, **window, limit=1) == (1,)
    assert await newsroom.storylines.candidates({"pla:a"}, since=NOON - MINUTE, before=NOON, limit=5) == ()


async def test_a_correction_of_a_report_that_was_moved_meanwhile_is_its_new_storys(newsroom: Store) -> None:
    first = await save_story(newsroom, "brig", "sloop")
    await split(newsroom, 1, 2)
    sloop = first.reports[1]
    update = replace(make_update(first, sloop, at=LATER), kind="corrected", was=sloop.facts)
    (saved,) = await newsroom.stories.save_updates([update])
    assert saved.story.number == 2
    assert [one.update.story.number for one in await newsroom.announcements.unannounced()] == [1, 2, 2]
    assert [one.entry for one in await newsroom.stories.corrected(2)] == [2]
