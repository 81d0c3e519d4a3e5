"""Our door into the Slack double, with a command layer at the port that keeps what it was asked."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.request import Choice, Reply, Request
from bot.messages import Message, Text
from bot.platforms.slack.door import SlackApp, build_app, socket_mode
from bot.platforms.slack.quiet import vendor_logger
from bot.platforms.slack.rights import Rights
from tests.doubles.slack import SlackDouble
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection

    from tests.doubles.slack_state import Message as Shown

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WITHIN = 60.0  # seconds; longer than anything here takes on a busy machine


def words(text: str) -> Message:
    return Message(kind="reply", notice=text, blocks=(Text(text=text),))


class FakeCommands:
    """Answers with an echo, or as `reply` says, and answers no event twice."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.homes: list[Collection[str] | None] = []
        self.takes = 0.0
        self.reply: Callable[[Request], Reply] = lambda request: Reply(message=words(f"echo {request.text}"))
        self.raises: Exception | None = None
        self._seen: set[str] = set()
        self._changed = asyncio.Condition()
        self.repeats = 0

    async def answer(self, request: Request) -> Reply | None:
        repeated = bool(request.event) and request.event in self._seen
        self._seen.add(request.event)
        async with self._changed:
            if repeated:
                self.repeats += 1
            else:
                self.requests.append(request)
            self._changed.notify_all()
        if repeated:
            return None
        await asyncio.sleep(self.takes)
        if self.raises is not None:
            raise self.raises
        return self.reply(request)

    async def suggest(self, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:  # noqa: ARG002
        return ()

    async def home(self, seen: Collection[str] | None) -> Message:
        self.homes.append(seen)
        return words("Watching 12 sources.")

    async def asked(self, count: int = 1) -> Request:
        """Wait for so many requests; return the last."""
        async with asyncio.timeout(WITHIN), self._changed:
            await self._changed.wait_for(lambda: len(self.requests) >= count)
        return self.requests[-1]

    async def repeated(self, count: int) -> None:
        async with asyncio.timeout(WITHIN), self._changed:
            await self._changed.wait_for(lambda: self.repeats >= count)


@dataclass(frozen=True)
class Desk:
    """The double, our app with its door open, and the command layer behind."""

    slack: SlackDouble
    app: SlackApp
    commands: FakeCommands
    clock: SteppedClock
    connected: Callable[[], Awaitable[bool]]

    async def settled(self) -> None:
        """Wait until every answer under way was given."""
        while tasks := tuple(self.app.jobs._tasks):
            await asyncio.wait(tasks, timeout=WITHIN)

    async def seen_by(self, user: str) -> Shown:
        """Return what a person alone was shown last."""
        await self.settled()
        return self.slack.ephemerals(user)[-1]


def text_of(shown: Shown) -> str:
    return str(shown.blocks)


def client_of(slack: SlackDouble, *, timeout: int = 5) -> AsyncWebClient:
    return AsyncWebClient(
        slack.bot_token, base_url=slack.api, timeout=timeout, retry_handlers=[], logger=vendor_logger()
    )


def app_of(
    slack: SlackDouble,
    commands: FakeCommands,
    clock: SteppedClock,
    *,
    editors: frozenset[str] = frozenset(),
    signing_secret: str = "",
) -> SlackApp:
    client = client_of(slack)
    rights = Rights(client, editors=editors, clock=clock)
    return build_app(client, commands, rights=rights, signing_secret=signing_secret)


@asynccontextmanager
async def open_desk(*, editors: frozenset[str] = frozenset()) -> AsyncIterator[Desk]:
    """Open the door over Socket Mode."""
    async with SlackDouble() as slack:
        commands, clock = FakeCommands(), SteppedClock(START)
        app = app_of(slack, commands, clock, editors=editors)
        async with socket_mode(app, slack.app_token, ping=1.0) as connected:
            yield Desk(slack, app, commands, clock, connected)
