"""Discord, connected or not: it is opened again when its gateway ends, and says so while it is away."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from bot.commands.renamed import Renamed
from bot.errors import ConfigError, DeliveryError
from bot.platforms.discord import render
from bot.platforms.discord.door import connected
from bot.settings.secrets import required

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from aiohttp import TraceConfig

    from bot.commands.request import Commands
    from bot.config import Discord as Settings
    from bot.messages import Message
    from bot.operating.departures import Departures
    from bot.platforms.base import Receipt
    from bot.platforms.discord.adapter import Discord
    from watchers.store.store import Store

logger = logging.getLogger(__name__)

FIRST_WAIT: Final = 5.0  # seconds until it is tried again; it doubles
LONGEST_WAIT: Final = 300.0  # so that a Discord that is back is found within five minutes
_TREE: Final = "discord.commands"  # where the hash of the commands that Discord knows is kept
_USUAL: Final = "https://discord.com/api/v10"


class Standing:
    """Stands for Discord; what is to be sent while it is away goes back to the outbox."""

    name: Final = "discord"

    def __init__(
        self,
        settings: Settings,
        token: str,
        commands: Commands,
        store: Store,
        departures: Departures | None = None,
        *,
        trace: TraceConfig | None = None,
    ) -> None:
        self._trace = trace
        self._settings = settings
        self._token = token
        self._commands = commands
        self._store = store
        self._departures = departures
        self._discord: Discord | None = None

    async def keep(self, tried: asyncio.Future[None]) -> None:
        """Keep it connected until cancelled; `tried` is settled by the first attempt.

        A token that is refused at the start fails it. Later nothing ends this: an operator may mend it.
        """
        wait = FIRST_WAIT
        while True:
            try:
                async with connected(
                    self._token,
                    self._commands,
                    command_name=self._settings.command,
                    roles={int(role) for role in self._settings.roles},
                    known_hash=await self._store.kept.get(_TREE) or "",
                    synced=self._synced,
                    api=self._settings.api if self._settings.api != _USUAL else "",
                    departures=self._departures,
                    trace=self._trace,
                ) as discord:
                    self._discord = discord
                    wait = FIRST_WAIT
                    if not tried.done():
                        tried.set_result(None)
                    await discord.ended()
            except (ConfigError, DeliveryError) as error:
                if not tried.done() and isinstance(error, ConfigError):
                    tried.set_exception(error)
                    return
                logger.warning("%s", error, extra={"action": "discord_away"})
            except Exception:  # such as a database that is away just now: no reason never to come back
                logger.exception("Discord is tried again", extra={"action": "discord_away"})
            finally:
                self._discord = None
            if not tried.done():
                tried.set_result(None)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _synced(self, value: str) -> None:
        await self._store.kept.put(_TREE, value)

    async def fault(self) -> str:
        """Return what is wrong at the moment, empty if nothing is."""
        return "" if self._discord is not None else "Discord is not connected"

    def fits(self, message: Message) -> bool:
        """Tell whether one post holds the whole message within Discord's limits."""
        return render.fits(message)

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        """Post a message once. Raises DeliveryError, also while Discord is away."""
        return await self._there().send(channel, message, key=key, parent=parent, since=since)

    async def find(
        self, channel: str, message: Message, *, key: str, since: datetime, parent: str = ""
    ) -> Receipt | None:
        """Return where a message went, None if it is not there. Raises DeliveryError, also while away."""
        return await self._there().find(channel, message, key=key, since=since, parent=parent)

    async def last_talk(self, channel: str) -> datetime | None:
        """Return when a person last wrote in a channel. Raises DeliveryError, also while Discord is away."""
        return await self._there().last_talk(channel)

    async def edit(self, channel: str, post: str, message: Message) -> None:
        """Change a post. Raises DeliveryError, also while Discord is away."""
        await self._there().edit(channel, post, message)

    async def delete(self, channel: str, post: str) -> None:
        """Take a post back. Raises DeliveryError, also while Discord is away."""
        await self._there().delete(channel, post)

    def _there(self) -> Discord:
        if self._discord is None:
            raise DeliveryError("Discord is not connected")
        return self._discord


@asynccontextmanager
async def open_discord(
    settings: Settings,
    commands: Commands,
    *,
    store: Store,
    environ: Mapping[str, str],
    departures: Departures | None = None,
    trace: TraceConfig | None = None,
) -> AsyncIterator[Standing]:
    """Connect and stay connected while the context lasts. Raises ConfigError for a token that is refused.

    `trace` is told of each request.
    """
    token = required("DISCORD_TOKEN", environ, why="[discord] needs the bot's token")
    standing = Standing(settings, token, Renamed(commands, settings.command), store, departures, trace=trace)
    tried: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(standing.keep(tried), name="discord")
    try:
        await tried
        yield standing
    finally:
        task.cancel()
        await asyncio.wait({task})
