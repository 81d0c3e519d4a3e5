"""Digests: when one is due, what stands in it, and its messages in the outbox, in one go."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcing.audiences import audiences
from bot.announcing.budgeting import advice
from bot.announcing.due import is_late, latest_due, moment_of, next_run, run_before
from bot.announcing.leftout import left_out
from bot.announcing.promises import in_digest
from bot.announcing.steps import earlier_line
from bot.language_model.extraction import worded_of
from bot.language_model.glosses import gloss_of
from bot.letters import post_parts
from bot.metrics.meters import SILENT
from bot.models import fault_of
from bot.settings.values import clock_time
from bot.wording import digest
from bot.wording.failing import failing
from bot.wording.fit import parts
from watchers.errors import is_away

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.announcing.alerts import Audience
    from bot.messages import Message
    from bot.metrics.meters import Meters
    from bot.wording.failing import Failing
    from watchers.clock import Clock
    from watchers.store.rows import Subscription
    from watchers.store.store import Rooms, Store
    from watchers.types import Story

    Fits = Callable[[str, Message], bool]  # a channel's id and a message for it

logger = logging.getLogger(__name__)

_AGAIN_AFTER: Final = timedelta(minutes=5)  # until a digest over which we stumbled is tried again
_SET_BACK: Final = {"action": "digest_clock_set_back"}
_FIRST: Final = "digest.first."  # and a schedule's number and channel: where its first window begins


async def announce_digests(store: Store, *, clock: Clock, fits: Fits, meters: Meters = SILENT) -> int:
    """Write the digests that are due; return how many. A day's digest is written once, whatever restarts.

    What does not fit one post of the channel's platform continues in its thread.
    """
    now = clock.now()
    await _heed_set_back(store, now)
    written = 0
    for subscription in await store.subscriptions.due(now=now):
        try:
            written += await _announce_digest(subscription, now, store, fits=fits, meters=meters)
        except Exception as error:  # a fault of ours with one digest keeps no other waiting
            if is_away(error):
                raise
            logger.exception("A digest could not be written, trying again", extra={"action": "digest_failed"})
            meters.failed("digest", error)
            await store.subscriptions.schedule(subscription.number, next_run_at=now + _AGAIN_AFTER)
    return written


async def _announce_digest(
    subscription: Subscription, now: datetime, store: Store, *, fits: Fits, meters: Meters
) -> int:
    """Write one schedule's digest and note when its next is due, in one transaction."""
    zone = ZoneInfo(subscription.timezone)
    at = clock_time(subscription.at)
    today = latest_due(at, subscription.days, zone, now=now)
    written = 0
    async with store.transaction() as rooms:
        if await rooms.subscriptions.get(subscription.number) != subscription:
            return 0  # somebody changed it meanwhile: the next look has it as it is
        # A schedule made just now begins with its next time: its first day may have passed that already.
        if subscription.next_run_at is not None:
            due = subscription.next_run_at.astimezone(zone).date()
            start = await _window_start(subscription, due, now, rooms)
            if today is not None:
                late = is_late(today, at, zone, now=now)
                written = await _write_digest(subscription, today, start, now, rooms, late=late, fits=fits)
        _, following = next_run(at, subscription.days, zone, after=now)
        await rooms.subscriptions.schedule(subscription.number, next_run_at=following)
    if written and today is not None:
        meters.digested(now - moment_of(today, at, zone))
    return written


async def _heed_set_back(store: Store, now: datetime) -> None:
    """Put right what was written by a clock ahead of the present one: its runs, and when each is due next."""
    released, kept = await store.digests.set_back(now=now)
    for run in released:
        logger.warning(
            "The clock was set back: the digest of %s is written at its own time",
            run.local_date,
            extra=_SET_BACK,
        )
    for run in kept:
        logger.warning(
            "The clock was set back: the digest of %s is out already, what follows is in the next one",
            run.local_date,
            extra=_SET_BACK,
        )
    for one in await store.subscriptions.waiting(now=now):
        _, following = next_run(clock_time(one.at), one.days, ZoneInfo(one.timezone), after=now)
        if one.next_run_at is not None and following < one.next_run_at:
            await store.subscriptions.schedule(one.number, next_run_at=following)


