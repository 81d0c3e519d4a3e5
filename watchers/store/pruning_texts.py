"""Which old articles' texts go: all that is known of what nobody was told of, the text alone of the others.

Of an article that a story, a correction or a promise tells of the facts stay, each with its sentence; so do
its headline, link and dates, as of every article.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, delete, func, literal, or_, select, update

from watchers.store.columns import UtcDateTime
from watchers.store.corrections import MOST_REVISIONS
from watchers.store.reports import read_entry
from watchers.store.schema import entry, fact, report, story_report, story_update
from watchers.store.schema_articles import article
from watchers.store.schema_promises import promise, promise_telling
from watchers.store.search import change_in_index

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

# By what an article is told of or counted on.
_TOLD: Final = (
    story_report.c.entry,
    story_update.c.entry,
    promise.c.entry,
    promise.c.decided_by,
    promise_telling.c.entry,
)


async def take_texts(connection: AsyncConnection, rows: Mapping[int, RowMapping], *, now: datetime) -> int:
    """Take from these rows of entries, by number, what is kept no longer; return from how many.

    An entry without its text is read and revised no more.
    """
    untold, emptied = await _with_more(connection, rows)
    taken = sorted(untold | emptied)
    bare = [replace(read_entry(rows[one]), summary="", body="") for one in taken]
    for table in (fact, report, article):  # in the order in which they refer to each other
        await connection.execute(delete(table).where(table.c.entry.in_(sorted(untold))))
    page = update(article).where(article.c.entry.in_(sorted(emptied)))
    await connection.execute(page.where(article.c.state == "read").values(state="dropped"))
    await connection.execute(page.values(next_at=None))
    await connection.execute(
        update(entry)
        .where(entry.c.number.in_(taken))
        .values(summary="", body="", revision=MOST_REVISIONS)
        .values(read_at=func.coalesce(entry.c.read_at, literal(now, UtcDateTime())))
    )
    await change_in_index(connection, [(one.number, one) for one in bare])
    return len(taken)


def with_more(before: datetime) -> Select[int]:
    """Select the entries first seen before a moment that `take_texts` would take something from."""
    judged = or_(entry.c.number.in_(select(report.c.entry)), entry.c.number.in_(select(article.c.entry)))
    untold = [entry.c.number.not_in(select(one).where(one.is_not(None))) for one in _TOLD]
    more = or_(entry.c.summary != "", entry.c.body != "", and_(judged, *untold))
    return select(entry.c.number).where(entry.c.seen < before, more)


async def _with_more(
    connection: AsyncConnection, rows: Mapping[int, RowMapping]
) -> tuple[set[int], set[int]]:
    """Return which of these entries nothing tells of and have anything left, and which others have a text.

    It asks table by table: in one statement SQLite makes lists of all articles ever seen for some twenty.
    """
    numbers = list(rows)
    texts = {number for number, row in rows.items() if row["summary"] or row["body"]}
    known, told = set[int](), set[int]()
    for one in (report.c.entry, article.c.entry):
        known.update(await connection.scalars(select(one).where(one.in_(numbers))))
    for one in _TOLD:
        told.update(await connection.scalars(select(one).where(one.in_(numbers))))
    return (texts | known) - told, texts & told
