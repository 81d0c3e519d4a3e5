"""What a platform delivers twice is answered once, also when it is misspelt or only opens a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.request import Asker, Request
from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from bot.commands.answer import CommandLayer
    from bot.commands.request import Reply
    from watchers.store.store import Store


async def deliver(layer: CommandLayer, text: str, *, event: str = "E1") -> Reply | None:
    """Ask as a platform does that gives each asking an id."""
    asker = Asker(id="slack:U1", name="Ada", manages=True)
    return await layer.answer(Request(text=text, channel=MAIN, asker=asker, event=event))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("sourc add x", id="misspelt"),
        pytest.param("settings set", id="a word short"),
        pytest.param("setup", id="a form"),
        pytest.param("rule edit r1", id="a form of what there is"),
        pytest.param("rule edit r99", id="a form of what there is not"),
        pytest.param("mute add t1", id="asked for an end"),
        pytest.param("rule remove r1", id="a change"),
        pytest.param("help", id="a question"),
    ],
)
async def test_an_asking_delivered_twice_is_answered_once(layer: CommandLayer, line: str) -> None:
    assert await deliver(layer, line) is not None
    assert await deliver(layer, line) is None
    assert await deliver(layer, line, event="E2") is not None


async def test_what_is_misspelt_is_corrected_with_an_id_as_without(layer: CommandLayer) -> None:
    corrected = await deliver(layer, "sourc add x")
    plain = await deliver(layer, "sourc add x", event="")
    assert corrected is not None
    assert plain is not None
    assert corrected.refused
    assert said(corrected) == said(plain)


async def test_a_form_delivered_again_while_others_write_opens_none(
    layer: CommandLayer, store: Store
) -> None:
    async with store.transaction():
        opened = await deliver(layer, "rule edit r1")
        again = await deliver(layer, "rule edit r1")
    assert opened is not None
    assert opened.sheet is not None
    assert again is None
