"""`source import`: the feeds of an OPML file. First what it would bring; confirm:yes, a button, adds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.parse import shown
from bot.commands.replies import Change, reply
from bot.commands.request import Question, Reply, Sheet
from bot.commands.sources_every import USUAL
from bot.commands.sources_plan import PLAN, Plan, keep, planned, told_of
from bot.commands.sources_spans import spans, unspanned
from bot.commands.trying import address, advice
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Table, Text
from watchers.errors import FeedError
from watchers.feeds.opml import OpmlError, Outline, never_opened, read_opml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block

EXAMPLE: Final = "/watch source import https://example.org/feeds.opml"
NAMED: Final = 8  # addresses of a kind that a dry run names


async def answer(command: Command, desk: Desk) -> Change | Reply:
    """Say what a file of feeds would bring here, or add it; without a file, open a form to paste one into."""
    confirmed = "confirm" in command.options
    words = command.values[0] if command.values else ""
    if words.startswith(PLAN) and desk.file is None:
        number, plan = await planned(words, desk)
        return await _added(plan, number, desk) if confirmed else _told(plan, number)
    outlines = await _outlines(words, command, desk)
    if outlines is None:
        return _sheet()
    plan = await told_of(outlines, desk)
    number = await keep(plan, desk)
    return await _added(plan, number, desk) if confirmed and plan.adds else _told(plan, number)


async def unimport(command: Command, desk: Desk) -> Change:
    """Take out again what one import added: numbers and spans of them, and the plan that they came by."""
    wanted = unspanned(command.values[0])
    links = {link.feed: link for link in await desk.store.channels.feeds(desk.home)}
    here = [number for number in wanted if number in links]
    if not here:
        raise CommandError("None of these sources is read here any more.", example="/watch source list")
    async with desk.store.transaction() as rooms:
        for number in here:
            await rooms.channels.unfollow(desk.home, number)
    plan = command.values[1] if len(command.values) > 1 else ""
    return Change(
        line=f"took out {_sources(len(here))}: {shown(spans(here, letter='s'), 200)}",
        undo=f"source import {plan} confirm:yes" if plan else "",
        about=tuple(f"s{number}" for number in here),
        details=(Text(text="What they brought stays in the archive.", tone="small"),),
    )


async def _outlines(words: str, command: Command, desk: Desk) -> tuple[Outline, ...] | None:
    """Return the feeds of what was handed in, pasted or named by its address; None if nothing was."""
    text = command.options.get("text", "").strip()
    if desk.file is not None:
        return _read(desk.file.body)
    pasted = text.split()
    if len(pasted) > 1:
        return _read(text.encode()) if text.startswith("<") else _lines(pasted)
    url = words or text
    if not url:
        return None
    if "://" not in url and url.lower().endswith((".opml", ".xml")) and "/" not in url:
        raise CommandError(
            f'There is no file "{shown(url)}" here. In a channel give the address of the file, or paste it '
            "into the form that /watch source import opens; on the command line name it from its folder.",
            example=EXAMPLE,
        )
    target = address(url, verb="import")
    try:
        return await desk.reading.outlines_at(target)
    except FeedError as error:
        raise CommandError(f"That file cannot be read: {error} {advice(error)}", example=EXAMPLE) from error
    except OpmlError as error:
        raise CommandError(str(error), example=EXAMPLE) from error


def _read(body: bytes) -> tuple[Outline, ...]:
    try:
        return read_opml(body)
    except OpmlError as error:
        raise CommandError(str(error), example=EXAMPLE) from error


def _lines(words: Sequence[str]) -> tuple[Outline, ...]:
    """Return the addresses among some words."""
    found = [word for word in words if word.startswith(("http://", "https://"))]
    if not found:
        raise CommandError("That is neither an OPML file nor a list of addresses.", example=EXAMPLE)
    return tuple(Outline(url=url, name=url, fault=never_opened(url)) for url in dict.fromkeys(found))


async def _added(plan: Plan, number: str, desk: Desk) -> Change:
    """Read everything here that a plan has and that is not read here by now."""
    here = {link.url for link in await desk.store.channels.feeds(desk.home)}
    some = [one for one in plan.adds if one.url not in here]
    if not some:
        raise CommandError("All of that is read here already.", example="/watch source list")
    numbers: list[int] = []
    async with desk.store.transaction() as rooms:
        for one in some:
            name = one.name[: values.LONGEST_NAME]
            feed = await rooms.feeds.add(one.url, name=name, every=USUAL, origin="chat")
            tags = tuple(tag[: values.LONGEST_NAME] for tag in one.tags[: values.MOST_TAGS])
            if await rooms.channels.follow(desk.home, feed.number, name=name, tags=tags, origin="chat"):
                numbers.append(feed.number)
        await rooms.feeds.hurry(numbers)
    return Change(
        line=f"added {_sources(len(numbers))} from a file: {shown(spans(numbers, letter='s'), 200)}",
        undo=f"source unimport {spans(numbers)} {number}",
        about=tuple(f"s{number}" for number in numbers),
        details=(
            Text(
                text="They are asked within minutes. Of what they hold now the newest few that fit are told, "
                "the rest is stored quietly. How they are doing: /watch source list",
                tone="small",
            ),
        ),
    )


def _told(plan: Plan, number: str) -> Reply:
    """Return what a plan would do, and the button that does it."""
    rows = [
        ("New", str(len(plan.adds))),
        ("Read here already", str(plan.known)),
        ("Dead, left out", str(len(plan.dead))),
    ]
    if plan.searches:
        rows.append(("News searches, left out", str(len(plan.searches))))
    if plan.beyond:
        rows.append(("More than one import takes, left out", str(plan.beyond)))
    blocks: list[Block] = [
        Heading(text="What the file would bring; nothing is changed yet"),
        Table(header=("What", "Sources"), rows=tuple(rows)),
        *_named("New", [f"{one.name} {_tags(one)}".strip() for one in plan.adds]),
        *_named("Dead", [f"{one.url}: {why}" for one, why in plan.dead]),
    ]
    if plan.unsure:
        blocks.append(Text(text=_unsure(plan), tone="small"))
    if plan.searches:
        blocks.append(
            Text(
                text="A news search has terms that you must see first; add each by itself: /watch source add "
                f"{plan.searches[0].url}",
                tone="small",
            )
        )
    if plan.adds:
        label = f"Add {_sources(len(plan.adds))}"
        button = Button(label=label, command=f"source import {number} confirm:yes", style="primary")
        blocks.append(Actions(buttons=(button,)))
    else:
        blocks.append(Text(text="Nothing in it is new here."))
    notice = f"{len(plan.adds)} new, {plan.known} known, {len(plan.dead)} dead"
    return Reply(message=reply(notice, *blocks))


def _unsure(plan: Plan) -> str:
    parts = []
    if plan.failing:
        parts.append(f"{plan.failing} of the new did not answer just now")
    if plan.unasked:
        parts.append(f"{plan.unasked} of the new were not tried for want of time")
    return f"{' and '.join(parts)}; once added they are asked again by themselves."


def _named(label: str, lines: Sequence[str]) -> tuple[Text, ...]:
    if not lines:
        return ()
    more = f"\nand {len(lines) - NAMED} more" if len(lines) > NAMED else ""
    return (Text(text=f"{label}:\n" + "\n".join(shown(line, 160) for line in lines[:NAMED]) + more),)


def _tags(one: Outline) -> str:
    return f"({', '.join(one.tags)})" if one.tags else ""


def _sources(count: int) -> str:
    return f"{count} source{'' if count == 1 else 's'}"


def _sheet() -> Reply:
    sheet = Sheet(
        title="Take over feeds",
        command="source import",
        questions=(
            Question(
                name="text",
                label="An OPML file",
                hint="Its address; or its text if it is short; or addresses of feeds, one a line",
                required=True,
                long=True,
            ),
        ),
    )
    words = (
        "Which feeds? Give the address of an OPML file, which every feed reader exports, such as "
        f"{EXAMPLE}, or on the command line its name. What it would bring is shown before anything is added."
    )
    return Reply(message=reply("Take over feeds", Text(text=words)), sheet=sheet)
