"""`vote`: what people of a channel find useful; anyone may, once a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from bot.announcing.tastes import learnt
from bot.commands.replies import reply, story_named
from bot.messages import Text

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.types import Report

EXAMPLE: Final = "/watch digest preview since:7d"


async def up(command: Command, desk: Desk) -> Message:
    """Note that a story is what the channel wants; a second press takes that back."""
    return await _cast(command, desk, 1)


async def down(command: Command, desk: Desk) -> Message:
    """Note that a story is not what the channel wants; a second press takes that back."""
    return await _cast(command, desk, -1)


async def _cast(command: Command, desk: Desk, value: Literal[1, -1]) -> Message:
    story = await story_named(desk, " ".join(command.values), example=EXAMPLE)
    before = await _score(story.lead, desk)
    now = await desk.store.votes.cast(desk.home, story.number, desk.asker.id, value)
    after = await _score(story.lead, desk)
    tally = await desk.store.votes.tally(desk.home, story.number)
    ref = f"t{story.number}"
    noted = {
        1: f"Noted: {ref} is what this channel wants.",
        -1: f"Noted: {ref} is not what this channel wants.",
        0: f"Taken back: your vote on {ref}.",
    }[now]
    moved = (
        f" With this its relevance here is {after}, no longer {before}; what is like it moves along."
        if before != after
        else ""
    )
    return reply(
        noted,
        Text(text=noted),
        Text(text=f"{ref} has {tally.up} for and {tally.down} against.{moved}", tone="small"),
    )


async def _score(report: Report, desk: Desk) -> str:
    """Return a report's score here as people read it."""
    relevance = report.seen_by(desk.home)
    taste = (await learnt(desk.store)).get(desk.home)
    return f"{(taste.judged(report, relevance) if taste else relevance).score:.2f}"
