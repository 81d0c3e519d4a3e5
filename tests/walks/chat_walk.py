"""A whole bot between real feeds on loopback and both platforms' doubles."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from bot.app import App, open_app
from bot.config import Config
from tests.doubles.both import open_both, secrets_of
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
    from pathlib import Path

    from bot.platforms.preview.posts import Posted
    from tests.discord_double import DiscordDouble
    from tests.doubles.slack import SlackDouble

SLACK = "slack:C1"
PREVIEW = "preview:desk"


@dataclass
class ChatWalk:
    """A bot with a channel on Slack, on Discord and on the page, and the clock that moves it."""

    app: App
    clock: SteppedClock
    slack: SlackDouble
    discord: DiscordDouble
    discord_channel: str = field(default="")

    async def round(self, *, minutes: float = 20) -> None:
        """Let time pass and do a round of every kind."""
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))
        await self.app.poll()
        await self.app.read()
        await self.app.follow()
        await self.app.digest()
        await self.app.deliver()

    async def preview_posts(self) -> tuple[Posted, ...]:
        """Return what the page shows."""
        return await self.app.preview.history(1000)

    def slack_posts(self) -> list[str]:
        """Return the texts on the Slack channel itself, threads left out."""
        return [words(m.blocks) for m in self.slack.messages("C1") if not m.thread_ts or m.thread_ts == m.ts]

    def slack_replies(self) -> list[str]:
        """Return the texts in the Slack channel's threads."""
        return [words(m.blocks) for m in self.slack.messages("C1") if m.thread_ts and m.thread_ts != m.ts]

    def discord_posts(self) -> list[str]:
        """Return the texts on the Discord channel itself."""
        return [post.text for post in self.discord.posts("news") if not post.deleted]

    def discord_replies(self) -> list[str]:
        """Return the texts in the Discord channel's threads."""
        return [
            post.text
            for thread in self.discord.threads("news")
            for post in self.discord.posts(thread)
            if not post.deleted
        ]


@asynccontextmanager
async def chat_walk(
    folder: Path,
    *,
    at: datetime,
    feeds: Sequence[Mapping[str, object]],
    allow: Iterable[str],
    channel: Mapping[str, object] | None = None,
    model: bool = False,
    langs: tuple[str, str, str] = ("en", "en", "en"),
    more: tuple[str, ...] = (),
    translation: Mapping[str, object] | None = None,
    editors: tuple[str, ...] = (),
    roles: tuple[str, ...] = (),
) -> AsyncIterator[ChatWalk]:
    """Open a bot on feeds; `channel` holds settings that all its channels share, in `langs`.

    `editors` are people on Slack whom the configuration names, beside its admin U1; `roles` are roles
    on Discord that it names.
    """
    clock = SteppedClock(at)
    async with AsyncExitStack() as held:
        slack, discord = await open_both(held)
        there = f"discord:{discord.news.id}"
        config = Config.model_validate(
            {
                "poll": {"contact": "mailto:desk@example.org", "every": "10m", "allow": tuple(allow)},
                "relevance": {"embedder": "builtin" if model else "none"},
                "slack": {"api": slack.api, "editors": editors},
                "discord": {
                    "api": discord.api,
                    "roles": tuple(role.id for role in discord.world.roles if role.name in roles),
                },
                "translation": translation,
                "channels": [
                    {"id": name, "name": "Desk", "language": lang, **(channel or {})}
                    for name, lang in zip_longest((PREVIEW, SLACK, there, *more), langs, fillvalue="en")
                ],
                "feeds": feeds,
            }
        )
        path, environ = folder / "config.toml", secrets_of(slack, discord)
        app = await held.enter_async_context(
            open_app(config, path, clock=clock, terminal=None, environ=environ)
        )
        yield ChatWalk(app=app, clock=clock, slack=slack, discord=discord, discord_channel=there)


def words(blocks: Any) -> str:  # noqa: ANN401 - any JSON
    """Return every text in a Slack payload, a line each."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            text = node.get("text")
            if isinstance(text, str):
                found.append(text)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(blocks)
    return "\n".join(found)
