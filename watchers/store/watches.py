"""Watches: the rules and keyword lists of each channel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from watchers.errors import StoreError
from watchers.store.connections import Room, insert_new
from watchers.store.rows import ListedWatch
from watchers.store.schema import channel, exemplar, watch
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import RowMapping

    from watchers.store.rows import Origin


class Watches(Room):
    """What channels look out for."""

    async def active(self) -> tuple[Watch, ...]:
        """Return the watches of all channels that are in use, by number."""
        query = (
            select(watch)
            .join(channel, channel.c.id == watch.c.channel)
            .where(watch.c.paused.is_(False), watch.c.taken_out.is_(False), channel.c.taken_out.is_(False))
            .order_by(watch.c.number)
        )
        async with self._reading() as connection:
            return tuple(_watch(row) for row in (await connection.execute(query)).mappings())

    async def listed(self, channel_id: str) -> tuple[ListedWatch, ...]:
        """Return a channel's watches with their standing, by number."""
        query = select(watch).where(watch.c.channel == channel_id).order_by(watch.c.number)
        async with self._reading() as connection:
            rows = await connection.execute(query)
            return tuple(
                ListedWatch(
                    watch=_watch(row), origin=row["origin"], paused=row["paused"], taken_out=row["taken_out"]
                )
                for row in rows.mappings()
            )

    async def add(self, value: Watch, *, origin: Origin = "chat") -> Watch:
        """Add a watch and return it with its number; StoreError if its channel has one of that name."""
        async with self._writing() as connection:
            number = await connection.scalar(
                insert_new(connection, watch)
                .values(channel=value.channel, origin=origin, **_written(value))
                .returning(watch.c.number)
            )
        if number is None:
            raise StoreError(
                f'the channel has a watch "{value.name}" already; choose another name or edit that one'
            )
        return replace(value, number=number)

    async def restore(self, value: Watch, *, paused: bool = False) -> bool:
        """Bring a watch back under the number that it had; False if that or its name is in use.

        All that names it by its number, such as its mutes and matches, is of it again.
        """
        async with self._writing() as connection:
            added = await connection.execute(
                insert_new(connection, watch)
                .values(number=value.number, channel=value.channel, origin="chat", paused=paused)
                .values(_written(value))
                .returning(watch.c.number)
            )
            return added.first() is not None

    async def edit(self, value: Watch) -> bool:
        """Change a watch of the channel to the values given; False if the channel has none of that number."""
        return await self._change(value.channel, value.number, _written(value))

    async def pause(self, channel_id: str, number: int, *, paused: bool) -> bool:
        """Pause or resume a watch; False if the channel has none of that number.

        Resuming also brings back one that was paused because the configuration file no longer has it.
        """
        return await self._change(
            channel_id, number, {"paused": True} if paused else {"paused": False, "taken_out": False}
        )

    async def remove(self, channel_id: str, number: int) -> bool:
        """Remove a watch; False if the channel has none of that number.

        The exemplars of a likeness stay, out of use, so that it can be made anew from them.
        """
        async with self._writing() as connection:
            await connection.execute(
                update(exemplar)
                .where(exemplar.c.channel == channel_id, exemplar.c.watch == number)
                .values(watch=None, removed_at=self._access.clock.now())
            )
            gone = await connection.execute(
                delete(watch)
                .where(watch.c.channel == channel_id, watch.c.number == number)
                .returning(watch.c.number)
            )
            return gone.first() is not None

    async def _change(self, channel_id: str, number: int, values: Mapping[str, object]) -> bool:
        async with self._writing() as connection:
            changed = await connection.execute(
                update(watch)
                .where(watch.c.channel == channel_id, watch.c.number == number)
                .values(values)
                .returning(watch.c.number)
            )
            return changed.first() is not None


def _watch(row: RowMapping) -> Watch:
    return Watch(
        number=row["number"],
        channel=row["channel"],
        name=row["name"],
        expression=row["expression"],
        kind=row["kind"],
        alert=row["alert"],
        threshold=row["threshold"],
        mention=row["mention"],
        internal=row["internal"],
    )


def _written(value: Watch) -> dict[str, str | float | None]:
    return {
        "name": value.name,
        "expression": value.expression,
        "kind": value.kind,
        "alert": value.alert,
        "threshold": value.threshold,
        "mention": value.mention,
        "internal": value.internal,
    }
