"""From stories to the outbox: take what nobody was told of, decide, word it, write it down, in one go."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcing import alerts
from bot.announcing.audiences import audiences, pinged
from bot.announcing.budget import begun, has_room
from bot.announcing.budgeting import advice
from bot.announcing.due import is_late, latest_due, moment_of, next_run
from bot.announcing.leftout import left_out
from bot.announcing.promises import in_digest
from bot.announcing.quiet import muting, silent_until
from bot.announcing.steps import earlier_line
from bot.articles import lost_lines
from bot.language_model.extraction import worded_of
from bot.language_model.glosses import gloss_of
from bot.letters import letter
from bot.metrics.meters import SILENT
from bot.models import fault_of
from bot.settings.values import clock_time
from bot.wording import digest
from bot.wording.cards import compose, headlined
from bot.wording.fit import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from bot.announcing.alerts import Alert, Audience
    from bot.messages import Message
    from bot.metrics.meters import Meters
    from watchers.clock import Clock
    from watchers.store.rows import Letter, Pending, Subscription
    from watchers.store.store import Rooms, Store

    Fits = Callable[[str, Message], bool]  # a channel's id and a message for it

logger = logging.getLogger(__name__)

AT_ONCE: Final = 100  # updates announced in one transaction
_SET_BACK: Final = {"action": "digest_clock_set_back"}


async def announce_updates(store: Store, *, clock: Clock) -> int:
    """Write the messages about story updates that nobody was told of; return how many messages."""
    written = 0
    while await store.announcements.unannounced(limit=1):  # nobody need wait for us if there is nothing
        async with store.transaction() as rooms:
            pending = await rooms.announcements.unannounced(limit=AT_ONCE)
            now = clock.now()
            listening = await audiences(rooms, now=now)
            edits: dict[tuple[str, int], Letter] = {}
            for one in pending:
                written += await _announce(one, listening, rooms, now, edits)
            for letter in edits.values():
                written += await rooms.outbox.enqueue(letter) is not None
            await rooms.announcements.mark([one.id for one in pending], at=now)
    return written


async def _announce(
    pending: Pending,
    listening: tuple[Audience, ...],
    rooms: Rooms,
    now: datetime,
    edits: dict[tuple[str, int], Letter],
) -> int:
    """Write what one update gives, and return how many messages; of a card's edits the last one stays."""
    story = pending.update.story.number
    if await rooms.retractions.get(story) is not None:
        return 0
    cards = {card.channel: card for card in await rooms.announcements.cards(story)}
    withdrawn = await rooms.articles.lost([pending.update.report.entry.number])  # what is gone opens no card
    written = 0
    for alert in alerts.plan(pending.update, listening, posted=frozenset(cards)):
        channel = alert.audience.channel
        match alert.kind:
            case "held":
                await rooms.mutes.hold(alert.held_by, story, at=now)
            case "edit":
                key = f"{channel}/t{story}/e{pending.id}"
                letter = _letter(channel, key, await _message(alert, rooms), story=story)
                edits[channel, story] = replace(letter, op="edit", target=cards[channel].outbox, urgent=False)
            case "card":
                written += 0 if withdrawn else await _card(alert, rooms, now)
            case "reply":
                written += await _reply(alert, pending.id, cards[channel].outbox, rooms, now)
    return written


async def _card(alert: Alert, rooms: Rooms, now: datetime) -> int:
    channel, story = alert.audience.channel, alert.update.story.number
    pressing = alerts.is_pressing(alert)
    if not pressing and not await _finds_room(alert, rooms, now):
        return 0
    letter = _letter(channel, f"{channel}/t{story}/card", await _message(alert, rooms), story=story)
    if not pressing:
        letter = _held_back(letter, alert.audience, now)
    number = await rooms.outbox.enqueue(letter)
    if number is None:
        return 0
    await rooms.announcements.note_card(story, channel, outbox=number, facts=_keys(alert), exempt=pressing)
    return 1


async def _finds_room(alert: Alert, rooms: Rooms, now: datetime) -> bool:
    """Tell whether the channel's budget has room for a card; a story for which it has none is noted."""
    audience, story = alert.audience, alert.update.story.number
    if not audience.budget:
        return True
    today = begun(now, audience.zone)
    before = await rooms.budgets.deferral(story, audience.channel)
    stale = before is not None and before.at < today  # a digest told of it since
    if stale and alerts.decision([alert.update.report], audience) not in alerts.ALERTING:
        return False  # only a report that is worth an alert itself is news now
    spent = await rooms.budgets.spent(audience.channel, since=today)
    if has_room(audience.budget, spent, urgent=alert.urgent):
        return True
    if not any(one.active for one in await rooms.subscriptions.listed(audience.channel)):
        return True  # no digest would tell it
    await rooms.budgets.defer(story, audience.channel, budget=audience.budget, at=now)
    return False


