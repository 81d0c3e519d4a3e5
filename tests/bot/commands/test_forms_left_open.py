"""A form that was left open says what was changed in it, and puts back nothing that changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.request import Question, Sheet, filled
from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

Dump = dict[str, list[tuple[object, ...]]]


async def opened(ask: Ask, line: str) -> tuple[Sheet, dict[str, str]]:
    """Open a form and return it with what is filled in."""
    sheet = (await ask(line)).sheet
    assert sheet is not None
    return sheet, {question.name: question.value for question in sheet.questions}


async def test_a_rules_form_changes_what_was_changed_in_it(ask: Ask, store: Store) -> None:
    sheet, answers = await opened(ask, "rule edit r1")
    await ask("rule edit r1 expression:corvette alert:digest", asker="slack:U2")
    await ask(filled(sheet, answers | {"name": "vessels"}))
    watch = (await store.watches.listed(MAIN))[0].watch
    assert (watch.name, watch.expression, watch.alert) == ("vessels", "corvette", "digest")


async def test_a_sources_form_changes_what_was_changed_in_it(ask: Ask, store: Store) -> None:
    sheet, answers = await opened(ask, "source edit s1")
    await ask("source edit s1 tag:press every:2h", asker="slack:U2")
    await ask(filled(sheet, answers | {"name": "Docks"}))
    link = (await store.channels.feeds(MAIN))[0]
    feed = await store.feeds.get(1)
    assert feed is not None
    assert (link.name, link.tags, feed.every.total_seconds()) == ("Docks", ("press",), 7200)


async def test_the_form_of_a_channel_in_use_changes_what_was_changed_in_it(ask: Ask, store: Store) -> None:
    await ask("setup keywords:frigate at:08:00")
    sheet, answers = await opened(ask, "setup")
    await ask('setup keywords:"corvette" tz:Asia/Tokyo at:07:30', asker="slack:U2")
    await ask(filled(sheet, answers | {"lang": "tr"}))
    channel = await store.channels.get(MAIN)
    assert channel is not None
    assert (channel.lang, channel.timezone) == ("tr", "Asia/Tokyo")
    assert "corvette" in [one.watch.expression for one in await store.watches.listed(MAIN)]
    assert [one.at for one in await store.subscriptions.listed(MAIN)] == ["07:30"]


async def test_a_digests_form_changes_what_was_changed_in_it(ask: Ask, store: Store) -> None:
    sheet, answers = await opened(ask, "digest schedule")
    await ask("digest schedule at:06:15 days:mon-fri", asker="slack:U2")
    await ask(filled(sheet, answers | {"empty": "skip"}))
    (digest,) = await store.subscriptions.listed(MAIN)
    assert (digest.at, digest.days, digest.empty) == ("06:15", "mon-fri", "skip")


async def test_a_form_sent_as_it_was_says_how_things_stand_and_changes_nothing(
    ask: Ask, dump: Callable[[], Dump]
) -> None:
    for line, now in (("rule edit r1", "watches for corvette"), ("source edit s1", "asked every 2h")):
        sheet, answers = await opened(ask, line)
        await ask("rule edit r1 expression:corvette")
        await ask("source edit s1 every:2h")
        before = dump()
        assert now in said(await ask(filled(sheet, answers)))
        assert dump() == before


def test_what_is_proposed_counts_when_it_is_left_and_what_stands_does_not() -> None:
    stands = Question(name="name", label="Name", value="Sea\npower", stands=True)
    proposed = Question(name="at", label="At", value="08:00")
    sheet = Sheet(title="t", command="setup", questions=(stands, proposed))
    assert filled(sheet, {"name": " Sea\r\npower ", "at": "08:00"}) == 'setup at:"08:00"'
    assert filled(sheet, {"name": "Land", "at": ""}) == 'setup name:"Land"'
