"""`story`: merging, splitting, taking back, and the steps of one affair."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.messages_json import from_json
from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import MAIN, NOON, save_story
from watchers.store.rows import Channel, Letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

Dump = dict[str, list[tuple[object, ...]]]
SECOND = "preview:second"
OPERATOR = "shell:operator"


async def carded(store: Store, number: int, channel: str = MAIN) -> int:
    """Let a channel have a story's card, and return its place in the outbox."""
    letter = Letter(channel=channel, key=f"{channel}/t{number}/card", kind="alert", payload="{}", version=2)
    async with store.transaction() as rooms:
        outbox = await rooms.outbox.enqueue(replace(letter, story=number))
        assert outbox is not None
        await rooms.announcements.note_card(number, channel, outbox=outbox)
    return outbox


async def queued(store: Store) -> list[OutboxItem]:
    """Return every message there is, oldest first."""
    found: list[OutboxItem] = []
    while (item := await store.outbox.get(len(found) + 1)) is not None:
        found.append(item)
    return found


async def edits(store: Store, number: int) -> list[tuple[int, str, str]]:
    """Return which posts were edited for a story, in which channel, and the notice they have now."""
    return [
        (item.target or 0, item.channel, from_json(item.payload).notice)
        for item in await queued(store)
        if item.story == number and item.op == "edit"
    ]


async def members(store: Store, number: int) -> list[str]:
    story = await store.stories.get(number)
    return [report.entry.key for report in story.reports] if story else []


async def test_two_stories_become_one_and_undo_makes_them_two_again(ask: Ask, store: Store) -> None:
    await save_story(store, "sloop")
    await ask("vote up t2")
    reply = await ask("story merge t1 t2")
    assert reply.shown == "channel"
    assert "merged t2 “The sloop sails” into t1 “The frigate sails”: 1 report moved" in said(reply)
    assert await members(store, 1) == ["frigate", "corvette", "sloop"]
    shown = await ask("story show t2")
    assert "t1 The frigate sails" in said(shown)
    assert "t2 was merged into t1. (Ada" in said(shown)
    assert "👍 1 · 👎 0" in said(shown)
    assert [row[0] for row in rows(shown)] == ["a1", "a2", "a3"]
    undone = await ask(buttons(reply)["Undo"])
    assert "took t2 out of t1" in said(undone)
    assert await members(store, 1) == ["frigate", "corvette"]
    assert await members(store, 2) == ["sloop"]
    assert "was merged" not in said(await ask("story show t1"))
    await ask(buttons(undone)["Undo"])
    assert await members(store, 1) == ["frigate", "corvette", "sloop"]


async def test_an_article_goes_into_a_story_of_its_own_and_undo_brings_it_back(
    ask: Ask, store: Store
) -> None:
    reply = await ask("story split t1 a2")
    assert "split 1 report off t1 “The frigate sails” as t2: a2" in said(reply)
    assert await members(store, 1) == ["frigate"]
    assert await members(store, 2) == ["corvette"]
    assert "t2 was split off t1." in said(await ask("story show t2"))
    await ask(buttons(reply)["Undo"])
    assert await members(store, 1) == ["frigate", "corvette"]
    assert "t2 was merged into t1." in said(await ask("story show t1"))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        pytest.param("story split t1 a2 a3", ["frigate"], id="two ids"),
        pytest.param('story split t1 "a2, a3"', ["frigate"], id="ids in one, as a form sends them"),
        pytest.param('story split t1 "corvette sails"', ["frigate", "sloop"], id="a title"),
        pytest.param("story split frigate a1", ["corvette", "sloop"], id="the report that opened it"),
    ],
)
async def test_articles_are_named_by_id_or_title(ask: Ask, store: Store, line: str, left: list[str]) -> None:
    await save_story(store, "sloop")
    await ask("story merge t1 t2")
    assert not (await ask(line)).refused
    assert await members(store, 1) == left


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("story merge t1", "needs STORY OTHER", id="one story"),
        pytest.param("story merge t1 t1", "one story already, t1", id="itself"),
        pytest.param("story merge t1 t9", 'no story "t9"', id="no such story"),
        pytest.param("story merge t1 t2 t3", "Two stories are merged", id="three"),
        pytest.param("story split t1", "Which articles of t1", id="no article"),
        pytest.param("story split t1 a1 a2", "That is all of t1", id="all of it"),
        pytest.param("story split t1 a3", "a3 is no report of t1", id="another story's article"),
        pytest.param("story split t1 a99", 'no article "a99"', id="no such article"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    ask: Ask, store: Store, dump: Callable[[], Dump], line: str, told: str
) -> None:
    await save_story(store, "sloop")
    before = dump()
    reply = await ask(line)
    assert reply.refused
    assert told in said(reply)
    assert dump() == before


