"""From stories to the outbox: take what nobody was told of, decide, word it, write it down, in one go."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcing import alerts
from bot.announcing.audiences import audiences, pinged
from bot.announcing.budget import begun, has_room
from bot.announcing.quiet import silent_until
from bot.announcing.steps import earlier_line
from bot.articles import lost_lines
from bot.language_model.glosses import gloss_of
from bot.letters import letter
from bot.metrics.meters import SILENT
from bot.wording.cards import compose, headlined
from watchers.errors import is_away

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.announcing.alerts import Alert, Audience
    from bot.messages import Message
    from bot.metrics.meters import Meters
    from watchers.clock import Clock
    from watchers.store.rows import Letter, Pending
    from watchers.store.store import Rooms, Store

logger = logging.getLogger(__name__)

AT_ONCE: Final = 100  # updates announced in one transaction


async def announce_updates(
    store: Store, *, clock: Clock, aside: set[int] | None = None, meters: Meters = SILENT
) -> int:
    """Write the messages about story updates that nobody was told of; return how many messages.

    An update over which we stumble keeps no other waiting: its id goes into `aside`, whose updates are
    passed over. They stay unannounced, for a release that can tell of them.
    """
    written, most = 0, AT_ONCE
    aside = set() if aside is None else aside
    # Nobody need wait for us if there is nothing.
    while first := await store.announcements.unannounced(limit=1, but=aside):
        try:
            async with store.transaction() as rooms:
                pending = await rooms.announcements.unannounced(limit=most, but=aside)
                written += await _announce_all(pending, rooms, clock.now())
        except Exception as error:
            if is_away(error):
                raise
            if most > 1:  # one of them it was: the others go one by one
                most = 1
                continue
            aside.add(first[0].id)
            logger.exception("An update cannot be told", extra={"action": "update_set_aside"})
            meters.failed("announce", error)
    return written


async def _announce_all(pending: Sequence[Pending], rooms: Rooms, now: datetime) -> int:
    listening = await audiences(rooms, now=now)
    edits: dict[tuple[str, int], Letter] = {}
    written = 0
    for one in pending:
        written += await _announce(one, listening, rooms, now, edits)
    for edit in edits.values():
        written += await rooms.outbox.enqueue(edit) is not None
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
                edit = letter(channel, key, await _message(alert, rooms), story=story)
                edits[channel, story] = replace(edit, op="edit", target=cards[channel].outbox)
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
    card = _pressing(channel, f"{channel}/t{story}/card", await _message(alert, rooms), story=story)
    if not pressing:
        card = _held_back(card, alert.audience, now)
    number = await rooms.outbox.enqueue(card)
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
    reply = _pressing(channel, f"{channel}/t{story}/u{update}", message, story=story)
    number = await rooms.outbox.enqueue(_held_back(replace(reply, parent=card), alert.audience, now))
    await rooms.announcements.note_told(story, channel, facts=_keys(alert))
    return int(number is not None)


async def _message(alert: Alert, rooms: Rooms, *, followers: tuple[str, ...] = ()) -> Message:
    """Word an alert, with the gloss that is kept for its headline and, on a card, the step before."""
    gloss = await gloss_of(rooms, headlined(alert).entry, alert.audience.lang)
    earlier = await earlier_line(rooms, alert.update.story.number, alert.audience)
    lost = await lost_lines(rooms, alert.update.story, alert.audience.lang)
    return compose(alert, followers=followers, gloss=gloss, earlier=earlier, lost=lost)


def _held_back(written: Letter, audience: Audience, now: datetime) -> Letter:
    """Return the letter to be sent when the channel's quiet hours are over, now if it has none."""
    return replace(written, not_before=silent_until(audience.quiet, audience.zone, now=now))


def _keys(alert: Alert) -> list[str]:
    return [f"{fact.type}:{fact.value}" for fact in alert.update.new_facts]


def _pressing(channel: str, key: str, message: Message, *, story: int) -> Letter:
    """Return the letter, urgent if its message is."""
    return replace(letter(channel, key, message, story=story), urgent=message.urgent)
