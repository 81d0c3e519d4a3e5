"""`why`: how far an article came, what decided it, and the smallest change that would have turned it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcing.alerts import leading
from bot.commands.parse import shown
from bot.commands.replies import audience_of, only, reply, story_named
from bot.commands.why_facts import Case, gather
from bot.commands.why_missing import missing
from bot.commands.why_reasons import marked, nearest, promotional, strongest, weighed
from bot.commands.why_stages import stages, verdict
from bot.commands.why_turned import turning
from bot.errors import CommandError
from bot.messages import Actions, Block, Button, Heading, Table, Text
from bot.wording.phrases import say
from watchers.feeds.links import canonical

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message


async def answer(command: Command, desk: Desk) -> Message:
    """Return each stage an article passed, what spoke for and against it, and what would have turned it."""
    words = " ".join(command.values).strip()
    audience = await audience_of(desk)
    number = await _article(words, audience, desk)
    if number is None:
        return await missing(words, audience, desk)
    case = await gather(number, audience, desk)
    if case is None:
        raise CommandError(f'There is no article "{shown(words)}".', example="/watch digest preview")
    return _told(case)


async def _article(words: str, audience: Audience, desk: Desk) -> int | None:
    """Return the article that a person means, None for an address that nothing brought.

    Of a story it is the one that earned its card here.
    """
    if words[:1].lower() == "t" and words[1:].isdigit():
        story = await story_named(desk, words, example="/watch why t1")
        return leading(story, audience).entry.number
    found = await desk.store.find.entries(words)
    if not found and "://" in words:
        found = await desk.store.find.entries(canonical(words)) if canonical(words) else ()
        if not found:
            return None
    return only(found, words, what="article", letter="a", example="/watch digest preview")


def _told(case: Case) -> Message:
    """Write the verdict and what spoke for it first, then what would turn it, and all the stages beneath."""
    entry, said, report = case.known.entry, verdict(case), case.known.report
    lang = case.audience.lang
    stage = say(f"stage.{said.stage}", lang)
    blocks: list[Block] = [
        Heading(text=entry.title, url=entry.link),
        Text(text=say("way_decided_at", lang, words=said.words, stage=stage)),
    ]
    way = Table(
        header=(say("way_column_stage", lang), say("way_column_result", lang)),
        rows=tuple((say(f"stage.{one.name}", lang), one.result) for one in stages(case)),
    )
    if report is None:
        return reply(said.words, *blocks, way, lang=lang)
    audience = case.audience
    return reply(
        said.words,
        *blocks,
        *strongest(report, audience),
        *marked(report, audience),
        *nearest(report, audience),
        *promotional(report, audience),
        *turning(case, said),
        way,
        *weighed(report, audience),
        _further(case),
        lang=lang,
    )


def _further(case: Case) -> Actions:
    """Return buttons to what people look at next: the facts with their sentences, and the story."""
    lang, story = case.audience.lang, case.known.story
    facts = Button(label=say("button_facts", lang), command=f"facts a{case.known.entry.number}")
    alike = Button(label=say("button_alike", lang), command=f"like a{case.known.entry.number}")
    if story is None:
        return Actions(buttons=(facts, alike))
    timeline = Button(label=say("button_timeline", lang), command=f"story timeline t{story}")
    return Actions(buttons=(replace(facts, command=f"facts t{story}"), timeline, alike))
