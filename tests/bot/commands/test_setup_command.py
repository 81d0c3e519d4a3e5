"""`setup`: from nothing to a watched channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.request import filled
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

NEW = "discord:42"
Dump = dict[str, list[tuple[object, ...]]]


async def followed(store: Store, channel: str) -> set[int]:
    return {link.feed for link in await store.channels.feeds(channel)}


async def test_one_line_sets_a_new_channel_up(ask: Ask, store: Store) -> None:
    reply = await ask(
        'setup keywords:"drone procurement, frigate" lang:tr tz:Europe/Istanbul at:08:00 sources:all',
        channel=NEW,
        public=True,
    )
    assert reply.shown == "channel"
    channel = await store.channels.get(NEW)
    assert channel is not None
    assert (channel.name, channel.lang, channel.timezone, channel.origin, channel.public) == (
        "Desk", "tr", "Europe/Istanbul", "chat", True,
    )  # fmt: skip
    (listed,) = await store.watches.listed(NEW)
    assert (listed.watch.name, listed.watch.kind) == ("keywords", "keywords")
    assert listed.watch.expression == 'about:"drone procurement" OR frigate'
    (digest,) = await store.subscriptions.listed(NEW)
    assert (digest.at, digest.days, digest.timezone) == ("08:00", "daily", "Europe/Istanbul")
    assert await followed(store, NEW) == {1, 2, 3}
    assert "3 more sources" in said(reply)
    assert "Next digest: Wed 20 Aug 08:00 (Europe/Istanbul)" in said(reply)


async def test_setting_a_new_channel_up_leads_to_a_first_digest(ask: Ask, clock: SteppedClock) -> None:
    reply = await ask("setup sources:navy", channel=NEW)
    clock.move_to(NOON + MINUTE)
    preview = await ask(buttons(reply)["Preview the digest"], channel=NEW)
    assert not preview.refused
    assert "The frigate sails" in said(preview)


async def test_a_new_channel_gets_a_digest_at_eight_unless_it_wants_none(ask: Ask, store: Store) -> None:
    await ask("setup lang:ja", channel=NEW)
    assert [one.at for one in await store.subscriptions.listed(NEW)] == ["08:00"]
    await ask("setup at:off", channel="discord:43")
    assert await store.subscriptions.listed("discord:43") == ()


async def test_sources_of_a_tag_are_followed_with_their_tags(ask: Ask, store: Store) -> None:
    await ask("setup sources:NAVY", channel=NEW)
    assert [(link.feed, link.tags) for link in await store.channels.feeds(NEW)] == [(1, ("navy",))]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("setup lang:tr", id="language"),
        pytest.param("setup tz:Asia/Tokyo", id="time zone, and with it the digest's"),
        pytest.param("setup at:21:15", id="time of the digest"),
        pytest.param("setup at:off", id="no digest"),
        pytest.param('setup keywords:"İHA alım*, sea power, 無人機"', id="keywords"),
        pytest.param("setup keywords:off", id="no keywords"),
        pytest.param("setup editors:everyone lang:ja at:9:00 keywords:x1", id="all at once"),
    ],
)
async def test_undo_sets_a_channel_back(ask: Ask, dump: Callable[[], Dump], line: str) -> None:
    await ask('setup tz:Europe/Berlin keywords:"old words, baykar*" at:08:00')

    def watched() -> object:
        state = dump()
        runs = [row[:10] for row in state["subscription"]]  # without the next time, which is computed
        return state["channel"], runs, state["watch"]

    before = watched()
    reply = await ask(line)
    assert watched() != before
    undone = await ask(buttons(reply)["Undo"])
    assert undone.shown == "channel"
    assert watched() == before


async def test_a_digest_that_keeps_a_zone_of_its_own_is_not_taken_along_by_undo(
    ask: Ask, store: Store
) -> None:
    await ask("digest schedule tz:Asia/Tokyo")
    assert "Undo" not in buttons(await ask("setup tz:Asia/Tokyo lang:tr"))  # it would set both to UTC
    (digest,) = await store.subscriptions.listed(MAIN)
    assert digest.timezone == "Asia/Tokyo"


async def test_a_change_that_cannot_be_undone_offers_no_undo(ask: Ask) -> None:
    assert "Undo" not in buttons(await ask("setup sources:all"))


async def test_the_form_has_five_questions_with_what_there_is(ask: Ask) -> None:
    await ask('setup keywords:"sea power, frigate"')
    reply = await ask("setup")
    assert reply.sheet is not None
    assert {question.name: question.value for question in reply.sheet.questions} == {
        "keywords": "sea power, frigate",
        "lang": "en",
        "tz": "UTC",
        "at": "08:00",
        "sources": "none",
    }
    assert "navy" in said(reply)


async def test_the_form_sent_back_as_it_was_changes_nothing(ask: Ask, dump: Callable[[], Dump]) -> None:
    await ask("setup tz:Europe/Berlin keywords:frigate")
    reply = await ask("setup")
    assert reply.sheet is not None
    before = dump()
    again = await ask(filled(reply.sheet, {q.name: q.value for q in reply.sheet.questions}))
    assert "set up like that already" in said(again)
    assert dump() == before


async def test_the_form_of_a_new_channel_sent_back_sets_it_up(ask: Ask, store: Store) -> None:
    reply = await ask("setup", channel=NEW)
    assert reply.sheet is not None
    await ask(filled(reply.sheet, {q.name: q.value for q in reply.sheet.questions}), channel=NEW)
    assert await followed(store, NEW) == {1, 2, 3}


async def test_who_does_not_manage_a_new_channel_cannot_set_it_up(ask: Ask, store: Store) -> None:
    assert (await ask("setup sources:all", channel=NEW, manages=False)).refused
    assert await store.channels.get(NEW) is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("setup tz:Istambul", "Did you mean", id="a zone"),
        pytest.param("setup lang:klingon", "lang: takes en, tr or ja", id="a language"),
        pytest.param("setup at:8pm", "Did you mean 20:00?", id="a time"),
        pytest.param("setup sources:navi", "Did you mean navy?", id="a tag"),
        pytest.param('setup keywords:"!!!, …"', "keywords takes words", id="keywords without letters"),
        pytest.param("setup drones", 'Did you mean keywords:"drones"?', id="words without their option"),
    ],
)
async def test_a_fault_says_what_is_near_and_sets_nothing_up(
    ask: Ask, dump: Callable[[], Dump], line: str, told: str
) -> None:
    before = dump()
    for channel in (MAIN, NEW):
        reply = await ask(line, channel=channel)
        assert reply.refused
        assert told in said(reply)
    assert dump() == before


async def test_what_setup_shows_to_type_is_another_value_than_the_one_there_is(ask: Ask) -> None:
    await ask("setup lang:tr tz:Europe/Istanbul at:08:00")
    shown = said(await ask("setup"))
    for wanted in ("lang:en", "tz:UTC", "at:07:30"):
        assert wanted in shown
