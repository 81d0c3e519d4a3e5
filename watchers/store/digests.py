"""Digest runs: one a local day and subscription, whatever restarts, clocks and second processes do.

A run covers a window of time, and notes which story update was the last one then. The next digest tells of
the updates after it, so that a clock set meanwhile neither hides any nor brings any twice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, delete, false, func, insert, or_, select, update

from watchers.store.arrived import arrived_whole
from watchers.store.connections import Room, insert_new
from watchers.store.rows import DigestRun
from watchers.store.rows_chat import PastDigest
from watchers.store.schema import story_update, subscription
from watchers.store.schema_chat import setting
from watchers.store.schema_delivery import digest_run, outbox
from watchers.store.schema_promises import digest_story

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Select
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

# A run may be ahead by so much without any clock having been set: the caller looked at its own before it had
# its turn, while another wrote (as long as a writer waits at most), and machines' clocks differ by seconds.
APART: Final = timedelta(minutes=2)


class Digests(Room):
    """The runs made and the window each covered, half open: [start, end)."""

    async def claim(
        self, subscription: int, local_date: date, *, start: datetime, end: datetime, at: datetime
    ) -> DigestRun | None:
        """Take the digest of a local day; None if somebody has it already.

        Claim, write the message and call `posted` in one transaction: a crash in between leaves nothing
        claimed.
        """
        row = {
            "subscription": subscription,
            "local_date": local_date,
            "window_start": start,
            "window_end": end,
            "at": at,
        }
        async with self._writing() as connection:
            number = await connection.scalar(
                insert_new(connection, digest_run).values(row).returning(digest_run.c.number)
            )
            if number is None:
                return None
            await _note_last_update(connection, subscription, number)
        return DigestRun(
            number=number,
            subscription=subscription,
            local_date=local_date,
            window_start=start,
            window_end=end,
            at=at,
        )

    async def posted(self, run: int, *, outbox: int) -> None:
        """Note which message completes a run: once all its parts arrived, the next window begins there."""
        async with self._writing() as connection:
            await connection.execute(
                update(digest_run).where(digest_run.c.number == run).values(outbox=outbox)
            )

    async def told_to(self, subscription: int) -> int | None:
        """Return the id of the last story update that the last delivered digest could tell of."""
        async with self._reading() as connection:
            run = await connection.scalar(_last_delivered(subscription))
            kept = select(setting.c.value).where(setting.c.name == _name(subscription, run or 0))
            value: str | None = await connection.scalar(kept)
            return int(value) if value is not None else None

    async def set_back(self, *, now: datetime) -> tuple[tuple[DigestRun, ...], tuple[DigestRun, ...]]:
        """Put right the runs that a clock well ahead of `now` made; return those released, and those kept.

        A run of which nothing was posted is released with its messages: its day may be claimed again. One of
        which a part arrived, or may have, stays its day's digest, and its window ends now.
        """
        released, kept = [], []
        made_ahead = digest_run.c.window_end > now + APART
        async with self._writing() as connection:
            ahead = select(digest_run).where(made_ahead).order_by(digest_run.c.number)
            for row in (await connection.execute(ahead)).mappings().all():
                if await _release(connection, row):
                    released.append(DigestRun(**row))
                    continue
                of_it = update(digest_run).where(digest_run.c.number == row["number"])
                start = min(row["window_start"], now)
                await connection.execute(of_it.values(window_start=start, window_end=now))
                kept.append(DigestRun(**row))
        return tuple(released), tuple(kept)

    async def history(self, channel_id: str, *, limit: int = 20) -> tuple[PastDigest, ...]:
        """Return the digests of all of a channel's schedules, newest first."""
        arrived = case((arrived_whole(), outbox.c.delivered_at))
        query = (
            select(
                digest_run.c.subscription,
                subscription.c.name,
                digest_run.c.local_date,
                digest_run.c.window_start,
                digest_run.c.window_end,
                digest_run.c.outbox.is_not(None).label("sent"),
                arrived.label("delivered_at"),
            )
            .join(subscription, subscription.c.number == digest_run.c.subscription)
            .outerjoin(outbox, outbox.c.id == digest_run.c.outbox)
            .where(subscription.c.channel == channel_id)
            .order_by(digest_run.c.local_date.desc(), digest_run.c.number.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            return tuple(PastDigest(**row) for row in (await connection.execute(query)).mappings())

    async def runs(self, number: int, *, limit: int = 20) -> tuple[DigestRun, ...]:
        """Return a subscription's runs, newest first."""
        query = (
            select(digest_run)
            .where(digest_run.c.subscription == number)
            .order_by(digest_run.c.local_date.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            return tuple(DigestRun(**row) for row in (await connection.execute(query)).mappings())


def _name(subscription: int, run: int) -> str:
    """Return the name under which a run's last story update is kept."""
    return f"digest/{subscription}/{run}"


def _last_delivered(subscription: int) -> Select[int]:
    return (
        select(func.max(digest_run.c.number))
        .join(outbox, outbox.c.id == digest_run.c.outbox)
        .where(digest_run.c.subscription == subscription, arrived_whole())
    )


async def _note_last_update(connection: AsyncConnection, subscription: int, run: int) -> None:
    """Note the newest story update under a run, and forget what runs before the last delivered one noted."""
    delivered = await connection.scalar(_last_delivered(subscription)) or 0
    names = await connection.scalars(
        select(setting.c.name).where(setting.c.name.startswith(_name(subscription, 0)[:-1], autoescape=True))
    )
    old = [name for name in names if int(name.rpartition("/")[2]) < delivered]
    await connection.execute(delete(setting).where(setting.c.name.in_([*old, _name(subscription, run)])))
    newest = await connection.scalar(select(func.max(story_update.c.id))) or 0
    await connection.execute(insert(setting).values(name=_name(subscription, run), value=str(newest)))


async def _release(connection: AsyncConnection, run: RowMapping) -> bool:
    """Forget a run and its messages, unless one of them was posted or may have been; tell whether so.

    A run without messages had nothing to tell.
    """
    head = func.coalesce(outbox.c.parent, outbox.c.id)
    first = await connection.scalar(select(head).where(outbox.c.id == run["outbox"]))
    # Compared with nothing, `parent` would be that of every message that answers none.
    parts = or_(outbox.c.id == first, outbox.c.parent == first) if first is not None else false()
    posted = or_(outbox.c.state == "delivered", outbox.c.uncertain, outbox.c.lease_token.is_not(None))
    if await connection.scalar(select(func.count()).select_from(outbox).where(parts, posted)):
        return False
    channel = select(subscription.c.channel).where(subscription.c.number == run["subscription"])
    noted = (digest_story.c.channel == channel.scalar_subquery(), digest_story.c.at == run["at"])
    await connection.execute(delete(digest_story).where(*noted))
    await connection.execute(delete(digest_run).where(digest_run.c.number == run["number"]))
    await connection.execute(delete(outbox).where(parts, outbox.c.parent.is_not(None)))
    await connection.execute(delete(outbox).where(parts))
    await connection.execute(
        delete(setting).where(setting.c.name == _name(run["subscription"], run["number"]))
    )
    return True
