"""`story merge` and `story split`: repair by hand what was taken for one event or for two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.announcing.mended import follow_up
from bot.commands import reach
from bot.commands.parse import shown
from bot.commands.replies import ALL, Change, numbers_of, only, story_named
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
    from watchers.store.store import Rooms
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
    # One that comes back is into the story that it was into, even if that is in another by now.
    named = (short_id(command.values[0], "t") if desk.undoing else None) or into.number
    held = numbers_of(desk.undoing, "a") if desk.undoing else ()
    now, by = desk.clock.now(), desk.asker
    async with desk.store.transaction() as rooms:
        hand = await rooms.hands.merge(named, other.number, by=by.id, by_name=by.name, at=now, held=held)
        decided = await _merging(rooms, other.number) or hand
        await follow_up(rooms, hand, now=now)
    return Change(
        line=f"merged {_name(other)} into {_name(into)}: {_reports(len(hand.entries))} moved",
        undo=f"story split t{other.number}",
        about=_about(decided, hand.story),
        details=await _muted(into, desk),
    )


async def _merging(rooms: Rooms, number: int) -> Hand | None:
    """Return the decision that holds by which a story went into another."""
    merges = [one for one in await rooms.hands.of(number) if one.kind == "merge" and one.other == number]
    return merges[-1] if merges else None


def _about(decided: Hand, here: int) -> tuple[str, ...]:
    """Return what a decision changes: no older one of the same may be taken back over it.

    That is the story that comes or goes, its part in the other one, also `here` where that is now, and each
    report it holds. Decisions about other parts of one story stand in nobody's way.
    """
    parts = dict.fromkeys(f"t{one}.t{decided.other}" for one in (here, decided.story))
    things = (f"t{decided.other}", *parts, *(f"a{number}" for number in decided.entries))
    return tuple(f"{ALL}{thing}" for thing in things)


def _inseparable(number: int, into: Story, decided: Hand | None) -> CommandError:
    """Return why a story cannot be taken out of another again, and what helps."""
    held = set(decided.entries) if decided else set()
    if held.isdisjoint(report.entry.number for report in into.reports):
        why = f"none of its reports is in t{into.number} any more"
    else:
        why = f"t{into.number} would be left without a report. Bring back first what was split off it"
    return CommandError(
        f"t{number} cannot be taken out of t{into.number} again: {why}.",
        example=f"/watch story show t{into.number}",
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
        about=_about(hand, story.number),
    )


async def _part(number: int, desk: Desk) -> Change:
    """Take the merging of a story back."""
    into = await story_named(desk, f"t{number}", example=SPLIT)
    await _refuse(desk, into)
    now = desk.clock.now()
    async with desk.store.transaction() as rooms:
        decided = await _merging(rooms, number)
        hand = await rooms.hands.part(number, at=now)
        if decided is None or hand is None:
            raise _inseparable(number, into, decided)
        await follow_up(rooms, hand, now=now)
    return Change(
        line=f"took t{number} out of {_name(into)} again: {_reports(len(hand.entries))} moved back, "
        f"{_ids(hand)}",
        undo=f"story merge t{decided.story} t{number}",
        about=_about(decided, hand.story),
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
