"""Ask Discord what keeps the bot from its work: its token, its application, and each channel to write in."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

import aiohttp
import discord
from discord.http import Route

from bot.errors import BotError, ConfigError, DeliveryError
from bot.operating.findings import Diagnosis, failure, warning, well
from bot.operating.machine import ahead
from bot.platforms.discord.door import Bot
from bot.platforms.discord.faults import UNKNOWN_CHANNEL, translated
from bot.platforms.discord.invite import NEEDED, PERMISSIONS, invite

if TYPE_CHECKING:
    from collections.abc import Awaitable, Collection, Iterable, Iterator
    from types import SimpleNamespace

    from bot.commands.request import Choice, Reply, Request
    from bot.config import Discord as Settings
    from bot.messages import Message
    from bot.operating.findings import Finding
    from watchers.clock import Clock

_T = TypeVar("_T")

WITHIN: Final = 20.0  # seconds for one question, in which discord.py tries again by itself
_CHECK: Final = "discord bot"
_RENEW: Final = (
    "press Reset Token on the application's Bot page (discord.com/developers/applications), put the new one "
    "into DISCORD_TOKEN and restart"
)
_AWAY: Final = "see that this machine reaches discord.com over HTTPS, and discordstatus.com; then try again"
_PRIVILEGED: Final = (  # flags of the application, and what its Bot page calls the intent
    (("gateway_presence", "gateway_presence_limited"), "Presence Intent"),
    (("gateway_guild_members", "gateway_guild_members_limited"), "Server Members Intent"),
    (("gateway_message_content", "gateway_message_content_limited"), "Message Content Intent"),
)
# What the bot writes in, beside the threads of a forum; a forum itself takes none, nor does a category.
_ROOMS: Final = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel)


async def diagnose(settings: Settings, channels: Iterable[str], *, token: str, clock: Clock) -> Diagnosis:
    """Ask about the token, the application and the channels, such as "discord:1234567890".

    Only REST is used: a second gateway connection would take commands away from a running bot.
    """
    told: list[float] = []

    async def noted(
        _session: object, _context: SimpleNamespace, about: aiohttp.TraceRequestEndParams
    ) -> None:
        skew = ahead(about.response.headers.get("Date", ""), now=clock.now())
        if skew is not None:
            told.append(skew)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(noted)
    client = discord.Client(intents=discord.Intents.default(), http_trace=trace)
    findings: list[Finding] = []
    with _spoken_to_at(settings.api):
        try:
            await _logged_in(client, token)
            application = await _asked(client.application_info())
            findings.append(well(_CHECK, f"Discord knows its token: {client.user}"))
            findings.append(_application(application))
            seen = _Seen(client=client, application=str(application.id))
            findings.extend([await seen.channel(channel) for channel in channels])
        except ConfigError as error:
            findings.append(failure(_CHECK, str(error), _RENEW))
        except DeliveryError as error:
            findings.append(failure("discord", str(error), _AWAY))
        finally:
            await client.close()
    return Diagnosis(findings=tuple(findings), skew=told[0] if told else None)


async def tell_commands(settings: Settings, *, token: str) -> str:
    """Tell Discord the commands, whether it knows them or not, and return the slash command's name.

    Raises ConfigError for a token that Discord refuses, DeliveryError when it cannot be reached.
    """
    bot = Bot(_Unasked(), command_name=settings.command)
    with _spoken_to_at(settings.api):
        try:
            await _logged_in(bot, token)
            await bot.sync()
        finally:
            await bot.close()
    return f"/{settings.command.removeprefix('/')}"


class _Unasked:
    """The command layer of a bot that is never connected, so that nobody can ask it."""

    async def answer(self, request: Request) -> Reply | None:
        """Refuse."""
        raise BotError(f"nobody can have asked {request.text!r} here")

    async def suggest(self, what: str, words: str, *, channel: str) -> tuple[Choice, ...]:
        """Refuse."""
        raise BotError(f"nobody can have asked for a {what} like {words!r} in {channel}")

    async def home(self, seen: Collection[str] | None) -> Message:
        """Refuse."""
        raise BotError(f"nobody can have opened the page of {seen}")


async def _asked(question: Awaitable[_T]) -> _T:
    """Wait for an answer. Raises DeliveryError, which names no token."""
    with translated():
        async with asyncio.timeout(WITHIN):
            return await question


async def _logged_in(client: discord.Client, token: str) -> None:
    try:
        await _asked(client.login(token))
    except DeliveryError as error:
        if isinstance(error.__cause__, discord.LoginFailure):
            raise ConfigError("Discord refuses its token") from error
        raise


def _application(application: discord.AppInfo) -> Finding:
    """Judge the application's own settings; no privileged intent is needed."""
    check = "discord application"
    if application.interactions_endpoint_url:
        return failure(
            check,
            "an Interactions Endpoint URL is set, so commands and buttons do not come to the bot",
            "empty that field on the application's page General Information",
        )
    if application.bot_require_code_grant:
        return failure(
            check,
            "it requires an OAuth2 code grant, so the invite link cannot bring the bot into a server",
            "switch Requires OAuth2 Code Grant off on the application's Bot page",
        )
    flags = application.flags
    spare = [name for marks, name in _PRIVILEGED if any(getattr(flags, mark) for mark in marks)]
    more = f"; {', '.join(spare)} may be switched off on its Bot page" if spare else ""
    return well(check, f"{application.name}, with all the intents it needs{more}")


