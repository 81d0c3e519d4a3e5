"""`story merge` and `story split`: repair by hand what was taken for one event or for two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.announcing.mended import follow_up
from bot.commands import reach
from bot.commands.parse import shown
from bot.commands.replies import ALL, Change, only, story_named
from bot.errors import CommandError
from bot.messages import Text
from bot.wording.values import shorten
from watchers.store.find import short_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block
    from watchers.store.rows_stories import Hand
    from watchers.types import Story

MERGE: Final = "/watch story merge t1 t2"
SPLIT: Final = "/watch story split t1 a2"
MOST_TITLE: Final = 80  # code points of a headline in the line that everybody sees
_ARTICLES: Final = re.compile(r"a?\d{1,9}(?:[\s,]+a?\d{1,9})*", re.IGNORECASE)


async def merge(command: Command, desk: Desk) -> Change:
    """Bring a story's reports to another one; its number leads there from then on."""
    if len(command.values) != 2:
        raise CommandError("Two stories are merged: the one that stays, and the other.", example=MERGE)
    into = await story_named(desk, command.values[0], example=MERGE)
    other = await story_named(desk, command.values[1], example=MERGE)
    if into.number == other.number:
        raise CommandError(f"That is one story already, t{into.number}.", example=MERGE)
    await _refuse(desk, into, other)
    now = desk.clock.now()
    async with desk.store.transaction() as rooms:
        hand = await rooms.hands.merge(
            into.number, other.number, by=desk.asker.id, by_name=desk.asker.name, at=now
        )
        await follow_up(rooms, hand, now=now)
    return Change(
        line=f"merged {_name(other)} into {_name(into)}: {_reports(len(hand.entries))} moved",
        undo=f"story split t{other.number}",
        about=(f"{ALL}t{other.number}",),
        details=await _muted(into, desk),
    )


async def _muted(story: Story, desk: Desk) -> tuple[Block, ...]:
    """Return the line that says that a story is quiet here, perhaps because one that went into it was."""
    running = await desk.store.mutes.running(desk.home, desk.clock.now())
    if not any(mute.kind == "story" and mute.target == str(story.number) for mute in running):
        return ()
    text = f"t{story.number} is muted here. It is heard again with: mute off t{story.number}"
    return (Text(text=text, tone="small"),)


async def split(command: Command, desk: Desk) -> Change:
    """Take articles out of a story into a new one; a merged story, named alone, stands by itself again."""
    words, *named = command.values
    number = short_id(words, "t")
    if number is not None and await desk.store.hands.survivor(number) != number and not named:
        return await _part(number, desk)
    story = await story_named(desk, words, example=SPLIT)
    await _refuse(desk, story)
    if not named:
        listed = ", ".join(f"a{report.entry.number}" for report in story.reports[:8])
        raise CommandError(
            f"Which articles of t{story.number} tell of something else? It has {listed}.",
            example=f"/watch story split t{story.number} a{story.reports[-1].entry.number}",
        )
    entries = await _entries(named, story, desk)
    now = desk.clock.now()
    async with desk.store.transaction() as rooms:
        hand = await rooms.hands.split(
            story.number, entries, by=desk.asker.id, by_name=desk.asker.name, at=now
        )
        await follow_up(rooms, hand, now=now)
    return Change(
        line=f"split {_reports(len(hand.entries))} off {_name(story)} as t{hand.other}: {_ids(hand)}",
        undo=f"story merge t{story.number} t{hand.other}",
        about=(f"{ALL}t{hand.other}",),
    )


async def _part(number: int, desk: Desk) -> Change:
    """Take the merging of a story back."""
    into = await story_named(desk, f"t{number}", example=SPLIT)
    await _refuse(desk, into)
    now = desk.clock.now()
    async with desk.store.transaction() as rooms:
        hand = await rooms.hands.part(number, at=now)
        if hand is None:
            raise CommandError(
                f"t{number} cannot be taken out of t{into.number} again: it would leave one of them without "
                "a report.",
                example=f"/watch story show t{into.number}",
            )
        await follow_up(rooms, hand, now=now)
    return Change(
        line=f"took t{number} out of {_name(into)} again: {_reports(len(hand.entries))} moved back, "
        f"{_ids(hand)}",
        undo=f"story merge t{into.number} t{number}",
        about=(f"{ALL}t{number}",),
    )


async def _entries(named: Iterable[str], story: Story, desk: Desk) -> frozenset[int]:
    """Return the numbers of articles of a story, given by id, by several ids in one, or by title."""
    members = {report.entry.number for report in story.reports}
    found: set[int] = set()
    for words in named:
        ids = re.split(r"[\s,]+", words) if _ARTICLES.fullmatch(words.strip(" ,")) else [words]
        for one in filter(None, ids):
            numbers = await desk.store.find.entries(one)
            inside = [number for number in numbers if number in members] or numbers
            found.add(only(inside, one, what="article", letter="a", example=SPLIT))
    strange = sorted(found - members)
    if strange:
        raise CommandError(
            f"a{strange[0]} is no report of t{story.number}.", example=f"/watch story show t{story.number}"
        )
    if found == members:
        raise CommandError(
            f"That is all of t{story.number}; a split leaves some of its reports where they are.",
            example=f"/watch story show t{story.number}",
        )
    return frozenset(found)


async def _refuse(desk: Desk, *stories: Story) -> None:
    """Raise CommandError for stories that were taken back, or that concern channels of others."""
    for story in stories:
        if await desk.store.retractions.is_retracted(story.number):
            raise CommandError(
                f"t{story.number} was taken back for good and stays as it was.",
                example=f"/watch story show t{story.number}",
            )
    if others := await reach.beyond_of(desk, *stories):
        raise CommandError(
            f"That would change what is told in {reach.said(others)}",
            example=f"/watch story show t{stories[0].number}",
        )


def _name(story: Story) -> str:
    return f"t{story.number} “{shown(shorten(story.lead.entry.title, MOST_TITLE), MOST_TITLE)}”"


def _reports(count: int) -> str:
    return f"{count} report{'' if count == 1 else 's'}"


def _ids(hand: Hand) -> str:
    return ", ".join(f"a{number}" for number in hand.entries[:8]) + ("…" if len(hand.entries) > 8 else "")
