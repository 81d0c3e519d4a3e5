"""Pruning: what has been kept long enough goes, a few rows at a time, so that nobody waits to write.

Stories stay with all that belongs to them but the texts of their articles: their reports and facts, their
posts in channels, the ledger of promises. Headline, link and dates of every article stay for ever: without
them a feed that still lists it would bring it as news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, exists, func, or_, select, update

from watchers.store.arrived import arrived_whole
from watchers.store.connections import Room
from watchers.store.outbox_choice import QUEUED
from watchers.store.pruning_texts import take_texts, with_more
from watchers.store.schema import entry, exemplar
from watchers.store.schema import story as stories
from watchers.store.schema_chat import asked, audit, held, mute, setting
from watchers.store.schema_delivery import digest_run, outbox, posted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Select, Table

_NUMBER: Final = re.compile(r"\d{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What one sweep over some rows took; `last` is where the next one begins, None if this was the end."""

    gone: int
    last: int | None


class Pruning(Room):
    """What is older than it need be.

    Each call is one transaction; `limit` is how many rows it looks at.
    """

    async def texts(self, *, before: datetime, after: int, limit: int) -> Swept:
        """Take texts from articles first seen before a moment, and all that was read in those in no story.

        Looks at those with numbers after `after`. An article without its text is revised no more.
        """
        window = select(entry).where(entry.c.number > after).order_by(entry.c.number).limit(limit)
        async with self._writing() as connection:
            rows = (await connection.execute(window)).mappings().all()
            old = {row["number"]: row for row in rows if row["seen"] < before}
            gone = await take_texts(connection, old, now=self._access.clock.now())
        through = len(rows) < limit or rows[-1]["seen"] >= before
        return Swept(gone=gone, last=None if through else rows[-1]["number"])

    async def count_texts(self, *, before: datetime) -> int:
        """Return how many articles `texts` would take something from."""
        return await self._count(with_more(before))

    async def messages(self, *, before: datetime, after: int, limit: int, blank: str) -> Swept:
        """Put `blank` in the place of messages settled before a moment, but posts of stories that arrived.

        Looks at those with ids after `after`. Their rows stay, a tenth of the size: nothing but an index on
        what edits, answers and notes of digests refer to would let the database delete one without reading
        all others.
        """
        window = select(outbox.c.id, outbox.c.created).where(outbox.c.id > after)
        async with self._writing() as connection:
            rows = (await connection.execute(window.order_by(outbox.c.id).limit(limit))).all()
            old = _settled(before, blank).where(outbox.c.id.in_([one.id for one in rows]))
            needless = (await connection.scalars(old)).all()
            emptied = update(outbox).where(outbox.c.id.in_(needless))
            await connection.execute(emptied.values(payload=blank))
        through = len(rows) < limit or rows[-1].created >= before
        return Swept(gone=len(needless), last=None if through else rows[-1].id)

    async def count_messages(self, *, before: datetime, blank: str) -> int:
        """Return how many messages `messages` would empty."""
        return await self._count(_settled(before, blank))

    async def deliveries(self, *, before: datetime, after: int, limit: int) -> Swept:
        """Delete messages settled before a moment that nothing refers to; posts of stories stay.

        Looks at those with ids after `after`. A message's key keeps it from being written again: before that
        moment nothing may have happened that could still be told.
        """
        window = select(outbox.c.id, outbox.c.created).where(outbox.c.id > after)
        async with self._writing() as connection:
            rows = (await connection.execute(window.order_by(outbox.c.id).limit(limit))).all()
            old = _forgettable(before).where(outbox.c.id.in_([one.id for one in rows]))
            gone = (await connection.scalars(old)).all()
            await connection.execute(delete(outbox).where(outbox.c.id.in_(gone)))
        through = len(rows) < limit or rows[-1].created >= before
        return Swept(gone=len(gone), last=None if through else rows[-1].id)

    async def count_deliveries(self, *, before: datetime) -> int:
        """Return how many messages `deliveries` would delete; when these are gone, it may be a few more."""
        return await self._count(_forgettable(before))

    async def digests(self, *, before: datetime, limit: int) -> int:
        """Delete the notes of digests of days before a moment, but what the next one begins with."""
        return await self._delete(_runs(before).limit(limit), digest_run, "number")

    async def changes(self, *, before: datetime, limit: int) -> int:
        """Delete the entries of the list of changes from before a moment."""
        return await self._delete(_changes(before).limit(limit), audit, "number")

    async def mutes(self, *, before: datetime, limit: int) -> int:
        """Delete mutes that ended before a moment, and what they held."""
        async with self._writing() as connection:
            numbers = (await connection.scalars(_ended(before).limit(limit))).all()
            await connection.execute(delete(held).where(held.c.mute.in_(numbers)))
            await connection.execute(delete(mute).where(mute.c.number.in_(numbers)))
        return len(numbers)

    async def aside(self, *, before: datetime, limit: int) -> int:
        """Delete the articles given as exemplars before a moment that never came into use."""
        return await self._delete(_aside(before).limit(limit), exemplar, "number")

    async def askings(self, *, before: datetime, limit: int) -> int:
        """Forget the platforms' ids of what was asked before a moment."""
        return await self._delete(_askings(before).limit(limit), asked, "event")

    async def count(self, kind: str, *, before: datetime) -> int:
        """Return how many rows `digests`, `changes`, `mutes`, `aside` or `askings` would take in all."""
        return await self._count(_OLD[kind](before))

    async def oldest(self, *, since: datetime, story: bool = False) -> int:
        """Return the number of the first article seen since a moment, or the next one's if there is none.

        Of a `story`: of the first in which something happened since.
        """
        number, when = (stories.c.number, stories.c.updated) if story else (entry.c.number, entry.c.seen)
        async with self._reading() as connection:
            first = select(func.min(number)).where(when >= since)
            last = select(func.max(number))
            return await connection.scalar(first) or (await connection.scalar(last) or 0) + 1

    async def noted(self, prefix: str, *, below: int, dry: bool = False, limit: int = 1000) -> int:
        """Delete what is kept under names such as "prefix12/…" with a number under `below`; return how much.

        `dry` only counts.
        """
        query = select(setting.c.name).where(setting.c.name.startswith(prefix, autoescape=True))
        async with self._reading() as connection:
            names = (await connection.scalars(query)).all()
        old = [one for one in names if _is_below(one.removeprefix(prefix), below)]
        if dry:
            return len(old)
        async with self._writing() as connection:
            await connection.execute(delete(setting).where(setting.c.name.in_(old[:limit])))
        return len(old[:limit])

    async def _delete(self, some: Select[int] | Select[str], table: Table, key: str) -> int:
        async with self._writing() as connection:
            keys = (await connection.scalars(some)).all()
            await connection.execute(delete(table).where(table.c[key].in_(keys)))
        return len(keys)

    async def _count(self, some: Select[int] | Select[str]) -> int:
        async with self._reading() as connection:
            return await connection.scalar(select(func.count()).select_from(some.subquery())) or 0


