"""`mute`: keep a story, source, rule or words quiet for a while, and see what was held back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.commands import reach, values
from bot.commands.parse import shown
from bot.commands.replies import Change, reply
from bot.commands.request import Reply
from bot.commands.rules import zone_of
from bot.commands.suggest import pick
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Table, Text
from bot.wording.values import moment, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block, Message
    from watchers.store.rows_chat import Held, Mute, MuteKind

EXAMPLE: Final = '/watch mute add "air show" for:7d'
SHORTEST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(days=365)  # beyond a year people mean always
FOR_EVER: Final = frozenset({"always", "forever", "ever"})
_OFFERED: Final = (("1 day", "1d"), ("3 days", "3d"), ("7 days", "7d"), ("Always", "always"))
_ID: Final = re.compile(r"([tsr])(\d{1,9})", re.IGNORECASE)
LEAST_LETTERS: Final = 2  # of muted words; one letter would silence whatever holds it
MOST_WORDS: Final = 100  # code points of muted words
TOLD: Final = 5  # stories named of those held back
MOST_TITLE: Final = 80


async def add(command: Command, desk: Desk) -> Change | Reply:
    """Keep something quiet here; without an end, ask for one."""
    kind, target = await _target(command, desk)
    name = await _name(kind, target, desk)
    if not command.options.keys() & {"for", "until"}:
        return _asked(kind, target, name)
    now = desk.clock.now()
    until = await _until(command, desk, now)
    for mute in await desk.store.mutes.running(desk.home, now):
        if (mute.kind, mute.target.lower()) == (kind, target.lower()):
            raise CommandError(
                f"{name} is muted already, as m{mute.number}. End that first to give it another end.",
                example=f"/watch mute off m{mute.number}",
            )
    saved = await desk.store.mutes.add(
        desk.home, kind=kind, target=target, until=until, by=desk.asker.id, by_name=desk.asker.name
    )
    return Change(
        line=f"muted {name} {_end(until, await zone_of(desk))}",
        undo=f"mute off m{saved.number}",
        details=(
            Text(
                text="It stays in the archive and in searches. What is held back: /watch mute list",
                tone="small",
            ),
        ),
    )


async def listed(_command: Command, desk: Desk) -> Message:
    """List what is muted now, until when, and what it held back meanwhile."""
    running = await desk.store.mutes.running(desk.home, desk.clock.now())
    if not running:
        return reply(
            "Nothing is muted", Text(text=f"Nothing is muted here. Mute words, for instance: {EXAMPLE}")
        )
    zone = await zone_of(desk)
    rows: list[tuple[str, ...]] = []
    told: list[Block] = []
    for mute in running:
        held = await desk.store.mutes.held(mute.number)
        name = await _name(mute.kind, mute.target, desk)
        rows.append(
            (f"m{mute.number}", name, _end(mute.until, zone), mute.by_name or "somebody", _count(held))
        )
        told += await _stories(held, desk, f"m{mute.number} held back")
    ends = tuple(
        Button(label=f"End m{mute.number}", command=f"mute off m{mute.number}") for mute in running[:4]
    )
    return reply(
        f"{len(rows)} muted",
        Heading(text="Muted here"),
        Table(header=("Id", "What", "How long", "By", "Held back"), rows=tuple(rows)),
        *told,
        Actions(buttons=ends),
    )


async def off(command: Command, desk: Desk) -> Change:
    """End a mute and say what it held back."""
    now = desk.clock.now()
    mute = await _running(command, desk, now)
    name = await _name(mute.kind, mute.target, desk)
    held = await desk.store.mutes.held(mute.number)
    for one in await desk.store.mutes.running(desk.home, now):
        if (one.kind, one.target) == (mute.kind, mute.target):  # two if both of two merged stories were
            await desk.store.mutes.end(desk.home, one.number, at=now)
    until = "for:always" if mute.until is None else f"until:{mute.until.isoformat()}"
    details = await _stories(held, desk, "Held back meanwhile")
    are = "are" if mute.kind == "words" else "is"
    return Change(
        line=f"ended m{mute.number}: {name} {are} heard again; it held back {_count(held)}",
        undo=f"mute add {_typed(mute.kind, mute.target)} {until}",
        details=tuple(details),
    )


def _asked(kind: MuteKind, target: str, name: str) -> Reply:
    """Return the question for how long, as buttons."""
    typed = _typed(kind, target)
    buttons = tuple(Button(label=label, command=f"mute add {typed} for:{end}") for label, end in _OFFERED)
    return Reply(
        message=reply(
            f"Mute {name} for how long?",
            Text(text=f"Mute {name} for how long? Or type it: /watch mute add {typed} for:12h"),
            Actions(buttons=buttons),
        )
    )


async def _target(command: Command, desk: Desk) -> tuple[MuteKind, str]:
    words = " ".join(" ".join(command.values).replace('"', " ").split())
    found = _ID.fullmatch(words)
    if found is None:
        return await _words(words, desk)
    number = int(found[2])
    match found[1].lower():
        case "t":
            stands_for = await desk.store.hands.survivor(number)
            if await desk.store.stories.get(stands_for) is None:
                raise CommandError(f"There is no story t{number}.", example=EXAMPLE)
            return "story", str(stands_for)
        case "s":
            sources = {link.feed: link.name for link in await desk.store.channels.feeds(desk.home)}
            return "source", str(pick((number,), sources, words, what="source", letter="s"))
        case _:
            rules = {w.watch.number: w.watch.name for w in await reach.rules_shown(desk)}
            return "rule", str(pick((number,), rules, words, what="rule", letter="r"))


async def _words(words: str, desk: Desk) -> tuple[MuteKind, str]:
    if words.isdigit():
        raise CommandError(
            f'"{shown(words)}" could be a story, a source or a rule.',
            nearest=f"t{words[:9]}",
            example=EXAMPLE,
        )
    if sum(c.isalpha() or c.isdigit() for c in words) < LEAST_LETTERS or len(words) > MOST_WORDS:
        raise CommandError(
            f"Words to mute have at least {LEAST_LETTERS} letters and at most {MOST_WORDS} characters.",
            example=EXAMPLE,
        )
    for link in await desk.store.channels.feeds(desk.home):
        if link.name.lower() == words.lower():
            return "source", str(link.feed)
    for one in await desk.store.watches.listed(desk.home):
        if one.watch.name.lower() == words.lower():
            return "rule", str(one.watch.number)
    return "words", words


async def _name(kind: MuteKind, target: str, desk: Desk) -> str:
    """Return what people call a muted thing."""
    match kind:
        case "story":
            story = await desk.store.stories.get(int(target))
            title = f" “{shorten(story.lead.entry.title, MOST_TITLE)}”" if story else ""
            return f"t{target}{title}"
        case "source":
            links = {str(link.feed): link.name for link in await desk.store.channels.feeds(desk.home)}
            return f"s{target} “{links[target]}”" if target in links else f"s{target}"
        case "rule":
            rules = {str(w.watch.number): w.watch.name for w in await reach.rules_shown(desk)}
            return f"r{target} “{rules[target]}”" if target in rules else f"r{target}"
        case "words":
            return f"the words “{target}”"


def _typed(kind: MuteKind, target: str) -> str:
    letter = {"story": "t", "source": "s", "rule": "r"}.get(kind, "")
    return f"{letter}{target}" if letter else values.quoted(target)


async def _until(command: Command, desk: Desk, now: datetime) -> datetime | None:
    if "until" in command.options:
        until = values.instant(command.options["until"], await zone_of(desk), example=EXAMPLE)
        if not now < until <= now + LONGEST:
            raise CommandError(
                f"until takes a time that is still to come, at most {LONGEST.days} days from now; for:always "
                "has no end.",
                example=EXAMPLE,
            )
        return until
    text = command.options["for"].strip().lower()
    if text in FOR_EVER:
        return None
    return now + values.span(text, "for", low=SHORTEST, high=LONGEST, example=EXAMPLE)


async def _running(command: Command, desk: Desk, now: datetime) -> Mute:
    """Return the running mute that is meant by its id, by what it mutes, or by its words."""
    words = " ".join(" ".join(command.values).replace('"', " ").split())
    running = await desk.store.mutes.running(desk.home, now)
    named = _ID.fullmatch(words)
    if named is not None and named[1].lower() == "t":
        words = f"t{await desk.store.hands.survivor(int(named[2]))}"
    for mute in running:
        typed = _typed(mute.kind, mute.target).strip('"')
        if words.lower() in {f"m{mute.number}", typed.lower()}:
            return mute
    names = ", ".join(
        [f"m{mute.number} ({await _name(mute.kind, mute.target, desk)})" for mute in running[:5]]
    )
    raise CommandError(
        f'Nothing muted here is called "{shown(words)}"; '
        + (f"there is {names}." if names else "nothing is."),
        nearest=f"m{running[0].number}" if len(running) == 1 else "",
        example=f"/watch mute off m{running[0].number}" if len(running) == 1 else "/watch mute list",
    )


async def _stories(held: Sequence[Held], desk: Desk, label: str) -> list[Block]:
    """Return the last stories that were held back, in a line."""
    names = [await _name("story", str(one.story), desk) for one in held[-TOLD:]]
    more = f" and {len(held) - TOLD} more" if len(held) > TOLD else ""
    return [Text(text=f"{label}: {'; '.join(names)}{more}", tone="small")] if names else []


def _count(held: Sequence[Held]) -> str:
    return "nothing" if not held else f"{len(held)} stor{'y' if len(held) == 1 else 'ies'}"


def _end(until: datetime | None, zone: ZoneInfo) -> str:
    return f"until {moment(until, zone, 'en')}" if until else "for good"
