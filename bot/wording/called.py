"""Say our lines under the slash command's own name: an operator may call `/watch` differently. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.messages import Facts, Heading, Table, Text

if TYPE_CHECKING:
    from bot.messages import Block, Message

USUAL: Final = "/watch"
_LINE: Final = re.compile(rf"(?<![\w./]){USUAL}(?![\w/-])")  # in no address and no longer word


def called(message: Message, name: str) -> Message:
    """Return a message with its lines as people type them, such as "/defence status"; `name` as set."""
    return spelt(message, "/" + name.removeprefix("/"))


def spelt(message: Message, name: str) -> Message:
    """Return a message with its lines as they are typed where `name`, just so, calls the program."""
    if name == USUAL:
        return message
    blocks = tuple(_block(block, name) for block in message.blocks)
    return replace(message, notice=_words(message.notice, name), blocks=blocks)


def _block(block: Block, name: str) -> Block:
    match block:
        case Heading(text=text) | Text(text=text):
            return replace(block, text=_words(text, name))
        case Table(rows=rows):
            return replace(block, rows=tuple(tuple(_words(cell, name) for cell in row) for row in rows))
        case Facts(lines=lines):
            return replace(block, lines=tuple(replace(one, value=_words(one.value, name)) for one in lines))
        case _:
            return block


def _words(text: str, name: str) -> str:
    return _LINE.sub(lambda _: name, text)
