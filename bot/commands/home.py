"""The page a person opens to see what the bot watches everywhere, and how it is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.commands.replies import reply
from bot.messages import Actions, Button, Heading, Table, Text
from bot.wording.counting import counted
from bot.wording.values import moment, shorten

if TYPE_CHECKING:
    from bot.messages import Message
    from watchers.store.rows import Channel
    from watchers.store.store import Store

FAILING_SHOWN: Final = 5
_BUTTONS: Final = Actions(
    buttons=(
        Button(label="Help", command="help", style="primary"),
        Button(label="Status", command="status"),
        Button(label="Settings", command="settings show"),
    )
)


async def message(store: Store) -> Message:
    """Return every channel with its rules, sources and next digest, and the feeds that fail."""
    channels = [channel for channel in await store.channels.all() if channel.active]
    if not channels:
        return reply(
            "Nothing is watched yet",
            Heading(text="Nothing is watched yet"),
            Text(text="Go to a channel and type /watch setup"),
            Actions(buttons=_BUTTONS.buttons[:1]),
        )
    rows = tuple([await _row(channel, store) for channel in channels])
    health = await store.feeds.health()
    failing = [feed for feed in health if feed.state in {"failing", "gone"}]
    told = tuple(
        Text(text=f"s{feed.number} {feed.name} is {feed.state}: {shorten(feed.last_error)}", tone="warning")
        for feed in failing[:FAILING_SHOWN]
    )
    more = len(failing) - FAILING_SHOWN
    summary = f"{counted(len(channels), 'channel')}, {counted(len(health), 'source')}, {len(failing)} failing"
    return reply(
        summary,
        Heading(text="What is watched"),
        Text(text=summary, tone="small"),
        Table(header=("Channel", "Rules", "Sources", "Next digest"), rows=rows),
        *told,
        *((Text(text=f"and {more} more: /watch status of:feeds", tone="small"),) if more > 0 else ()),
        _BUTTONS,
    )


async def _row(channel: Channel, store: Store) -> tuple[str, ...]:
    home = channel.bound_to or channel.id
    rules = [one for one in await store.watches.listed(home) if one.active]
    links = [link for link in await store.channels.feeds(home) if link.active]
    times = [
        one.next_run_at
        for one in await store.subscriptions.listed(channel.id)
        if one.active and one.next_run_at
    ]
    soonest = moment(min(times), ZoneInfo(channel.timezone), "en") if times else "none"
    return channel.name, str(len(rules)), str(len(links)), soonest
