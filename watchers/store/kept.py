"""Small things the bot remembers by name, such as the hash of the commands it registered."""

from __future__ import annotations

from sqlalchemy import select, update

from watchers.store.connections import Room, insert_new
from watchers.store.schema_chat import setting


class Kept(Room):
    """Words by name."""

    async def get(self, name: str) -> str | None:
        """Return what is kept under a name, None if nothing is."""
        async with self._reading() as connection:
            value: str | None = await connection.scalar(select(setting.c.value).where(setting.c.name == name))
            return value

    async def put(self, name: str, value: str) -> None:
        """Keep a value under a name, in place of an earlier one."""
        async with self._writing() as connection:
            added = await connection.execute(
                insert_new(connection, setting).values(name=name, value=value).returning(setting.c.name)
            )
            if added.first() is None:
                await connection.execute(update(setting).where(setting.c.name == name).values(value=value))
