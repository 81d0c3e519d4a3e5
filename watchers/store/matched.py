"""Which entries met a watch: the one place that looks into the matches of a report with SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, func, select

from watchers.store.connections import Room
from watchers.store.rows_chat import Matched
from watchers.store.schema import entry, report

if TYPE_CHECKING:
    from datetime import datetime


class Reports(Room):
    """What was understood of entries, looked at from the watches."""

    async def matched(self, watch: int, since: datetime, *, limit: int = 1000) -> tuple[Matched, ...]:
        """Return the entries first seen since a moment that met a watch when they were read, newest first."""
        # A report's matches are [version, [[watch, channel, hits], …]], see codec.py.
        match = func.json_each(report.c.matches, "$[1]").table_valued("value", name="one")
        number = func.json_extract(match.c.value, "$[0]", type_=Integer)
        met = select(match.c.value).where(number == watch).correlate(report).exists()
        query = (
            select(entry.c.number, entry.c.seen, entry.c.title, entry.c.link)
            .join(report, report.c.entry == entry.c.number)
            .where(entry.c.seen >= since, met)
            .order_by(entry.c.number.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            return tuple(
                Matched(entry=number, when=seen, title=title, link=link)
                for number, seen, title, link in await connection.execute(query)
            )
