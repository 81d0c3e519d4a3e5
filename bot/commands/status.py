"""`status`: how this channel, its feeds or delivery are doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.replies import audience_of, reply
from bot.errors import CommandError
from bot.messages import Heading, Table, Text
from bot.wording import moment

if TYPE_CHECKING:
    from datetime import datetime

    from bot.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import FeedHealth

_PARTS = ("channel", "feeds", "delivery")


async def answer(command: Command, desk: Desk) -> Message:
    """Return the state of one part, the channel's unless another is named."""
    match command.options.get("of", "channel"):
        case "channel":
            return await _channel(desk)
        case "feeds":
            return await _feeds(desk)
        case "delivery":
            return await _delivery(desk)
        case other:
            raise CommandError(
                f'of: takes {", ".join(_PARTS)}, not "{other[:40]}".', example="/watch status of:feeds"
            )


async def _channel(desk: Desk) -> Message:
    audience = await audience_of(desk)
    health = await desk.store.feeds.health(channel_id=desk.channel)
    failing = [feed.name for feed in health if feed.state in {"failing", "gone"}]
    waiting = sum(c.items for c in await desk.store.outbox.counts() if c.state == "queued")
    subscriptions = [s for s in await desk.store.subscriptions.listed(desk.channel) if s.active]
    rows = [
        (
            "Sources",
            f"{len(health)}, {len(failing)} failing" + (f": {', '.join(failing[:5])}" if failing else ""),
        ),
        ("Entries stored", str(await desk.store.entries.count())),
        ("Rules and keywords", str(len(audience.watches))),
        ("Alerts from relevance", f"{audience.threshold:.2f}"),
        ("Messages waiting", str(waiting)),
        *(
            ("Next digest", _when(s.next_run_at, audience) if s.next_run_at else f"at {s.at}, {s.days}")
            for s in subscriptions
        ),
    ]
    return reply(
        f"{audience.name}: {len(health)} sources, {len(failing)} failing",
        Heading(text=audience.name),
        Table(header=("What", "How it stands"), rows=tuple(rows)),
        Text(text="More: /watch status of:feeds, /watch status of:delivery", tone="small"),
    )


async def _feeds(desk: Desk) -> Message:
    audience = await audience_of(desk)
    health = await desk.store.feeds.health(channel_id=desk.channel)
    worst = {"gone": 0, "failing": 1, "new": 2, "paused": 3, "ok": 4}
    rows = tuple(
        (f"s{feed.number}", feed.name, feed.state, str(feed.entries), _said(feed, audience))
        for feed in sorted(health, key=lambda f: (worst[f.state], f.number))
    )
    if not rows:
        return reply("No sources yet", Text(text="This channel reads no source. Try: /watch source add URL"))
    return reply(
        f"{len(rows)} sources",
        Heading(text="Sources"),
        Table(header=("Id", "Name", "State", "Entries", "Last heard"), rows=rows),
    )


def _said(feed: FeedHealth, audience: Audience) -> str:
    if feed.state in {"failing", "gone"}:
        since = f" since {_when(feed.failing_since, audience)}" if feed.failing_since else ""
        return f"{feed.last_error}{since}"
    return _when(feed.ok_at, audience) if feed.ok_at else "not asked yet"


async def _delivery(desk: Desk) -> Message:
    counts = await desk.store.outbox.counts()
    rows = tuple((c.channel, c.state, str(c.items)) for c in counts)
    dead = await desk.store.outbox.given_up(limit=5)
    told = tuple(Text(text=f"Given up: {item.key}: {item.last_error}", tone="warning") for item in dead)
    if not rows:
        return reply("Nothing sent yet", Text(text="No message was written yet."))
    return reply(
        "Delivery",
        Heading(text="Delivery"),
        Table(header=("Channel", "State", "Messages"), rows=rows),
        *told,
    )


def _when(at: datetime | None, audience: Audience) -> str:
    return moment(at, audience.zone, audience.lang) if at else "never"
