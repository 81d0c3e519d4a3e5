"""Articles that opened a story, as they were judged, and what `why` says of their stages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages import FactLine, Facts
from tests.bot.commands.command_replies import rows
from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_report,
    make_story,
    make_update,
)
from watchers.types import Hit, Match, Neighbour, Reason, Relevance, Report

if TYPE_CHECKING:
    from bot.commands.request import Reply
    from watchers.store.store import Store


def judged(score: float, *parts: tuple[str, float, str], evidence: bool = True) -> Relevance:
    return Relevance(
        score=score,
        reasons=tuple(Reason(feature=f, contribution=c, words=w) for f, c, w in parts),
        evidence=("frigate",) if evidence else (),
        nearest=(Neighbour(exemplar="e1", sentence="A ministry orders a ship.", similarity=0.61),),
        model="none",
    )


async def saved(
    store: Store,
    name: str,
    relevance: Relevance,
    *,
    summary: str = "",
    hits: tuple[Hit, ...] = (),
    watch: int = 1,
    feed: int = 1,
    archive: bool = False,
) -> int:
    """Store an article that opens a story; return its number."""
    title = f"The {name} rows"  # which r1 does not ask for
    entry = make_entry(name, title=title, summary=summary, feed=feed, seen=NOON - MINUTE)
    entry = replace(entry, archive=archive)
    (entry,) = await store.entries.add([entry])
    matches = (Match(watch=watch, channel=MAIN, hits=hits),) if hits else ()
    report: Report = replace(make_report(entry, facts=()), relevance=relevance, matches=matches, mentions=())
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "store")])
        await rooms.stories.save_updates([make_update(make_story(report), report, at=NOON - MINUTE)])
    return entry.number


def table(reply: Reply) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(reply)}


def lines(reply: Reply) -> list[FactLine]:
    return [line for b in reply.message.blocks if isinstance(b, Facts) for line in b.lines]
