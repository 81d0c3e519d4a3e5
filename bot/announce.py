"""From stories to the outbox: take what nobody was told of, decide, word it, write it down, in one go."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot import alerts, digest
from bot.audiences import audiences
from bot.config import clock_time
from bot.due import latest_due, next_run
from bot.leftout import left_out
from bot.messages import VERSION
from bot.messages_json import to_json
from watchers.store.rows import Letter

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.alerts import Alert, Audience
    from bot.messages import Message
    from watchers.clock import Clock
    from watchers.store.rows import Pending, Subscription
    from watchers.store.store import Rooms, Store

logger = logging.getLogger(__name__)

AT_ONCE: Final = 100  # updates announced in one transaction
# A digest that goes out so much after its time says that it is late: longer than a restart or a slow round.
LATE: Final = timedelta(minutes=15)


async def announce_updates(store: Store, *, clock: Clock) -> int:
    """Write the messages about story updates that nobody was told of; return how many messages."""
    written = 0
    while pending := await store.announcements.unannounced(limit=AT_ONCE):
        async with store.transaction() as rooms:
            listening = await audiences(rooms)
            for one in pending:
                written += await _announce(one, listening, rooms)
            await rooms.announcements.mark([one.id for one in pending], at=clock.now())
    return written


async def _announce(pending: Pending, listening: tuple[Audience, ...], rooms: Rooms) -> int:
    story = pending.update.story.number
    posted = frozenset(card.channel for card in await rooms.announcements.cards(story))
    planned = alerts.plan(pending.update, listening, posted=posted)
    for alert in planned:
        await _enqueue(alert, pending, rooms)
    return len(planned)


async def _enqueue(alert: Alert, pending: Pending, rooms: Rooms) -> None:
    channel, story = alert.audience.channel, alert.update.story
    key = f"{channel}/t{story.number}/" + ("card" if alert.kind == "card" else f"u{pending.id}")
    letter = _letter(channel, key, alerts.compose(alert), story=story.number)
    number = await rooms.outbox.enqueue(letter)
    facts = [f"{fact.type}:{fact.value}" for fact in alert.update.new_facts]
    if alert.kind == "card" and number is not None:
        await rooms.announcements.note_card(story.number, channel, outbox=number, facts=facts)
    elif alert.kind == "reply":
        await rooms.announcements.note_told(story.number, channel, facts=facts)


async def announce_digests(store: Store, *, clock: Clock) -> int:
    """Write the digests that are due; return how many. A day's digest is written once, whatever restarts."""
    now = clock.now()
    written = 0
    for subscription in await store.subscriptions.due(now=now):
        zone = ZoneInfo(subscription.timezone)
        at = clock_time(subscription.at)
        today = latest_due(at, subscription.days, zone, now=now)
        async with store.transaction() as rooms:
            # A schedule made just now begins with its next time: its first day may have passed that already.
            if today is not None and subscription.next_run_at is not None:
                late = now - subscription.next_run_at > LATE
                written += await _write_digest(subscription, today, now, rooms, late=late)
            _, following = next_run(at, subscription.days, zone, after=now)
            await rooms.subscriptions.schedule(subscription.number, next_run_at=following)
    return written


async def _write_digest(
    subscription: Subscription, day: date, now: datetime, rooms: Rooms, *, late: bool
) -> int:
    start = digest.window_start(subscription.delivered_to, now)
    run = await rooms.digests.claim(subscription.number, day, start=start, end=now, at=now)
    audience = next((a for a in await audiences(rooms) if a.channel == subscription.channel), None)
    if run is None or audience is None:
        return 0
    content = await gather(audience, start, now, rooms, of=day, late=late)
    if not digest.ranked(content) and subscription.empty == "skip":
        return 0
    key = f"{subscription.channel}/d{subscription.number}/{day.isoformat()}"
    number = await rooms.outbox.enqueue(_letter(subscription.channel, key, digest.compose(content)))
    if number is None:
        return 0
    await rooms.digests.posted(run.number, outbox=number)
    return 1


async def gather(
    audience: Audience, start: datetime, end: datetime, rooms: Rooms, *, of: date, late: bool = False
) -> digest.Digest:
    """Collect what a digest of [start, end) is written from."""
    stories = await rooms.stories.ranked(start=start, end=end)
    health = await rooms.feeds.health(channel_id=audience.channel)
    return digest.Digest(
        audience=audience,
        of=of,
        start=start,
        end=end,
        stories=stories,
        alerted=await rooms.announcements.carded(audience.channel),
        entries=await rooms.entries.count(start=start, end=end),
        left_out=await left_out(rooms, audience, start=start, end=end),
        failing=tuple(feed.name for feed in health if feed.state in {"failing", "gone"}),
        late=late,
    )


def _letter(channel: str, key: str, message: Message, *, story: int | None = None) -> Letter:
    return Letter(
        channel=channel,
        key=key,
        kind=message.kind,
        payload=to_json(message),
        version=VERSION,
        story=story,
        urgent=message.urgent,
    )
