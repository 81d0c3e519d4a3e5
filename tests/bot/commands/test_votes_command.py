"""`vote`: what people of a channel find useful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


async def test_anyone_votes_in_private_and_a_second_press_takes_it_back(ask: Ask) -> None:
    reply = await ask("vote up t1", manages=False)
    assert reply.shown == "asker"
    assert "t1 has 1 for and 0 against." in said(reply)
    again = await ask("vote up t1", manages=False)
    assert "Taken back" in said(again)
    assert "t1 has 0 for and 0 against." in said(again)


async def test_a_press_on_the_other_button_changes_the_vote(ask: Ask) -> None:
    await ask("vote up t1")
    assert "t1 has 0 for and 1 against." in said(await ask("vote down t1"))


async def test_each_person_has_a_vote(ask: Ask) -> None:
    await ask("vote up t1", asker="slack:U1")
    assert "t1 has 2 for and 0 against." in said(await ask("vote up t1", asker="slack:U2"))


async def test_a_bound_channel_votes_where_the_rules_are(ask: Ask, store: Store) -> None:
    await ask('settings set bind "preview:main"', channel="slack:C9", asker="shell:operator")
    await ask("vote up t1", channel="slack:C9")
    assert (await store.votes.tally(MAIN, 1)).up == 1


async def test_a_story_that_is_not_there_gets_no_vote(ask: Ask) -> None:
    assert (await ask("vote up t99")).refused