async def _reply(alert: Alert, update: int, card: int, rooms: Rooms, now: datetime) -> int:
    channel, story = alert.audience.channel, alert.update.story.number
    message = await _message(alert, rooms, followers=await pinged(rooms, story, alert.audience))
    letter = _letter(channel, f"{channel}/t{story}/u{update}", message, story=story)
    number = await rooms.outbox.enqueue(_held_back(replace(letter, parent=card), alert.audience, now))
    await rooms.announcements.note_told(story, channel, facts=_keys(alert))
    return int(number is not None)


async def _message(alert: Alert, rooms: Rooms, *, followers: tuple[str, ...] = ()) -> Message:
    """Word an alert, with the gloss that is kept for its headline and, on a card, the step before."""
    gloss = await gloss_of(rooms, headlined(alert).entry, alert.audience.lang)
    earlier = await earlier_line(rooms, alert.update.story.number, alert.audience)
    lost = await lost_lines(rooms, alert.update.story, alert.audience.lang)
    return compose(alert, followers=followers, gloss=gloss, earlier=earlier, lost=lost)


def _held_back(letter: Letter, audience: Audience, now: datetime) -> Letter:
    """Return the letter to be sent when the channel's quiet hours are over, now if it has none."""
    return replace(letter, not_before=silent_until(audience.quiet, audience.zone, now=now))


def _keys(alert: Alert) -> list[str]:
    return [f"{fact.type}:{fact.value}" for fact in alert.update.new_facts]


async def announce_digests(store: Store, *, clock: Clock, fits: Fits, meters: Meters = SILENT) -> int:
    """Write the digests that are due; return how many. A day's digest is written once, whatever restarts.

    What does not fit one post of the channel's platform continues in its thread.
    """
    now = clock.now()
    await _heed_set_back(store, now)
    written = 0
    for subscription in await store.subscriptions.due(now=now):
        zone = ZoneInfo(subscription.timezone)
        at = clock_time(subscription.at)
        today = latest_due(at, subscription.days, zone, now=now)
        before = written
        async with store.transaction() as rooms:
            # A schedule made just now begins with its next time: its first day may have passed that already.
            if today is not None and subscription.next_run_at is not None:
                late = is_late(today, at, zone, now=now)
                written += await _write_digest(subscription, today, now, rooms, late=late, fits=fits)
            _, following = next_run(at, subscription.days, zone, after=now)
            await rooms.subscriptions.schedule(subscription.number, next_run_at=following)
        if written > before and today is not None:
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
    subscription: Subscription, day: date, now: datetime, rooms: Rooms, *, late: bool, fits: Fits
) -> int:
    start = digest.window_start(subscription.delivered_to, now)
    after = await rooms.digests.told_to(subscription.number)
    run = await rooms.digests.claim(subscription.number, day, start=start, end=now, at=now)
    channel = subscription.channel
    audience = next((a for a in await audiences(rooms, now=now) if a.channel == channel), None)
    if run is None or audience is None:
        return 0
    content = await gather(audience, start, now, rooms, of=day, after=after, late=late)
    if not digest.ranked(content) and not content.became and subscription.empty == "skip":
        return 0
    key = f"{channel}/d{subscription.number}/{day.isoformat()}"
    posts = parts(digest.compose(content), lambda message: fits(channel, message))
    first: int | None = None
    last: int | None = None
    for place, message in enumerate(posts, 1):
        letter = _letter(channel, key if place == 1 else f"{key}/{place}", message)
        last = await rooms.outbox.enqueue(replace(letter, parent=first))
        first = first or last
    if last is None:
        return 0
    await rooms.digests.posted(run.number, outbox=last)
    await rooms.ledgers.note_digest(channel, [story.number for story in digest.told(content)], at=now)
    return 1


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
    retracted = {one.story for one in await rooms.retractions.all()}
    stories = tuple(
        story
        for story in await rooms.stories.ranked(
            start=start if after is None else end - digest.LONGEST_WINDOW, after=after or 0, fresh_from=start
        )
        if story.number not in retracted and muting(story, story.lead.entry.feed, audience.mutes) is None
    )
    health = await rooms.feeds.health(channel_id=audience.channel)
    waiting = await rooms.budgets.deferred(audience.channel, since=start)
    content = digest.Digest(
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
        over={one.story: one.budget for one in waiting},
        without_model=bool(await fault_of(rooms)),
    )
    if digest.over_budget(content):
        content = replace(content, advice=await advice(rooms, audience, now=end))
    stories = digest.ranked(content)
    told = [digest.shown(story, audience).entry for story in stories]
    glosses = {entry.key: await gloss_of(rooms, entry, audience.lang) for entry in told}
    worded = {story.number: await worded_of(rooms, story) for story in stories}
    earlier = {story.number: await earlier_line(rooms, story.number, audience) for story in stories}
    became, due = await in_digest(rooms, audience, start, end, of=of)
    return replace(
        content,
        became=became,
        due=due,
        glosses=glosses,
        worded={n: text for n, text in worded.items() if text},
        earlier={n: line for n, line in earlier.items() if line},
    )


def _letter(channel: str, key: str, message: Message, *, story: int | None = None) -> Letter:
    return replace(letter(channel, key, message, story=story), urgent=message.urgent)
