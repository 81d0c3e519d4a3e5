"""Answer under another slash command's name: an operator may call `/watch` differently on a platform."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.wording.called import called

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.commands.request import Choice, Commands, Reply, Request
    from bot.messages import Message


class Renamed:
    """The command layer with its own lines rewritten to the name people type, such as "/defence"."""

    def __init__(self, commands: Commands, name: str) -> None:
        self._commands = commands
        self._name = name

    async def answer(self, request: Request) -> Reply | None:
        """Answer a command; None if this very asking was answered before."""
        reply = await self._commands.answer(request)
        return replace(reply, message=called(reply.message, self._name)) if reply else None

    async def suggest(self, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:
        """Return things of a kind whose name has the words."""
        return await self._commands.suggest(what, words, channel=channel)

    async def home(self, seen: Collection[str] | None) -> Message:
        """Return what the bot watches in the channels that somebody sees."""
        return called(await self._commands.home(seen), self._name)