@dataclass(slots=True, kw_only=True)
class _Seen:
    """The servers that were looked at, each with the bot as its member."""

    client: discord.Client
    application: str
    guilds: dict[int, tuple[discord.Guild, discord.Member]] = field(default_factory=dict)

    async def channel(self, channel: str) -> Finding:
        """Judge one channel: there, of a kind to write in, and with the permissions."""
        number = int(channel.removeprefix("discord:"))
        try:
            found = await _asked(self.client.fetch_channel(number))
            if isinstance(found, discord.Thread):
                number = found.parent_id
                if not isinstance(await _asked(self.client.fetch_channel(number)), discord.ForumChannel):
                    cure = f"name the channel above it, discord:{number}"
                    return warning(channel, "this is a thread", cure)
            elif not isinstance(found, _ROOMS):
                cure = "name a text channel: right-click it with Developer Mode on, Copy Channel ID"
                return failure(channel, "this kind of channel cannot be written in", cure)
            guild, member = await self._guild(found.guild.id)
            place = await _asked(guild.fetch_channel(number))
            return _permitted(channel, place, member)
        except DeliveryError as error:
            return self._unseen(channel, error)

    async def _guild(self, number: int) -> tuple[discord.Guild, discord.Member]:
        if number not in self.guilds:
            guild = await _asked(self.client.fetch_guild(number, with_counts=False))
            me = self.client.user
            member = await _asked(guild.fetch_member(me.id if me else 0))
            self.guilds[number] = guild, member
        return self.guilds[number]

    def _unseen(self, channel: str, error: DeliveryError) -> Finding:
        cause = error.__cause__
        code = cause.code if isinstance(cause, discord.HTTPException) else 0
        if code == UNKNOWN_CHANNEL:
            cure = f"correct the id, or bring the bot into that server: {invite(self.application)}"
            return failure(channel, "Discord finds no such channel for the bot", cure)
        if isinstance(cause, discord.Forbidden):
            cure = (
                "give the bot's role View Channel in the channel's settings; if it is not in the server: "
                f"{invite(self.application)}"
            )
            return failure(channel, "the bot may not see it", cure)
        return warning(channel, f"could not be looked at: {error}", "try again in a minute")


def _permitted(
    channel: str, place: discord.abc.GuildChannel | discord.Thread, member: discord.Member
) -> Finding:
    allowed = place.permissions_for(member).value
    missing = [(name, means) for name, bit, means in PERMISSIONS if not allowed & bit]
    if not missing:
        return well(channel, f"#{place.name} in {place.guild.name}: all {len(PERMISSIONS)} permissions")
    said = "; ".join(f"{name} ({means})" for name, means in missing)
    judge = failure if any(name in NEEDED for name, _ in missing) else warning
    return judge(
        channel,
        f"#{place.name} in {place.guild.name}: missing {said}",
        f"Edit Channel, Permissions, the bot's role: allow {', '.join(name for name, _ in missing)}",
    )


@contextmanager
def _spoken_to_at(api: str) -> Iterator[None]:
    """Send discord.py to an address; it keeps one for the whole process."""
    before, Route.BASE = Route.BASE, api
    try:
        yield
    finally:
        Route.BASE = before
