"""Read promises as rows: each with its first telling, its story of now, the report that decided, and more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from watchers.store.codec import dump, load_pairs, load_tags
from watchers.store.reports import load_reports
from watchers.store.retractions import retracted
from watchers.store.rows_promises import Ruling, Telling, Tracked, Waiting
from watchers.store.schema import entry, report, story_report
from watchers.store.schema_delivery import posted
from watchers.store.schema_promises import promise, promise_telling
from watchers.store.schema_stories import story_line
from watchers.types.claims import Promise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows_promises import Called

_LEAD = promise_telling.alias("lead")
_DECIDER = entry.alias("decider")
_SOURCE = entry.alias("source")


def tracked() -> Select[*tuple[object, ...]]:
    """Select promises with what a Tracked is made of."""
    return (
        select(
            promise,
            *(_LEAD.c[name] for name in ("words", "sentence", "source", "day", "lang")),
            _SOURCE.c.link,
            story_report.c.story,
            func.coalesce(_DECIDER.c.link, "").label("decided_link"),
            func.coalesce(_DECIDER.c.feed, 0).label("decided_feed"),
        )
        .join(_LEAD, (_LEAD.c.entry == promise.c.entry) & (_LEAD.c.due == promise.c.due))
        .join(_SOURCE, _SOURCE.c.number == promise.c.entry)
        .join(story_report, story_report.c.entry == promise.c.entry)
        .outerjoin(_DECIDER, _DECIDER.c.number == promise.c.decided_by)
    )


def standing() -> tuple[ColumnElement[bool], ...]:
    """Say in SQL that a promise counts: no wrong reading, its story not taken back."""
    return promise.c.dropped_at.is_(None), story_report.c.story.not_in(retracted())


async def load(
    connection: AsyncConnection, query: Select[*tuple[object, ...]], *, near: Collection[int] = ()
) -> tuple[Tracked, ...]:
    """Return the promises of a query made from `tracked`, in its order, with all that told them."""
    rows = (await connection.execute(query)).mappings().all()
    told = await _tellings(connection, [row["number"] for row in rows])
    return tuple(_tracked(row, told[row["number"]], near) for row in rows)


async def _tellings(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, list[Telling]]:
    query = (
        select(promise_telling, entry.c.link)
        .join(entry, entry.c.number == promise_telling.c.entry)
        .where(promise_telling.c.promise.in_(numbers))
        .order_by(promise_telling.c.day, promise_telling.c.entry, promise_telling.c.due)
    )
    found: defaultdict[int, list[Telling]] = defaultdict(list)
    for row in (await connection.execute(query)).mappings() if numbers else ():
        found[row["promise"]].append(
            Telling(
                entry=row["entry"],
                link=row["link"],
                words=row["words"],
                due=row["due"],
                sentence=row["sentence"],
                source=row["source"],
                day=row["day"],
            )
        )
    return found


def _tracked(row: RowMapping, told: Iterable[Telling], near: Collection[int]) -> Tracked:
    return Tracked(
        number=row["number"],
        promise=Promise(
            who=load_tags(row["who"]),
            what=load_tags(row["what"]),
            words=row["words"],
            due=row["due"],
            sentence=row["sentence"],
            source=row["source"],
            day=row["day"],
            lang=row["lang"],
        ),
        called=load_pairs(row["called"]),
        entry=row["entry"],
        link=row["link"],
        story=row["story"],
        until=row["until"],
        state=row["state"],
        ruling=_ruling(row),
        state_at=row["state_at"],
        later=row["later"],
        dropped=row["dropped_at"] is not None,
        near=row["story"] in near,
        tellings=tuple(told),
    )


def _ruling(row: RowMapping) -> Ruling | None:
    if row["decided_by"] is None:
        return None
    return Ruling(
        entry=row["decided_by"],
        feed=row["decided_feed"],
        link=row["decided_link"],
        sentence=row["decided_sentence"],
        source=row["decided_source"],
        day=row["decided_day"],
        new_due=row["new_due"],
    )


def dump_called(called: Called) -> str:
    """Write names with their ids."""
    return dump([list(pair) for pair in called])


def undecided() -> ColumnElement[bool]:
    """Say in SQL that a later report may still decide a promise; late is better than never."""
    return or_(promise.c.state == "open", promise.c.state == "silent")


async def family_of(connection: AsyncConnection, story: int) -> frozenset[int]:
    """Return a story with the steps of its affair that are linked with it."""
    before = select(story_line.c.earlier).where(story_line.c.story == story)
    after = select(story_line.c.story).where(story_line.c.earlier == story)
    return frozenset((story, *await connection.scalars(before), *await connection.scalars(after)))


async def worthy(connection: AsyncConnection, entries: Sequence[int], least: float) -> frozenset[int]:
    """Return the entries that somebody was or would be told of: by relevance, a rule, their story's card."""
    told = select(posted.c.story).where(posted.c.story == story_report.c.story)
    query = (
        select(report.c.entry)
        .join(story_report, story_report.c.entry == report.c.entry)
        .where(report.c.entry.in_(entries))
        .where(or_(report.c.score >= least, report.c.decision != "store", told.exists()))
    )
    return frozenset(await connection.scalars(query)) if entries else frozenset()


async def waiting(
    connection: AsyncConnection, rows: Sequence[Row[*tuple[object, ...]]], worth: Collection[int]
) -> tuple[Waiting, ...]:
    """Return the reports of updates (id, story, entry, kind), with the promises of their stories."""
    if not rows:
        return ()
    numbers = select(entry.c.number).where(entry.c.number.in_([row.entry for row in rows]))
    reports = await load_reports(connection, numbers)
    return tuple(
        [
            Waiting(
                update=row.id,
                story=row.story,
                report=reports[row.entry][0],
                worth=row.entry in worth,
                corrected=row.kind == "corrected",
                pursued=await _pursued(connection, row.story),
            )
            for row in rows
            if row.entry in reports
        ]
    )


async def _pursued(connection: AsyncConnection, story: int) -> tuple[int, ...]:
    """Return the promises of a story and of the steps beside it that a report may still decide."""
    family = await family_of(connection, story)
    query = (
        select(promise.c.number)
        .join(story_report, story_report.c.entry == promise.c.entry)
        .where(story_report.c.story.in_(family), undecided(), promise.c.dropped_at.is_(None))
    )
    return tuple(await connection.scalars(query))
