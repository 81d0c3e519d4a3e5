"""Search over every entry: the one place that knows of SQLite's full-text index (FTS5)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, case, column, func, insert, literal_column, or_, select, table, update

from watchers.store.connections import MOST_PARAMETERS, Room
from watchers.store.reports import FACT, PACE, read_entry, read_fact
from watchers.store.rows_chat import Found
from watchers.store.schema import entry, fact, sighting, story_report
from watchers.store.search_words import Sought, expression, indexed, sought, spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlalchemy.sql.selectable import Join

    from watchers.store.search_words import Term
    from watchers.types import Entry, Fact, FactType

TITLE_WEIGHT: Final = 4.0  # a headline names what an article is about; one word of it outweighs a body's
SNIPPET: Final = 240  # characters of an entry's text that are shown with it: three lines in a channel
BEFORE: Final = 60  # of them before the first word found
LOOKED_AT: Final = (
    3000  # entries whose facts one search reads, the best or newest: a second's work, shared with others
)

# A virtual table, made by the migration; it is in no metadata, for SQLAlchemy knows no such kind.
_index = table("entry_fts", column("rowid"), column("title"), column("body"))
_matches = literal_column("entry_fts").op("MATCH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What an entry's facts must be, told by `passes` from its day and those facts of it that are in `reads`.

    `needs` are types of which it certainly has one fact each, so that the database can leave others out.
    """

    needs: tuple[tuple[FactType, ...], ...]
    reads: tuple[tuple[FactType, ...], ...]
    passes: Callable[[date, Sequence[Fact]], bool]


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
        stating: Sieve | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> tuple[int, tuple[Found, ...]]:
        """Return how many entries have the words, and a page of them, the best or the newest first.

        With `stating` it is those of the first LOOKED_AT whose facts pass.

        All words must occur; "several in quotes" stand side by side, -unwanted ones must not occur, a star
        ends a beginning. Without any wanted word everything that meets the conditions is found. None and ""
        leave a condition out; `feeds` are those carrying an entry first or later; [since, until) is about
        when it was published, or seen if that is not known.
        """
        found = _asked(
            words, _conditions(feeds=feeds, since=since, until=until, feed=feed, lang=lang), stating
        )
        if found is None:
            return 0, ()
        asked, where, conditions = found
        story = select(story_report.c.story).where(story_report.c.entry == entry.c.number).scalar_subquery()
        page = select(entry, story.label("story"), _when().label("at_last")).select_from(where)
        if asked.wanted and not newest:
            page = page.order_by(func.bm25(literal_column("entry_fts"), TITLE_WEIGHT, 1.0))
        page = page.order_by(_when().desc(), entry.c.number.desc()).where(*conditions)
        async with self._reading() as connection:
            if stating is None:
                counted = select(func.count()).select_from(where).where(*conditions)
                total = await connection.scalar(counted) or 0
                rows = (await connection.execute(page.limit(limit).offset(offset))).mappings().all()
            else:
                first = (await connection.execute(page.limit(LOOKED_AT))).mappings().all()
                passed = await _passed(connection, first, stating)
                total, rows = len(passed), passed[offset : offset + limit]
        return total, tuple(_found(row, asked.wanted) for row in rows)

    async def is_cut(
        self,
        words: str,
        stating: Sieve,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        feed: int | None = None,
        lang: str = "",
    ) -> bool:
        """Tell whether more than LOOKED_AT entries have the words, so that `find` looks at some only."""
        conditions = _conditions(feeds=None, since=since, until=until, feed=feed, lang=lang)
        found = _asked(words, conditions, stating)
        if found is None:
            return False
        _, where, conditions = found
        beyond = select(entry.c.number).select_from(where).where(*conditions).limit(1).offset(LOOKED_AT)
        async with self._reading() as connection:
            return (await connection.execute(beyond)).first() is not None


def _asked(
    words: str, conditions: list[ColumnElement[bool]], stating: Sieve | None
) -> tuple[Sought, Table | Join, list[ColumnElement[bool]]] | None:
    """Return what is sought, where, and under which conditions; None for what no entry has as a word."""
    asked = sought(words)
    if words.strip() and asked == Sought():  # an emoji, a lone dash
        return None
    if asked.unwanted:
        unwanted = select(_index.c.rowid).where(_matches(expression(asked.unwanted, "OR")))
        conditions = [*conditions, entry.c.number.not_in(unwanted)]
    where: Table | Join = entry
    if asked.wanted:
        conditions = [*conditions, _matches(expression(asked.wanted, "AND"))]
        where = entry.join(_index, _index.c.rowid == entry.c.number)
    if stating is not None:
        conditions = [*conditions, *(_has_facts(kinds) for kinds in stating.needs)]
    return asked, where, conditions


async def _passed(
    connection: AsyncConnection, rows: Sequence[RowMapping], stating: Sieve
) -> Sequence[RowMapping]:
    """Return the rows of entries whose facts pass, in their order."""
    facts: defaultdict[int, list[Fact]] = defaultdict(list)
    numbers = [row["number"] for row in rows]
    kinds = {kind for some in stating.reads for kind in some}
    for i in range(0, len(numbers), MOST_PARAMETERS):
        some = select(fact.c.entry, *FACT).where(fact.c.entry.in_(numbers[i : i + MOST_PARAMETERS]))
        query = some.where(fact.c.type.in_(kinds)).order_by(fact.c.entry, fact.c.position)
        for part in (await connection.execute(query)).partitions(PACE):
            for number, *columns in part:
                facts[number].append(read_fact(*columns))
            await asyncio.sleep(0)
    passed = []
    for place, row in enumerate(rows):
        if place % PACE == 0:
            await asyncio.sleep(0)
        if stating.passes(read_entry(row).day, facts[row["number"]]):
            passed.append(row)
    return passed


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


def _has_facts(kinds: Iterable[str]) -> ColumnElement[bool]:
    there = select(fact.c.entry).where(fact.c.entry == entry.c.number, fact.c.type.in_(sorted(kinds)))
    return there.correlate(entry).exists()


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
