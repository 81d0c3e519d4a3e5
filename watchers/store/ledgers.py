"""Lists of promises for people: all by due day, those of a channel's stories, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from watchers.store.connections import Room, insert_new
from watchers.store.promises_load import load, standing, tracked
from watchers.store.schema import story_report
from watchers.store.schema_delivery import outbox, posted
from watchers.store.schema_promises import digest_story, promise, promise_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from watchers.store.rows_promises import Tracked
    from watchers.types.claims import PromiseState


class Ledgers(Room):
    """What is asked of the ledger. Wrong readings and stories taken back are in none of these."""

    async def listed(
        self,
        *,
        state: PromiseState | None = None,
        first: date | None = None,
        last: date | None = None,
        story: int | None = None,
        named: Collection[Collection[str]] = (),
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[int, tuple[Tracked, ...]]:
        """Return how many promises fit and a page of them, the first due first; None leaves a condition out.

        Of each group of tokens in `named` a promise has at least one.
        """
        wanted = [*standing(), *_due(first, last)]
        if state is not None:
            wanted.append(promise.c.state == state)
        if story is not None:
            wanted.append(story_report.c.story == story)
        for group in named:
            found = select(promise_name.c.promise).where(promise_name.c.token.in_(tuple(group)))
            wanted.append(promise.c.number.in_(found))
        return await self._page(wanted, limit=limit, offset=offset)

    async def due(
        self, channel: str, *, first: date, last: date, limit: int
    ) -> tuple[int, tuple[Tracked, ...]]:
        """Return how many open promises of stories that a channel was told of are due, and the first."""
        wanted = [*standing(), *_due(first, last), promise.c.state == "open", _told(channel)]
        return await self._page(wanted, limit=limit, offset=0)

    async def outcomes(
        self, channel: str, *, start: datetime, end: datetime, limit: int
    ) -> tuple[Tracked, ...]:
        """Return what became in [start, end) of promises of stories that a channel has no card of any more.

        Its digests told of them. What has a card is told beneath that.
        """
        cards = (
            select(posted.c.story)
            .join(outbox, outbox.c.id == posted.c.outbox)
            .where(posted.c.channel == channel, outbox.c.state != "dead")
        )
        wanted = [
            *standing(),
            promise.c.state != "open",
            promise.c.state_at >= start,
            promise.c.state_at < end,
            _told(channel),
            story_report.c.story.not_in(cards),
        ]
        _, found = await self._page(wanted, limit=limit, offset=0)
        return found

    async def note_digest(self, channel: str, stories: Iterable[int], *, at: datetime) -> None:
        """Note that a digest told a channel of stories."""
        rows = [{"channel": channel, "story": number, "at": at} for number in stories]
        if rows:
            async with self._writing() as connection:
                await connection.execute(insert_new(connection, digest_story), rows)

    async def _page(
        self, wanted: Iterable[ColumnElement[bool]], *, limit: int, offset: int
    ) -> tuple[int, tuple[Tracked, ...]]:
        query = tracked().where(*wanted)
        some = query.order_by(promise.c.due, promise.c.number).limit(limit).offset(offset)
        async with self._reading() as connection:
            count = await connection.scalar(select(func.count()).select_from(query.subquery()))
            return count or 0, await load(connection, some)


def _due(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """Say in SQL that a promise is due on a day of [first, last]."""
    wanted = []
    if first is not None:
        wanted.append(promise.c.due >= first)
    if last is not None:
        wanted.append(promise.c.due <= last)
    return wanted


def _told(channel: str) -> ColumnElement[bool]:
    """Say in SQL that a channel was told of a promise's story, by a card or in a digest."""
    cards = select(posted.c.story).where(posted.c.channel == channel)
    digests = select(digest_story.c.story).where(digest_story.c.channel == channel)
    return or_(story_report.c.story.in_(cards), story_report.c.story.in_(digests))
