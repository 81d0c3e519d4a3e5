"""Gather what deciding and wording need to know of each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.announcing.alerts import LAYOUT, Audience
from bot.announcing.tastes import learnt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchers.store.rows import Channel
    from watchers.store.rows_chat import Mute
    from watchers.store.store import Rooms
    from watchers.types import Watch


async def audiences(rooms: Rooms, *, now: datetime | None = None) -> tuple[Audience, ...]:
    """Return the channels that are in use, with their watches, the sources they read, and their mutes.

    A bound channel has the watches, sources, mutes, exemplars, votes, threshold and budget of the one it is
    bound to; an internal watch is not for a public channel. Without `now` no mute is looked up.
    """
    watches = await rooms.watches.active()
    links = await rooms.channels.feeds()
    tastes = await learnt(rooms)
    channels = {channel.id: channel for channel in await rooms.channels.all()}
    found = []
    for channel in channels.values():
        home = channels.get(channel.bound_to, channel)
        if not (channel.active and home.active):
            continue
        mutes = await rooms.mutes.running(home.id, now) if now else ()
        found.append(
            Audience(
                channel=channel.id,
                home=home.id,
                name=channel.name,
                lang=channel.lang,
                zone=ZoneInfo(channel.timezone),
                threshold=home.threshold,
                watches=_heard(channel, [w for w in watches if w.channel == home.id], mutes),
                feeds=frozenset(link.feed for link in links if link.channel == home.id and link.active),
                quiet=channel.quiet,
                layout=tuple(channel.layout.split(",")) if channel.layout else LAYOUT,
                mutes=mutes,
                budget=home.budget,
                taste=tastes.get(home.id),
            )
        )
    return tuple(found)


def _heard(channel: Channel, watches: Iterable[Watch], mutes: Iterable[Mute]) -> tuple[Watch, ...]:
    """Return those of some watches that a channel hears: neither muted nor kept from the public."""
    muted = {mute.target for mute in mutes if mute.kind == "rule"}
    return tuple(w for w in watches if str(w.number) not in muted and not (w.internal and channel.public))


async def pinged(rooms: Rooms, story: int, audience: Audience) -> tuple[str, ...]:
    """Return the people that a reply beneath a story's card pings: those who follow it here, as "user:U1".

    Those who follow it in the channel whose rules this one shares are called here if they cannot be there.
    """
    platform = _platform(audience.channel)
    people = await rooms.followers.of(story, audience.channel)
    if audience.home != audience.channel and await _stands_in(rooms, story, audience):
        people += await rooms.followers.of(story, audience.home)
    return tuple(f"user:{person.partition(':')[2]}" for person in people if _platform(person) == platform)


async def _stands_in(rooms: Rooms, story: int, audience: Audience) -> bool:
    """Tell whether a channel calls people for its home, which has no card of a story there or is closed.

    Of several that share the home's rules, have a card on the same platform and are not closed, one does:
    rather one that was never closed than one that is only tried again, of whose post nothing is known.
    """
    platform = _platform(audience.channel)
    told = {
        card.channel for card in await rooms.announcements.cards(story) if _platform(card.channel) == platform
    }
    able = [
        one for one in await rooms.channels.all() if one.id in told and one.active and not one.unreachable
    ]
    if any(one.id == audience.home for one in able):
        return False
    sharing = [(one.unreachable_at is not None, one.id) for one in able if one.bound_to == audience.home]
    return min(sharing, default=(False, ""))[1] == audience.channel


def _platform(who: str) -> str:
    return who.partition(":")[0]
