"""What a file of a story tells, as one record: its reports and facts, and what was made of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bot.commands.dossier_standing import (
    disagreements_of,
    more_exactly_of,
    origins_of,
    rates_of,
    reference_of,
)
from bot.wording.phrases import say
from bot.wording.values import plain_value
from watchers.stories.progress import progress

if TYPE_CHECKING:
    from datetime import datetime

    from bot.commands.tabular import Row
    from watchers.store.rows_chat import Retraction
    from watchers.store.rows_stories import Corrected, Hand, Step
    from watchers.stories.progress import Stand
    from watchers.types import Entry, Fact, Report, Story

HASHED: Final = (
    "SHA-256 of title, summary and body, joined by line feeds, in UTF-8; of what is still kept of them: "
    "old texts are deleted"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that a file of a story tells."""

    story: Story
    corrections: tuple[Corrected, ...] = ()
    earlier: tuple[Step, ...] = ()
    later: tuple[Step, ...] = ()
    hands: tuple[Hand, ...] = ()
    retraction: Retraction | None = None


def content_hash(entry: Entry) -> str:
    """Return what proves later which text an entry had: see HASHED."""
    return sha256(f"{entry.title}\n{entry.summary}\n{entry.body}".encode()).hexdigest()


def records(dossier: Dossier) -> Row:
    """Return all that a file of a story tells, as it stands in JSON."""
    story = dossier.story
    return {
        "story": f"t{story.number}",
        "headline": story.lead.entry.title,
        "opened": _time(story.opened),
        "updated": _time(story.updated),
        "retracted": _retracted(dossier.retraction),
        "origins": origins_of(story),
        "disagreements": disagreements_of(story),
        "more_exactly": more_exactly_of(story),
        "reference": reference_of(story),
        "earlier": [_step(one) for one in dossier.earlier],
        "later": [_step(one) for one in dossier.later],
        "progress": [_stand(one) for one in progress([story])],
        "corrections": [_correction(one) for one in dossier.corrections],
        "decisions": [_decision(hand) for hand in dossier.hands],
        "rates": rates_of(story),
        "hash": HASHED,
        "reports": [_report(report) for report in story.reports],
    }


def _correction(one: Corrected) -> Row:
    return {
        "at": _time(one.at),
        "article": f"a{one.entry}",
        "was": [_fact(fact) for fact in one.was],
        "now": [_fact(fact) for fact in one.now],
    }


def _decision(hand: Hand) -> Row:
    return {
        "at": _time(hand.at),
        "kind": hand.kind,
        "story": f"t{hand.story}",
        "other": f"t{hand.other}",
        "articles": [f"a{number}" for number in hand.entries],
        "by": hand.by_name,
        "told": _told(hand),
    }


def _told(hand: Hand) -> str:
    """Return what a post says of a decision."""
    if hand.kind == "merge":
        return say("merged", "en", story=f"t{hand.other}", into=f"t{hand.story}")
    return say("split", "en", story=f"t{hand.other}", source=f"t{hand.story}")


def _stand(stand: Stand) -> Row:
    return {
        "at": _time(stand.report.entry.when),
        "status": str(stand.fact.value),
        "article": f"a{stand.report.entry.number}",
        "outlet": stand.report.entry.outlet,
        "also": list(stand.also),
        "sentence": stand.fact.sentence,
    }


def _report(report: Report) -> Row:
    entry = report.entry
    return {
        "id": f"a{entry.number}",
        "outlet": entry.outlet,
        "language": entry.lang,
        "title": entry.title,
        "link": entry.link,
        "published": _time(entry.published),
        "seen": _time(entry.seen),
        "sha256": content_hash(entry),
        "facts": [_fact(fact) for fact in report.facts],
    }


def _fact(fact: Fact) -> Row:
    return {
        "type": fact.type,
        "role": fact.role,
        "value": str(fact.value),
        "as_read": plain_value(fact.value, "en"),
        "bound": fact.bound,
        "approximate": fact.approx,
        "hedge": fact.hedge,
        "said_by": fact.said_by,
        "mention": fact.mention,
        "start": fact.start,
        "end": fact.end,
        "sentence": fact.sentence,
        "confidence": fact.confidence,
    }


def _step(step: Step) -> Row:
    return {"story": f"t{step.story}", "headline": step.title, "at": _time(step.at)}


def _retracted(gone: Retraction | None) -> Row | None:
    return {"at": _time(gone.at), "reason": gone.reason} if gone else None


def _time(at: datetime | None) -> str:
    return at.isoformat() if at else ""
