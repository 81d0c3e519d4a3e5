"""Retractions: stories taken back for good, so that nothing sends them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from watchers.store.codec import dump_tags, load_tags
from watchers.store.connections import Room, insert_new
from watchers.store.rows_chat import Retraction
from watchers.store.schema import entry, story_report
from watchers.store.schema_chat import retraction

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.engine import RowMapping


class Retractions(Room):
    """What was taken back. The outbox hands out no post of it."""

    async def add(self, story: int, *, by: str, reason: str, at: datetime) -> bool:
        """Take a story back with all its entries of now; False if it was taken back before."""
        members = (
            select(entry.c.key)
            .join(story_report, story_report.c.entry == entry.c.number)
            .where(story_report.c.story == story)
            .order_by(story_report.c.id)
        )
        async with self._writing() as connection:
            keys = dump_tags(await connection.scalars(members))
            added = await connection.execute(
                insert_new(connection, retraction)
                .values(story=story, at=at, by=by, reason=reason, keys=keys)
                .returning(retraction.c.story)
            )
            return added.first() is not None

    async def get(self, story: int) -> Retraction | None:
        """Return a story's retraction, None if it stands."""
        async with self._reading() as connection:
            query = select(retraction).where(retraction.c.story == story)
            row = (await connection.execute(query)).mappings().first()
            return _retraction(row) if row else None

    async def all(self) -> tuple[Retraction, ...]:
        """Return every retraction, newest first."""
        query = select(retraction).order_by(retraction.c.at.desc(), retraction.c.story.desc())
        async with self._reading() as connection:
            return tuple(_retraction(row) for row in (await connection.execute(query)).mappings())

    async def is_retracted(self, story: int) -> bool:
        """Tell whether a story was taken back."""
        return await self.get(story) is not None


def retracted() -> Select[int]:
    """Select the numbers of the stories that were taken back."""
    return select(retraction.c.story)


def _retraction(row: RowMapping) -> Retraction:
    return Retraction(
        story=row["story"],
        at=row["at"],
        by=row["by"],
        reason=row["reason"],
        keys=load_tags(row["keys"]),
    )
