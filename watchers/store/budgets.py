"""Alert budgets: how many cards a channel got, and which stories wait for its digest instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from watchers.store.connections import Room, insert_new
from watchers.store.reports import load_reports
from watchers.store.rows_chat import Deferred, Past
from watchers.store.schema import entry, report, story_report
from watchers.store.schema_delivery import deferred, outbox, posted
from watchers.store.sightings import carried_by

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

MOST_CONTENDERS: Final = 2000  # reports made into values in a second


class Budgets(Room):
    """What a channel's alerts come to in a day.

    Ask `spent`, write the card or `defer` the story in one transaction: then two reports never share a place.
    """

    async def spent(self, channel: str, *, since: datetime) -> int:
        """Return how many cards were written for a channel at or after a moment, exempt ones left out."""
        query = (
            select(func.count())
            .select_from(posted)
            .join(outbox, outbox.c.id == posted.c.outbox)
            .where(posted.c.channel == channel, posted.c.exempt.is_(False), outbox.c.created >= since)
        )
        async with self._reading() as connection:
            return await connection.scalar(query) or 0

    async def defer(self, story: int, channel: str, *, budget: int, at: datetime) -> None:
        """Note that a story earned an alert over a channel's budget and waits for its digest."""
        async with self._writing() as connection:
            values = {"budget": budget, "at": at}
            added = await connection.execute(
                insert_new(connection, deferred)
                .values(story=story, channel=channel, **values)
                .returning(deferred.c.story)
            )
            if added.first() is None:
                mine = (deferred.c.story == story, deferred.c.channel == channel)
                await connection.execute(update(deferred).where(*mine).values(values))

    async def deferral(self, story: int, channel: str) -> Deferred | None:
        """Return when a story was last over a channel's budget, None if it never was."""
        query = select(deferred).where(deferred.c.story == story, deferred.c.channel == channel)
        async with self._reading() as connection:
            row = (await connection.execute(query)).mappings().first()
            return Deferred(**row) if row else None

    async def deferred(self, channel: str, *, since: datetime | None = None) -> tuple[Deferred, ...]:
        """Return the stories without a card that were over a channel's budget at or after `since`."""
        carded = select(posted.c.story).where(posted.c.channel == channel)
        query = select(deferred).where(deferred.c.channel == channel, deferred.c.story.not_in(carded))
        if since is not None:
            query = query.where(deferred.c.at >= since)
        async with self._reading() as connection:
            rows = await connection.execute(query.order_by(deferred.c.at, deferred.c.story))
            return tuple(Deferred(**row) for row in rows.mappings())

    async def contenders(
        self, since: datetime, *, feeds: Collection[int], limit: int = MOST_CONTENDERS
    ) -> tuple[Past, ...]:
        """Return what some sources brought since a moment that was worth an alert or a digest then.

        The last stored come first; first polls are left out.
        """
        numbers = (
            select(entry.c.number)
            .join(report, report.c.entry == entry.c.number)
            .where(entry.c.seen >= since, carried_by(feeds), entry.c.archive.is_(False))
            .where(report.c.decision != "store")
            .order_by(entry.c.number.desc())
            .limit(limit)
        )
        query = select(story_report.c.entry, story_report.c.story).where(story_report.c.entry.in_(numbers))
        async with self._reading() as connection:
            reports = await load_reports(connection, numbers, with_facts=False)
            stories = dict(tuple(row) for row in await connection.execute(query))
            return tuple(
                Past(entry=one.entry, report=one, story=stories.get(number))
                for number, (one, _) in sorted(reports.items(), reverse=True)
            )
