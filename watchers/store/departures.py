"""Departures: channels that the bot was shut out of for good, and the removal of what is left of them.

A channel that lets nothing in has a time from which on it did not. Coming back, a message that arrives or
somebody who asks there, ends that; who stays away is purged. What the configuration file names stays as the
file has it, without what people did there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Text, cast, delete, func, literal, or_, select, update

from watchers.store.connections import Room
from watchers.store.outbox import DROPPED
from watchers.store.schema import channel, channel_feed, exemplar, seed, subscription, watch
from watchers.store.schema_chat import audit, follower, held, mute, setting, vote
from watchers.store.schema_delivery import deferred, digest_run, outbox, posted
from watchers.store.schema_promises import digest_story

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

# What is deleted, in the order in which rows refer to each other, each by a column that tells rows apart well
# enough to take some at a time. The posts come last but for what they hang on.
_DONE: Final[tuple[tuple[Table, str], ...]] = (
    (vote, "story"),
    (follower, "story"),
    (held, "mute"),
    (mute, "number"),
    (audit, "number"),
    (deferred, "story"),
    (digest_story, "story"),
    (posted, "story"),
    (digest_run, "number"),
    (outbox, "id"),
)
_SET: Final[tuple[tuple[Table, str], ...]] = (
    (exemplar, "number"),
    (watch, "number"),
    (subscription, "number"),
    (channel_feed, "feed"),
    (seed, "key"),
    (setting, "name"),
    (channel, "id"),
)


DISOWNED: Final = "gone/"  # how the key of a message begins whose channel left


class Departures(Room):
    """Channels without a way in, and what is kept of them."""

    async def gone(self, *, before: datetime) -> tuple[str, ...]:
        """Return the channels that let nothing in since a moment before that one, by id.

        One whose rules another channel shares that is still there is not among them.
        """
        closed = (channel.c.unreachable != "") & (channel.c.unreachable_at < before)
        sharing = select(channel.c.bound_to).where(~closed | channel.c.unreachable_at.is_(None))
        query = select(channel.c.id).where(closed, channel.c.id.not_in(sharing)).order_by(channel.c.id)
        async with self._reading() as connection:
            found = (await connection.scalars(query)).all()
        return tuple([one for one in found if await self.left(one)])

    async def purge(self, channel_id: str, *, before: datetime, limit: int, blank: str) -> int:
        """Delete up to about `limit` rows of a channel and return how many; 0 when nothing is left.

        Of its messages the rows stay, as in `Pruning.messages`: settled, emptied, and nobody's. A channel
        that lets something in again is left alone, and one that was not closed yet at that moment.
        """
        is_back = select(channel.c.id).where(
            channel.c.id == channel_id, or_(channel.c.unreachable == "", channel.c.unreachable_at >= before)
        )
        async with self._writing() as connection:
            if await connection.scalar(is_back) is not None:
                return 0
            for table, column in await _tables(connection, channel_id):
                key = table.c[column]
                mine = _of(table, channel_id)
                some = select(key).where(mine).distinct().order_by(key.desc()).limit(limit)
                keys = (await connection.scalars(some)).all()
                if keys and table is outbox:
                    return await _disown(connection, keys, blank)
                if keys:
                    return (await connection.execute(delete(table).where(mine, key.in_(keys)))).rowcount
        return 0

    async def left(self, channel_id: str) -> int:
        """Return how many rows `purge` would delete in all."""
        async with self._reading() as connection:
            counts = [
                await connection.scalar(select(func.count()).select_from(table).where(_of(table, channel_id)))
                for table, _ in await _tables(connection, channel_id)
            ]
        return sum(one or 0 for one in counts)


async def _disown(connection: AsyncConnection, numbers: Sequence[int], blank: str) -> int:
    """Take from messages whose they were and what they said."""
    nothing: dict[str, object] = {"receipt": "", "target": None, "parent": None, "payload": blank}
    nothing |= {"state": "dead", "last_error": DROPPED, "leased_until": None, "lease_token": None}
    key = literal(DISOWNED, Text) + cast(outbox.c.id, Text)
    changed = update(outbox).where(outbox.c.id.in_(numbers)).values(channel="", key=key, **nothing)
    return (await connection.execute(changed)).rowcount


async def _tables(connection: AsyncConnection, channel_id: str) -> tuple[tuple[Table, str], ...]:
    """Return what is deleted of a channel: what was set up there stays while the file names it."""
    named = select(seed.c.key).where(
        seed.c.kind == "channel", seed.c.key == channel_id, seed.c.taken_out.is_(False)
    )
    return _DONE if (await connection.execute(named)).first() else (*_DONE, *_SET)


def _of(table: Table, channel_id: str) -> ColumnElement[bool]:
    """Say in SQL which rows of a table are a channel's."""
    if table is channel:
        return channel.c.id == channel_id
    if table is held:
        return held.c.mute.in_(select(mute.c.number).where(mute.c.channel == channel_id))
    if table is digest_run:
        return digest_run.c.subscription.in_(_subscriptions(channel_id))
    if table is seed:
        others = seed.c.key.startswith(f"{channel_id} ", autoescape=True)
        return or_(seed.c.key == channel_id, others)
    if table is setting:
        return setting.c.name.endswith(f".{channel_id}", autoescape=True)
    return table.c.channel == channel_id


def _subscriptions(channel_id: str) -> Select[int]:
    return select(subscription.c.number).where(subscription.c.channel == channel_id)
