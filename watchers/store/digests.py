"""Digest runs: one a local day and subscription, whatever restarts, clocks and second processes do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, select, update

from watchers.store.connections import Room, insert_new
from watchers.store.rows import DigestRun
from watchers.store.rows_chat import PastDigest
from watchers.store.schema import subscription
from watchers.store.schema_delivery import digest_run, outbox

if TYPE_CHECKING:
    from datetime import date, datetime


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
        return DigestRun(
            number=number,
            subscription=subscription,
            local_date=local_date,
            window_start=start,
            window_end=end,
            at=at,
        )

    async def posted(self, run: int, *, outbox: int) -> None:
        """Note which message completes a run: with its delivery the next window begins."""
        async with self._writing() as connection:
            await connection.execute(
                update(digest_run).where(digest_run.c.number == run).values(outbox=outbox)
            )

    async def history(self, channel_id: str, *, limit: int = 20) -> tuple[PastDigest, ...]:
        """Return the digests of all of a channel's schedules, newest first."""
        arrived = case((outbox.c.state == "delivered", outbox.c.delivered_at))
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
