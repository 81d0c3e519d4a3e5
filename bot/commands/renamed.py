"""Answer under another slash command's name: an operator may call `/watch` differently on a platform."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.messages import Table, Text

if TYPE_CHECKING:
    from bot.commands.request import Choice, Commands, Reply, Request
    from bot.messages import Block, Message

_USUAL: Final = "/watch"


class Renamed:
    """The command layer with its own lines rewritten to the name people type, such as "/defence"."""

    def __init__(self, commands: Commands, name: str) -> None:
        self._commands = commands
        self._name = "/" + name.removeprefix("/")

    async def answer(self, request: Request) -> Reply | None:
        """Answer a command; None if this very asking was answered before."""
        reply = await self._commands.answer(request)
        return replace(reply, message=self._renamed(reply.message)) if reply else None

    async def suggest(self, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:
        """Return things of a kind whose name has the words."""
        return await self._commands.suggest(what, words, channel=channel)

    async def home(self) -> Message:
        """Return what the bot watches in all channels."""
        return self._renamed(await self._commands.home())

    def _renamed(self, message: Message) -> Message:
        if self._name == _USUAL:
            return message
        return replace(message, blocks=tuple(self._block(block) for block in message.blocks))

    def _block(self, block: Block) -> Block:
        match block:
            case Text(text=text):
                return replace(block, text=self._words(text))
            case Table(rows=rows):
                return replace(block, rows=tuple(tuple(map(self._words, row)) for row in rows))
            case _:
                return block

    def _words(self, text: str) -> str:
        return text.replace(f"{_USUAL} ", f"{self._name} ")
