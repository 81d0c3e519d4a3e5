"""An entry whose figures changed is read again; its report is replaced and its updates stay readable."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import (
    MINUTE,
    NOON,
    make_entry,
    make_fact,
    make_report,
    make_story,
    make_update,
)
from watchers.store.corrections import MOST_REVISIONS
from watchers.types import Count, Money, StoryUpdate

if TYPE_CHECKING:
    from watchers.store.store import Store
    from watchers.types import Entry, Fact, Report

BRIG = make_entry("brig", summary="It costs 5.5 million euros.")
DEARER = replace(BRIG, summary="It costs 7.1 million euros.")
KEPT = Count(low=4, high=4)


def report_of(entry: Entry, amount: str) -> Report:
    money = Money(low=Decimal(amount), high=Decimal(amount), currency="EUR")
    return make_report(entry, facts=(make_fact(entry, money), counted(entry)))


def counted(entry: Entry) -> Fact:
    return replace(make_fact(entry, KEPT), type="quantity")


async def read(store: Store, entry: Entry, amount: str) -> Report:
    """Store an entry, or its new text, and the report and the story made of it."""
    await store.entries.add([entry])
    (unread,) = await store.entries.unread()
    report = report_of(unread, amount)
    await store.stories.save_reports([(report, "now")])
    return report


@pytest.mark.parametrize(
    ("second", "taken"),
    [
        pytest.param(DEARER, True, id="another amount"),
        pytest.param(replace(BRIG, title="The brig sails again"), False, id="another headline"),
        pytest.param(replace(BRIG, summary="It costs 5,5 million euros!"), False, id="punctuation"),
        pytest.param(replace(BRIG, published=NOON - MINUTE), False, id="another date"),
        pytest.param(replace(DEARER, key="k2", guid="urn:2"), False, id="another article under its link"),
        pytest.param(replace(DEARER, feed=2, key="k2"), False, id="another feed's text"),
    ],
)
async def test_only_other_figures_under_the_same_key_are_taken_over(
    newsroom: Store, second: Entry, *, taken: bool
) -> None:
    await newsroom.entries.add([BRIG])
    await newsroom.entries.mark_read([1])
    assert await newsroom.entries.add([second]) == ()
    stored = await newsroom.entries.get(1)
    assert stored is not None
    assert stored == replace(second if taken else BRIG, number=1)
    assert await newsroom.entries.unread() == ((stored,) if taken else ())
    assert (await newsroom.search.find("7.1"))[0] == int(taken)
    await newsroom.entries.mark_read([1])
    await newsroom.entries.add([second])
    assert await newsroom.entries.unread() == (), "the same text again is nothing new"


async def test_an_id_that_stands_for_several_texts_revises_nothing(newsroom: Store) -> None:
    await newsroom.entries.add([BRIG])
    await newsroom.entries.mark_read([1])
    for _ in range(2):
        assert await newsroom.entries.add([BRIG, DEARER]) == ()
        assert await newsroom.entries.unread() == ()


async def test_a_page_that_counts_its_visitors_is_not_read_for_ever(newsroom: Store) -> None:
    await newsroom.entries.add([BRIG])
    for visitors in range(MOST_REVISIONS + 5):
        await newsroom.entries.add([replace(BRIG, summary=f"Seen by {visitors} people.")])
    stored = await newsroom.entries.get(1)
    assert stored is not None
    assert stored.summary == f"Seen by {MOST_REVISIONS - 1} people."


async def test_a_revised_entry_gets_its_new_report_and_the_old_facts_come_back(newsroom: Store) -> None:
    first = await read(newsroom, BRIG, "5.5")
    await newsroom.entries.add([DEARER])
    (unread,) = await newsroom.entries.unread()
    assert (await newsroom.stories.earlier([unread.number]))[1].report.facts == first.facts
    report = report_of(unread, "7.1")
    assert await newsroom.stories.save_reports([(report, "store")]) == {1: first.facts}
    why = await newsroom.find.why(1)
    assert why is not None
    assert (why.report, why.decision) == (report, "store")
    assert await newsroom.stories.earlier([1]) == {}
    assert await newsroom.stories.save_reports([(first, "now")]) == {}
    assert await newsroom.find.why(1) == why, "what was read keeps its report"


async def test_updates_not_yet_told_survive_a_correction(newsroom: Store) -> None:
    first = await read(newsroom, BRIG, "5.5")
    (opened,) = await newsroom.stories.save_updates([make_update(make_story(first), first)])
    second = await read(newsroom, DEARER, "7.1")
    story = replace(opened.story, reports=(second,))
    correction = StoryUpdate(
        story=story,
        report=second,
        kind="corrected",
        new_facts=second.facts[:1],
        new_origin=False,
        at=NOON + MINUTE,
        was=first.facts[:1],
    )
    (saved,) = await newsroom.stories.save_updates([correction])
    assert await newsroom.stories.save_updates([correction]) == (saved,)
    before, after = await newsroom.announcements.unannounced()
    assert before.update.new_facts == second.facts[1:], "the fact that is gone is told by the correction"
    assert (after.update.kind, after.update.was, after.update.new_facts) == (
        "corrected",
        first.facts[:1],
        second.facts[:1],
    )
    assert after.update.story.reports == (second,)


async def test_an_entry_revised_while_it_was_read_stays_unread(newsroom: Store) -> None:
    await newsroom.entries.add([BRIG])
    (unread,) = await newsroom.entries.unread()
    await newsroom.entries.add([DEARER])
    await newsroom.stories.save_reports([(report_of(unread, "5.5"), "now")])
    (again,) = await newsroom.entries.unread()
    assert again.summary == DEARER.summary
    assert list(await newsroom.stories.earlier([1])) == [1]
