"""What was understood of past entries: those that met a watch, and all that some sources brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSON

from watchers.store.connections import Room
from watchers.store.reports import load_reports, read_entry
from watchers.store.rows_chat import Matched, Past
from watchers.store.schema import entry, report, story_report
from watchers.store.sightings import carried_by

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection


class Reports(Room):
    """What was understood of entries, looked at from the channels and their watches."""

    async def matched(self, watch: int, since: datetime, *, limit: int = 1000) -> tuple[Matched, ...]:
        """Return the entries first seen since a moment that met a watch when they were read, newest first."""
        query = (
            select(entry.c.number, entry.c.seen, entry.c.title, entry.c.link)
            .join(report, report.c.entry == entry.c.number)
            .where(entry.c.seen >= since)
            .order_by(entry.c.number.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            query = query.where(_met(connection, watch))
            return tuple(
                Matched(entry=number, when=seen, title=title, link=link)
                for number, seen, title, link in await connection.execute(query)
            )

    async def past(
        self, since: datetime, *, feeds: Collection[int], limit: int, with_facts: bool = False
    ) -> tuple[Past, ...]:
        """Return what some sources brought since a moment as it was read, the last stored first."""
        numbers = (
            select(entry.c.number)
            .where(entry.c.seen >= since, carried_by(feeds))
            .order_by(entry.c.number.desc())
            .limit(limit)
        )
        query = (
            select(entry, story_report.c.story)
            .outerjoin(story_report, story_report.c.entry == entry.c.number)
            .where(entry.c.number.in_(numbers))
            .order_by(entry.c.number.desc())
        )
        async with self._reading() as connection:
            reports = await load_reports(connection, numbers, with_facts=with_facts)
            found = []
            for row in (await connection.execute(query)).mappings():
                one, _ = reports.get(row["number"], (None, None))
                read = one.entry if one else read_entry(row)
                found.append(Past(entry=read, report=one, story=row["story"]))
            return tuple(found)


def _met(connection: AsyncConnection, watch: int) -> ColumnElement[bool]:
    """Say in SQL that a report has a match with a watch.

    The one place that looks into a report's matches with SQL: [version, [[watch, channel, hits], …]] as in
    codec.py.
    """
    number: ColumnElement[int]
    if connection.dialect.name == "postgresql":
        matches = cast(report.c.matches, JSON)[1]
        match = func.json_array_elements(matches).table_valued(column("value", JSON), name="one")
        number = cast(match.c.value[0].astext, Integer)
    else:
        match = func.json_each(report.c.matches, "$[1]").table_valued("value", name="one")
        number = func.json_extract(match.c.value, "$[0]", type_=Integer)
    return select(match.c.value).where(number == watch).correlate(report).exists()
