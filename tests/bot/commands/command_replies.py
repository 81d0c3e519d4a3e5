"""What a reply says and offers, for the tests of commands."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Protocol

from bot.commands.request import Reply
from bot.messages import Actions, Chart, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.messages import Message


class Ask(Protocol):
    """Ask the command layer what a person would type."""

    async def __call__(
        self,
        text: str,
        *,
        manages: bool = True,
        channel: str = "preview:main",
        event: str = "",
        asker: str = "slack:U1",
        public: bool = False,
    ) -> Reply:
        """Return the reply; an asking that was answered before fails the test."""
        ...


def said(reply: Reply | Message) -> str:
    """Return all that a reply says, a piece a line, without what its buttons do."""
    message = reply.message if isinstance(reply, Reply) else reply
    return "\n".join(_strings([block for block in message.blocks if not isinstance(block, Actions)]))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


def buttons(reply: Reply | Message) -> dict[str, str]:
    """Return the commands of a reply's buttons by label."""
    message = reply.message if isinstance(reply, Reply) else reply
    rows = [block.buttons for block in message.blocks if isinstance(block, Actions)]
    return {button.label: button.command for row in rows for button in row}


def rows(reply: Reply | Message) -> list[tuple[str, ...]]:
    """Return the rows of all tables of a reply."""
    message = reply.message if isinstance(reply, Reply) else reply
    return [row for block in message.blocks if isinstance(block, Table) for row in block.rows]


def pairs(reply: Reply | Message) -> dict[str, str]:
    """Return the second cell of each row by its first."""
    return {row[0]: row[1] for row in rows(reply)}


def chart(reply: Reply) -> Chart:
    """Return the one chart of a reply."""
    (found,) = [block for block in reply.message.blocks if isinstance(block, Chart)]
    return found
