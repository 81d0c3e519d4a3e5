"""What piled up in the outbox: woken when a platform is back, folded where it is too much, moved in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, or_, select, update

from watchers.store.connections import MOST_PARAMETERS, Room
from watchers.store.outbox import FOLDED
from watchers.store.outbox_choice import of_platform
from watchers.store.schema import channel
from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement

_CARDS: Final = ("alert", "update")  # what may be folded; digests, notices and answers are sent as they are


class Backlogs(Room):
    """Operations on many waiting messages at once."""

    async def wake(self, platform: str, *, now: datetime) -> int:
        """Let what failed on a platform be tried now; return how many. Waits that it named stay."""
        failed = and_(outbox.c.attempts > 0, ~outbox.c.asked, outbox.c.not_before > now)
        async with self._writing() as connection:
            woken = await connection.execute(
                update(outbox)
                .where(outbox.c.state == "queued", of_platform(platform), failed)
                .values(not_before=now)
                .returning(outbox.c.id)
            )
            return len(woken.all())

    async def shift(self, by: timedelta) -> int:
        """Move leases, and waits after a failure, with a clock that was set; return how many.

        What waits for an hour of the day, such as the end of quiet hours, keeps it.
        """
        query = select(outbox.c.id, outbox.c.not_before, outbox.c.leased_until, outbox.c.attempts).where(
            outbox.c.state == "queued", outbox.c.attempts > 0
        )
        async with self._writing() as connection:
            rows = (await connection.execute(query)).all()
            for row in rows:
                until = row.leased_until + by if row.leased_until else None
                await connection.execute(
                    update(outbox)
                    .where(outbox.c.id == row.id)
                    .values(not_before=row.not_before + by, leased_until=until)
                )
            return len(rows)

    async def ahead(self, *, now: datetime) -> dict[str, datetime]:
        """Return the channels for which something waits that a clock ahead of `now` wrote, and its latest."""
        latest = func.max(outbox.c.created).label("latest")
        query = select(outbox.c.channel, latest).where(*_ahead(now)).group_by(outbox.c.channel)
        async with self._reading() as connection:
            rows = await connection.execute(query.order_by(outbox.c.channel))
            return {row.channel: row.latest for row in rows}

    async def set_back(self, channel_id: str, by: timedelta, *, now: datetime, held_until: datetime) -> None:
        """Put right when something was written for a channel by a clock that was then set back by `by`.

        What was not tried yet counts as written now, and is due; if it was held for an hour of the day, it is
        held until `held_until`. What was tried was written that much earlier, for it may have arrived since.
        """
        held = case((outbox.c.not_before > outbox.c.created, held_until), else_=now)
        there = (outbox.c.channel == channel_id, *_ahead(now))
        tried = select(outbox.c.id, outbox.c.created).where(*there, outbox.c.attempts > 0)
        async with self._writing() as connection:
            for row in (await connection.execute(tried)).all():
                earlier = update(outbox).where(outbox.c.id == row.id).values(created=row.created - by)
                await connection.execute(earlier)
            await connection.execute(
                update(outbox).where(*there, outbox.c.attempts == 0).values(created=now, not_before=held)
            )

    async def crowded(self, over: int, *, before: datetime, now: datetime) -> tuple[str, ...]:
        """Return the channels where more than `over` cards written before a moment could go out now."""
        query = (
            select(outbox.c.channel)
            .where(*_foldable(before, now))
            .where(outbox.c.channel.not_in(select(channel.c.id).where(channel.c.unreachable != "")))
            .group_by(outbox.c.channel)
            .having(func.count() > over)
            .order_by(outbox.c.channel)
        )
        async with self._reading() as connection:
            return tuple((await connection.scalars(query)).all())

    async def piled(self, channel_id: str, *, before: datetime, now: datetime) -> tuple[int, ...]:
        """Return the ids of those cards of one channel, the most pressing first: urgent ones, then by age."""
        query = (
            select(outbox.c.id)
            .where(outbox.c.channel == channel_id, *_foldable(before, now))
            .order_by(outbox.c.urgent.desc(), outbox.c.id.desc())
        )
        async with self._reading() as connection:
            return tuple((await connection.scalars(query)).all())

    async def payloads(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Return the messages of some rows as JSON, in the order of their ids given."""
        async with self._reading() as connection:
            rows = await connection.execute(
                select(outbox.c.id, outbox.c.payload).where(outbox.c.id.in_(list(numbers)))
            )
            found = {row.id: row.payload for row in rows}
        return tuple(found[number] for number in numbers if number in found)

    async def fold(self, folded: Sequence[int], kept: Sequence[int]) -> None:
        """Settle cards that a summary tells of, and let those that are kept go out in the order given.

        What would have changed the settled ones is settled too: it has nothing to change.
        """
        async with self._writing() as connection:
            for start in range(0, len(folded), MOST_PARAMETERS):
                some = list(folded[start : start + MOST_PARAMETERS])
                await connection.execute(
                    update(outbox)
                    .where(or_(outbox.c.id.in_(some), outbox.c.target.in_(some)))
                    .where(outbox.c.state == "queued")
                    .values(state="dead", last_error=FOLDED)
                )
            for rank, number in enumerate(reversed(kept), 1):
                await connection.execute(update(outbox).where(outbox.c.id == number).values(rank=rank))


def _ahead(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.state == "queued", outbox.c.created > now


def _foldable(before: datetime, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Say in SQL what a summary may stand for: no post that may have arrived, was kept or asked for.

    A card is as old as its wait for a platform: what quiet hours or talk held back counts from their end.
    """
    due = case((outbox.c.attempts > 0, outbox.c.created), else_=outbox.c.not_before)
    return (
        outbox.c.state == "queued",
        outbox.c.op == "post",
        outbox.c.kind.in_(_CARDS),
        due < before,
        outbox.c.not_before <= now,
        outbox.c.rank == 0,
        ~outbox.c.uncertain,
        outbox.c.lease_token.is_(None),  # whose holder died may have arrived
    )
