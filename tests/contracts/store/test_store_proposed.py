"""Facts found after a report was written: added behind its own, once, and only to the text they are from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import NOON, make_fact, save_story
from watchers.facts.proposed import FROM_MODEL
from watchers.revisions import corrections
from watchers.types import Count

if TYPE_CHECKING:
    from watchers.store.store import Store


async def test_a_fact_is_added_behind_the_reports_own_and_only_once(newsroom: Store) -> None:
    saved = await save_story(newsroom, "sails")
    entry = saved.lead.entry
    found = replace(make_fact(entry), type="quantity", value=Count(low=12, high=12), rule=FROM_MODEL)
    assert await newsroom.proposed.add(entry, [found, found]) == 1
    assert await newsroom.proposed.add(entry, [found]) == 0
    story = await newsroom.stories.get(saved.number)
    assert story is not None
    assert story.lead.facts == (*saved.lead.facts, found)
    (update,) = await newsroom.announcements.unannounced()
    assert update.update.new_facts == saved.lead.facts


async def test_nothing_is_added_to_a_text_that_was_changed_meanwhile_or_never_read(newsroom: Store) -> None:
    saved = await save_story(newsroom, "sails")
    entry = saved.lead.entry
    fact = replace(make_fact(entry), rule=FROM_MODEL, start=1)
    assert await newsroom.proposed.add(replace(entry, title="Another text"), [fact]) == 0
    assert await newsroom.proposed.add(replace(entry, number=99), [fact]) == 0
    story = await newsroom.stories.get(saved.number)
    assert story is not None
    assert story.lead.facts == saved.lead.facts
    assert saved.opened == NOON


async def test_what_a_model_pointed_at_is_not_missed_when_an_article_is_read_again(newsroom: Store) -> None:
    saved = await save_story(newsroom, "sails")
    own = make_fact(saved.lead.entry)
    pointed = replace(own, type="quantity", value=Count(low=12, high=12), rule=FROM_MODEL)
    assert corrections([own, pointed], [own]) == ((), ())
    assert corrections([own, pointed], [own, replace(pointed, rule="quantity")]) == ((), ())
