"""Stored entries to be read again in time order, a batch at a time, and what they were read as before."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import and_, case, or_, select

from watchers.facts.proposed import FROM_MODEL
from watchers.store.connections import MOST_PARAMETERS, Room
from watchers.store.corrections import MOST_REVISIONS, out_of_date, rewrite_reports
from watchers.store.reports import FACT, load_reports, read_fact
from watchers.store.schema import entry, fact, report, story_report
from watchers.store.schema_articles import article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.relevance.decide import Decision
    from watchers.types import Report

PACE: Final = 2_000  # rows at a time
# An entry has the text that it was read from: its page's, or what its feed gave until pruning took it.
_PAGED: Final = select(article.c.entry).where(article.c.read_at.is_not(None))
_KEPT: Final = or_(
    entry.c.body != "",
    and_(entry.c.number.not_in(_PAGED), or_(entry.c.summary != "", entry.c.revision < MOST_REVISIONS)),
)


class Stood(NamedTuple):
    """An entry as it stands: its report, what was decided, and its story's number, None without one."""

    report: Report
    decision: Decision
    story: int | None


class Replayed(Room):
    """Everything that was read once."""

    async def order(self, *, start: datetime | None = None, end: datetime | None = None) -> array[int]:
        """Return the numbers of the entries with a report, oldest first by their own time; 8 bytes each.

        Those first seen in [start, end); None leaves that side open. Left out are those whose text is kept no
        longer: read again, they would lose the facts that were read in it.
        """
        when = case((entry.c.published < entry.c.seen, entry.c.published), else_=entry.c.seen)
        query = select(entry.c.number).join(report, report.c.entry == entry.c.number).where(_KEPT)
        if start is not None:
            query = query.where(entry.c.seen >= start)
        if end is not None:
            query = query.where(entry.c.seen < end)
        found = array("q")
        async with self._reading() as connection:
            rows = await connection.stream(query.order_by(when, entry.c.number))
            async for some in rows.partitions(PACE):
                found.extend(number for (number,) in some)
        return found

    async def stood(self, numbers: Sequence[int]) -> tuple[Stood, ...]:
        """Return what these entries were read as, in the order given.

        Those without a report are left out, and those whose text went since their order was asked for.
        """
        found: dict[int, Stood] = {}
        async with self._reading() as connection:
            for i in range(0, len(numbers), MOST_PARAMETERS):
                some = list(numbers[i : i + MOST_PARAMETERS])
                members = select(story_report.c.entry, story_report.c.story)
                rows = await connection.execute(members.where(story_report.c.entry.in_(some)))
                stories = {one.entry: one.story for one in rows}
                wanted = select(entry.c.number).where(entry.c.number.in_(some), _KEPT)
                for number, (one, decision) in (await load_reports(connection, wanted)).items():
                    found[number] = Stood(report=one, decision=decision, story=stories.get(number))
        return tuple(found[number] for number in numbers if number in found)

    async def relabel(self, decided: Sequence[tuple[Report, Decision]]) -> int:
        """Put reports in the place of earlier ones, together; return how many.

        Stories keep their reports, and nothing is told of it. An entry revised meanwhile is left out. What a
        language model pointed at meanwhile stays.
        """
        async with self._writing() as connection:
            stale = await out_of_date(connection, [one for one, _ in decided])
            kept = [
                (await _with_proposed(connection, one), decision)
                for one, decision in decided
                if one.entry.number not in stale
            ]
            await rewrite_reports(connection, kept)
        return len(kept)


async def _with_proposed(connection: AsyncConnection, one: Report) -> Report:
    """Return a report with the facts of a model's that are stored and that it does not have."""
    query = select(*FACT).where(fact.c.entry == one.entry.number, fact.c.rule == FROM_MODEL)
    stored = [
        read_fact(*columns) for (*columns,) in await connection.execute(query.order_by(fact.c.position))
    ]
    known = {(f.type, str(f.value), f.start) for f in one.facts}
    more = tuple(f for f in stored if (f.type, str(f.value), f.start) not in known)
    return replace(one, facts=(*one.facts, *more)) if more else one
