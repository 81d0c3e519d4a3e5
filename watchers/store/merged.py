"""Which stories went into which others, so that a number given once always leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from watchers.store.connections import MOST_PARAMETERS
from watchers.store.schema import story, story_report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection


async def merged(connection: AsyncConnection) -> dict[int, int]:
    """Return every merged story's number with that of the story it went into; people make few of them."""
    query = select(story.c.number, story.c.merged_into).where(story.c.merged_into.is_not(None))
    return {one.number: one.merged_into for one in await connection.execute(query)}


def surviving(number: int, into: Mapping[int, int]) -> int:
    """Return the story that a number stands for now: itself, or the end of what it was merged into."""
    seen = {number}
    while number in into and into[number] not in seen:
        number = into[number]
        seen.add(number)
    return number


def within(number: int, into: Mapping[int, int]) -> tuple[int, ...]:
    """Return a story's number and those of all that went into it, by any way."""
    return (number, *sorted(one for one in into if surviving(one, into) == number and one != number))


async def whereabouts(connection: AsyncConnection, entries: Sequence[int]) -> dict[int, int]:
    """Return the story that each of these entries is in; a hand may have moved one while it was read."""
    found: dict[int, int] = {}
    for i in range(0, len(entries), MOST_PARAMETERS):
        query = select(story_report.c.entry, story_report.c.story)
        some = query.where(story_report.c.entry.in_(entries[i : i + MOST_PARAMETERS]))
        found.update({one.entry: one.story for one in await connection.execute(some)})
    return found
