"""`why`: how far an article came, and what decided it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.alerts import decision
from bot.commands.parse import shown
from bot.commands.replies import audience_of, only, reply
from bot.errors import CommandError
from bot.messages import Block, Heading, Table, Text
from bot.wording import moment

if TYPE_CHECKING:
    from bot.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import Why
    from watchers.types import Report

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
    found = await desk.store.find.entries(words)
    if not found and "://" in words:
        raise CommandError(
            "No feed of this bot has brought that address yet; nothing is known of it.",
            example="/watch source list",
        )
    number = only(found, words, what="article", letter="a", example="/watch digest preview")
    known = await desk.store.find.why(number)
    if known is None:
        raise CommandError(f'There is no article "{shown(words)}".', example="/watch digest preview")
    return _told(known, await audience_of(desk))


def _told(known: Why, audience: Audience) -> Message:
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
    blocks += [Text(text=verdict), Table(header=("Stage", "Result"), rows=tuple(stages))]
    if known.report is not None:
        blocks += _reasons(known.report)
    return reply(verdict, *blocks)


def _judged(report: Report, known: Why, audience: Audience) -> tuple[str, list[tuple[str, str]]]:
    mine = tuple(m for m in report.matches if m.channel == audience.channel)
    words = list(dict.fromkeys(hit.term for m in mine for hit in m.hits))
    names = {watch.number: watch.name for watch in audience.watches}
    outcome = decision([report], audience)
    score, threshold = report.relevance.score, audience.threshold
    stages = [
        (
            "Words",
            ", ".join(words) + f" ({', '.join(names.get(m.watch, '') for m in mine)})" if mine else "none",
        ),
        ("Relevance", f"{score:.2f}; this channel alerts from {threshold:.2f}"),
        ("Evidence", ", ".join(report.relevance.evidence) or "it names nothing that the exemplars name"),
        ("Decision", _DECIDED[outcome]),
        ("Story", f"t{known.story}" if known.story else "none"),
        ("Told", ", ".join(known.told) or "nowhere"),
    ]
    if audience.channel in known.told and outcome in {"digest", "store"}:
        return (
            f"It joined t{known.story}, whose card this channel has; alone it would be {_DECIDED[outcome]}.",
            stages,
        )
    if report.entry.archive and not known.told and outcome in {"urgent", "now"}:
        return "It came with the feed's first poll, of which only a few are announced.", stages
    return f"It was {_DECIDED[outcome]}: {_because(report, audience, words)}.", stages


def _because(report: Report, audience: Audience, words: list[str]) -> str:
    score, threshold = report.relevance.score, audience.threshold
    if score >= threshold and report.relevance.evidence:
        return f"its relevance {score:.2f} reaches {threshold:.2f}"
    if score >= threshold:
        return f"its relevance {score:.2f} would do, but it names nothing that the exemplars name"
    short = f"its relevance {score:.2f} is {threshold - score:.2f} short of {threshold:.2f}"
    return f"{short}, and the words {', '.join(words[:3])} alone never alert" if words else short


def _reasons(report: Report) -> list[Block]:
    ranked = sorted(report.relevance.reasons, key=lambda r: -abs(r.contribution))[:REASONS]
    rows = tuple((f"{r.contribution:+.2f}", r.words) for r in ranked)
    blocks: list[Block] = (
        [Table(header=("Weight", "What spoke for (+) or against (−)"), rows=rows)] if rows else []
    )
    blocks += [
        Text(text=f"Nearest exemplar sentence ({near.similarity:.2f}): {near.sentence}", tone="quote")
        for near in report.relevance.nearest[:1]
    ]
    return blocks
