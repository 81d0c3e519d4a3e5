"""Read from an interaction who asks, where, and what they may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.commands.request import Asker, Request
from bot.platforms.discord.invite import NEEDED, PERMISSIONS
from bot.platforms.inert import one_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.platforms.discord.types import Interaction


def request(interaction: Interaction, text: str, *, roles: Collection[int]) -> Request:
    """Return the command as asked in this interaction. Asked in a thread, it is the channel's above it."""
    seen = public(interaction)
    return Request(
        text=text,
        channel=channel_of(interaction),
        asker=asker(interaction, roles=roles),
        event=str(interaction.id),
        channel_name=_name(interaction.channel),
        public=seen is not False,
        guessed=seen is None,
    )


def asker(interaction: Interaction, *, roles: Collection[int]) -> Asker:
    """Return who asks; managing takes Manage Channels here, as Discord worked it out, or one of the roles."""
    user = interaction.user
    may = interaction.permissions.manage_channels or interaction.permissions.administrator
    holds = isinstance(user, discord.Member) and any(role.id in roles for role in user.roles)
    return Asker(
        id=f"discord:{user.id}",
        name=one_line(user.display_name),
        manages=may or holds,
        everywhere=holds,
    )


def channel_of(interaction: Interaction) -> str:
    """Return the id of the channel asked in, of the one above it if that is a thread.

    A forum takes no posts itself: each of its threads is a channel of its own.
    """
    number, channel = interaction.channel_id, interaction.channel
    if isinstance(channel, discord.Thread) and not _in_forum(channel):
        number = channel.parent_id
    return f"discord:{number or 0}"


def public(interaction: Interaction) -> bool | None:
    """Tell whether everyone in the guild may read the channel; None if Discord did not tell of it yet.

    A direct message is private. A private thread is not: what is set there is set for the channel above it.
    """
    if interaction.guild_id is None:
        return False
    above = _above(interaction.channel)
    if not isinstance(above, discord.abc.GuildChannel):
        return None
    return above.permissions_for(above.guild.default_role).view_channel


def lacking(interaction: Interaction) -> str:
    """Return what the bot may not do in the channel asked in, and what is lost by it; empty: it may all.

    Commands are answered also where it may not write, so that nothing else would tell.
    """
    may = interaction.app_permissions
    if interaction.guild_id is None or may.administrator:
        return ""
    thread = isinstance(interaction.channel, discord.Thread) and _in_forum(interaction.channel)
    lost = [
        f"{name} ({what})"
        for name, bit, what in PERMISSIONS
        if name in NEEDED and not may.value & bit and not (thread and name == "Send Messages")
    ]
    if not lost:
        return ""
    return f"The bot lacks permissions here. Allow it in this channel's permissions: {', '.join(lost)}."


def _above(channel: object) -> object:
    return channel.parent if isinstance(channel, discord.Thread) else channel


def _in_forum(thread: discord.Thread) -> bool:
    return isinstance(thread.parent, discord.ForumChannel)


def _name(channel: object) -> str:
    if isinstance(channel, discord.Thread) and not _in_forum(channel):
        channel = channel.parent
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return ""
    return one_line(channel.name)
