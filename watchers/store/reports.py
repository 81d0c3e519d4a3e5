"""Reports as rows: an entry's relevance, matches, mentions, vector and facts, written and read in bulk."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import insert, select

from watchers.store.codec import (
    dump_matches,
    dump_mentions,
    dump_relevance,
    dump_value,
    dump_vector,
    dump_views,
    load_matches,
    load_mentions,
    load_relevance,
    load_value,
    load_vector,
    load_views,
)
from watchers.store.connections import insert_new
from watchers.store.rows import StoredFact
from watchers.store.schema import entry, fact, report
from watchers.store.sightings import also_in
from watchers.types import Entry, Fact, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.relevance.decide import Decision
    from watchers.types import FactType

_REPORT = (
    report.c.score,
    report.c.relevance,
    report.c.matches,
    report.c.mentions,
    report.c.embedder,
    report.c.vector,
    report.c.views,
)
# Characters of a value that are kept to look it up by; the whole one stands beside them. A quotation has up
# to 1,200, and PostgreSQL's index takes 2,704 bytes, four for a character at worst.
MOST_LOOKED_UP: Final = 500
PACE: Final = 500  # rows made into values, in 5 to 15 ms, before others get their turn in the loop
FACT: Final = (
    fact.c.value,
    fact.c.type,
    fact.c.role,
    fact.c.mention,
    fact.c.start,
    fact.c.end,
    fact.c.sentence,
    fact.c.sentence_start,
    fact.c.bound,
    fact.c.approx,
    fact.c.said_by,
    fact.c.hedge,
    fact.c.rule,
    fact.c.confidence,
)
_STANDS: Final = (  # where a stored fact does
    fact.c.entry,
    entry.c.title,
    entry.c.link,
    entry.c.outlet,
    entry.c.published,
    entry.c.seen,
    entry.c.utc_offset,
)
STORED: Final = (*_STANDS, *FACT)


def read_entry(row: RowMapping, *, also_in: frozenset[int] = frozenset()) -> Entry:
    """Return the entry of a row that has the entry's columns; `also_in` are other feeds that carry it."""
    return Entry(
        key=row["key"],
        feed=row["feed"],
        guid=row["guid"],
        link=row["link"],
        title=row["title"],
        summary=row["summary"],
        body=row["body"],
        lang=row["lang"],
        outlet=row["outlet"],
        published=row["published"],
        seen=row["seen"],
        number=row["number"],
        offset=row["utc_offset"],
        archive=row["archive"],
        also_in=also_in,
    )


async def write_reports(connection: AsyncConnection, decided: Sequence[tuple[Report, Decision]]) -> None:
    """Write reports and decisions. An entry that has a report keeps it: a story may point at its facts."""
    rows = [report_row(one, decision) for one, decision in decided]
    if not rows:
        return
    added = set(await connection.scalars(insert_new(connection, report).returning(report.c.entry), rows))
    facts = [
        fact_row(one.entry.number, i, f)
        for one, _ in decided
        if one.entry.number in added
        for i, f in enumerate(one.facts)
    ]
    if facts:
        await connection.execute(insert(fact), facts)


def report_row(one: Report, decision: Decision) -> dict[str, object]:
    """Return a report's own row."""
    return {
        "entry": one.entry.number,
        "score": one.relevance.score,
        "decision": decision,
        "relevance": dump_relevance(one.relevance),
        "matches": dump_matches(one.matches),
        "mentions": dump_mentions(one.mentions),
        "embedder": one.relevance.model,
        "vector": dump_vector(one.vector),
        "views": dump_views(one.views),
    }


def fact_row(number: int, position: int, f: Fact) -> dict[str, object]:
    """Return the row of a fact of an entry's report."""
    return {
        "entry": number,
        "position": position,
        "type": f.type,
        "role": f.role,
        "value_text": str(f.value)[:MOST_LOOKED_UP],
        "value": dump_value(f.value),
        "mention": f.mention,
        "start": f.start,
        "end": f.end,
        "sentence": f.sentence,
        "sentence_start": f.sentence_start,
        "bound": f.bound,
        "approx": f.approx,
        "said_by": f.said_by,
        "hedge": f.hedge,
        "rule": f.rule,
        "confidence": f.confidence,
    }


async def load_reports(
    connection: AsyncConnection, numbers: Select[int], *, with_facts: bool = True
) -> dict[int, tuple[Report, Decision]]:
    """Return the reports of the entries that a query names, with what was decided, by entry number."""
    facts = await _facts(connection, numbers) if with_facts else {}
    others = await also_in(connection, numbers)
    joined = select(entry, *_REPORT, report.c.decision).join(report, report.c.entry == entry.c.number)
    reports: dict[int, tuple[Report, Decision]] = {}
    found = await connection.execute(joined.where(entry.c.number.in_(numbers)))
    for some in found.mappings().partitions(PACE):
        for row in some:
            one = Report(
                entry=read_entry(row, also_in=others.get(row["number"], frozenset())),
                matches=load_matches(row["matches"]),
                relevance=load_relevance(row["relevance"], score=row["score"], model=row["embedder"]),
                facts=tuple(facts.get(row["number"], ())),
                mentions=load_mentions(row["mentions"]),
                views=load_views(row["views"]),
                vector=load_vector(row["vector"]),
            )
            reports[one.entry.number] = (one, row["decision"])
        await asyncio.sleep(0)
    return reports


async def _facts(connection: AsyncConnection, numbers: Select[int]) -> dict[int, list[Fact]]:
    facts: defaultdict[int, list[Fact]] = defaultdict(list)
    query = (
        select(fact.c.entry, *FACT).where(fact.c.entry.in_(numbers)).order_by(fact.c.entry, fact.c.position)
    )
    for rows in (await connection.execute(query)).partitions(PACE):
        for number, *columns in rows:
            facts[number].append(read_fact(*columns))
        await asyncio.sleep(0)
    return facts


def read_fact(  # noqa: PLR0917 - a row's columns; by name they take twice as long
    value: str,
    type_: FactType,
    role: str,
    mention: str,
    start: int,
    end: int,
    sentence: str,
    sentence_start: int,
    bound: Literal["", "min", "max", "start", "end"],
    approx: bool,  # noqa: FBT001 - a row's columns in their order
    said_by: str,
    hedge: Literal["stated", "reported", "alleged", "expected", "denied"],
    rule: str,
    confidence: float,
) -> Fact:
    """Return the fact of a row of FACT."""
    return Fact(
        value=load_value(value),
        type=type_,
        role=role,
        mention=mention,
        start=start,
        end=end,
        sentence=sentence,
        sentence_start=sentence_start,
        bound=bound,
        approx=approx,
        said_by=said_by,
        hedge=hedge,
        rule=rule,
        confidence=confidence,
    )


def read_stored(row: Sequence[Any]) -> StoredFact:
    """Return the fact of a row of STORED, with where it stands."""
    number, title, link, outlet, published, seen, minutes, *columns = row
    return StoredFact(
        fact=read_fact(*columns),
        entry=number,
        title=title,
        link=link,
        outlet=outlet,
        day=(min(published or seen, seen) + timedelta(minutes=minutes)).date(),
    )
