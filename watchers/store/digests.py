"""Digest runs: one a local day and subscription, whatever restarts, clocks and second processes do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from watchers.store.connections import Room, insert_new
from watchers.store.rows import DigestRun
from watchers.store.schema import digest_run

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

    async def history(self, subscription: int, *, limit: int = 20) -> tuple[DigestRun, ...]:
        """Return a subscription's runs, newest first."""
        query = (
            select(digest_run)
            .where(digest_run.c.subscription == subscription)
            .order_by(digest_run.c.local_date.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            return tuple(DigestRun(**row) for row in (await connection.execute(query)).mappings())
