"""Reports, stories and what is announced of them come back as they went in."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_fact,
    make_letter,
    make_report,
    make_story,
    make_update,
    save_story,
)
from watchers.errors import StoreError, UnstorableError
from watchers.facts.quotes import MAX_LENGTH
from watchers.types import Count, Money, Named, Period, Person, Share, Words

if TYPE_CHECKING:
    from watchers.store.store import Store
    from watchers.types import FactValue

VALUES = (
    Money(low=Decimal("0.1"), high=Decimal(10) ** 15, currency="JPY"),
    Count(low=3, high=10**12),
    Share(percent=Decimal("12.5"), points=True),
    Period(text="2028-Q4"),
    Named(name="Türkiye", entity="loc:TR"),
    Person(name="A; B", role="minister; acting", of="", entity="per:x"),
    Words(text="“quoted”\nover two lines"),
)


async def test_the_longest_quotation_is_kept_whole(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig")])
    signs = "".join(chr(0x20000 + n * 37 % 40_000) for n in range(MAX_LENGTH))  # nothing that packs well
    fact = make_fact(entry, Words(text=signs))
    await newsroom.stories.save_reports([(make_report(entry, facts=(fact,)), "now")])
    (stored,) = await newsroom.stories.facts(entry_number=entry.number)
    assert stored.fact == fact


async def test_what_no_database_takes_is_told_from_one_that_takes_nothing_now(newsroom: Store) -> None:
    nobodys = replace(make_entry("brig"), number=999)
    with pytest.raises(UnstorableError):
        await newsroom.stories.save_reports([(make_report(nobodys), "now")])


async def test_a_report_comes_back_whole(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig", summary="Said “yes” ✓.")])
    report = make_report(entry)
    await newsroom.stories.save_reports([(report, "urgent")])
    why = await newsroom.find.why(entry.number)
    assert why is not None
    assert (why.report, why.decision) == (report, "urgent")
    assert why.report is not None
    assert why.report.vector is not None
    np.testing.assert_array_equal(why.report.vector, report.vector)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
async def test_every_kind_of_value_comes_back(newsroom: Store, value: FactValue) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig")])
    fact = make_fact(entry, value)
    await newsroom.stories.save_reports([(make_report(entry, facts=(fact,)), "now")])
    (stored,) = await newsroom.stories.facts(entry_number=entry.number)
    assert stored.fact == fact
    assert (stored.entry, stored.title, stored.outlet) == (entry.number, entry.title, "Harbour Post")


async def test_a_report_without_a_model_has_no_vector(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig")])
    await newsroom.stories.save_reports([(replace(make_report(entry), vector=None), "store")])
    why = await newsroom.find.why(entry.number)
    assert why is not None
    assert why.report is not None
    assert why.report.vector is None


async def test_an_entry_keeps_its_first_report(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig")])
    for score in (0.8, 0.1):
        await newsroom.stories.save_reports([(make_report(entry, score=score), "now")])
    why = await newsroom.find.why(entry.number)
    assert why is not None
    assert why.report is not None
    assert why.report.relevance.score == 0.8
    assert len(why.report.facts) == 1


async def test_a_story_comes_back_with_its_reports_in_the_order_they_joined(newsroom: Store) -> None:
    story = await save_story(newsroom, "sloop", "brig", "cutter")
    assert story.number == 1
    assert [report.entry.key for report in story.reports] == ["sloop", "brig", "cutter"]
    assert await newsroom.stories.get(1) == story
    assert await newsroom.stories.recent(since=NOON) == (story,)
    assert await newsroom.stories.recent(since=NOON + MINUTE) == ()
    assert await newsroom.stories.get(2) is None


async def test_a_report_that_joins_later_keeps_the_number_and_moves_the_time(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    (entry,) = await newsroom.entries.add([make_entry("sloop")])
    report = make_report(entry)
    grown = replace(make_story(*story.reports, report, updated=NOON + MINUTE), number=0)
    await newsroom.stories.save_reports([(report, "digest")])
    (saved,) = await newsroom.stories.save_updates([make_update(grown, report, at=NOON + MINUTE)])
    assert saved.story.number == story.number
    assert await newsroom.stories.recent(since=NOON + MINUTE) == (saved.story,)


async def test_saving_the_same_updates_twice_changes_nothing(newsroom: Store) -> None:
    await save_story(newsroom, "brig", "sloop")
    pending = await newsroom.announcements.unannounced()
    await newsroom.stories.save_updates([one.update for one in pending])
    assert await newsroom.announcements.unannounced() == pending


async def test_a_story_needs_stored_reports(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig")])
    report = make_report(entry)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        await newsroom.stories.save_updates([make_update(make_story(report), report)])
    assert await newsroom.stories.get(1) is None


async def test_stories_of_a_window_come_with_the_most_relevant_first(newsroom: Store) -> None:
    for name, score, minutes in (("dull", 0.2, 0), ("good", 0.7, 1), ("best", 0.9, 2), ("late", 0.99, 3)):
        await save_story(newsroom, name, score=score, at=NOON + minutes * MINUTE)
    end = NOON + 3 * MINUTE
    assert [s.key for s in await newsroom.stories.ranked(start=NOON, end=end)] == ["best", "good", "dull"]
    assert [s.key for s in await newsroom.stories.ranked(start=NOON, end=end, at_least=0.5)] == [
        "best",
        "good",
    ]
    assert [s.key for s in await newsroom.stories.ranked(start=NOON, end=end, limit=1)] == ["best"]


async def test_reports_of_a_decision_come_with_the_most_relevant_first(newsroom: Store) -> None:
    entries = await newsroom.entries.add([make_entry(name) for name in ("dull", "near", "told")])
    dull, near, told = entries
    await newsroom.stories.save_reports(
        [
            (make_report(dull, score=0.1), "store"),
            (make_report(near, score=0.45), "store"),
            (make_report(told, score=0.9), "now"),
        ]
    )
    left_out = await newsroom.stories.judged("store", start=NOON, end=NOON + MINUTE, limit=5)
    assert [report.entry.key for report in left_out] == ["near", "dull"]
    assert await newsroom.stories.judged("store", start=NOON + MINUTE, end=NOON + 2 * MINUTE, limit=5) == ()


async def test_facts_are_found_by_story_and_type(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig", "sloop")
    await save_story(newsroom, "other")
    assert [f.title for f in await newsroom.stories.facts(story_number=story.number)] == [
        "The sloop sails",
        "The brig sails",
    ]
    assert len(await newsroom.stories.facts(kind="money", limit=2)) == 2
    assert await newsroom.stories.facts(kind="quote") == ()
    assert await newsroom.stories.facts(since=NOON + MINUTE) == ()


async def test_an_update_waits_to_be_announced_with_the_story_as_it_was(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig", "sloop")
    opened, joined = await newsroom.announcements.unannounced()
    assert (opened.update.kind, joined.update.kind) == ("opened", "joined")
    assert opened.update.story == replace(story, reports=story.reports[:1])
    assert joined.update.story == story
    assert joined.update.report == story.reports[1]
    assert joined.update.new_facts == story.reports[1].facts
    assert await newsroom.announcements.unannounced(limit=1) == (opened,)


async def test_announcing_and_writing_the_message_are_one_thing(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    (pending,) = await newsroom.announcements.unannounced()
    with contextlib.suppress(ZeroDivisionError):
        async with newsroom.transaction() as tx:
            await tx.outbox.enqueue(make_letter("k", story=story.number))
            await tx.announcements.mark([pending.id], at=NOON)
            raise ZeroDivisionError
    assert await newsroom.announcements.waiting() == 1
    async with newsroom.transaction() as tx:
        number = await tx.outbox.enqueue(make_letter("k", story=story.number))
        assert number is not None
        await tx.announcements.note_card(story.number, MAIN, outbox=number, facts=["money:2"])
        await tx.announcements.mark([pending.id], at=NOON)
    assert await newsroom.announcements.waiting() == 0
    assert await newsroom.announcements.unannounced() == ()


async def test_a_card_knows_its_receipt_once_it_arrived_and_what_was_told(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    number = await newsroom.outbox.enqueue(make_letter("k", story=story.number))
    assert number is not None
    assert await newsroom.announcements.card(story.number, MAIN) is None
    await newsroom.announcements.note_card(story.number, MAIN, outbox=number, facts=["a"])
    await newsroom.announcements.note_told(story.number, MAIN, facts=["b", "a"])
    card = await newsroom.announcements.card(story.number, MAIN)
    assert card is not None
    assert (card.receipt, card.facts) == ("", ("a", "b"))
    (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await newsroom.outbox.delivered(item, at=NOON, receipt="post-7")
    assert await newsroom.announcements.cards(story.number) == (replace(card, receipt="post-7"),)
    assert await newsroom.announcements.carded(MAIN) == {story.number}
    assert await newsroom.announcements.carded("preview:other") == frozenset()
