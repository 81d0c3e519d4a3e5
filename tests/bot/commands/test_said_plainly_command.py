"""Answers say nothing that is not so yet, and nothing thirty times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.cli import app
from bot.commands.forms import FORMS
from bot.messages import Chart, Links
from tests.bot.commands.command_replies import chart, pairs, said
from tests.contracts.store.store_builders import NOON, make_entry, save_story

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

DAY = timedelta(days=1)


async def test_no_threshold_is_advised_before_there_are_some_days_of_news(
    ask: Ask, clock: SteppedClock
) -> None:
    await ask("rule edit r1 alert:usual")  # what says now is over no budget
    for days, advised in ((1, False), (4, True)):
        clock.move_to(NOON + days * DAY)
        assert ("keeps the budget" in said(await ask("settings show"))) is advised


async def test_a_rule_that_matched_nothing_has_no_chart(ask: Ask) -> None:
    await ask("rule add submarine")
    reply = await ask("rule show r3")
    assert not any(isinstance(block, Chart) for block in reply.message.blocks)
    assert "matched 0 articles in the last 30 days" in said(reply)


async def test_days_before_the_first_match_are_not_drawn(ask: Ask, store: Store) -> None:
    assert [bar.value for bar in chart(await ask("rule test sails days:30")).bars] == [0] * 6 + [2]
    await save_story(store, "ketch", at=NOON - 12 * DAY)
    bars = chart(await ask("rule test sails days:30")).bars
    assert len(bars) == 13
    assert bars[0].value == 1


async def test_the_latest_of_a_source_are_those_published_last(ask: Ask, store: Store) -> None:
    """A feed's document is stored as it stands, which is the newest first."""
    names = ("dinghy", "ketch", "yawl", "sloop")
    await store.entries.add(
        [
            replace(make_entry(name, feed=2, seen=NOON), published=NOON - age * DAY)
            for age, name in enumerate(names)
        ]
    )
    reply = await ask("source show s2")
    (links,) = [block for block in reply.message.blocks if isinstance(block, Links)]
    assert [link.text.split(" (")[0] for link in links.links] == [
        "The dinghy sails",
        "The ketch sails",
        "The yawl sails",
    ]


async def test_setup_says_on_which_days_the_digest_comes_and_which_keywords_go(ask: Ask) -> None:
    await ask("digest schedule days:mon-fri")
    assert pairs(await ask("setup"))["Digest"] == "mon-fri at 08:00"
    await ask('setup keywords:"drone, frigate"')
    assert "keywords corvette, no longer drone, frigate" in said(await ask("setup keywords:corvette"))
    assert "no keywords, no longer corvette" in said(await ask("setup keywords:off"))


def test_every_command_of_chat_is_one_of_the_command_line() -> None:
    """A card in a terminal names the lines of its buttons."""
    assert {form.noun for form in FORMS} <= {command.name for command in app.registered_commands}
