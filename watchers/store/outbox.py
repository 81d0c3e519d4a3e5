"""The outbox: messages written with the decision to send them, leased to whoever sends, and settled.

Order within a channel is kept: one message of a channel is out at a time, urgent ones before others, older
before newer, and a channel waits while one of its messages is to be tried again. Channels never wait for each
other.

A message that edits, deletes or answers another waits for that one. Posts of a story that was taken back are
given up instead of handed out.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, exists, func, or_, select, update

from watchers.store.connections import Room, insert_new
from watchers.store.retractions import retracted
from watchers.store.rows import OutboxCount, OutboxItem
from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows import Letter

RETRACTED: Final = "retracted"  # the last error of what was given up because its story was taken back
MOST_POSTS: Final = 10_000  # of one story in all channels; more than any story has reports
MOST_ERROR: Final = 500  # characters of an error that are kept; platforms answer with whole pages
_NO_LEASE: Final[dict[str, object]] = {"leased_until": None, "lease_token": None}


class Outbox(Room):
    """Messages on their way to channels."""

    async def enqueue(self, letter: Letter) -> int | None:
        """Write a message down and return its id; None if one with its key was ever written before.

        An urgent message about a story makes the story's earlier waiting messages in that channel urgent too,
        so that a reply never overtakes the card it belongs to.
        """
        now = self._access.clock.now()
        row = {
            "channel": letter.channel,
            "key": letter.key,
            "kind": letter.kind,
            "payload": letter.payload,
            "version": letter.version,
            "story": letter.story,
            "urgent": letter.urgent,
            "created": now,
            "not_before": letter.not_before or now,
            "op": letter.op,
            "target": letter.target,
            "parent": letter.parent,
        }
        async with self._writing() as connection:
            number: int | None = await connection.scalar(
                insert_new(connection, outbox).values(row).returning(outbox.c.id)
            )
            if number is not None and letter.urgent and letter.story is not None:
                await connection.execute(
                    update(outbox)
                    .where(outbox.c.state == "queued", outbox.c.channel == letter.channel)
                    .where(outbox.c.story == letter.story, outbox.c.id < number)
                    .values(urgent=True)
                )
            return number

    async def lease(self, limit: int, *, now: datetime, until: datetime) -> tuple[OutboxItem, ...]:
        """Take up to `limit` messages due at `now`, the first of each channel, and hide them until `until`.

        Urgent ones come first, then the oldest. A lease that ran out is taken over, marked uncertain.
        """
        free = _first_of_each_channel(now).limit(limit)
        async with self._writing() as connection:
            await _give_up_retracted(connection, now)
            leased = await connection.scalars(
                update(outbox)
                .where(outbox.c.id.in_(free), outbox.c.state == "queued", _unleased(now))
                .values(
                    attempts=outbox.c.attempts + 1,
                    uncertain=case((outbox.c.lease_token.is_not(None), True), else_=outbox.c.uncertain),
                    leased_until=until,
                    lease_token=secrets.token_hex(8),
                )
                .returning(outbox.c.id)
            )
            rows = await connection.execute(_selected().where(outbox.c.id.in_(leased.all())))
            items = [_item(row) for row in rows.mappings()]
        return tuple(sorted(items, key=lambda item: (not item.urgent, item.id)))

    async def expire_leases(self, *, now: datetime) -> int:
        """End every lease at once and return how many there were: for a process that just got the run lock.

        Their holder is dead, and what it was sending is taken over as uncertain without waiting.
        """
        async with self._writing() as connection:
            ended = await connection.execute(
                update(outbox)
                .where(outbox.c.state == "queued", outbox.c.lease_token.is_not(None))
                .values(leased_until=now)
                .returning(outbox.c.id)
            )
            return len(ended.all())

    async def renew(self, item: OutboxItem, *, until: datetime) -> bool:
        """Hold a lease longer; False if it is another's by now, and then the message must not be sent."""
        return await self._settle(item, {"leased_until": until})

    async def delivered(self, item: OutboxItem, *, at: datetime, receipt: str) -> bool:
        """Note that a message arrived; False if the lease is another's by now."""
        done = {
            "state": "delivered",
            "delivered_at": at,
            "receipt": receipt,
            "last_error": "",
            "uncertain": False,
        }
        return await self._settle(item, done | _NO_LEASE)

    async def failed(
        self, item: OutboxItem, *, error: str, not_before: datetime, uncertain: bool = False
    ) -> bool:
        """Note that an attempt failed and when to try again; False if the lease is another's by now.

        `uncertain` says that the platform may have taken it; once said, it stays so until the message is
        settled.
        """
        values = {"last_error": error[:MOST_ERROR], "not_before": not_before}
        return await self._settle(item, values | ({"uncertain": True} if uncertain else {}) | _NO_LEASE)

    async def dead(self, item: OutboxItem, *, error: str) -> bool:
        """Give a message up; it can be read and replayed. False if the lease is another's by now."""
        return await self._settle(item, {"state": "dead", "last_error": error[:MOST_ERROR]} | _NO_LEASE)

    async def release(self, item: OutboxItem) -> bool:
        """Give a lease back without having tried; False if it is another's by now."""
        return await self._settle(
            item, {"attempts": item.attempts - 1, "uncertain": item.uncertain} | _NO_LEASE
        )

    async def replay(self, number: int, *, now: datetime) -> bool:
        """Queue a message that was given up anew; False if there is none, or its story was taken back."""
        fresh = {"state": "queued", "attempts": 0, "not_before": now, "last_error": ""}
        async with self._writing() as connection:
            changed = await connection.execute(
                update(outbox)
                .where(outbox.c.id == number, outbox.c.state == "dead", ~_of_retracted())
                .values(fresh)
                .returning(outbox.c.id)
            )
            return changed.first() is not None

    async def get(self, number: int) -> OutboxItem | None:
        """Return a message by id."""
        found = await self._some(outbox.c.id == number, limit=1)
        return found[0] if found else None

    async def posts_of(self, story: int) -> tuple[OutboxItem, ...]:
        """Return a story's posts that were not given up, waiting ones too, oldest first."""
        alive = outbox.c.state.in_(("queued", "delivered"))
        found = await self._some(outbox.c.story == story, outbox.c.op == "post", alive, limit=MOST_POSTS)
        return found[::-1]

    async def delivered_to(self, channel: str, *, limit: int = 50) -> tuple[OutboxItem, ...]:
        """Return the last messages that arrived in a channel, oldest first."""
        found = await self._some(outbox.c.channel == channel, outbox.c.state == "delivered", limit=limit)
        return found[::-1]

    async def given_up(self, *, limit: int = 50) -> tuple[OutboxItem, ...]:
        """Return the last messages that were given up, newest first."""
        return await self._some(outbox.c.state == "dead", limit=limit)

    async def counts(self) -> tuple[OutboxCount, ...]:
        """Return how many messages each channel has in each state, by channel."""
        query = (
            select(outbox.c.channel, outbox.c.state, func.count(), func.min(outbox.c.created))
            .group_by(outbox.c.channel, outbox.c.state)
            .order_by(outbox.c.channel, outbox.c.state)
        )
        async with self._reading() as connection:
            return tuple(
                OutboxCount(channel=channel, state=state, items=items, oldest=oldest)
                for channel, state, items, oldest in await connection.execute(query)
            )

    async def _settle(self, item: OutboxItem, values: dict[str, object]) -> bool:
        """Change a message whose lease is still the item's: who slept past a lease changes nothing."""
        async with self._writing() as connection:
            changed = await connection.execute(
                update(outbox)
                .where(outbox.c.id == item.id, outbox.c.lease_token == item.lease_token)
                .where(outbox.c.state == "queued")
                .values(values)
                .returning(outbox.c.id)
            )
            return changed.first() is not None

    async def _some(self, *conditions: ColumnElement[bool], limit: int) -> tuple[OutboxItem, ...]:
        """Return messages, the last settled or written first."""
        latest = func.coalesce(outbox.c.delivered_at, outbox.c.created)
        query = _selected().where(*conditions).order_by(latest.desc(), outbox.c.id.desc()).limit(limit)
        async with self._reading() as connection:
            return tuple(_item(row) for row in (await connection.execute(query)).mappings())


