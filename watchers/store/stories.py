"""Stories: reports understood and decided on, and the stories they make."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select, update

from watchers.errors import StoreError
from watchers.store.codec import dump_positions
from watchers.store.connections import MOST_PARAMETERS, Room, insert_new
from watchers.store.corrections import (
    corrections_of,
    dump_facts,
    number_corrections,
    out_of_date,
    rewrite_reports,
    to_rewrite,
)
from watchers.store.merged import merged, surviving, whereabouts
from watchers.store.reached import reached
from watchers.store.reports import STORED, load_reports, read_stored, write_reports
from watchers.store.rows import Earlier
from watchers.store.schema import entry, fact, report, story, story_report, story_update
from watchers.types import Story

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.relevance.decide import Decision
    from watchers.store.rows import StoredFact
    from watchers.store.rows_stories import Corrected
    from watchers.types import Fact, FactType, Report, StoryUpdate


class Stories(Room):
    """What was understood, and how it hangs together."""

    async def save_reports(self, decided: Sequence[tuple[Report, Decision]]) -> dict[int, tuple[Fact, ...]]:
        """Store reports of stored entries with what was decided, and note that those entries are read.

        An entry that has a report keeps it, unless it was revised since: then the new one takes its place,
        and what is returned are the facts that the earlier one had, by entry number. An entry revised while
        it was read stays unread.
        """
        if not decided:
            return {}
        async with self._writing() as connection:
            again = await to_rewrite(connection, [one.entry.number for one, _ in decided])
            await write_reports(connection, [pair for pair in decided if pair[0].entry.number not in again])
            earlier = await rewrite_reports(
                connection, [pair for pair in decided if pair[0].entry.number in again]
            )
            stale = await out_of_date(connection, [one for one, _ in decided])
            numbers = [one.entry.number for one, _ in decided if one.entry.number not in stale]
            for i in range(0, len(numbers), MOST_PARAMETERS):
                await connection.execute(
                    update(entry)
                    .where(entry.c.number.in_(numbers[i : i + MOST_PARAMETERS]), entry.c.read_at.is_(None))
                    .values(read_at=self._access.clock.now())
                )
        return earlier

    async def earlier(self, numbers: Sequence[int]) -> dict[int, Earlier]:
        """Return the reports that entries have from an earlier text, those waiting to be read again only."""
        async with self._reading() as connection:
            again = await to_rewrite(connection, numbers)
            found: dict[int, Earlier] = {}
            for number in again:
                reports = await load_reports(
                    connection, select(entry.c.number).where(entry.c.number == number)
                )
                member = select(story_report.c.story).where(story_report.c.entry == number)
                found[number] = Earlier(report=reports[number][0], story=await connection.scalar(member))
        return found

    async def save_updates(
        self, updates: Sequence[StoryUpdate], *, silent: frozenset[str] = frozenset()
    ) -> tuple[StoryUpdate, ...]:
        """Store what reports did to stories, to be announced; return the updates, stories numbered.

        Reports come first, in the same transaction. An update that is stored already changes nothing.
        `silent` holds the keys of entries whose updates are kept and never announced.
        """
        if not updates:
            return ()
        last = {one.story.key: one.story for one in updates}
        async with self._writing() as connection:
            numbers = await _number_stories(connection, tuple(last.values()))
            members = [
                {"story": numbers[one.story.key], "entry": one.report.entry.number, "joined_at": one.at}
                for one in updates
            ]
            await connection.execute(insert_new(connection, story_report), members)
            places = await whereabouts(connection, [one.report.entry.number for one in updates])
            rows = [
                _update_row(one, places[one.report.entry.number], silent=one.report.entry.key in silent)
                for one in updates
            ]
            await number_corrections(connection, rows)
            await connection.execute(insert_new(connection, story_update), rows)
        return tuple(
            replace(one, story=replace(one.story, number=places[one.report.entry.number])) for one in updates
        )

    async def recent(self, *, since: datetime) -> tuple[Story, ...]:
        """Return the stories that changed at or after `since`, oldest first, with all their reports."""
        async with self._reading() as connection:
            return await load_stories(connection, select(story.c.number).where(story.c.updated >= since))

    async def last_number(self) -> int:
        """Return the highest number a story has, 0 without one."""
        async with self._reading() as connection:
            return await connection.scalar(select(func.max(story.c.number))) or 0

    async def get(self, number: int) -> Story | None:
        """Return a story by number."""
        async with self._reading() as connection:
            found = await load_stories(connection, select(story.c.number).where(story.c.number == number))
            return found[0] if found else None

    async def corrected(self, number: int) -> tuple[Corrected, ...]:
        """Return what outlets changed in their reports of a story, in the order it was read."""
        async with self._reading() as connection:
            return await corrections_of(connection, number)

    async def ranked(
        self,
        *,
        start: datetime,
        end: datetime | None = None,
        after: int = 0,
        at_least: float = 0.0,
        limit: int | None = None,
        fresh_from: datetime | None = None,
    ) -> tuple[Story, ...]:
        """Return the stories that a report reached in [start, end), those with the most relevant one first.

        It is when we learnt of it that counts, so that what a slow feed brings late is in the next window.
        The other limits are those of `reached`.
        """
        best = func.max(report.c.score)
        query = (
            select(story.c.number)
            .join(story_report, story_report.c.story == story.c.number)
            .join(report, report.c.entry == story_report.c.entry)
            .where(story.c.number.in_(reached(start=start, end=end, after=after, fresh_from=fresh_from)))
            .group_by(story.c.number)
            .having(best >= at_least)
            .order_by(best.desc(), story.c.number)
            .limit(limit)
        )
        async with self._reading() as connection:
            order = {number: place for place, number in enumerate(await connection.scalars(query))}
            found = await load_stories(connection, query)
            return tuple(sorted(found, key=lambda one: order[one.number]))

    async def judged(
        self, decision: Decision, *, start: datetime, end: datetime, limit: int
    ) -> tuple[Report, ...]:
        """Return reports of entries first seen in [start, end) with that decision, most relevant first."""
        query = (
            select(entry.c.number)
            .join(report, report.c.entry == entry.c.number)
            .where(entry.c.seen >= start, entry.c.seen < end, report.c.decision == decision)
            .order_by(report.c.score.desc(), entry.c.number)
            .limit(limit)
        )
        async with self._reading() as connection:
            reports = [one for one, _ in (await load_reports(connection, query)).values()]
            return tuple(sorted(reports, key=lambda one: (-one.relevance.score, one.entry.number)))

    async def facts(
        self,
        *,
        entry_number: int | None = None,
        story_number: int | None = None,
        kind: FactType | None = None,
        kinds: tuple[FactType, ...] = (),
        since: datetime | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[StoredFact, ...]:
        """Return facts with where they stand, newest entry first; None and () leave a condition out.

        Without an entry or story it is the facts of the whole archive, those of entries seen since.
        """
        query = select(*STORED).join(entry, entry.c.number == fact.c.entry)
        if entry_number is not None:
            query = query.where(fact.c.entry == entry_number)
        if story_number is not None:
            members = select(story_report.c.entry).where(story_report.c.story == story_number)
            query = query.where(fact.c.entry.in_(members))
        if kind is not None:
            query = query.where(fact.c.type == kind)
        if kinds:
            query = query.where(fact.c.type.in_(kinds))
        if since is not None:
            query = query.where(entry.c.seen >= since)
        query = query.order_by(fact.c.entry.desc(), fact.c.position).limit(limit).offset(offset)
        async with self._reading() as connection:
            return tuple(map(read_stored, await connection.execute(query)))


class _Head(NamedTuple):
    number: int
    key: str
    opened: datetime
    updated: datetime


async def load_stories(connection: AsyncConnection, numbers: Select[int]) -> tuple[Story, ...]:
    """Return the stories that a query names, by number, each with its reports in the order they joined."""
    query = (
        select(story.c.number, story.c.key, story.c.opened, story.c.updated, story_report.c.entry)
        .join(story_report, story_report.c.story == story.c.number)
        .where(story.c.number.in_(numbers))
        .order_by(story.c.number, story_report.c.id)
    )
    members: defaultdict[_Head, list[int]] = defaultdict(list)
    for number, key, opened, updated, member in await connection.execute(query):
        members[_Head(number, key, opened, updated)].append(member)
    if not members:
        return ()
    reports = await load_reports(
        connection, select(story_report.c.entry).where(story_report.c.story.in_(numbers))
    )
    return tuple(
        Story(
            number=head.number,
            key=head.key,
            reports=tuple(reports[one][0] for one in joined),
            opened=head.opened,
            updated=head.updated,
        )
        for head, joined in members.items()
    )


async def _number_stories(connection: AsyncConnection, stories: Sequence[Story]) -> dict[str, int]:
    """Write the stories' own rows and return their numbers by key."""
    new = [{"key": one.key, "opened": one.opened, "updated": one.updated} for one in stories]
    added = await connection.execute(
        insert_new(connection, story).returning(story.c.key, story.c.number), new
    )
    numbers = {row.key: row.number for row in added}
    for one in stories:
        if one.key not in numbers:
            changed = await connection.scalar(
                update(story)
                .where(story.c.key == one.key)
                .values(updated=one.updated)
                .returning(story.c.number)
            )
            if changed is None:
                raise StoreError(f"the story {one.key} vanished while it was written; try again")
            numbers[one.key] = changed
    into = await merged(connection)  # a hand may have merged a story while a report was on its way to it
    return {key: surviving(number, into) for key, number in numbers.items()}


def _update_row(one: StoryUpdate, number: int, *, silent: bool) -> dict[str, object]:
    places = {id(f): i for i, f in enumerate(one.report.facts)}
    return {
        "story": number,
        "entry": one.report.entry.number,
        "kind": one.kind,
        "revision": 0,
        "new_facts": dump_positions(
            places[id(f)] if id(f) in places else one.report.facts.index(f) for f in one.new_facts
        ),
        "was": dump_facts(one.was),
        "new_origin": one.new_origin,
        "at": one.at,
        "announced_at": one.at if silent else None,
    }
