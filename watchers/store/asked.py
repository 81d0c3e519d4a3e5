"""Asked: which askings were answered, since platforms deliver some of them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from watchers.store.connections import Room, Turn, insert_new
from watchers.store.schema_chat import asked

if TYPE_CHECKING:
    from datetime import datetime


class Asked(Room):
    """Platforms' ids of askings."""

    async def first(self, event: str, at: datetime) -> bool:
        """Note an asking; True the first time it comes, False whenever it is delivered again."""
        async with self._writing(Turn.NONE) as connection:
            added = await connection.execute(
                insert_new(connection, asked).values(event=event, at=at).returning(asked.c.event)
            )
            return added.first() is not None

    async def prune(self, before: datetime) -> int:
        """Forget the askings before a time and return how many there were."""
        async with self._writing(Turn.NONE) as connection:
            gone = await connection.execute(delete(asked).where(asked.c.at < before).returning(asked.c.event))
            return len(gone.all())
