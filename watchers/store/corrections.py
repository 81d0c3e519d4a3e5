"""Corrections as rows: entries whose figures changed, the reports read anew, and the facts they took back."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, update

from watchers.revisions import is_revision
from watchers.store.codec import dump, dump_positions, dump_value, load_positions
from watchers.store.connections import MOST_PARAMETERS
from watchers.store.reports import FACT, fact_row, read_entry, read_fact, report_row
from watchers.store.rows_stories import Corrected
from watchers.store.schema import entry, fact, report, story_update
from watchers.store.schema_articles import article
from watchers.store.search import change_in_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.relevance.decide import Decision
    from watchers.types import Entry, Fact, Report

# Revisions of one entry that are read again. A newsroom corrects an article once or twice; a page with a
# visitor counter would be read at every poll for ever.
MOST_REVISIONS: Final = 12


async def revise(
    connection: AsyncConnection,
    known: Iterable[tuple[int, Entry, str]],
    *,
    stored: Mapping[int, str],
    at: datetime,
) -> None:
    """Take over the new text of stored entries whose figures changed, to be read again.

    Each comes with its number and content hash; `stored` are the hashes kept by number. Of entries that a
    feed gives several texts for at once none is taken over: its ids tell nothing apart, and each poll would
    bring the other text.
    """
    given = {(number, one.title, one.summary, one.body): (one, content) for number, one, content in known}
    texts = Counter(number for number, *_ in given)
    once = {
        text[0]: (one, content)
        for text, (one, content) in given.items()
        if texts[text[0]] == 1 and (not content or content != stored[text[0]])
    }
    changed: list[tuple[int, Entry]] = []
    for numbers in _some(once):
        query = select(entry).where(entry.c.number.in_(numbers), entry.c.revision < MOST_REVISIONS)
        of_pages = select(article.c.entry).where(article.c.entry.in_(numbers), article.c.read_at.is_not(None))
        paged = set(await connection.scalars(of_pages))
        for row in (await connection.execute(query)).mappings().all():
            new, content = once[row["number"]]
            if row["number"] in paged:  # its text is its page's; the feed renews the teaser alone
                new = replace(new, summary=new.summary or new.body, body=row["body"])
            if is_revision(read_entry(row), new):
                changed.append((row["number"], new))
                values = {name: getattr(new, name) for name in ("title", "summary", "body")}
                values |= {"content_hash": content, "revision": row["revision"] + 1}
                values |= {"revised_at": at, "read_at": None}
                await connection.execute(update(entry).where(entry.c.number == row["number"]).values(values))
                page = update(article).where(article.c.entry == row["number"], article.c.state == "read")
                await connection.execute(page.values(next_at=at))  # other figures there are likely ones here
    await change_in_index(connection, changed)


async def to_rewrite(connection: AsyncConnection, numbers: Sequence[int]) -> frozenset[int]:
    """Return which entries have a report of an earlier text and wait to be read again."""
    found: set[int] = set()
    for some in _some(numbers):
        query = (
            select(entry.c.number)
            .join(report, report.c.entry == entry.c.number)
            .where(entry.c.number.in_(some), entry.c.revision > 0, entry.c.read_at.is_(None))
        )
        found.update(await connection.scalars(query))
    return frozenset(found)


async def out_of_date(connection: AsyncConnection, reports: Iterable[Report]) -> frozenset[int]:
    """Return the entries that were revised while their reports were written."""
    read = {one.entry.number: one.entry for one in reports}
    found: set[int] = set()
    for some in _some(read):
        query = select(entry).where(entry.c.number.in_(some), entry.c.revision > 0)
        for row in (await connection.execute(query)).mappings():
            of = read[row["number"]]
            if (of.title, of.summary, of.body) != (row["title"], row["summary"], row["body"]):
                found.add(row["number"])
    return frozenset(found)


async def rewrite_reports(
    connection: AsyncConnection, decided: Sequence[tuple[Report, Decision]]
) -> dict[int, tuple[Fact, ...]]:
    """Put reports in the place of earlier ones and return the facts that were there, by entry number.

    Updates of stories go on pointing at the same facts, without those that are gone.
    """
    before: dict[int, tuple[Fact, ...]] = {}
    for one, decision in decided:
        number = one.entry.number
        query = select(*FACT).where(fact.c.entry == number).order_by(fact.c.position)
        before[number] = tuple(read_fact(*row) for (*row,) in await connection.execute(query))
        values = report_row(one, decision)
        await connection.execute(update(report).where(report.c.entry == number).values(values))
        await connection.execute(delete(fact).where(fact.c.entry == number))
        rows = [fact_row(number, i, f) for i, f in enumerate(one.facts)]
        if rows:
            await connection.execute(insert(fact), rows)
        await _point_anew(connection, number, before[number], one.facts)
    return before


async def _point_anew(
    connection: AsyncConnection, number: int, before: Sequence[Fact], after: Sequence[Fact]
) -> None:
    places = {_identity(f): i for i, f in reversed(list(enumerate(after)))}
    query = select(story_update.c.id, story_update.c.new_facts).where(story_update.c.entry == number)
    for row in (await connection.execute(query)).all():
        kept = (places.get(_identity(before[i])) for i in load_positions(row.new_facts))
        positions = dict.fromkeys(place for place in kept if place is not None)
        await connection.execute(
            update(story_update)
            .where(story_update.c.id == row.id)
            .values(new_facts=dump_positions(positions))
        )


async def number_corrections(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Count the corrections of each entry from 1 on in the rows of updates; a stored one keeps its number."""
    corrected = [row for row in rows if row["kind"] == "corrected"]
    for row in corrected:
        query = select(story_update.c.at, story_update.c.was, story_update.c.revision).where(
            story_update.c.entry == row["entry"], story_update.c.kind == "corrected"
        )
        numbers = {(one.at, one.was): one.revision for one in await connection.execute(query)}
        row["revision"] = numbers.get((row["at"], row["was"]), max(numbers.values(), default=0) + 1)


