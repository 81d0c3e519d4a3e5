"""Which entries named a watched word and were still not told, and why in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.wording.digest import LeftOut
from bot.wording.found import words_found

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from watchers.store.store import Rooms
    from watchers.types import Report

MOST: Final = 200  # entries looked at; a digest shows a handful
NAMED: Final = 3  # words named of each


async def left_out(
    rooms: Rooms, audience: Audience, *, start: datetime, end: datetime
) -> tuple[LeftOut, ...]:
    """Return the entries of [start, end) that named a watched word and were not told, highest score first."""
    reports = await rooms.stories.judged("store", start=start, end=end, limit=MOST)
    return tuple(
        LeftOut(entry=report.entry, why=excuse(report, audience))
        for report in reports
        if audience.reads(report.entry) and any(m.channel == audience.home for m in report.matches)
    )


def excuse(report: Report, audience: Audience) -> str:
    """Return why a report that named a watched word was left out: its score and what pulled it down most."""
    relevance = audience.judged(report)
    hits = [hit for match in report.matches if match.channel == audience.home for hit in match.hits]
    words = words_found(report.entry, hits)[:NAMED]
    named = f"names {', '.join(words)}" if words else "meets a rule"  # one that only excludes words
    named += f", but its relevance is {relevance.score:.2f}"
    against = sorted((r for r in relevance.reasons if r.contribution < 0), key=lambda r: r.contribution)
    return f"{named}: {against[0].words}" if against else named
