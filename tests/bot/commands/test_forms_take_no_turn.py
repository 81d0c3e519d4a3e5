"""A form opens while others write: the platforms give it two or three seconds, and a batch takes longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


@pytest.mark.parametrize(
    "line",
    [
        "setup",
        "rule edit r1",
        "source edit s1",
        "source import",
        "digest schedule",
        "exemplar add",
        "like",
    ],
)
async def test_it_opens_without_a_turn_to_write(ask: Ask, store: Store, line: str) -> None:
    async with store.transaction():  # a write beside it would be refused: this task has the turn
        reply = await ask(line, event="E1")
    assert not reply.refused
    assert reply.sheet is not None


async def test_where_outsiders_read_along_that_is_noted_with_what_the_form_sends(
    ask: Ask, store: Store
) -> None:
    async with store.transaction():
        assert (await ask("setup", event="E1", public=True)).sheet is not None
    await ask("setup lang:tr", event="E2", public=True)
    channel = await store.channels.get(MAIN)
    assert channel is not None
    assert channel.public


async def test_a_mute_without_an_end_asks_for_one_without_a_turn_to_write(ask: Ask, store: Store) -> None:
    async with store.transaction():
        reply = await ask("mute add t1", event="E1")
    assert "7 days" in buttons(reply)


async def test_what_is_opened_once_is_filled_in_under_an_asking_of_its_own(ask: Ask, store: Store) -> None:
    await ask("rule edit r1", event="E1")
    assert not (await ask("rule edit r1 name:boats", event="E2")).refused
    with pytest.raises(AssertionError):  # delivered again
        await ask("rule edit r1 name:vessels", event="E2")
    assert [one.watch.name for one in await store.watches.listed(MAIN)] == ["boats"]
