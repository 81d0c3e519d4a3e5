"""The outbox: messages written with the decision to send them, leased to whoever sends, and settled.

Order within a channel is kept: one message of a channel is out at a time, urgent ones before others, older
before newer, and a channel waits while one of its messages is to be tried again, unless that failed so often
that it is set aside. Channels never wait for each other.

A message that edits, deletes or answers another waits for that one. Posts of a story that was taken back are
given up instead of handed out, but for those that may have arrived: they are to be looked for.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, false, func, or_, select, update

from watchers.store.connections import Room, Turn, insert_new
from watchers.store.outbox_choice import QUEUED, Wanted, first_of_each_channel, unleased
from watchers.store.retractions import retracted
from watchers.store.rows import OutboxCount, OutboxItem
from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows import Letter

FOLDED: Final = "folded into a summary"  # the last error of what a summary told in its stead
RETRACTED: Final = "retracted"  # the last error of what was given up because its story was taken back
DROPPED: Final = "dropped by hand"  # the last error of what an operator wants to be sent no more
ON_PURPOSE: Final = (RETRACTED, FOLDED, DROPPED)  # settled as dead, but not for want of luck
MOST_POSTS: Final = 10_000  # of one story in all channels; more than any story has reports
MOST_ERROR: Final = 500  # characters of an error that are kept; platforms answer with whole pages
_ANY: Final = Wanted()
_TARGET, _PARENT = outbox.alias("target_post"), outbox.alias("parent_post")  # each takes long to make
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

    async def lease(
        self, limit: int, *, now: datetime, until: datetime, wanted: Wanted = _ANY
    ) -> tuple[OutboxItem, ...]:
        """Take up to `limit` messages due at `now`, the first of each channel, and hide them until `until`.

        Urgent ones come first, then the oldest. A lease that ran out is taken over, marked uncertain.
        """
        free = first_of_each_channel(now, wanted).limit(limit)
        async with self._writing() as connection:
            await _give_up_retracted(connection, now)
            # What somebody else writes to just now is passed over instead of waited for.
            chosen = select(outbox.c.id).where(outbox.c.id.in_(free), outbox.c.state == QUEUED, unleased(now))
            chosen = chosen.with_for_update(skip_locked=True)
            leased = await connection.scalars(
                update(outbox)
                .where(outbox.c.id.in_((await connection.scalars(chosen)).all()))
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

    async def delivered(self, item: OutboxItem, *, at: datetime, receipt: str, repeat: bool = False) -> bool:
        """Note that a message arrived; False if the lease is another's by now.

        `repeat` notes that the post says it may be a repeat, so that no edit takes the words away.
        """
        done = {
            "state": "delivered",
            "delivered_at": at,
            "receipt": receipt,
            "repeat": repeat,
            "last_error": "",
            "uncertain": False,
        }
        return await self._settle(item, done | _NO_LEASE)

    async def failed(
        self,
        item: OutboxItem,
        *,
        error: str,
        not_before: datetime,
        uncertain: bool = False,
        asked: bool = False,
    ) -> bool:
        """Note that an attempt failed and when to try again; False if the lease is another's by now.

        `uncertain` says that the platform may have taken it; once said, it stays so until the message is
        settled. `asked` says that the platform named the wait, so that nothing may shorten it.
        """
        values = {"last_error": error[:MOST_ERROR], "not_before": not_before, "asked": asked}
        return await self._settle(item, values | ({"uncertain": True} if uncertain else {}) | _NO_LEASE)

    async def dead(self, item: OutboxItem, *, error: str) -> bool:
        """Give a message up; it can be read and replayed. False if the lease is another's by now."""
        return await self._settle(item, {"state": "dead", "last_error": error[:MOST_ERROR]} | _NO_LEASE)

    async def release(
        self,
        item: OutboxItem,
        *,
        uncertain: bool = False,
        not_before: datetime | None = None,
        error: str = "",
    ) -> bool:
        """Give a lease back as if nothing had been tried; False if it is another's by now.

        `not_before` lets it wait until then, `uncertain` says that the platform may have taken it after all.
        """
        values: dict[str, object] = {
            "attempts": item.attempts - 1,
            "uncertain": item.uncertain or uncertain,
            "last_error": error[:MOST_ERROR] or item.last_error,
        }
        if not_before is not None:
            values["not_before"] = not_before
        return await self._settle(item, values | _NO_LEASE)

    async def replay(self, number: int, *, now: datetime) -> bool:
        """Queue a message that was given up anew; False if there is none, or its story was taken back."""
        fresh = {"state": "queued", "attempts": 0, "not_before": now, "last_error": "", "rank": 1}
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
        """Return the last messages written that arrived in a channel, the first to arrive first."""
        there = (outbox.c.channel == channel, outbox.c.state == "delivered")
        # By id, so that an index answers: to sort by arrival, each message ever sent would be read.
        last = select(outbox.c.id).where(*there).order_by(outbox.c.id.desc()).limit(limit)
        found = await self._some(outbox.c.id.in_(last), limit=limit)
        return found[::-1]

    async def given_up(self, *, limit: int = 50) -> tuple[OutboxItem, ...]:
        """Return the last messages that were given up, newest first; not what was settled so on purpose."""
        told = outbox.c.last_error.not_in(ON_PURPOSE)
        return await self._some(outbox.c.state == "dead", told, limit=limit)

    async def counts(self) -> tuple[OutboxCount, ...]:
        """Return how many messages each channel has in each state; not what was settled on purpose."""
        told = or_(outbox.c.state != "dead", outbox.c.last_error.not_in(ON_PURPOSE))
        query = (
            select(outbox.c.channel, outbox.c.state, func.count(), func.min(outbox.c.created))
            .where(told)
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
        async with self._writing(Turn.NONE) as connection:
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
    return (
        select(
            outbox,
            func.coalesce(_TARGET.c.receipt, "").label("target_receipt"),
            func.coalesce(_TARGET.c.repeat, false()).label("target_repeat"),
            func.coalesce(_PARENT.c.receipt, "").label("parent_receipt"),
            _of_retracted().label("retracted"),
        )
        .outerjoin(_TARGET, _TARGET.c.id == outbox.c.target)
        .outerjoin(_PARENT, _PARENT.c.id == outbox.c.parent)
    )


def _of_retracted() -> ColumnElement[bool]:
    """Say in SQL that a message posts a story that was taken back; edits and deletions of it still go out."""
    of_it = outbox.c.story.in_(retracted())
    return and_(outbox.c.op == "post", outbox.c.story.is_not(None), of_it)


async def _give_up_retracted(connection: AsyncConnection, now: datetime) -> None:
    await connection.execute(
        update(outbox)
        .where(outbox.c.state == QUEUED, unleased(now), _of_retracted())
        .where(outbox.c.lease_token.is_(None), ~outbox.c.uncertain)
        .values(state="dead", last_error=RETRACTED, **_NO_LEASE)
    )


def _item(row: RowMapping) -> OutboxItem:
    return OutboxItem(**row)