def _settled(before: datetime, blank: str) -> Select[int]:
    """Select old messages that nobody needs any more: a story's post is needed to edit it or take it back."""
    when = func.coalesce(outbox.c.delivered_at, outbox.c.created)
    needless = or_(outbox.c.state == "dead", outbox.c.op != "post", outbox.c.story.is_(None))
    query = select(outbox.c.id).where(outbox.c.state != QUEUED, when < before, needless)
    return query.where(outbox.c.payload != blank)


def _forgettable(before: datetime) -> Select[int]:
    """Select old messages to which nothing leads: no card, digest, edit or answer.

    The last that arrived in a channel stays: how long a channel has been closed is told by it.
    """
    when = func.coalesce(outbox.c.delivered_at, outbox.c.created)
    needless = or_(outbox.c.op != "post", outbox.c.story.is_(None))
    other, later = outbox.alias("other"), outbox.alias("later")
    query = select(outbox.c.id).where(outbox.c.state != QUEUED, when < before, needless)
    for pointer in (posted.c.outbox, digest_run.c.outbox, other.c.target, other.c.parent):
        query = query.where(~exists().where(pointer == outbox.c.id))
    arrived = (later.c.channel == outbox.c.channel, later.c.state == "delivered", later.c.id > outbox.c.id)
    return query.where(or_(outbox.c.state == "dead", exists().where(*arrived)))


def _runs(before: datetime) -> Select[int]:
    last = select(func.max(digest_run.c.number)).group_by(digest_run.c.subscription)
    arrived = (
        select(func.max(digest_run.c.number))
        .join(outbox, outbox.c.id == digest_run.c.outbox)
        .where(arrived_whole())
        .group_by(digest_run.c.subscription)
    )
    old = select(digest_run.c.number).where(digest_run.c.window_end < before)
    return old.where(digest_run.c.number.not_in(last), digest_run.c.number.not_in(arrived))


def _changes(before: datetime) -> Select[int]:
    return select(audit.c.number).where(audit.c.at < before)


def _ended(before: datetime) -> Select[int]:
    return select(mute.c.number).where(or_(mute.c.ended_at < before, mute.c.until < before))


def _aside(before: datetime) -> Select[int]:
    never = exemplar.c.removed_at == exemplar.c.added_at
    return select(exemplar.c.number).where(never, exemplar.c.watch.is_(None), exemplar.c.added_at < before)


def _askings(before: datetime) -> Select[str]:
    return select(asked.c.event).where(asked.c.at < before)


_OLD: Final[dict[str, Callable[[datetime], Select[int] | Select[str]]]] = {
    "digests": _runs,
    "changes": _changes,
    "mutes": _ended,
    "aside": _aside,
    "askings": _askings,
}


def _is_below(text: str, below: int) -> bool:
    found = _NUMBER.match(text)
    return found is not None and int(found[0]) < below
