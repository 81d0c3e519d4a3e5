"""Alert budgets: cards are counted by channel and day, and what waits for a digest is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_letter,
    make_report,
    save_story,
)
from watchers.store.rows import Channel
from watchers.store.rows_chat import Deferred

if TYPE_CHECKING:
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

OTHER = "slack:C9"


async def card(store: Store, story: int, *, channel: str = MAIN, exempt: bool = False) -> None:
    number = await store.outbox.enqueue(make_letter(f"{channel}/t{story}/card", channel=channel, story=story))
    assert number is not None
    await store.announcements.note_card(story, channel, outbox=number, exempt=exempt)


async def test_cards_count_from_a_moment_on_and_exempt_ones_do_not(
    newsroom: Store, clock: SteppedClock
) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    first, second, third = [(await save_story(newsroom, name)).number for name in ("a", "b", "c")]
    await card(newsroom, first)
    clock.move_to(NOON + 5 * MINUTE)
    await card(newsroom, second)
    await card(newsroom, second, channel=OTHER)
    await card(newsroom, third, exempt=True)
    assert await newsroom.budgets.spent(MAIN, since=NOON) == 2
    assert await newsroom.budgets.spent(MAIN, since=NOON + MINUTE) == 1
    assert await newsroom.budgets.spent(MAIN, since=NOON + timedelta(days=1)) == 0


async def test_a_card_written_in_a_transaction_counts_within_it(newsroom: Store) -> None:
    story = (await save_story(newsroom, "a")).number
    async with newsroom.transaction() as rooms:
        number = await rooms.outbox.enqueue(make_letter("k", story=story))
        assert number is not None
        await rooms.announcements.note_card(story, MAIN, outbox=number)
        assert await rooms.budgets.spent(MAIN, since=NOON) == 1


async def test_what_waits_is_known_once_with_its_last_time_until_it_has_a_card(newsroom: Store) -> None:
    story = (await save_story(newsroom, "a")).number
    await newsroom.budgets.defer(story, MAIN, budget=8, at=NOON)
    await newsroom.budgets.defer(story, MAIN, budget=5, at=NOON + MINUTE)
    last = Deferred(story=story, channel=MAIN, budget=5, at=NOON + MINUTE)
    assert await newsroom.budgets.deferral(story, MAIN) == last
    assert await newsroom.budgets.deferral(story, OTHER) is None
    assert await newsroom.budgets.deferred(MAIN) == (last,)
    assert await newsroom.budgets.deferred(MAIN, since=NOON + 2 * MINUTE) == ()
    await card(newsroom, story)
    assert await newsroom.budgets.deferred(MAIN) == ()
    assert await newsroom.budgets.deferral(story, MAIN) == last


async def test_contenders_are_what_may_alert_of_the_sources_named(newsroom: Store) -> None:
    story = await save_story(newsroom, "strong")
    weak, middling, archived, coast = await newsroom.entries.add(
        [
            make_entry("weak"),
            make_entry("middling"),
            replace(make_entry("archived"), archive=True),
            make_entry("coast", feed=2),
        ]
    )
    await newsroom.stories.save_reports(
        [
            (make_report(weak, score=0.1), "store"),
            (make_report(middling, score=0.5), "digest"),
            (make_report(archived, score=0.9), "now"),
            (make_report(coast, score=0.9), "now"),
        ]
    )
    found = await newsroom.budgets.contenders(NOON, feeds={1})
    assert [(one.entry.key, one.story) for one in found] == [("middling", None), ("strong", story.number)]
    assert all(one.report is not None and not one.report.facts for one in found)
    assert await newsroom.budgets.contenders(NOON + MINUTE, feeds={1, 2}) == ()
