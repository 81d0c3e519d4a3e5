"""Storylines: which story is a later step of which, and what past stories can be found by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import func, select, update

from watchers.store.connections import MOST_PARAMETERS, Room, insert_new
from watchers.store.merged import merged, surviving, within
from watchers.store.rows_stories import Step
from watchers.store.schema import entry, story, story_report
from watchers.store.schema_stories import story_line, story_token

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

MOST_STEPS: Final = 12  # of one affair that are shown


class Storylines(Room):
    """Links between stories that stay stories of their own."""

    async def note(self, found_by: Mapping[int, Collection[str]]) -> None:
        """Let stories, by number, be found by tokens of their affairs."""
        rows = [{"story": number, "token": token} for number, some in found_by.items() for token in some]
        if rows:
            async with self._writing() as connection:
                await connection.execute(insert_new(connection, story_token), rows)

    async def linked(self, numbers: Iterable[int]) -> frozenset[int]:
        """Return which of these stories have an earlier step."""
        wanted, found = tuple(numbers), set[int]()
        async with self._reading() as connection:
            for i in range(0, len(wanted), MOST_PARAMETERS):
                some = wanted[i : i + MOST_PARAMETERS]
                found.update(
                    await connection.scalars(select(story_line.c.story).where(story_line.c.story.in_(some)))
                )
        return frozenset(found)

    async def candidates(
        self, tokens: Collection[str], *, since: datetime, before: datetime, limit: int
    ) -> tuple[int, ...]:
        """Return stories opened in [since, before) that share most of these tokens, those first."""
        query = (
            select(story_token.c.story)
            .join(story, story.c.number == story_token.c.story)
            .where(story_token.c.token.in_(tuple(tokens)))
            .where(story.c.opened >= since, story.c.opened < before, story.c.merged_into.is_(None))
            .group_by(story_token.c.story, story.c.opened)
            .order_by(func.count().desc(), story.c.opened.desc(), story_token.c.story.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            return tuple(await connection.scalars(query))

    async def link(self, number: int, earlier: int, *, made_by: Literal["bot", "hand"], at: datetime) -> None:
        """Note that a story is a later step of an earlier one. The bot never changes a hand's link."""
        async with self._writing() as connection:
            row = {"story": number, "earlier": earlier, "made_by": made_by, "at": at}
            added = await connection.execute(
                insert_new(connection, story_line).values(row).returning(story_line.c.story)
            )
            if added.first() is None and made_by == "hand":
                mine = story_line.c.story == number
                await connection.execute(update(story_line).where(mine).values(row))

    async def earlier(self, number: int) -> tuple[Step, ...]:
        """Return the steps before a story, the latest of them first; none twice, and none of its own."""
        async with self._reading() as connection:
            into = await merged(connection)
            seen, here = [number], number
            while len(seen) <= MOST_STEPS:
                query = select(story_line.c.earlier).where(story_line.c.story.in_(within(here, into)))
                before = [surviving(one, into) for one in await connection.scalars(query)]
                new = [one for one in before if one not in seen]
                if not new:
                    break
                here = max(new)
                seen.append(here)
            return await _steps(connection, seen[1:])

    async def later(self, number: int) -> tuple[Step, ...]:
        """Return the stories that are the next step after a story, by number."""
        async with self._reading() as connection:
            into = await merged(connection)
            family = within(number, into)
            query = select(story_line.c.story).where(story_line.c.earlier.in_(family))
            found = {surviving(one, into) for one in await connection.scalars(query)} - {number}
            return await _steps(connection, sorted(found)[:MOST_STEPS])


async def _steps(connection: AsyncConnection, numbers: Collection[int]) -> tuple[Step, ...]:
    """Return stories as steps, in this order, each named after its first report."""
    query = (
        select(story_report.c.story, entry.c.title, entry.c.published, entry.c.seen)
        .join(entry, entry.c.number == story_report.c.entry)
        .where(story_report.c.story.in_(tuple(numbers)))
        .order_by(story_report.c.id.desc())
    )
    found: dict[int, Step] = {}
    for number, title, published, seen in await connection.execute(query):
        at = min(published, seen) if published else seen
        found[number] = Step(story=number, title=title, at=at)
    return tuple(found[one] for one in numbers if one in found)
