"""Search over every entry, in the full-text index of whichever database there is."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, case, func, insert, select, update

from watchers.store.connections import MOST_PARAMETERS, Room
from watchers.store.engines.fts5 import Fts5
from watchers.store.engines.tsvector import Tsvector
from watchers.store.reports import FACT, PACE, read_entry, read_fact
from watchers.store.rows_chat import Found
from watchers.store.schema import entry, fact, story_report
from watchers.store.search_words import Sought, sought, spans
from watchers.store.sightings import carried_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select, Table
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

_INDEXES: Final[dict[str, Fts5 | Tsvector]] = {"sqlite": Fts5(), "postgresql": Tsvector()}


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
        if (asked := _understood(words)) is None:
            return 0, ()
        conditions = _conditions(feeds=feeds, since=since, until=until, feed=feed, lang=lang)
        async with self._reading() as connection:
            index = _INDEXES[connection.dialect.name]
            where, conditions = _asked(index, asked, conditions, stating)
            page = _ordered(index, () if newest else asked.wanted).select_from(where).where(*conditions)
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
        if (asked := _understood(words)) is None:
            return False
        conditions = _conditions(feeds=None, since=since, until=until, feed=feed, lang=lang)
        async with self._reading() as connection:
            where, conditions = _asked(_INDEXES[connection.dialect.name], asked, conditions, stating)
            beyond = select(entry.c.number).select_from(where).where(*conditions).limit(1).offset(LOOKED_AT)
            return (await connection.execute(beyond)).first() is not None


def _understood(words: str) -> Sought | None:
    """Return what is sought; None for what no entry has as a word, such as an emoji or a lone dash."""
    asked = sought(words)
    return None if words.strip() and asked == Sought() else asked


def _asked(
    index: Fts5 | Tsvector, asked: Sought, conditions: list[ColumnElement[bool]], stating: Sieve | None
) -> tuple[Table | Join, list[ColumnElement[bool]]]:
    """Return where to look, and under which conditions."""
    if asked.unwanted:
        unwanted = select(index.table.c.rowid).where(index.has_any(asked.unwanted))
        conditions = [*conditions, entry.c.number.not_in(unwanted)]
    where: Table | Join = entry
    if asked.wanted:
        conditions = [*conditions, index.has_all(asked.wanted)]
        where = entry.join(index.table, index.table.c.rowid == entry.c.number)
    if stating is not None:
        conditions = [*conditions, *(_has_facts(kinds) for kinds in stating.needs)]
    return where, conditions


def _ordered(index: Fts5 | Tsvector, ranked_by: Sequence[Term]) -> Select[*tuple[Any, ...]]:
    """Return a query for entries with their stories: the best by some terms first, without any the newest."""
    story = select(story_report.c.story).where(story_report.c.entry == entry.c.number).scalar_subquery()
    query = select(entry, story.label("story"), _when().label("at_last"))
    if ranked_by:
        query = query.order_by(index.rank(ranked_by, title_weight=TITLE_WEIGHT))
    return query.order_by(_when().desc(), entry.c.number.desc())


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
    index = _INDEXES[connection.dialect.name]
    rows = [{"rowid": number, **index.columns(e.title, f"{e.summary}\n{e.body}")} for number, e in numbered]
    if rows:
        await connection.execute(insert(index.table), rows)


async def change_in_index(connection: AsyncConnection, numbered: Iterable[tuple[int, Entry]]) -> None:
    """Let entries be found by what they say now."""
    index = _INDEXES[connection.dialect.name]
    rows = []
    for number, e in numbered:
        now = index.columns(e.title, f"{e.summary}\n{e.body}")
        rows.append({"of": number, **{f"now_{name}": value for name, value in now.items()}})
    if rows:
        names = [name.removeprefix("now_") for name in rows[0] if name != "of"]
        values = {name: bindparam(f"now_{name}", type_=index.table.c[name].type) for name in names}
        await connection.execute(
            update(index.table).where(index.table.c.rowid == bindparam("of")).values(values), rows
        )


def _conditions(
    *,
    feeds: frozenset[int] | None,
    since: datetime | None,
    until: datetime | None,
    feed: int | None,
    lang: str,
) -> list[ColumnElement[bool]]:
    conditions = [] if feeds is None else [carried_by(feeds)]
    if feed is not None:
        conditions.append(carried_by((feed,)))
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
