"""`story timeline`: how a story grew, what was corrected in it, and how far each report said it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcing.steps import step_line
from bot.commands import pages
from bot.commands.replies import audience_of, reply, story_named
from bot.messages import Facts, Heading, Link, Text
from bot.wording.cards import byline, corrections
from bot.wording.keyfacts import ON_DEMAND, written
from bot.wording.phrases import say
from bot.wording.promised import rows
from bot.wording.values import label, moment, period, value
from watchers.stories.novelty import Known
from watchers.stories.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block, Message
    from watchers.store.rows_stories import Corrected
    from watchers.store.store import Rooms
    from watchers.stories.progress import Stand
    from watchers.types import Report, Story

MOST_PROMISES: Final = 6
MOST_STANDS: Final = 12  # claims of how far it is: an affair of three steps has about that many


async def answer(command: Command, desk: Desk) -> Message:
    """Show what each report of a story brought, in the order they came, and what was said of its progress."""
    story = await story_named(desk, " ".join(command.values), example="/watch story timeline t1")
    audience = await audience_of(desk)
    lang = audience.lang
    told = _told(story, await desk.store.stories.corrected(story.number), audience)
    page = pages.chosen(command, len(told), example="/watch story timeline t1 page:2")
    title = say("timeline", lang, story=f"t{story.number}", headline=story.lead.entry.title)
    blocks: list[Block] = [Heading(text=title, url=story.lead.entry.link)]
    if page.number == 1:
        blocks += await steps(desk.store, story, audience)
        blocks += await _progress(desk, story, audience)
        blocks += await _promises(desk, story, audience)
    for some in told[page.start : page.start + pages.ROWS]:
        blocks += some
    others = pages.footer(page, again=f"story timeline t{story.number}", lang=lang)
    return reply(title, *blocks, *others, lang=lang)


async def steps(rooms: Rooms, story: Story, audience: Audience) -> list[Block]:
    """Return a line for each step of the affair before a story, the latest first, and the next ones after."""
    earlier = await rooms.storylines.earlier(story.number)
    later = await rooms.storylines.later(story.number)
    lines = [step_line(one, audience) for one in earlier]
    lines += [step_line(one, audience, phrase="later") for one in later]
    return [Text(text=line, tone="small") for line in lines]


def changed(one: Corrected, story: Story, audience: Audience) -> list[Block]:
    """Return the before-and-after entry of a correction, nothing if its report is here no longer."""
    report = next((r for r in story.reports if r.entry.number == one.entry), None)
    if report is None:
        return []
    text = corrections(report.entry, one.was, one.now, audience.lang)
    when = moment(one.at, audience.zone, audience.lang)
    return [Text(text=f"{when} · a{one.entry}: {text}", tone="warning")]


def _told(story: Story, changes: Sequence[Corrected], audience: Audience) -> list[list[Block]]:
    """Return what there is to tell of each report, and of each correction where it came between them."""
    lang, known, waiting = audience.lang, Known(), list(changes)
    told: list[list[Block]] = []
    for report in story.reports:
        while waiting and waiting[0].at < report.entry.seen:
            told.append(changed(waiting.pop(0), story, audience))
        new = "; ".join(f"{label(f, lang)}: {value(f, lang)}" for f in known.take(report.facts)[:4])
        told.append(
            [
                Text(text=f"{byline(report.entry, audience)}: {report.entry.title}"),
                Text(text=new or say("nothing_new", lang), tone="small"),
            ]
        )
    return told + [changed(one, story, audience) for one in waiting]


async def _progress(desk: Desk, story: Story, audience: Audience) -> list[Block]:
    """Return the dated claims of how far it is, those of the steps before included."""
    before = [
        await desk.store.stories.get(one.story) for one in await desk.store.storylines.earlier(story.number)
    ]
    stands = progress([*(one for one in before if one is not None), story])[-MOST_STANDS:]
    if not stands:
        return []
    where = [Link(text=_source(one, story), url=one.report.entry.link) for one in stands]
    facts = zip((one.fact for one in stands), where, strict=True)
    lines = written(facts, audience.lang, quote=ON_DEMAND)
    dated = tuple(
        replace(line, label=_day(one.report, audience)) for line, one in zip(lines, stands, strict=True)
    )
    return [Text(text=say("progress", audience.lang)), Facts(lines=dated)]


async def _promises(desk: Desk, story: Story, audience: Audience) -> list[Block]:
    """Return what was said to come in a story, and what became of it."""
    _, found = await desk.store.ledgers.listed(story=story.number, limit=MOST_PROMISES)
    lines = tuple(line for one in found for line in rows(one, audience.lang))
    return [Text(text=say("promises_of", audience.lang)), Facts(lines=lines)] if lines else []


def _source(stand: Stand, story: Story) -> str:
    """Return who said so, such as "Harbour Post, Coast Post (t3, a12)"."""
    outlets = ", ".join((stand.report.entry.outlet, *stand.also))
    number = f"a{stand.report.entry.number}"
    return f"{outlets} ({number if stand.story == story.number else f't{stand.story}, {number}'})"


def _day(report: Report, audience: Audience) -> str:
    return period(report.entry.when.astimezone(audience.zone).date().isoformat(), audience.lang)
