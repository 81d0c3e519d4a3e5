"""Say a message's lines as they are typed in a terminal, with the channel where it has to be named. Pure."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages import Actions, Text
from bot.wording.called import spelt

if TYPE_CHECKING:
    from bot.messages import Message


def typed(message: Message, called: str, *, channel: str = "") -> Message:
    """Return a message whose lines can be typed as they stand where `called` is the program.

    `channel` is empty where there is but one. What buttons ask is no whole line, so one is shown in full.
    """
    if not channel:
        return spelt(message, called)
    name = f"{called} --channel {shlex.quote(channel)}"
    asked = [button for block in message.blocks if isinstance(block, Actions) for button in block.buttons]
    whole = (Text(text=f"Type it so: {name} {asked[0].command}", tone="small"),) if asked else ()
    said = spelt(message, name)
    return replace(said, blocks=(*said.blocks, *whole))
