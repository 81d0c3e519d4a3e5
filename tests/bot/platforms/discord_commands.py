"""A command layer for tests of Discord's door: it keeps what was asked and says what it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.commands.request import Choice, Reply, Request
from bot.messages import Message, Text

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Collection


def said(text: str) -> Message:
    """Return a message of one sentence."""
    return Message(kind="reply", notice=text, blocks=(Text(text=text),))


@dataclass(slots=True)
class FakeCommands:
    """Answers with the reply set for a command's beginning, else with what was asked; each event once."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    suggested: list[tuple[str, str, str]] = field(default_factory=list)
    hold: asyncio.Event | None = None  # answers wait for it
    fails: Exception | None = None
    _events: set[str] = field(default_factory=set)

    async def answer(self, request: Request) -> Reply | None:
        if request.event in self._events:
            return None
        self._events.add(request.event)
        self.asked.append(request)
        if self.fails is not None:
            raise self.fails
        if self.hold is not None:
            await self.hold.wait()
        for begin, reply in self.replies.items():
            if request.text.startswith(begin):
                return reply
        return Reply(message=said(f"asked: {request.text}"))

    async def suggest(self, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:
        self.suggested.append((what, words, channel))
        return tuple(Choice(label=f"{what.title()} {n}", value=f"{what[0]}{n}") for n in range(1, 31))

    async def home(self, seen: Collection[str] | None) -> Message:  # noqa: ARG002
        return said("home")