async def corrections_of(connection: AsyncConnection, story: int) -> tuple[Corrected, ...]:
    """Return a story's corrections, each with what it gave then, also where a later one took that back."""
    query = (
        select(story_update.c.entry, story_update.c.at, story_update.c.was, story_update.c.new_facts)
        .where(story_update.c.story == story, story_update.c.kind == "corrected")
        .order_by(story_update.c.at.desc(), story_update.c.id.desc())
    )
    found: list[Corrected] = []
    taken: dict[int, tuple[Fact, ...]] = {}  # by entry, what the correction after this one took back
    for entry_number, at, before, positions in (await connection.execute(query)).all():
        columns = select(*FACT).where(fact.c.entry == entry_number).order_by(fact.c.position)
        facts = [read_fact(*row) for (*row,) in await connection.execute(columns)]
        now = tuple(facts[i] for i in load_positions(positions) if i < len(facts))
        was = load_facts(before)
        if not was and not now:
            continue  # its page was read, or is gone: nothing was taken back
        gone = {(f.type, f.role) for f in was} - {(f.type, f.role) for f in now}
        then = tuple(f for f in taken.get(entry_number, ()) if (f.type, f.role) in gone)
        found.append(Corrected(entry=entry_number, at=at, was=was, now=(*now, *then)))
        taken[entry_number] = was
    return tuple(reversed(found))


def dump_facts(facts: Iterable[Fact]) -> str:
    """Write whole facts: those a correction took back stand in no report any longer."""
    return dump([[dump_value(f.value), *(getattr(f, name) for name in _PARTS)] for f in facts])


def load_facts(text: str) -> tuple[Fact, ...]:
    """Read whole facts."""
    return tuple(read_fact(*columns) for columns in json.loads(text))


_PARTS: Final = tuple(column.name for column in FACT[1:])


def _identity(f: Fact) -> tuple[str, str, str]:
    return f.type, f.role, str(f.value)


def _some(numbers: Iterable[int]) -> Iterable[Sequence[int]]:
    listed = tuple(numbers)
    return (listed[i : i + MOST_PARAMETERS] for i in range(0, len(listed), MOST_PARAMETERS))
