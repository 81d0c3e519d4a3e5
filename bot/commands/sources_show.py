"""`source show`: how one source is doing, how often it is asked and why, and its latest entries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.commands import values
from bot.commands.replies import reply
from bot.commands.sources import source_named
from bot.commands.sources_listed import said, standing
from bot.messages import Actions, Button, Heading, Link, Links, Table
from bot.wording.values import moment
from watchers.feeds.health import usual_gap

if TYPE_CHECKING:
    from datetime import datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import FeedHealth
    from watchers.types import Feed, Wishes

LATEST_SHOWN: Final = 3
LOOKED_AT: Final = 100  # the last stored; a document is stored in its own order, often the newest first
_KINDS: Final = {
    "feed": "feed",
    "search": "news search, whose provider gets its words",
    "sitemap": "news sitemap",
    "page": "page with a list of articles",
}
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY: Final = timedelta(days=1)


async def answer(command: Command, desk: Desk) -> Message:
    """Show one source: how it is doing and its latest entries."""
    link = await source_named(command, desk)
    health = next(f for f in await desk.store.feeds.health(channel_id=desk.home) if f.number == link.feed)
    feed = await desk.store.feeds.get(link.feed)
    channel = await desk.store.channels.get(desk.channel)
    zone = ZoneInfo(channel.timezone if channel else "UTC")
    stored = await desk.store.entries.latest(link.feed, limit=LOOKED_AT)
    latest = sorted(stored, key=lambda one: one.when, reverse=True)[:LATEST_SHOWN]
    now = desk.clock.now()
    state = said(link, standing(link, health, now=now))
    rows = [
        ("Address", link.url),
        ("State", state),
        ("Kind", _kind(feed, health)),
        ("Tags", ", ".join(link.tags) or "none"),
        *_asked(health, zone, now=now),
        ("Last answer", moment(health.ok_at, zone, "en") if health.ok_at else "none yet"),
        ("Last brought something new", moment(health.new_at, zone, "en") if health.new_at else "not yet"),
        ("Entries stored", str(health.entries)),
        *_left_out(health),
        *_failed(health, zone),
    ]
    turn = (
        Button(label="Pause", command=f"source pause s{link.feed}")
        if link.active
        else Button(label="Resume", command=f"source resume s{link.feed}")
    )
    shown = tuple(Link(text=f"{one.title} (a{one.number})", url=one.link) for one in latest)
    return reply(
        f"{link.name}: {state}",
        Heading(text=f"s{link.feed} {link.name}"),
        Table(header=("What", "How it stands"), rows=tuple(rows)),
        *((Links(label="Latest", links=shown),) if shown else ()),
        Actions(buttons=(turn, Button(label="Test", command=f"source test s{link.feed}"))),
    )


def _kind(feed: Feed | None, health: FeedHealth) -> str:
    by = f", by the selector {feed.selector}" if feed and feed.selector else ""
    return f"{_KINDS[health.kind]}{by}"


def _asked(health: FeedHealth, zone: ZoneInfo, *, now: datetime) -> list[tuple[str, str]]:
    """Return how often a source is asked and why, when next, and how far apart its entries usually come."""
    rows = [("Asked", " ".join((_interval(health), _wished(health.wishes))).strip())]
    if health.next_poll_at and health.followed and not health.gone:
        rows.append(("Asked next", moment(health.next_poll_at, zone, "en")))
    if health.rhythm.hours:
        gap = usual_gap(health.rhythm, silent=now - (health.new_at or now))
        rows.append(("Usual gap", f"{values.brief(_rounded(gap))}: about {_DAY / gap:.2g} a day"))
    return rows


def _interval(health: FeedHealth) -> str:
    if health.fixed:
        return f"every {values.brief(health.every)}, as somebody set it; every:auto follows how it publishes."
    if not health.rhythm.hours:
        return f"every {values.brief(health.every)}, until it is known how often it publishes."
    if health.failures or not (health.polled_at and health.next_poll_at):
        return "as often as it publishes."
    now = _rounded(health.next_poll_at - health.polled_at)
    return f"every {values.brief(now)} now, as often as it publishes at this hour."


def _wished(wishes: Wishes) -> str:
    """Return what the publisher asks for, empty if nothing."""
    parts = []
    if wishes.least:
        parts.append(f"at most every {values.brief(_rounded(wishes.least))}")
    if wishes.skip_hours:
        parts.append(f"not at {', '.join(map(str, wishes.skip_hours))} h UTC")
    if wishes.skip_days:
        parts.append(f"not on {', '.join(_DAYS[day] for day in wishes.skip_days)}")
    return f"Its publisher wants to be asked {', '.join(parts)}." if parts else ""


def _rounded(length: timedelta) -> timedelta:
    """Return a length of time without the digits that nobody reads."""
    seconds = length.total_seconds()
    for size in (86400, 3600, 60):
        if seconds >= 3 * size:
            return timedelta(seconds=round(seconds / size) * size)
    return timedelta(seconds=max(round(seconds), 1))


def _left_out(health: FeedHealth) -> list[tuple[str, str]]:
    if not health.beyond:
        return []
    return [("Left out", f"{health.beyond} entries of its last document, beyond the newest 2,000")]


def _failed(health: FeedHealth, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return what is wrong, or when it last was."""
    if health.last_error and health.failures:
        return [("Last error", f"{health.last_error}{_since(health.failing_since, zone)}")]
    if health.failed_from and health.well_at:
        span = f"{moment(health.failed_from, zone, 'en')} to {moment(health.well_at, zone, 'en')}"
        return [("Last failed", span)]
    return []


def _since(at: datetime | None, zone: ZoneInfo) -> str:
    return f" (since {moment(at, zone, 'en')})" if at else ""
