"""Mutes: what a channel does not want to hear of, until when, and what was kept quiet meanwhile.

A muted story that was merged into another keeps that one quiet, and itself again once the merging is undone:
what is stored stays as it was asked, and each reading follows the numbers to where they lead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, or_, select, update

from watchers.store.connections import Room, insert_new
from watchers.store.merged import merged, surviving
from watchers.store.rows_chat import Held, Mute
from watchers.store.schema_chat import held, mute

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows_chat import MuteKind

STILL_LISTED: Final = timedelta(days=7)  # after its end, so that what it held can still be looked at


class Mutes(Room):
    """What is kept quiet, by channel."""

    async def add(
        self,
        channel_id: str,
        *,
        kind: MuteKind,
        target: str,
        until: datetime | None,
        by: str = "",
        by_name: str = "",
    ) -> Mute:
        """Mute something in a channel; `until` None: until somebody ends it."""
        row = {"channel": channel_id, "kind": kind, "target": target, "until": until}
        async with self._writing() as connection:
            added = await connection.execute(
                insert(mute)
                .values(by=by, by_name=by_name, at=self._access.clock.now(), **row)
                .returning(*mute.c)
            )
            return Mute(**added.mappings().one())

    async def get(self, channel_id: str, number: int) -> Mute | None:
        """Return a channel's mute by number."""
        mine = select(mute).where(mute.c.channel == channel_id, mute.c.number == number)
        async with self._reading() as connection:
            rows = (await connection.execute(mine)).mappings().all()
            return next(iter(await _followed(connection, rows)), None)

    async def running(self, channel_id: str, now: datetime) -> tuple[Mute, ...]:
        """Return what is muted in a channel now, by number."""
        return await self._some(channel_id, ended_after=None, now=now)

    async def listed(self, channel_id: str, now: datetime | None = None) -> tuple[Mute, ...]:
        """Return the running mutes of a channel and those that ended within seven days, newest first."""
        now = now or self._access.clock.now()
        return (await self._some(channel_id, ended_after=now - STILL_LISTED, now=now))[::-1]

    async def end(self, channel_id: str, number: int, at: datetime) -> bool:
        """End a mute; False if the channel has no running one of that number."""
        async with self._writing() as connection:
            changed = await connection.execute(
                update(mute)
                .where(mute.c.channel == channel_id, mute.c.number == number, mute.c.ended_at.is_(None))
                .where(or_(mute.c.until.is_(None), mute.c.until > at))
                .values(ended_at=at)
                .returning(mute.c.number)
            )
            return changed.first() is not None

    async def hold(self, number: int, story: int, at: datetime) -> None:
        """Note that a mute kept a story quiet; only the first time counts."""
        async with self._writing() as connection:
            await connection.execute(insert_new(connection, held).values(mute=number, story=story, at=at))

    async def held(self, number: int) -> tuple[Held, ...]:
        """Return what a mute kept quiet, in that order."""
        query = select(held).where(held.c.mute == number).order_by(held.c.at, held.c.story)
        async with self._reading() as connection:
            return tuple(Held(**row) for row in (await connection.execute(query)).mappings())

    async def _some(
        self, channel_id: str, *, ended_after: datetime | None, now: datetime
    ) -> tuple[Mute, ...]:
        """Return a channel's mutes that run, or ended after a time, by number."""
        query = select(mute).where(mute.c.channel == channel_id)
        if ended_after is None:
            query = query.where(mute.c.ended_at.is_(None), or_(mute.c.until.is_(None), mute.c.until > now))
        else:
            query = query.where(or_(mute.c.ended_at.is_(None), mute.c.ended_at > ended_after))
            query = query.where(or_(mute.c.until.is_(None), mute.c.until > ended_after))
        async with self._reading() as connection:
            rows = (await connection.execute(query.order_by(mute.c.number))).mappings().all()
            return await _followed(connection, rows)


async def _followed(connection: AsyncConnection, rows: Iterable[RowMapping]) -> tuple[Mute, ...]:
    """Return mutes whose stories are those that their numbers stand for now."""
    found = tuple(Mute(**row) for row in rows)
    if not any(one.kind == "story" for one in found):
        return found
    into = await merged(connection)
    return tuple(
        replace(one, target=str(surviving(int(one.target), into))) if one.kind == "story" else one
        for one in found
    )