def _selected() -> Select[*tuple[object, ...]]:
    """Select messages with the receipts of the posts they edit, delete or answer."""
    target, parent = outbox.alias("target_post"), outbox.alias("parent_post")
    return (
        select(
            outbox,
            func.coalesce(target.c.receipt, "").label("target_receipt"),
            func.coalesce(parent.c.receipt, "").label("parent_receipt"),
        )
        .outerjoin(target, target.c.id == outbox.c.target)
        .outerjoin(parent, parent.c.id == outbox.c.parent)
    )


def _of_retracted() -> ColumnElement[bool]:
    """Say in SQL that a message posts a story that was taken back; edits and deletions of it still go out."""
    of_it = outbox.c.story.in_(retracted())
    return and_(outbox.c.op == "post", outbox.c.story.is_not(None), of_it)


async def _give_up_retracted(connection: AsyncConnection, now: datetime) -> None:
    await connection.execute(
        update(outbox)
        .where(outbox.c.state == "queued", _unleased(now), _of_retracted())
        .values(state="dead", last_error=RETRACTED, **_NO_LEASE)
    )


def _unleased(now: datetime) -> ColumnElement[bool]:
    return or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)


def _first_of_each_channel(now: datetime) -> Select[int]:
    """Select the ids of the messages that may go out now, at most one a channel, the most pressing first."""
    other = outbox.alias("other")
    busy = (
        select(other.c.channel)
        .where(other.c.state == "queued")
        .where(or_(other.c.leased_until > now, and_(other.c.attempts > 0, other.c.not_before > now)))
    )
    earlier = outbox.alias("earlier")
    has_earlier_of_story = exists().where(
        earlier.c.channel == outbox.c.channel,
        earlier.c.story == outbox.c.story,
        earlier.c.state == "queued",
        earlier.c.id < outbox.c.id,
    )
    awaited = outbox.alias("awaited")
    waits = exists().where(
        or_(awaited.c.id == outbox.c.target, awaited.c.id == outbox.c.parent), awaited.c.state == "queued"
    )
    place = func.row_number().over(
        partition_by=outbox.c.channel, order_by=(outbox.c.urgent.desc(), outbox.c.id)
    )
    ready = (
        select(outbox.c.id, outbox.c.urgent, place.label("place"))
        .where(outbox.c.state == "queued", outbox.c.not_before <= now, _unleased(now))
        .where(outbox.c.channel.not_in(busy), ~has_earlier_of_story, ~waits)
        .subquery()
    )
    return select(ready.c.id).where(ready.c.place == 1).order_by(ready.c.urgent.desc(), ready.c.id)


def _item(row: RowMapping) -> OutboxItem:
    return OutboxItem(**row)
