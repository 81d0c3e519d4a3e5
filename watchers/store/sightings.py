"""Sightings: other feeds that carry an article too, and who is to hear of it through them alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Select, or_, select

from watchers.store.connections import insert_new
from watchers.store.schema import channel_feed, entry, sighting, story_report, story_update

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.types import Entry

NEWS_FOR: Final = timedelta(days=2)  # what was first seen longer ago is no news where another feed brings it


async def note_sightings(
    connection: AsyncConnection,
    seen_again: Iterable[tuple[Entry, str | int]],
    numbers: Mapping[str, int],
    feeds: Mapping[str | int, int],
    *,
    at: datetime,
) -> None:
    """Note which entries of a poll another feed brought first; `seen_again` names that one.

    An article's story may have been told already, to those who read the first feed. So that those hear of it
    who read only this one, the story goes on with an update of kind "carried".
    """
    rows: dict[tuple[int, int], Entry] = {}
    for e, earlier in seen_again:
        number = numbers.get(earlier) if isinstance(earlier, str) else earlier
        if number is not None and feeds[earlier] != e.feed:
            rows.setdefault((number, e.feed), e)
    if not rows:
        return
    added = await connection.execute(
        insert_new(connection, sighting).returning(sighting.c.entry, sighting.c.feed),
        [
            {"entry": number, "feed": feed, "link": e.link, "seen": e.seen}
            for (number, feed), e in rows.items()
        ],
    )
    fresh = [(row.entry, row.feed) for row in added if not rows[row.entry, row.feed].archive]
    if fresh:
        await _carry(connection, fresh, at=at)


async def also_in(connection: AsyncConnection, numbers: Select[int]) -> dict[int, frozenset[int]]:
    """Return the other feeds that carry the entries which a query names, by entry number."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    query = select(sighting.c.entry, sighting.c.feed).where(sighting.c.entry.in_(numbers))
    for number, feed in await connection.execute(query):
        found[number].add(feed)
    return {number: frozenset(them) for number, them in found.items()}


def carried_by(feeds: Collection[int] | Select[int]) -> ColumnElement[bool]:
    """Say in SQL that one of these feeds carries an entry, as the first or after another."""
    them = feeds if isinstance(feeds, Select) else sorted(feeds)
    also = select(sighting.c.entry).where(sighting.c.entry == entry.c.number, sighting.c.feed.in_(them))
    return or_(entry.c.feed.in_(them), also.exists())


async def _carry(connection: AsyncConnection, fresh: Iterable[tuple[int, int]], *, at: datetime) -> None:
    """Let stories go on for readers of a feed who could not hear of them through the entry's first one."""
    pairs = tuple(fresh)
    told = select(story_report.c.entry, story_report.c.story, entry.c.feed).join(
        entry, entry.c.number == story_report.c.entry
    )
    told = told.where(entry.c.number.in_([number for number, _ in pairs]), entry.c.seen > at - NEWS_FOR)
    stories = {row.entry: row for row in await connection.execute(told)}
    if not stories:
        return
    readers: defaultdict[int, set[str]] = defaultdict(set)
    active = select(channel_feed.c.feed, channel_feed.c.channel).where(
        channel_feed.c.paused.is_(False), channel_feed.c.taken_out.is_(False)
    )
    wanted = {feed for _, feed in pairs} | {row.feed for row in stories.values()}
    for feed, channel in await connection.execute(active.where(channel_feed.c.feed.in_(wanted))):
        readers[feed].add(channel)
    rows = [
        {
            "story": stories[number].story,
            "entry": number,
            "kind": "carried",
            "revision": feed,
            "new_facts": "[]",
            "new_origin": False,
            "at": at,
        }
        for number, feed in pairs
        if number in stories and readers[feed] - readers[stories[number].feed]
    ]
    if rows:
        await connection.execute(insert_new(connection, story_update), rows)
