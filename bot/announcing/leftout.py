"""Which entries named a watched word and were still not told, and why in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import decision
from bot.wording.digest import LeftOut
from bot.wording.found import words_found
from bot.wording.phrases import known, say
from watchers.types import Story

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from watchers.store.store import Rooms
    from watchers.types import Match, Reason, Report

MOST: Final = 200  # entries looked at; a digest shows a handful
NAMED: Final = 3  # words named of each


async def left_out(
    rooms: Rooms, audience: Audience, *, start: datetime, end: datetime, told: Collection[int] = ()
) -> tuple[LeftOut, ...]:
    """Return the entries of [start, end) that named a watched word and were not told, highest score first.

    `told` are the numbers of entries that stand elsewhere, as reports of a story; what a mute keeps quiet is
    not named either.
    """
    reports = await rooms.stories.judged("store", start=start, end=end, limit=MOST)
    return tuple(
        LeftOut(entry=report.entry, why=excuse(report, audience))
        for report in reports
        if report.entry.number not in told and _is_left_out(report, audience)
    )


def excuse(report: Report, audience: Audience) -> str:
    """Return why a report that named a watched word was left out: its score and what pulled it down most."""
    relevance, lang = audience.judged(report), audience.lang
    hits = [hit for match in _met(report, audience) for hit in match.hits]
    words = ("、" if lang == "ja" else ", ").join(words_found(report.entry, hits)[:NAMED])
    against = min((r for r in relevance.reasons if r.contribution < 0), key=_weight, default=None)
    reason = _said(against, lang) if against else ""
    why = say("left_out_why", lang, reason=reason) if reason else ""
    score = f"{relevance.score:.2f}"
    if not words:  # one that only excludes words
        return say("left_out_rule", lang, score=score, why=why)
    return say("left_out_names", lang, words=words, score=score, why=why)


def _is_left_out(report: Report, audience: Audience) -> bool:
    if not (audience.reads(report.entry) and _met(report, audience)):
        return False
    seen = report.entry.seen
    alone = Story(number=0, key=report.entry.key, reports=(report,), opened=seen, updated=seen)
    return decision((report,), audience) == "store" and audience.mute_of(alone, report.entry) is None


def _met(report: Report, audience: Audience) -> list[Match]:
    """Return what met the watches that a channel has and its readers may know of."""
    watches = {watch.number for watch in audience.watches}
    return [match for match in report.matches if match.watch in watches]


def _weight(reason: Reason) -> float:
    return reason.contribution


def _said(reason: Reason, lang: str) -> str:
    """Return a reason's words in a language, empty if it has none there."""
    phrase = f"against.{reason.feature}"
    return reason.words if lang == "en" else say(phrase, lang) if known(phrase) else ""
