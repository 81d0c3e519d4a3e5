"""`settings forget-me` says what is kept, asks first, and then keeps nothing of whoever asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.announcing.tastes import learnt
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

SURE = "settings forget-me confirm:yes"


async def act(ask: Ask, asker: str) -> None:
    await ask("vote up t1", asker=asker)
    await ask("story follow t1", asker=asker)
    await ask("mute add t1 for:3d", asker=asker)


async def test_what_is_kept_is_shown_first_and_nothing_is_changed(
    ask: Ask, dump: Callable[[], object]
) -> None:
    await act(ask, "slack:U7")
    before = dump()
    reply = await ask("settings forget-me", asker="slack:U7")
    assert reply.shown == "asker"
    for line in ("votes: 1", "stories followed: 1", "mutes: 1", "changes, by name: 1", "for good"):
        assert line in said(reply)
    assert buttons(reply) == {"Forget me": SURE}
    assert dump() == before


async def test_once_confirmed_it_is_done_and_only_the_asker_reads_so(ask: Ask, store: Store) -> None:
    await act(ask, "slack:U7")
    await act(ask, "slack:U8")
    reply = await ask(SURE, asker="slack:U7")
    assert reply.shown == "asker"
    assert "Removed" in said(reply)
    assert "votes: 1" in said(reply)
    assert buttons(reply) == {}
    assert "I keep nothing of you." in said(await ask("settings forget-me", asker="slack:U7"))
    assert (await store.votes.tally(MAIN, 1)).up == 1
    assert await store.followers.of(1, MAIN) == ("slack:U8",)
    audit = said(await ask("settings audit"))
    assert "somebody" in audit
    assert "forgot" not in audit, "that somebody wanted to be forgotten is nobody's business"


async def test_what_a_namesake_did_keeps_its_name(ask: Ask, store: Store) -> None:
    text = "The yard laid down a second tug on Monday, and a third is to follow."
    await store.exemplars.add(MAIN, title="Tug", text=text, lang="en", by_name="Ada")
    await ask("vote up t1", asker="slack:U7")  # she is called Ada today, and nothing was noted with it
    before = said(await ask("settings forget-me", asker="slack:U7"))
    assert "votes: 1" in before
    assert "exemplars" not in before
    await ask(SURE, asker="slack:U7")
    assert [given.by_name for given in await store.exemplars.listed(MAIN)] == ["Ada"]


async def test_anybody_may_and_a_second_press_finds_nothing(ask: Ask) -> None:
    await ask("vote up t1", asker="discord:12345", manages=False)
    assert "votes: 1" in said(await ask(SURE, asker="discord:12345", manages=False))
    assert "I keep nothing of you." in said(await ask(SURE, asker="discord:12345", manages=False))


async def test_what_votes_taught_is_unlearnt_at_the_next_look(ask: Ask, store: Store) -> None:
    await ask("vote down t1", asker="slack:U7")
    assert MAIN in await learnt(store)
    await ask(SURE, asker="slack:U7")
    assert MAIN not in await learnt(store)


@pytest.mark.parametrize(
    ("lang", "asked", "done"),
    [
        pytest.param("en", "This is what I keep of you", "You are forgotten here", id="English"),
        pytest.param("tr", "tüm kanallarda tuttuklarım", "Unutuldunuz", id="Turkish"),
        pytest.param("ja", "保存しているあなたの記録", "あなたの記録を消去しました", id="Japanese"),
    ],
)
async def test_it_is_said_in_the_channels_language(
    ask: Ask, store: Store, lang: str, asked: str, done: str
) -> None:
    channel = await store.channels.get(MAIN)
    assert channel is not None
    await store.channels.save(replace(channel, lang=lang))
    await ask("vote up t1", asker="slack:U7")
    assert asked in said(await ask("settings forget-me", asker="slack:U7"))
    assert done in said(await ask(SURE, asker="slack:U7"))


@pytest.mark.parametrize("asker", ["shell:operator", "page:operator"])
async def test_the_operator_is_told_how_to_forget_somebody(ask: Ask, asker: str) -> None:
    reply = await ask("settings forget-me", asker=asker)
    assert reply.refused
    assert "vedette forget" in said(reply)


async def test_a_forgotten_persons_change_is_still_taken_back_by_others(ask: Ask, store: Store) -> None:
    await ask("rule pause r1", asker="slack:U7")
    await ask(SURE, asker="slack:U7")
    (change,) = [one for one in await store.audits.listed(MAIN) if one.undo]
    assert "took back" in said(await ask(f"undo u{change.number}", asker="slack:U8"))