async def _write_digest(
    subscription: Subscription,
    day: date,
    start: datetime,
    now: datetime,
    rooms: Rooms,
    *,
    late: bool,
    fits: Fits,
) -> int:
    after = await rooms.digests.told_to(subscription.number)
    run = await rooms.digests.claim(subscription.number, day, start=start, end=now, at=now)
    channel = subscription.channel
    audience = next((a for a in await audiences(rooms, now=now) if a.channel == channel), None)
    if run is None or audience is None:
        return 0
    content = await gather(audience, start, now, rooms, of=day, after=after, late=late)
    for mute, story in content.held:
        await rooms.mutes.hold(mute, story, at=now)
    if not digest.ranked(content) and not content.became and subscription.empty == "skip":
        return 0
    key = f"{channel}/d{subscription.number}/{day.isoformat()}"
    posts = parts(digest.compose(content), lambda message: fits(channel, message))
    last = await post_parts(rooms, channel, key, posts)
    if last is None:
        return 0
    await rooms.digests.posted(run.number, outbox=last)
    await rooms.ledgers.note_digest(channel, [story.number for story in digest.told(content)], at=now)
    return 1


async def _window_start(subscription: Subscription, due: date, now: datetime, rooms: Rooms) -> datetime:
    """Return where a digest's window begins: where the last delivered one ended.

    As long as none was, it is where one before the first that was due would have ended: the first of a week
    tells of a week. It is noted, for that day may be over before anybody looks, or its digest never arrive.
    """
    if subscription.delivered_to is not None:
        return digest.window_start(subscription.delivered_to, now)
    zone, name = ZoneInfo(subscription.timezone), f"{_FIRST}{subscription.number}.{subscription.channel}"
    first = run_before(clock_time(subscription.at), subscription.days, zone, day=due)
    if noted := await rooms.kept.get(name):
        first = min(first, datetime.fromisoformat(noted))
    await rooms.kept.put(name, first.isoformat())
    return digest.window_start(first, now)


async def gather(
    audience: Audience,
    start: datetime,
    end: datetime,
    rooms: Rooms,
    *,
    of: date,
    after: int | None = None,
    late: bool = False,
) -> digest.Digest:
    """Collect what a digest of [start, end) is written from; `end` is now.

    With `after`, the id of an update, it tells of the stories that came or went on after that one, whenever
    the clock of that moment says that this was.
    """
    came = await _came(start, end, rooms, after)
    muted = {one.number: mute for one in came if (mute := digest.quieted_by(one, audience)) is not None}
    worth = [story for story in came if digest.is_worth(story, audience)]
    placed = {report.entry.number for story in worth for report in story.reports}
    content = digest.Digest(
        audience=audience,
        of=of,
        start=start,
        end=end,
        stories=tuple(story for story in came if story.number not in muted),
        alerted=await rooms.announcements.carded(audience.channel),
        entries=await rooms.entries.count(start=start, end=end, channel_id=audience.home),
        left_out=await left_out(rooms, audience, start=start, end=end, told=placed),
        failing=await _failing(audience, rooms),
        muted=len(muted),
        held=tuple((mute, story) for story, mute in muted.items()),
        late=late,
        over={one.story: one.budget for one in await rooms.budgets.deferred(audience.channel, since=start)},
        without_model=bool(await fault_of(rooms)),
    )
    if digest.over_budget(content):
        content = replace(content, advice=await advice(rooms, audience, now=end))
    became, due = await in_digest(rooms, audience, start, end, of=of)
    return await _worded(replace(content, became=became, due=due), rooms)


async def _came(start: datetime, end: datetime, rooms: Rooms, after: int | None) -> tuple[Story, ...]:
    """Return the stories that came or went on and were not taken back."""
    retracted = {one.story for one in await rooms.retractions.all()}
    came = await rooms.stories.ranked(
        start=start if after is None else end - digest.LONGEST_WINDOW, after=after or 0, fresh_from=start
    )
    return tuple(story for story in came if story.number not in retracted)


async def _failing(audience: Audience, rooms: Rooms) -> tuple[Failing, ...]:
    """Return the feeds of a channel that could not be read."""
    health = await rooms.feeds.health(channel_id=audience.home)
    broken = (feed for feed in health if feed.state in {"failing", "gone"})
    return tuple(failing(feed.name, feed.fault, feed.last_error) for feed in broken)


async def _worded(content: digest.Digest, rooms: Rooms) -> digest.Digest:
    """Return a digest with what others said of its stories: translations, a model's words, earlier days."""
    audience, stories = content.audience, digest.ranked(content)
    told = [digest.shown(story, audience).entry for story in stories]
    glosses = {entry.key: await gloss_of(rooms, entry, audience.lang) for entry in told}
    worded = {story.number: await worded_of(rooms, story) for story in stories}
    earlier = {story.number: await earlier_line(rooms, story.number, audience) for story in stories}
    return replace(
        content,
        glosses=glosses,
        worded={n: text for n, text in worded.items() if text},
        earlier={n: line for n, line in earlier.items() if line},
    )
