"""Follow promises and tell channels what became of them, beneath the cards of their stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.audiences import audiences, pinged
from bot.announcing.due import moment_of
from bot.announcing.quiet import muting, silent_until
from bot.letters import letter
from bot.wording.promised import MOST_DUE, became_blocks, due_blocks, outcome
from watchers.ledger.rounds import take_round

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.announcing.alerts import Audience
    from bot.messages import Block
    from watchers.clock import Clock
    from watchers.ledger.rounds import Read, Round
    from watchers.store.rows import Posted
    from watchers.store.rows_promises import Tracked
    from watchers.store.store import Rooms, Store

# Days after the due day before "no word" is told: what is done on a Friday is often reported on Monday, and
# a feed that was down is asked again by then.
GRACE: Final = timedelta(days=3)
MORNING: Final = time(8)  # in the channel's zone
EAST: Final = timedelta(hours=6)  # at 18:00 UTC that morning has come in the first of all zones, UTC+14
# A report older than that which keeps or moves a promise is the archive of a feed just added, and no news.
NEWS: Final = timedelta(days=30)
MOST_OUTCOMES: Final = 10  # of one digest


async def follow(store: Store, read: Read, *, clock: Clock) -> Round:
    """Look at the next reports, and tell what they and the calendar do to promises."""
    now = clock.now()

    async def tell(rooms: Rooms, numbers: Sequence[int]) -> None:
        await tell_of(rooms, numbers, now=now)

    came = await take_round(store, read, tell, now=now)
    await tell_of_silence(store, now=now)
    return came


async def tell_of(rooms: Rooms, numbers: Sequence[int], *, now: datetime) -> None:
    """Write what is told of promises that a report just decided, in the transaction that notes it."""
    listening = await audiences(rooms, now=now)
    for number in numbers:
        one = await rooms.promises.get(number)
        if one is not None:
            if one.ruling is not None and now.date() - one.ruling.day <= NEWS:
                await _speak(rooms, one, listening, now)
            await rooms.promises.spoken(number, at=now)


async def tell_of_silence(store: Store, *, now: datetime) -> None:
    """Note which promises nobody spoke of until past their day, and tell each channel on its own morning."""
    before = (now + EAST).date() - GRACE
    async with store.transaction() as rooms:
        await rooms.promises.fall_silent(before, at=now)
        waiting = await rooms.promises.unspoken(("silent",))
        listening = await audiences(rooms, now=now) if waiting else ()
        for one in waiting:
            if await _speak(rooms, one, listening, now):
                await rooms.promises.spoken(one.number, at=now)


async def _speak(rooms: Rooms, one: Tracked, listening: Sequence[Audience], now: datetime) -> bool:
    """Tell the channels that have the card of a promise's story; False while it is too early in one.

    A channel hears nothing of a source that it does not read, of what it muted, or of what was taken back.
    """
    story = await rooms.stories.get(one.story)
    if story is None or one.dropped or await rooms.retractions.is_retracted(one.story):
        return True
    cards = {card.channel: card for card in await rooms.announcements.cards(one.story)}
    done = True
    for audience in listening:
        card = cards.get(audience.channel)
        if card is None or not _reads(audience, one) or not await _is_alive(rooms, card):
            continue
        if one.state == "silent" and now < _morning(one.until, audience):
            done = False
            continue
        ruled = one.ruling
        mute = (
            muting(story, ruled.feed, audience.mutes) if ruled else audience.mute_of(story, story.lead.entry)
        )
        if mute is not None:
            await rooms.mutes.hold(mute.number, one.story, at=now)
        else:
            await _enqueue(rooms, one, audience, card, now)
    return done


async def _enqueue(rooms: Rooms, one: Tracked, audience: Audience, card: Posted, now: datetime) -> None:
    followers = await pinged(rooms, one.story, audience)
    message = outcome(one, audience.lang, followers=followers)
    reply = letter(
        audience.channel, f"{audience.channel}/p{one.number}/{one.state}", message, story=one.story
    )
    until = silent_until(audience.quiet, audience.zone, now=now)
    await rooms.outbox.enqueue(replace(reply, parent=card.outbox, not_before=until))


async def _is_alive(rooms: Rooms, card: Posted) -> bool:
    post = await rooms.outbox.get(card.outbox)
    return post is not None and post.state != "dead"


def _reads(audience: Audience, one: Tracked) -> bool:
    return one.ruling is None or one.ruling.feed in audience.feeds


def _morning(until: date, audience: Audience) -> datetime:
    return moment_of(until + GRACE + timedelta(days=1), MORNING, audience.zone)


async def in_digest(
    rooms: Rooms, audience: Audience, start: datetime, end: datetime, *, of: date
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return a digest's sections on promises: what became of those without a card here, and what is due."""
    became = [
        one
        for one in await rooms.ledgers.outcomes(audience.channel, start=start, end=end, limit=MOST_OUTCOMES)
        if _reads(audience, one) and await _is_heard(rooms, one, audience)
    ]
    first = of.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    count, due = await rooms.ledgers.due(audience.channel, first=first, last=last, limit=MOST_DUE * 4)
    heard = [one for one in due if await _is_heard(rooms, one, audience)]
    left = count - (len(due) - len(heard))
    return became_blocks(became, audience.lang), due_blocks(heard, audience.lang, count=left)


async def _is_heard(rooms: Rooms, one: Tracked, audience: Audience) -> bool:
    """Tell whether no mute keeps a promise's story quiet in a channel."""
    story = await rooms.stories.get(one.story)
    return story is not None and audience.mute_of(story, story.lead.entry) is None
