"""`like` where its buttons hold too much for a platform: what saves the watch is said in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.platforms.discord import render
from tests.bot.commands.command_replies import buttons, said

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

TEXT = "The ministry of defence of Norland signed a contract for four frigates today. " * 3


@pytest.mark.parametrize(
    ("name", "has_button"), [("N" * 70, False), ("Ships", True)], ids=["a long name", "a short one"]
)
async def test_a_proposal_can_be_saved_whether_its_button_is_shown_or_not(
    ask: Ask, store: Store, name: str, *, has_button: bool
) -> None:
    reply = await ask(f'like "{TEXT}" name:"{name}" alert:now threshold:0.75')
    assert ('"label": "Save"' in json.dumps(render.layout(reply.message))) is has_button
    words = [line for line in said(reply).splitlines() if line.startswith("To save it")]
    assert len(words) == int(not has_button)
    typed = words[0].partition("/watch ")[2] if words else buttons(reply)["Save"]
    assert not (await ask(typed)).refused
    saved = [one.watch for one in await store.watches.listed("preview:main") if one.watch.kind == "like"]
    assert [(one.name, one.alert, one.threshold) for one in saved] == [(name, "now", 0.75)]
