"""Search over every entry: the one place that knows of SQLite's full-text index (FTS5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, case, column, func, insert, literal_column, or_, select, table, update

from watchers.store.connections import Room
from watchers.store.rows_chat import Found
from watchers.store.schema import entry, sighting, story_report
from watchers.store.search_words import Sought, expression, indexed, sought, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlalchemy.sql.selectable import Join

    from watchers.store.search_words import Term
    from watchers.types import Entry

TITLE_WEIGHT: Final = 4.0  # a headline names what an article is about; one word of it outweighs a body's
SNIPPET: Final = 240  # characters of an entry's text that are shown with it: three lines in a channel
BEFORE: Final = 60  # of them before the first word found

# A virtual table, made by the migration; it is in no metadata, for SQLAlchemy knows no such kind.
_index = table("entry_fts", column("rowid"), column("title"), column("body"))
_matches = literal_column("entry_fts").op("MATCH")


class Search(Room):
    """What was read, by its words."""

    async def find(
        self,
        words: str,
        *,
        feeds: frozenset[int] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        feed: int | None = None,
        lang: str = "",
        newest: bool = False,
        limit: int = 10,
        offset: int = 0,
    ) -> tuple[int, tuple[Found, ...]]:
        """Return how many entries have the words, and a page of them, the best or the newest first.

        All words must occur; "several in quotes" stand side by side, -unwanted ones must not occur, a star
        ends a beginning. Without any wanted word everything that meets the conditions is found. None and ""
        leave a condition out; `feeds` are those carrying an entry first or later; [since, until) is about
        when it was published, or seen if that is not known.
        """
        asked = sought(words)
        if words.strip() and asked == Sought():
            return 0, ()  # an emoji, a lone dash: no entry has it as a word
        conditions = _conditions(feeds=feeds, since=since, until=until, feed=feed, lang=lang)
        if asked.unwanted:
            unwanted = select(_index.c.rowid).where(_matches(expression(asked.unwanted, "OR")))
            conditions.append(entry.c.number.not_in(unwanted))
        where: Table | Join = entry
        if asked.wanted:
            conditions.append(_matches(expression(asked.wanted, "AND")))
            where = entry.join(_index, _index.c.rowid == entry.c.number)
        story = select(story_report.c.story).where(story_report.c.entry == entry.c.number).scalar_subquery()
        page = select(entry, story.label("story"), _when().label("at_last")).select_from(where)
        if asked.wanted and not newest:
            page = page.order_by(func.bm25(literal_column("entry_fts"), TITLE_WEIGHT, 1.0))
        page = page.order_by(_when().desc(), entry.c.number.desc()).limit(limit).offset(offset)
        async with self._reading() as connection:
            total = await connection.scalar(select(func.count()).select_from(where).where(*conditions)) or 0
            rows = (await connection.execute(page.where(*conditions))).mappings().all()
        return total, tuple(_found(row, asked.wanted) for row in rows)


async def put_in_index(connection: AsyncConnection, numbered: Iterable[tuple[int, Entry]]) -> None:
    """Let new entries be found."""
    rows = [
        {"rowid": number, "title": indexed(e.title), "body": indexed(f"{e.summary}\n{e.body}")}
        for number, e in numbered
    ]
    if rows:
        await connection.execute(insert(_index), rows)


async def change_in_index(connection: AsyncConnection, numbered: Iterable[tuple[int, Entry]]) -> None:
    """Let entries be found by what they say now."""
    rows = [
        {"of": number, "now": indexed(e.title), "then": indexed(f"{e.summary}\n{e.body}")}
        for number, e in numbered
    ]
    if rows:
        changed = update(_index).where(_index.c.rowid == bindparam("of"))
        await connection.execute(changed.values(title=bindparam("now"), body=bindparam("then")), rows)


def _conditions(
    *,
    feeds: frozenset[int] | None,
    since: datetime | None,
    until: datetime | None,
    feed: int | None,
    lang: str,
) -> list[ColumnElement[bool]]:
    conditions = [] if feeds is None else [_carried_by(feeds)]
    if feed is not None:
        conditions.append(_carried_by((feed,)))
    if since is not None:
        conditions.append(_when() >= since)
    if until is not None:
        conditions.append(_when() < until)
    if lang:
        conditions.append(entry.c.lang == lang)
    return conditions


def _carried_by(feeds: Iterable[int]) -> ColumnElement[bool]:
    numbers = sorted(feeds)
    also = select(sighting.c.entry).where(sighting.c.entry == entry.c.number, sighting.c.feed.in_(numbers))
    return or_(entry.c.feed.in_(numbers), also.exists())


def _when() -> ColumnElement[datetime]:
    """Return in SQL what `Entry.when` is."""
    return case((entry.c.published < entry.c.seen, entry.c.published), else_=entry.c.seen)


def _found(row: RowMapping, wanted: Sequence[Term]) -> Found:
    snippet = _snippet(row["summary"], row["body"], wanted)
    return Found(
        entry=row["number"],
        feed=row["feed"],
        title=row["title"],
        link=row["link"],
        outlet=row["outlet"],
        lang=row["lang"],
        when=row["at_last"],
        story=row["story"],
        title_spans=spans(row["title"], wanted),
        snippet=snippet,
        snippet_spans=spans(snippet, wanted),
    )


def _snippet(summary: str, body: str, wanted: Sequence[Term]) -> str:
    """Cut the piece around the first word found, from the summary if it stands there, else the body."""
    places = {text: found for text in (summary, body) if (found := spans(text, wanted))}
    text = next(iter(places), summary or body)
    first = places[text][0][0] if text in places else 0
    start = 0
    if first > BEFORE and len(text) > SNIPPET:
        start = first - BEFORE
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    piece = text[start : start + SNIPPET].rstrip()
    return ("…" if start else "") + piece + ("…" if start + SNIPPET < len(text) else "")
