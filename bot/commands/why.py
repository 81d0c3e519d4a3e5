"""`why`: how far an article came, and what decided it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.alerts import decision, leading
from bot.commands.parse import shown
from bot.commands.replies import audience_of, only, reply, story_named
from bot.errors import CommandError
from bot.messages import Actions, Block, Button, Heading, Table, Text
from bot.phrases import say
from bot.quiet import muting
from bot.wording import moment

if TYPE_CHECKING:
    from bot.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import Why
    from watchers.types import Relevance, Report

_DECIDED = {
    "urgent": "worth an alert at once",
    "now": "worth an alert",
    "digest": "kept for the digest",
    "store": "stored and not told",
}
REASONS = 6


async def answer(command: Command, desk: Desk) -> Message:
    """Return each stage an article passed, with what spoke for and against it."""
    words = " ".join(command.values)
    audience = await audience_of(desk)
    known = await desk.store.find.why(await _article(words, audience, desk))
    if known is None:
        raise CommandError(f'There is no article "{shown(words)}".', example="/watch digest preview")
    return _told(known, audience, await _kept_quiet(known, audience, desk))


async def _article(words: str, audience: Audience, desk: Desk) -> int:
    """Return the article that a person means; of a story it is the one that earned its card here."""
    if words[:1].lower() == "t" and words[1:].isdigit():
        story = await story_named(desk, words, example="/watch why t1")
        return leading(story, audience).entry.number
    found = await desk.store.find.entries(words)
    if not found and "://" in words:
        raise CommandError(
            "No feed of this bot has brought that address yet; nothing is known of it.",
            example="/watch source list",
        )
    return only(found, words, what="article", letter="a", example="/watch digest preview")


async def _kept_quiet(known: Why, audience: Audience, desk: Desk) -> str:
    """Return what keeps an article's story from being told here, empty if nothing does."""
    story = await desk.store.stories.get(known.story) if known.story else None
    if story is None:
        return ""
    if await desk.store.retractions.get(story.number):
        return "its story was taken back for good"
    mute = muting(story, known.entry.feed, audience.mutes)
    if mute is None:
        return ""
    what = f"the words {mute.target}" if mute.kind == "words" else f"its {mute.kind}"
    return f"{what} is muted here by {mute.by_name or 'somebody'} (m{mute.number})"


def _told(known: Why, audience: Audience, quiet: str) -> Message:
    entry = known.entry
    stages = [
        ("Fetched", f"{entry.outlet}, {moment(entry.seen, audience.zone, audience.lang)}"),
        ("Also seen in", f"{len(known.sightings)} other feeds" if known.sightings else "no other feed"),
    ]
    blocks: list[Block] = [Heading(text=entry.title, url=entry.link)]
    if known.report is None:
        stages.append(("Read", "not yet"))
        verdict = "It waits to be read."
    else:
        verdict, more = _judged(known.report, known, audience)
        stages += more
        if quiet:
            verdict = f"It is not told here: {quiet}."
            stages.append(("Kept quiet", quiet))
    blocks += [Text(text=verdict), Table(header=("Stage", "Result"), rows=tuple(stages))]
    if known.report is not None:
        blocks += _reasons(audience.judged(known.report))
        blocks.append(_further(known, audience.lang))
    return reply(verdict, *blocks)


def _further(known: Why, lang: str) -> Actions:
    """Return buttons to what people look at next: the facts with their sentences, and the story."""
    facts = Button(label=say("button_facts", lang), command=f"facts a{known.entry.number}")
    if known.story is None:
        return Actions(buttons=(facts,))
    facts = replace(facts, command=f"facts t{known.story}")
    timeline = Button(label=say("button_timeline", lang), command=f"story timeline t{known.story}")
    return Actions(buttons=(facts, timeline))


def _judged(report: Report, known: Why, audience: Audience) -> tuple[str, list[tuple[str, str]]]:
    mine = tuple(m for m in report.matches if m.channel == audience.home)
    words = list(dict.fromkeys(hit.term for m in mine for hit in m.hits))
    names = {watch.number: watch.name for watch in audience.watches}
    rules = ", ".join(names.get(m.watch, "a rule of then") for m in mine)
    outcome = decision([report], audience)
    relevance = audience.judged(report)
    score, threshold = relevance.score, audience.threshold
    stages = [
        (
            "Words",
            ", ".join(words) + f" ({rules})" if mine else "none",
        ),
        ("Relevance", f"{score:.2f}; this channel alerts from {threshold:.2f}"),
        ("Evidence", ", ".join(relevance.evidence) or "it names nothing that the exemplars name"),
        ("Decision", _DECIDED[outcome]),
        ("Story", f"t{known.story}" if known.story else "none"),
        ("Told", _told_where(known, audience)),
    ]
    if audience.channel in known.told and outcome in {"digest", "store"}:
        return (
            f"It joined t{known.story}, whose card this channel has; alone it would be {_DECIDED[outcome]}.",
            stages,
        )
    if report.entry.archive and not known.told and outcome in {"urgent", "now"}:
        return "It came with the feed's first poll, of which only a few are announced.", stages
    return f"It was {_DECIDED[outcome]}: {_because(report, audience, words)}.", stages


def _told_where(known: Why, audience: Audience) -> str:
    """Return where the story's card is, other channels counted and not named."""
    others = len([channel for channel in known.told if channel != audience.channel])
    here = ["here"] if audience.channel in known.told else []
    there = [f"in {others} other channel{'s' if others > 1 else ''}"] if others else []
    return " and ".join(here + there) or "nowhere"


def _because(report: Report, audience: Audience, words: list[str]) -> str:
    relevance = audience.judged(report)
    score, threshold = relevance.score, audience.threshold
    if score >= threshold and relevance.evidence:
        return f"its relevance {score:.2f} reaches {threshold:.2f}"
    if score >= threshold:
        return f"its relevance {score:.2f} would do, but it names nothing that the exemplars name"
    short = f"its relevance {score:.2f} is {threshold - score:.2f} short of {threshold:.2f}"
    return f"{short}, and the words {', '.join(words[:3])} alone never alert" if words else short


def _reasons(relevance: Relevance) -> list[Block]:
    ranked = sorted(relevance.reasons, key=lambda r: -abs(r.contribution))[:REASONS]
    rows = tuple((f"{r.contribution:+.2f}", r.words) for r in ranked)
    blocks: list[Block] = (
        [Table(header=("Weight", "What spoke for (+) or against (−)"), rows=rows)] if rows else []
    )
    blocks += [
        Text(text=f"Nearest exemplar sentence ({near.similarity:.2f}): {near.sentence}", tone="quote")
        for near in relevance.nearest[:1]
    ]
    return blocks
