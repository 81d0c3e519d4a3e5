"""Both platforms' doubles together: opened for a bot, with rooms on each, and the secrets they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.discord_double import DiscordDouble
from tests.doubles.slack import CHANNELS, SCOPES, SlackDouble
from tests.doubles.slack_state import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AsyncExitStack

MANY: Final = 1_000_000  # calls a second, where Discord's limits are not what is tried


def secrets_of(slack: SlackDouble, discord: DiscordDouble) -> dict[str, str]:
    """Return the environment by which a bot gets in."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DISCORD_TOKEN": discord.token,
    }


async def open_both(held: AsyncExitStack) -> tuple[SlackDouble, DiscordDouble]:
    """Open both for a bot in this process."""
    slack = await held.enter_async_context(SlackDouble())
    discord = await held.enter_async_context(DiscordDouble())
    held.enter_context(discord.pointed())
    return slack, discord


async def open_rooms(
    held: AsyncExitStack, on_slack: Iterable[str], on_discord: int
) -> tuple[SlackDouble, DiscordDouble, tuple[str, ...]]:
    """Open both with further rooms, of these ids and so many; return them and where the rooms are."""
    rooms = [Channel(id=one, name=f"room-{n}") for n, one in enumerate(on_slack)]
    slack = await held.enter_async_context(SlackDouble(channels=(*CHANNELS, *rooms), scopes=SCOPES))
    discord = await held.enter_async_context(DiscordDouble(bucket=(MANY, 1.0), rate=MANY))
    there = [discord.add_channel(f"room-{n}").id for n in range(on_discord)]
    return slack, discord, (*(f"slack:{room.id}" for room in rooms), *(f"discord:{one}" for one in there))
