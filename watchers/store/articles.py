"""Articles' own pages: which are to be fetched, what came of it, and when each is looked at again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select, update

from watchers.store.codec import dump_positions
from watchers.store.connections import MOST_PARAMETERS, Room, insert_new
from watchers.store.corrections import dump_facts, number_corrections
from watchers.store.merged import whereabouts
from watchers.store.reports import read_entry
from watchers.store.rows_articles import Article, DuePage
from watchers.store.schema import entry, feed, story_update
from watchers.store.schema_articles import article
from watchers.store.search import change_in_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows_articles import ArticleState, Taken
    from watchers.types import SourceKind

__all__ = ["Articles", "article"]

_LOST: Final = ("gone", "withdrawn")
# Under names of their own, for entries have columns of the same names.
_COLUMNS: Final = tuple(column.label(f"article_{column.name}") for column in article.c)


class Articles(Room):
    """The pages of entries whose feed gives too little."""

    async def kinds(self, feeds: Iterable[int]) -> dict[int, SourceKind]:
        """Return what kinds of sources these feeds are."""
        numbers = tuple(set(feeds))
        found: dict[int, SourceKind] = {}
        async with self._reading() as connection:
            for i in range(0, len(numbers), MOST_PARAMETERS):
                query = select(feed.c.number, feed.c.kind)
                some = query.where(feed.c.number.in_(numbers[i : i + MOST_PARAMETERS]))
                found.update({row.number: row.kind for row in await connection.execute(some)})
        return found

    async def want(self, entries: Sequence[int], *, at: datetime) -> frozenset[int]:
        """Note that the pages of entries are to be fetched now; return those that were not noted before."""
        if not entries:
            return frozenset()
        rows = [{"entry": one, "state": "wanted", "wanted_at": at, "next_at": at} for one in entries]
        async with self._writing() as connection:
            added = insert_new(connection, article).returning(article.c.entry)
            return frozenset(await connection.scalars(added, rows))

    async def get(self, number: int) -> Article | None:
        """Return how an entry's page stands, None if it was never wanted."""
        async with self._reading() as connection:
            query = select(*_COLUMNS).where(article.c.entry == number)
            row = (await connection.execute(query)).mappings().first()
            return _article(row) if row else None

    async def due(self, *, now: datetime, limit: int) -> tuple[DuePage, ...]:
        """Return the pages whose time has come: those never read first, then by time."""
        query = (
            select(*_COLUMNS, entry, feed.c.url.label("named_by"))
            .join(entry, entry.c.number == article.c.entry)
            .join(feed, feed.c.number == entry.c.feed)
            .where(article.c.next_at <= now)
            .order_by(article.c.state != "wanted", article.c.next_at, article.c.entry)
            .limit(limit)
        )
        async with self._reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(
            DuePage(article=_article(row), entry=read_entry(row), named_by=row["named_by"]) for row in rows
        )

    async def lost(self, entries: Sequence[int]) -> dict[int, ArticleState]:
        """Return which of these entries' articles are gone or withdrawn."""
        found: dict[int, ArticleState] = {}
        async with self._reading() as connection:
            for i in range(0, len(entries), MOST_PARAMETERS):
                query = select(article.c.entry, article.c.state).where(article.c.state.in_(_LOST))
                some = query.where(article.c.entry.in_(entries[i : i + MOST_PARAMETERS]))
                found.update({row.entry: row.state for row in await connection.execute(some)})
        return found

    async def filled(self, entries: Sequence[int]) -> frozenset[int]:
        """Return the entries whose page's first text is the last thing that became of their text.

        What is read anew of them was merely absent before; of all others it was changed.
        """
        found: set[int] = set()
        last = or_(entry.c.revised_at.is_(None), entry.c.revised_at <= article.c.read_at)
        async with self._reading() as connection:
            for i in range(0, len(entries), MOST_PARAMETERS):
                query = select(article.c.entry).join(entry, entry.c.number == article.c.entry)
                some = query.where(article.c.entry.in_(entries[i : i + MOST_PARAMETERS]))
                found.update(await connection.scalars(some.where(article.c.read_at.is_not(None), last)))
        return frozenset(found)

    async def put_off(self, until: Sequence[tuple[int, datetime]]) -> None:
        """Let pages of busy hosts wait, each for its own time."""
        async with self._writing() as connection:
            for number, moment in until:
                await _change(connection, number, next_at=moment)

    async def fill(self, taken: Taken, *, at: datetime) -> None:
        """Put an article's text in the place of its teaser, to be read as if it had come with it."""
        async with self._writing() as connection:
            await _put_text(connection, taken, at=at, revised=False)
            await _change(connection, taken.entry, state="read", read_at=at, looks=1, **_validators(taken))

    async def correct(self, taken: Taken, *, at: datetime) -> None:
        """Put an article's text with other figures in the place of its earlier one, to be read again."""
        async with self._writing() as connection:
            await _put_text(connection, taken, at=at, revised=True)
            await _change(connection, taken.entry, looks=article.c.looks + 1, **_validators(taken))

    async def seen(self, number: int, *, next_at: datetime | None, etag: str, last_modified: str) -> None:
        """Note that a page was looked at again and gives the same figures."""
        async with self._writing() as connection:
            await _change(
                connection,
                number,
                looks=article.c.looks + 1,
                tries=0,
                why="",
                next_at=next_at,
                etag=etag,
                last_modified=last_modified,
            )

    async def fail(self, number: int, why: str, *, next_at: datetime | None, for_good: bool = False) -> None:
        """Note why a page could not be read; it is tried again at `next_at`, or given up `for_good`."""
        given_up: dict[str, object] = {"state": "failed"} if for_good else {}
        async with self._writing() as connection:
            tries = article.c.tries + 1
            await _change(connection, number, why=why, tries=tries, next_at=next_at, **given_up)

    async def close(self, number: int, why: str) -> None:
        """Note that a page's publisher keeps it from us; a text that was read before stays as it is."""
        async with self._writing() as connection:
            there = article.c.state == "read"
            query = update(article).where(article.c.entry == number)
            await connection.execute(query.where(there).values(why=why, next_at=None))
            await connection.execute(query.where(~there).values(state="closed", why=why, next_at=None))

    async def lose(self, number: int, state: ArticleState, why: str, *, at: datetime) -> None:
        """Note that an article is gone or withdrawn, and have the cards of its story say so."""
        async with self._writing() as connection:
            await _change(connection, number, state=state, why=why, next_at=None)
            story = (await whereabouts(connection, [number])).get(number)
            if story is None:
                return
            row: dict[str, object] = {
                "story": story,
                "entry": number,
                "kind": "corrected",
                "revision": 0,
                "new_facts": dump_positions(()),
                "was": dump_facts(()),
                "new_origin": False,
                "at": at,
                "announced_at": None,
            }
            await number_corrections(connection, [row])
            await connection.execute(insert_new(connection, story_update), row)

    async def drop(self, *, before: datetime, limit: int) -> int:
        """Delete the texts of up to `limit` pages first read before a moment, and return of how many.

        Facts with their sentences, the hash of the text and what the feed gave stay.
        """
        query = (
            select(entry)
            .join(article, article.c.entry == entry.c.number)
            .where(article.c.read_at < before, article.c.state != "dropped", entry.c.body != "")
            .where(entry.c.read_at.is_not(None))
            .order_by(article.c.entry)
            .limit(limit)
        )
        async with self._writing() as connection:
            entries = [read_entry(row) for row in (await connection.execute(query)).mappings()]
            numbers = [one.number for one in entries]
            await connection.execute(update(entry).where(entry.c.number.in_(numbers)).values(body=""))
            await connection.execute(
                update(article)
                .where(article.c.entry.in_(numbers), article.c.state.not_in(_LOST))
                .values(state="dropped")
            )
            await connection.execute(update(article).where(article.c.entry.in_(numbers)).values(next_at=None))
            await change_in_index(connection, [(one.number, replace(one, body="")) for one in entries])
        return len(numbers)


