"""The outbox as whoever runs the bot sees it: what waits and why, and what is done to messages by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select, update

from watchers.store.connections import Room
from watchers.store.outbox import DROPPED, FOLDED
from watchers.store.outbox_choice import unleased
from watchers.store.retractions import retracted
from watchers.store.schema import channel
from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

_WAITS: Final = outbox.c.state == "queued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for one channel. `error` is of the message tried most often, empty if none failed.

    `next_try` is when the first of them may go out; `unreachable` says why none does, empty if some may.
    """

    channel: str
    items: int
    oldest: datetime
    next_try: datetime
    attempts: int = 0
    error: str = ""
    unreachable: str = ""


class Queue(Room):
    """What waits by channel, and what an operator decides on messages that are stuck."""

    async def waiting(self) -> tuple[Waiting, ...]:
        """Return what waits, by channel."""
        query = (
            select(
                outbox.c.channel,
                func.count().label("items"),
                func.min(outbox.c.created).label("oldest"),
                func.min(outbox.c.not_before).label("next_try"),
                func.coalesce(channel.c.unreachable, "").label("unreachable"),
            )
            .outerjoin(channel, channel.c.id == outbox.c.channel)
            .where(_WAITS)
            .group_by(outbox.c.channel, channel.c.unreachable)
            .order_by(outbox.c.channel)
        )
        place = func.row_number().over(
            partition_by=outbox.c.channel, order_by=(outbox.c.attempts.desc(), outbox.c.id)
        )
        ranked = (
            select(outbox.c.channel, outbox.c.attempts, outbox.c.last_error, place.label("place"))
            .where(_WAITS, outbox.c.last_error != "")
            .subquery()
        )
        async with self._reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
            worst = await connection.execute(select(ranked).where(ranked.c.place == 1))
            errors = {row.channel: (row.attempts, row.last_error) for row in worst}
        found = []
        for row in rows:
            attempts, error = errors.get(row["channel"], (0, ""))
            found.append(Waiting(**row, attempts=attempts, error=error))
        return tuple(found)

    async def replay_all(self, *, now: datetime) -> tuple[int, ...]:
        """Queue everything anew that was given up; return the ids. Not what was settled so on purpose."""
        settled = (DROPPED, FOLDED)
        async with self._writing() as connection:
            queued = await connection.scalars(
                update(outbox)
                .where(outbox.c.state == "dead", outbox.c.last_error.not_in(settled), _may_be_told())
                .values(state="queued", attempts=0, not_before=now, last_error="", asked=False, rank=1)
                .returning(outbox.c.id)
            )
            return tuple(sorted(queued.all()))

    async def drop(self, number: int, *, now: datetime) -> bool:
        """Settle a message so that it is sent no more; False if it arrived, is on its way or there is none.

        A message that was dropped can still be replayed by its number.
        """
        waits = and_(_WAITS, unleased(now))
        given_up = and_(outbox.c.state == "dead", outbox.c.last_error != DROPPED)
        async with self._writing() as connection:
            dropped = await connection.execute(
                update(outbox)
                .where(outbox.c.id == number, or_(waits, given_up))
                .values(state="dead", last_error=DROPPED, leased_until=None, lease_token=None)
                .returning(outbox.c.id)
            )
            return dropped.first() is not None


def _may_be_told() -> ColumnElement[bool]:
    """Say in SQL that a message is no post of a story that was taken back."""
    return or_(outbox.c.op != "post", outbox.c.story.is_(None), outbox.c.story.not_in(retracted()))
