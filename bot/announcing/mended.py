"""Bring a story's posts up to date after somebody merged or split it: cards edited, adopted, or added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcing.alerts import ALERTING, Alert, decision
from bot.announcing.audiences import audiences
from bot.announcing.quiet import silent_until
from bot.announcing.steps import earlier_line
from bot.articles import lost_lines
from bot.language_model.glosses import gloss_of
from bot.letters import letter
from bot.wording.cards import compose, headlined, merged
from watchers.types import StoryUpdate

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from bot.messages import Message
    from watchers.store.rows import Posted
    from watchers.store.rows_stories import Hand
    from watchers.store.store import Rooms
    from watchers.types import Story


async def follow_up(rooms: Rooms, hand: Hand, *, now: datetime) -> None:
    """Let the posts about the two stories of a decision say what holds after it, or after it was undone."""
    listening = {one.channel: one for one in await audiences(rooms, now=now)}
    mark = f"h{hand.number}" + ("u" if hand.undone_at else "")
    if hand.kind == "merge" and hand.undone_at is None:
        await _tell_of_merge(rooms, hand, listening, mark)
    elif hand.kind == "merge":
        await _give_back(rooms, hand)
        await _edit_cards(rooms, hand.other, listening, mark, now=now)
    else:
        await _add_cards(rooms, hand, listening, now=now)
    await _edit_cards(rooms, hand.story, listening, mark, now=now)


async def _tell_of_merge(rooms: Rooms, hand: Hand, listening: dict[str, Audience], mark: str) -> None:
    """Let each card of the merged story lead to the other's; where there is none it becomes that."""
    into = await rooms.stories.get(hand.story)
    own = {card.channel for card in await rooms.announcements.cards(hand.story)}
    for card in await rooms.announcements.cards(hand.other):
        audience = listening.get(card.channel)
        if card.channel not in own:
            await rooms.announcements.note_card(
                hand.story, card.channel, outbox=card.outbox, facts=card.facts, exempt=True
            )
        elif audience is not None and into is not None:
            told = merged(f"t{hand.other}", into, lang=audience.lang)
            await _edit(rooms, card, told, mark)


async def _give_back(rooms: Rooms, hand: Hand) -> None:
    """Let a story that stands by itself again have the cards that the other one had taken over."""
    theirs = {card.channel: card.outbox for card in await rooms.announcements.cards(hand.story)}
    for card in await rooms.announcements.cards(hand.other):
        if theirs.get(card.channel) == card.outbox:
            await rooms.announcements.forget_card(hand.story, card.channel)


async def _add_cards(rooms: Rooms, hand: Hand, listening: dict[str, Audience], *, now: datetime) -> None:
    """Post the new story's card where the old one's told of it, if it is worth one by itself."""
    story = await rooms.stories.get(hand.other)
    if story is None:
        return
    for card in await rooms.announcements.cards(hand.story):
        audience = listening.get(card.channel)
        if audience is None or decision(story.reports, audience) not in ALERTING:
            continue
        if audience.mute_of(story, story.lead.entry) is not None:
            continue
        message = await _card(rooms, story, audience, now=now)
        key = f"{card.channel}/t{story.number}/card"
        until = silent_until(audience.quiet, audience.zone, now=now)
        fresh = letter(card.channel, key, message, story=story.number)
        number = await rooms.outbox.enqueue(replace(fresh, not_before=until))
        if number is not None:  # what it tells was told before, so it counts towards no budget
            await rooms.announcements.note_card(story.number, card.channel, outbox=number, exempt=True)


async def _edit_cards(
    rooms: Rooms, number: int, listening: dict[str, Audience], mark: str, *, now: datetime
) -> None:
    story = await rooms.stories.get(number)
    for card in await rooms.announcements.cards(number):
        audience = listening.get(card.channel)
        if story is not None and audience is not None:
            await _edit(rooms, card, await _card(rooms, story, audience, now=now), mark)


async def _edit(rooms: Rooms, card: Posted, message: Message, mark: str) -> None:
    again = letter(card.channel, f"{card.channel}/t{card.story}/{mark}", message, story=card.story)
    await rooms.outbox.enqueue(replace(again, op="edit", target=card.outbox))


async def _card(rooms: Rooms, story: Story, audience: Audience, *, now: datetime) -> Message:
    """Word a story's card as it stands; nobody is called for it."""
    last = story.reports[-1]
    update = StoryUpdate(story=story, report=last, kind="joined", new_facts=(), new_origin=False, at=now)
    alert = Alert(audience=audience, update=update, kind="edit")
    gloss = await gloss_of(rooms, headlined(alert).entry, audience.lang)
    earlier = await earlier_line(rooms, story.number, audience)
    return compose(alert, gloss=gloss, earlier=earlier, lost=await lost_lines(rooms, story, audience.lang))