async def _put_text(connection: AsyncConnection, taken: Taken, *, at: datetime, revised: bool) -> None:
    row = (await connection.execute(select(entry).where(entry.c.number == taken.entry))).mappings().one()
    before = read_entry(row)
    summary = before.summary if revised else before.summary or before.body
    after = replace(before, body=taken.text, summary=summary)
    values: dict[str, object] = {"body": after.body, "read_at": None, "revision": row["revision"] + 1}
    if revised:
        values["revised_at"] = at
    else:
        values["summary"] = after.summary  # the teaser stays, whatever its feed called it
    if before.published is None and taken.published is not None and taken.published <= before.seen:
        values |= {"published": taken.published, "utc_offset": taken.offset}
    if not before.lang and taken.lang:
        values["lang"] = taken.lang
    await connection.execute(update(entry).where(entry.c.number == taken.entry).values(values))
    await change_in_index(connection, [(taken.entry, after)])


async def _change(connection: AsyncConnection, number: int, **values: object) -> None:
    await connection.execute(update(article).where(article.c.entry == number).values(values))


def _validators(taken: Taken) -> dict[str, object]:
    return {
        "url": taken.url,
        "why": "",
        "text_hash": taken.text_hash,
        "etag": taken.etag,
        "last_modified": taken.last_modified,
        "next_at": taken.next_at,
        "tries": 0,
    }


def _article(row: RowMapping) -> Article:
    return Article(**{column.name: row[f"article_{column.name}"] for column in article.c})
