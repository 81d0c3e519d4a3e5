"""Gather what deciding and wording need to know of each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.alerts import Audience

if TYPE_CHECKING:
    from watchers.store.store import Rooms


async def audiences(rooms: Rooms) -> tuple[Audience, ...]:
    """Return the channels that are in use, with their watches and the sources they read."""
    watches = await rooms.watches.active()
    links = await rooms.channels.feeds()
    return tuple(
        Audience(
            channel=channel.id,
            name=channel.name,
            lang=channel.lang,
            zone=ZoneInfo(channel.timezone),
            threshold=channel.threshold,
            watches=tuple(w for w in watches if w.channel == channel.id),
            feeds=frozenset(link.feed for link in links if link.channel == channel.id and link.active),
        )
        for channel in await rooms.channels.all()
        if channel.active
    )