@pytest.mark.parametrize("line", ["story merge t1 t2", "story split t1 a2"])
async def test_only_who_manages_repairs_stories_even_where_everyone_may_edit(
    ask: Ask, store: Store, dump: Callable[[], Dump], line: str
) -> None:
    await save_story(store, "sloop")
    await store.channels.save(Channel(id=MAIN, name="Main", editors="everyone"))
    reply = await ask(line, manages=False)
    assert reply.refused
    assert "posts in every channel" in said(reply)
    done = await ask(line)
    before = dump()
    assert (await ask(buttons(done)["Undo"], manages=False)).refused
    assert dump() == before
    assert not (await ask(buttons(done)["Undo"])).refused


async def test_a_story_that_was_taken_back_is_neither_merged_nor_split(ask: Ask, store: Store) -> None:
    await save_story(store, "sloop")
    await ask("story retract t2")
    for line in ("story merge t1 t2", "story merge t2 t1", "story split t2 a3"):
        reply = await ask(line)
        assert reply.refused
        assert "t2 was taken back for good" in said(reply)


async def test_a_merged_storys_card_leads_to_the_other_and_undo_brings_it_back(
    ask: Ask, store: Store
) -> None:
    await save_story(store, "sloop")
    first, second = await carded(store, 1), await carded(store, 2)
    reply = await ask("story merge t1 t2")
    assert await edits(store, 2) == [(second, MAIN, "t2 was merged into t1.")]
    assert await edits(store, 1) == [(first, MAIN, "The frigate sails (Harbour Post)")]
    await ask(buttons(reply)["Undo"])
    assert (await edits(store, 2))[1:] == [(second, MAIN, "The sloop sails (Harbour Post)")]
    assert (await edits(store, 1))[1:] == [(first, MAIN, "The frigate sails (Harbour Post)")]


async def test_where_only_the_merged_story_had_a_card_it_becomes_the_others(ask: Ask, store: Store) -> None:
    await store.channels.save(Channel(id=SECOND, name="Second"))
    await save_story(store, "sloop")
    second = await carded(store, 2, SECOND)
    reply = await ask("story merge t1 t2", asker=OPERATOR)
    assert await edits(store, 1) == [(second, SECOND, "The frigate sails (Harbour Post)")]
    assert [card.outbox for card in await store.announcements.cards(1)] == [second]
    await ask(buttons(reply)["Undo"], asker=OPERATOR)
    assert await store.announcements.cards(1) == ()
    assert await edits(store, 2) == [(second, SECOND, "The sloop sails (Harbour Post)")]


async def test_a_split_off_story_that_is_worth_a_card_gets_one_where_it_was_told(
    ask: Ask, store: Store
) -> None:
    first = await carded(store, 1)
    reply = await ask("story split t1 a2")
    assert await edits(store, 1) == [(first, MAIN, "The frigate sails (Harbour Post)")]
    (card,) = await store.announcements.cards(2)
    assert card.channel == MAIN
    assert card.outbox != first
    await ask(buttons(reply)["Undo"])
    assert await edits(store, 2) == [(card.outbox, MAIN, "t2 was merged into t1.")]


async def test_taking_a_merged_story_back_takes_all_its_posts_back(ask: Ask, store: Store) -> None:
    await save_story(store, "sloop")
    cards = {await carded(store, 1), await carded(store, 2)}
    await ask("story merge t1 t2")
    await ask("story retract t1")
    last = [item for item in await queued(store) if item.key.endswith("/retracted")]
    assert {item.target for item in last} == cards
    assert (await ask("story split t2")).refused


async def test_the_steps_of_an_affair_are_shown_on_both_of_its_stories(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await save_story(store, "sloop", at=NOON + timedelta(days=3))
    await store.storylines.link(2, 1, made_by="bot", at=clock.now())
    earlier, later = "Earlier: t1 The frigate sails (19 Aug 2025)", "Later: t2 The sloop sails"
    for command in ("story show t2", "story timeline t2"):
        assert earlier in said(await ask(command))
    for command in ("story show t1", "story timeline t1"):
        assert later in said(await ask(command))


async def test_the_card_and_the_digest_name_the_step_before(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    second, third = await save_story(store, "sloop"), await save_story(store, "cutter")
    await store.storylines.link(second.number, 1, made_by="bot", at=clock.now())
    await carded(store, second.number)
    await ask(f"story merge t{second.number} t{third.number}")
    earlier = "Earlier: t1 The frigate sails (19 Aug 2025)"
    (edit,) = [item for item in await queued(store) if item.op == "edit"]
    assert earlier in said(from_json(edit.payload))
    clock.move_to(NOON + timedelta(minutes=5))
    assert said(await ask("digest preview since:12h")).count(earlier) == 1
    await ask("story retract t1")
    assert earlier not in said(await ask("digest preview since:12h"))
