"""Pruning: what has been kept long enough goes, a few rows at a time, so that nobody waits to write.

Stories stay with all that belongs to them: their reports and facts, their posts in channels, the ledger of
promises. Of an article that is in no story the headline, link and dates stay for ever: without them a feed
that still lists it would bring it as news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, literal, or_, select, update

from watchers.store.columns import UtcDateTime
from watchers.store.connections import Room
from watchers.store.corrections import MOST_REVISIONS
from watchers.store.outbox_choice import QUEUED
from watchers.store.reports import read_entry
from watchers.store.schema import entry, fact, report, story_report, story_update
from watchers.store.schema_articles import article
from watchers.store.schema_chat import asked, audit, held, mute, setting
from watchers.store.schema_delivery import digest_run, outbox
from watchers.store.schema_promises import promise, promise_telling
from watchers.store.search import change_in_index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy import Select, Table
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

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
        """Take texts, facts and judgement from articles first seen before a moment that are in no story.

        Looks at those with numbers after `after`. An article without its text is revised no more.
        """
        window = select(entry).where(entry.c.number > after).order_by(entry.c.number).limit(limit)
        now = self._access.clock.now()
        async with self._writing() as connection:
            rows = (await connection.execute(window)).mappings().all()
            old = {row["number"]: row for row in rows if row["seen"] < before}
            whole = sorted(await _whole(connection, old))
            bare = [replace(read_entry(old[one]), summary="", body="") for one in whole]
            for table in (fact, report, article):  # in the order in which they refer to each other
                await connection.execute(delete(table).where(table.c.entry.in_(whole)))
            await connection.execute(
                update(entry)
                .where(entry.c.number.in_(whole))
                .values(summary="", body="", revision=MOST_REVISIONS)
                .values(read_at=func.coalesce(entry.c.read_at, literal(now, UtcDateTime())))
            )
            await change_in_index(connection, [(one.number, one) for one in bare])
        through = len(rows) < limit or rows[-1]["seen"] >= before
        return Swept(gone=len(whole), last=None if through else rows[-1]["number"])

    async def count_texts(self, *, before: datetime) -> int:
        """Return how many articles `texts` would take something from."""
        return await self._count(_unmatched(before))

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

    async def askings(self, *, before: datetime, limit: int) -> int:
        """Forget the platforms' ids of what was asked before a moment."""
        return await self._delete(_askings(before).limit(limit), asked, "event")

    async def count(self, kind: str, *, before: datetime) -> int:
        """Return how many rows `digests`, `changes`, `mutes` or `askings` would take in all."""
        return await self._count(_OLD[kind](before))

    async def oldest(self, *, since: datetime) -> int:
        """Return the number of the first article seen since a moment, or the next one's if there is none."""
        async with self._reading() as connection:
            first = select(func.min(entry.c.number)).where(entry.c.seen >= since)
            last = select(func.max(entry.c.number))
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


# By what an article is told of or counted on, and so kept whole.
_TOLD: Final = (
    story_report.c.entry,
    story_update.c.entry,
    promise.c.entry,
    promise.c.decided_by,
    promise_telling.c.entry,
)


async def _whole(connection: AsyncConnection, rows: Mapping[int, RowMapping]) -> set[int]:
    """Return which of these articles nothing tells of and have something left to be taken.

    It asks table by table: in one statement SQLite makes lists of all articles ever seen for some twenty.
    """
    numbers = list(rows)
    left = {number for number, row in rows.items() if row["summary"] or row["body"]}
    for one in (report.c.entry, article.c.entry):
        left.update(await connection.scalars(select(one).where(one.in_(numbers))))
    for told in _TOLD:
        left.difference_update(await connection.scalars(select(told).where(told.in_(numbers))))
    return left


def _unmatched(before: datetime) -> Select[int]:
    """Select old articles that nothing tells of and that have something left to be taken."""
    whole = or_(
        entry.c.summary != "",
        entry.c.body != "",
        entry.c.number.in_(select(report.c.entry)),
        entry.c.number.in_(select(article.c.entry)),
    )
    query = select(entry.c.number).where(entry.c.seen < before, whole)
    for one in _TOLD:
        query = query.where(entry.c.number.not_in(select(one).where(one.is_not(None))))
    return query


def _settled(before: datetime, blank: str) -> Select[int]:
    """Select old messages that nobody needs any more: a story's post is needed to edit it or take it back."""
    when = func.coalesce(outbox.c.delivered_at, outbox.c.created)
    needless = or_(outbox.c.state == "dead", outbox.c.op != "post", outbox.c.story.is_(None))
    query = select(outbox.c.id).where(outbox.c.state != QUEUED, when < before, needless)
    return query.where(outbox.c.payload != blank)


def _runs(before: datetime) -> Select[int]:
    last = select(func.max(digest_run.c.number)).group_by(digest_run.c.subscription)
    arrived = (
        select(func.max(digest_run.c.number))
        .join(outbox, outbox.c.id == digest_run.c.outbox)
        .where(outbox.c.state == "delivered")
        .group_by(digest_run.c.subscription)
    )
    old = select(digest_run.c.number).where(digest_run.c.window_end < before)
    return old.where(digest_run.c.number.not_in(last), digest_run.c.number.not_in(arrived))


def _changes(before: datetime) -> Select[int]:
    return select(audit.c.number).where(audit.c.at < before)


def _ended(before: datetime) -> Select[int]:
    return select(mute.c.number).where(or_(mute.c.ended_at < before, mute.c.until < before))


def _askings(before: datetime) -> Select[str]:
    return select(asked.c.event).where(asked.c.at < before)


_OLD: Final[dict[str, Callable[[datetime], Select[int] | Select[str]]]] = {
    "digests": _runs,
    "changes": _changes,
    "mutes": _ended,
    "askings": _askings,
}


def _is_below(text: str, below: int) -> bool:
    found = _NUMBER.match(text)
    return found is not None and int(found[0]) < below
