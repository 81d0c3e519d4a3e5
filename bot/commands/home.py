"""The page a person opens to see what the bot watches where they are, and how it is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.commands.replies import reply
from bot.messages import Actions, Button, Heading, Table, Text
from bot.wording.counting import counted
from bot.wording.values import moment, shorten

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.messages import Message
    from watchers.store.rows import Channel, ChannelFeed
    from watchers.store.store import Store

FAILING_SHOWN: Final = 5
# No button that asks about a channel: this page belongs to none.
_HELP: Final = Actions(buttons=(Button(label="Help", command="help", style="primary"),))
_UNKNOWN: Final = "Which channels you are in cannot be looked up just now. Open this page again in a minute."


async def message(store: Store, seen: Collection[str] | None) -> Message:
    """Return the channels that somebody sees with rules, sources and next digest, and their feeds that fail.

    `seen` holds the channels' ids; None: the platform does not say, and nothing is shown.
    """
    if seen is None:
        return reply(_UNKNOWN, Text(text=_UNKNOWN, tone="warning"), _HELP)
    channels = [one for one in await store.channels.all() if one.active and one.id in seen]
    if not channels:
        return reply(
            "Nothing is watched yet in your channels",
            Heading(text="Nothing is watched yet in your channels"),
            Text(text="Go to a channel and type /watch setup"),
            _HELP,
        )
    links = {one.id: await _links(one, store) for one in channels}
    rows = tuple([await _row(one, links[one.id], store) for one in channels])
    read = {link.feed for some in links.values() for link in some}
    health = [feed for feed in await store.feeds.health() if feed.number in read]
    failing = [feed for feed in health if feed.state in {"failing", "gone"}]
    told = tuple(
        Text(text=f"s{feed.number} {feed.name} is {feed.state}: {shorten(feed.last_error)}", tone="warning")
        for feed in failing[:FAILING_SHOWN]
    )
    more = len(failing) - FAILING_SHOWN
    summary = f"{counted(len(channels), 'channel')}, {counted(len(health), 'source')}, {len(failing)} failing"
    return reply(
        summary,
        Heading(text="What is watched in your channels"),
        Text(text=summary, tone="small"),
        Table(header=("Channel", "Rules", "Sources", "Next digest"), rows=rows),
        *told,
        *((Text(text=f"and {more} more: /watch status of:feeds", tone="small"),) if more > 0 else ()),
        Text(text="In a channel, /watch status and /watch settings show tell more of it.", tone="small"),
        _HELP,
    )


async def _links(channel: Channel, store: Store) -> list[ChannelFeed]:
    return [link for link in await store.channels.feeds(channel.bound_to or channel.id) if link.active]


async def _row(channel: Channel, links: list[ChannelFeed], store: Store) -> tuple[str, ...]:
    rules = [one for one in await store.watches.listed(channel.bound_to or channel.id) if one.active]
    times = [
        one.next_run_at
        for one in await store.subscriptions.listed(channel.id)
        if one.active and one.next_run_at
    ]
    soonest = moment(min(times), ZoneInfo(channel.timezone), "en") if times else "none"
    return channel.name, str(len(rules)), str(len(links)), soonest
