"""Claims on feeds that are due: each is handed out to one who polls, and again if nothing came of that.

A claim stands in the feed's row until its poll is on record, or its time is over. It is a promise that
somebody is about to ask, no lock: whoever has one looks again whether the feed is still due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_, select, update

from watchers.store.connections import MOST_PARAMETERS, Room
from watchers.store.feeds import due_in_order
from watchers.store.followed import is_followed
from watchers.store.schema import feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement


class DueFeed(NamedTuple):
    """A feed that may be handed out."""

    number: int
    url: str


class Claims(Room):
    """Who is about to ask which feeds."""

    async def due(
        self, *, now: datetime, limit: int | None = None, but_of: Iterable[str] = ()
    ) -> tuple[DueFeed, ...]:
        """Return the followed feeds that are due and nobody's: new ones first, then the longest overdue.

        With a `limit` it takes as long as what it returns, however many more are due, and what it passes
        over: those `but_of` some hosts, in small letters and with the port if they have one.
        """
        free = or_(feed.c.claimed_until.is_(None), feed.c.claimed_until <= now)
        query = select(feed.c.number, feed.c.url).where(free, *(~_is_of(host) for host in but_of))
        found: list[DueFeed] = []
        async with self._reading() as connection:
            for part in due_in_order(query, now=now):
                left = None if limit is None else limit - len(found)
                rows = await connection.execute(part.limit(left))
                found += [DueFeed(number, url) for number, url in rows]
        return tuple(found)

    async def busy(self, *, now: datetime) -> tuple[str, ...]:
        """Return the addresses of the feeds that are claimed."""
        async with self._reading() as connection:
            return tuple(await connection.scalars(select(feed.c.url).where(feed.c.claimed_until > now)))

    async def claim(self, numbers: Iterable[int], *, until: datetime) -> None:
        """Hand feeds out: until then nobody else gets them."""
        await self._set(tuple(numbers), until)

    async def keep(self, numbers: Sequence[int], *, now: datetime, until: datetime) -> tuple[int, ...]:
        """Claim for longer what of these is still due, for it is about to be asked; return that."""
        still: list[int] = []
        async with self._writing() as connection:
            for some in _portions(numbers):
                changed = (
                    update(feed).where(feed.c.number.in_(some), _is_due(now)).values(claimed_until=until)
                )
                still += await connection.scalars(changed.returning(feed.c.number))
        return tuple(still)

    async def release(self, numbers: Sequence[int]) -> None:
        """Give feeds back that were not asked after all."""
        await self._set(numbers, None)

    async def forget(self) -> None:
        """Drop every claim: whoever had one has ended."""
        async with self._writing() as connection:
            await connection.execute(
                update(feed).where(feed.c.claimed_until.is_not(None)).values(claimed_until=None)
            )

    async def _set(self, numbers: Sequence[int], until: datetime | None) -> None:
        async with self._writing() as connection:
            for some in _portions(numbers):
                await connection.execute(
                    update(feed).where(feed.c.number.in_(some)).values(claimed_until=until)
                )


def _is_of(host: str) -> ColumnElement[bool]:
    """Say in SQL that a feed's address is at a host."""
    url = func.lower(feed.c.url)
    places = [f"{scheme}://{host}" for scheme in ("https", "http")]
    return or_(url.in_(places), *(url.startswith(f"{one}/", autoescape=True) for one in places))


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Say in SQL that a feed that somebody reads is to be asked."""
    arrived = or_(feed.c.next_poll_at.is_(None), feed.c.next_poll_at <= now)
    return feed.c.gone.is_(False) & arrived & is_followed()


def _portions(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    for i in range(0, len(numbers), MOST_PARAMETERS):
        yield numbers[i : i + MOST_PARAMETERS]
