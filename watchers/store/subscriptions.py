"""Subscriptions: when each channel gets a digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select, update

from watchers.errors import StoreError
from watchers.store.arrived import arrived_whole
from watchers.store.connections import Room, insert_new
from watchers.store.rows import Subscription
from watchers.store.schema import channel, subscription
from watchers.store.schema_delivery import digest_run, outbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import RowMapping

    from watchers.store.rows import Empty, Origin


class Subscriptions(Room):
    """Digest schedules. Their due times live here; whoever computes one writes it with `schedule`."""

    async def add(
        self,
        channel_id: str,
        *,
        name: str,
        at: str,
        days: str,
        timezone: str,
        empty: Empty = "say",
        origin: Origin = "chat",
    ) -> Subscription:
        """Add a schedule; raises StoreError if the channel has one of that name."""
        row = {"name": name, "at": at, "days": days, "timezone": timezone, "empty": empty, "origin": origin}
        async with self._writing() as connection:
            number = await connection.scalar(
                insert_new(connection, subscription)
                .values(channel=channel_id, **row)
                .returning(subscription.c.number)
            )
            if number is None:
                raise StoreError(
                    f'the channel has a digest "{name}" already; choose another name or cancel that one'
                )
            rows = await connection.execute(_selected().where(subscription.c.number == number))
            return _subscription(rows.mappings().one())

    async def get(self, number: int) -> Subscription | None:
        """Return a schedule by number."""
        async with self._reading() as connection:
            rows = await connection.execute(_selected().where(subscription.c.number == number))
            row = rows.mappings().first()
            return _subscription(row) if row else None

    async def listed(self, channel_id: str | None = None) -> tuple[Subscription, ...]:
        """Return a channel's schedules, or all when none is named, by number."""
        query = _selected().order_by(subscription.c.number)
        if channel_id is not None:
            query = query.where(subscription.c.channel == channel_id)
        async with self._reading() as connection:
            return tuple(_subscription(row) for row in (await connection.execute(query)).mappings())

    async def due(self, *, now: datetime) -> tuple[Subscription, ...]:
        """Return the schedules in use whose time has come, and those whose next time was never computed."""
        come = or_(subscription.c.next_run_at.is_(None), subscription.c.next_run_at <= now)
        return await self._in_use(come)

    async def waiting(self, *, now: datetime) -> tuple[Subscription, ...]:
        """Return the schedules in use whose time is still to come."""
        return await self._in_use(subscription.c.next_run_at > now)

    async def _in_use(self, condition: ColumnElement[bool]) -> tuple[Subscription, ...]:
        query = (
            _selected()
            .join(channel, channel.c.id == subscription.c.channel)
            .where(subscription.c.paused.is_(False), subscription.c.taken_out.is_(False))
            .where(channel.c.taken_out.is_(False), condition)
            .order_by(subscription.c.next_run_at.nulls_first(), subscription.c.number)
        )
        async with self._reading() as connection:
            return tuple(_subscription(row) for row in (await connection.execute(query)).mappings())

    async def schedule(self, number: int, *, next_run_at: datetime) -> None:
        """Write down when a schedule is due next."""
        async with self._writing() as connection:
            await connection.execute(
                update(subscription).where(subscription.c.number == number).values(next_run_at=next_run_at)
            )

    async def edit(
        self, channel_id: str, number: int, *, at: str, days: str, timezone: str, empty: Empty
    ) -> bool:
        """Change a schedule, its next time to be computed anew; False if the channel has none so numbered."""
        values = {"at": at, "days": days, "timezone": timezone, "empty": empty, "next_run_at": None}
        return await self._change(channel_id, number, values)

    async def pause(self, channel_id: str, number: int, *, paused: bool) -> bool:
        """Pause or resume a schedule; False if the channel has none of that number.

        Resuming also brings back one that was paused because the configuration file no longer has it. The
        next time is computed anew: what fell into the pause is not made up for.
        """
        values = {"paused": True} if paused else {"paused": False, "taken_out": False, "next_run_at": None}
        return await self._change(channel_id, number, values)

    async def remove(self, channel_id: str, number: int) -> bool:
        """Cancel a schedule and forget its runs; False if the channel has none of that number."""
        async with self._writing() as connection:
            mine = select(subscription.c.number).where(
                subscription.c.channel == channel_id, subscription.c.number == number
            )
            await connection.execute(delete(digest_run).where(digest_run.c.subscription.in_(mine)))
            gone = await connection.execute(
                delete(subscription).where(subscription.c.number.in_(mine)).returning(subscription.c.number)
            )
            return gone.first() is not None

    async def _change(self, channel_id: str, number: int, values: Mapping[str, object]) -> bool:
        async with self._writing() as connection:
            changed = await connection.execute(
                update(subscription)
                .where(subscription.c.channel == channel_id, subscription.c.number == number)
                .values(values)
                .returning(subscription.c.number)
            )
            return changed.first() is not None


def _selected() -> Select[*tuple[object, ...]]:
    delivered = (
        select(func.max(digest_run.c.window_end))
        .join(outbox, outbox.c.id == digest_run.c.outbox)
        .where(digest_run.c.subscription == subscription.c.number, arrived_whole())
        .correlate(subscription)
        .scalar_subquery()
    )
    return select(subscription, delivered.label("delivered_to"))


def _subscription(row: RowMapping) -> Subscription:
    return Subscription(
        number=row["number"],
        channel=row["channel"],
        name=row["name"],
        at=row["at"],
        days=row["days"],
        timezone=row["timezone"],
        empty=row["empty"],
        origin=row["origin"],
        paused=row["paused"],
        taken_out=row["taken_out"],
        next_run_at=row["next_run_at"],
        delivered_to=row["delivered_to"],
    )
