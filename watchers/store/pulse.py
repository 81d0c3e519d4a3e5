"""Signs of life: when each part of the running process last came round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Column, Table, Text, delete, select, update

from watchers.clock import SystemClock
from watchers.store.columns import metadata, time
from watchers.store.connections import Room, Turn, insert_new
from watchers.store.leases import database_time

if TYPE_CHECKING:
    from collections.abc import Collection

# This table is this room's alone: nobody else reads or writes it.
heartbeat = Table("heartbeat", metadata, Column("name", Text, primary_key=True), time("at", required=True))


class Pulse(Room):
    """Heartbeats by name, such as "poll" or "deliver"."""

    async def beat(self, name: str, *, at: datetime) -> None:
        """Note that a part is alive."""
        async with self._writing(Turn.NONE) as connection:
            added = await connection.execute(
                insert_new(connection, heartbeat).values(name=name, at=at).returning(heartbeat.c.name)
            )
            if added.first() is None:
                await connection.execute(update(heartbeat).where(heartbeat.c.name == name).values(at=at))

    async def forget(self, names: Collection[str]) -> None:
        """Forget parts that ended: nobody need miss them."""
        if names:
            async with self._writing(Turn.NONE) as connection:
                await connection.execute(delete(heartbeat).where(heartbeat.c.name.in_(names)))

    async def ahead(self) -> timedelta:
        """Return by how much this machine's clock is ahead of the database's, at least; negative: behind.

        Within the time that the question took they may be apart by that much unnoticed.
        """
        clock = SystemClock()
        async with self._reading() as connection:
            before = clock.now()
            theirs = datetime.fromtimestamp(await database_time(connection), UTC)
            after = clock.now()
        return before - theirs if theirs < before else min(after - theirs, timedelta())

    async def beats(self) -> dict[str, datetime]:
        """Return when each part was last alive."""
        async with self._reading() as connection:
            rows = await connection.execute(select(heartbeat.c.name, heartbeat.c.at))
            return {row.name: row.at for row in rows}
