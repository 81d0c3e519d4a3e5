"""Open the door to Discord: log in, hold the gateway, take commands and presses, close cleanly."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

import discord
import yarl
from aiohttp import TraceConfig
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.errors import BotError, ConfigError, DeliveryError
from bot.platforms.discord import pulse
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.asking import Asking
from bot.platforms.discord.buttons import buttons
from bot.platforms.discord.faults import translated
from bot.platforms.discord.sheet import sent
from bot.platforms.discord.tree import build, fingerprint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator

    from bot.commands.request import Commands
    from bot.operating.departures import Departures

logger = logging.getLogger(__name__)

READY_WITHIN: Final = 60.0  # seconds from logging in to the gateway's READY; discord.py gives a try as long
GUILDS_WITHIN: Final = 0.5  # seconds between one guild and the next at the start; later ones still come in
NOTED_WITHIN: Final = 5.0  # seconds that events have to be written down when the door closes
MAX_WAIT: Final = 30.0  # seconds discord.py sleeps on a rate limit; longer ones come back to the outbox
_REFUSED: Final = (
    "discord.token: Discord refuses this token; copy a new one from the Bot page of the application at "
    "https://discord.com/developers/applications"
)


class Bot(discord.Client):
    """The client with our commands and buttons. It pings nobody unless a message says so."""

    def __init__(
        self,
        commands: Commands,
        *,
        command_name: str = "watch",
        roles: Collection[int] = (),
        departures: Departures | None = None,
        trace: TraceConfig | None = None,
    ) -> None:
        discord.VoiceClient.warn_nacl = False  # we never speak, and need no word about what speaking needs
        discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents.default(),  # none that Discord would have to approve
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            max_ratelimit_timeout=MAX_WAIT,
            guild_ready_timeout=GUILDS_WITHIN,
            heartbeat_timeout=pulse.SILENCE,
            http_trace=trace or TraceConfig(),
        )
        self._asking = Asking(commands, roles=roles)
        self._departures = departures
        self._noting: set[asyncio.Task[object]] = set()  # events that are being written down
        self.tree = build(self, self._asking, name=command_name)

    async def setup_hook(self) -> None:
        """Listen for presses on posts of any age."""
        self.add_dynamic_items(*buttons(self._asking))

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Take a form that was sent, whenever it was opened; discord.py takes all else."""
        if interaction.type is discord.InteractionType.modal_submit:
            command = sent(dict(interaction.data or {}))
            if command:
                await self._asking.ask(interaction, command)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed from a server: what is kept of its channels has its time now."""
        places = [*guild.channels, *guild.threads]
        await self._gone([one.id for one in places], "the bot was removed from the server")

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Note that a channel was deleted."""
        await self._gone([channel.id], "the channel was deleted")

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Note that a thread was deleted: in a forum it may be a channel of ours."""
        await self._gone([event.thread_id], "the thread was deleted")

    async def _gone(self, channels: Collection[int], why: str) -> None:
        task = asyncio.current_task()
        if self._departures is None or task is None:
            return
        self._noting.add(task)
        try:
            await self._departures.channels([f"discord:{one}" for one in channels], why)
        finally:
            self._noting.discard(task)

    async def noted(self) -> None:
        """Wait until what Discord told of is written down: discord.py leaves its tasks to themselves."""
        if self._noting:
            await asyncio.wait(self._noting, timeout=NOTED_WITHIN)

    async def sync(self, known_hash: str = "") -> str:
        """Tell Discord our commands unless it knows them; return their hash. Raises DeliveryError."""
        current = fingerprint(self.tree)
        if current != known_hash:
            with translated():
                await self.tree.sync()
            logger.info("Commands told to Discord", extra={"action": "commands_synced"})
        return current


@asynccontextmanager
async def connected(
    token: str,
    commands: Commands,
    *,
    command_name: str = "watch",
    roles: Collection[int] = (),
    known_hash: str = "",
    synced: Callable[[str], Awaitable[None]] | None = None,
    api: str = "",
    ready_within: float = READY_WITHIN,
    departures: Departures | None = None,
    trace: TraceConfig | None = None,
) -> AsyncIterator[Discord]:
    """Give the platform while logged in and connected; the gateway reconnects by itself.

    `known_hash` is what `synced` was given last time; commands are told to Discord only when it changed.
    `api` is another address for the API, whose gateway is asked for there. Raises ConfigError for a token or
    setting that Discord refuses, DeliveryError when it cannot be reached in time.
    """
    bot = Bot(commands, command_name=command_name, roles=roles, departures=departures, trace=trace)
    with _spoken_to_at(api), pulse.noticed():
        task: asyncio.Task[None] | None = None
        try:
            await _logged_in(bot, token, within=ready_within)
            if api:
                _, gateway, _ = await bot.http.get_bot_gateway()
                DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
            current = await bot.sync(known_hash)
            if synced is not None and current != known_hash:
                await synced(current)
            task = asyncio.create_task(bot.connect(), name="discord-gateway")
            await _ready(bot, task, within=ready_within)
            yield Discord(bot, ended=lambda: _over(task))
        finally:
            await bot.close()
            await bot.noted()
            if task is not None:
                task.cancel()
                await asyncio.wait({task})


async def _logged_in(bot: Bot, token: str, *, within: float) -> None:
    try:
        with translated():
            async with asyncio.timeout(within):
                await bot.login(token)
    except DeliveryError as error:
        if isinstance(error.__cause__, discord.LoginFailure):
            raise ConfigError(_REFUSED) from error
        raise


async def _ready(bot: Bot, task: asyncio.Task[None], *, within: float) -> None:
    """Wait until the gateway is ready, or has ended, or the time is over."""
    waiting = asyncio.create_task(bot.wait_until_ready())
    try:
        await asyncio.wait({task, waiting}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            raise _ended(task) from (None if task.cancelled() else task.exception())
        if not waiting.done():
            raise DeliveryError(f"Discord's gateway was not ready within {within:.0f} s.")
    finally:
        waiting.cancel()


def _ended(task: asyncio.Task[None]) -> BotError:
    """Return what to do about a gateway that closed for good."""
    error = None if task.cancelled() else task.exception()
    match error:
        case discord.ConnectionClosed(code=4004) | discord.LoginFailure():
            return ConfigError(_REFUSED)
        case discord.PrivilegedIntentsRequired() | discord.ConnectionClosed(code=4013 | 4014):
            return ConfigError(
                "discord: the application may not use the intents it asks for; see its Bot page"
            )
        case _:
            named = type(error).__name__ if error else "closed"
            return DeliveryError(f"Discord's gateway ended ({named}); restart to connect again.")


async def _over(task: asyncio.Task[None]) -> None:
    await asyncio.wait({task})
    raise _ended(task) from (None if task.cancelled() else task.exception())


@contextmanager
def _spoken_to_at(api: str) -> Iterator[None]:
    """Send discord.py to another address; it keeps one for the whole process."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    if api:
        Route.BASE = api
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
