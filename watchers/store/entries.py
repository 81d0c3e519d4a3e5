"""Entries: each article once, whatever its feeds do with ids, links and titles; `identities` says how."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select, update

from watchers.store.connections import MOST_PARAMETERS, Room, insert_new
from watchers.store.corrections import revise
from watchers.store.identities import Identities, content_hash, note_names
from watchers.store.reports import read_entry
from watchers.store.rows_chat import Exported
from watchers.store.schema import channel_feed, entry, report, story_report
from watchers.store.schema_articles import awaits_page
from watchers.store.search import put_in_index
from watchers.store.sightings import note_sightings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.types import Entry

_TEXTS = ("key", "guid", "link", "title", "summary", "body", "lang", "outlet")


class Entries(Room):
    """The articles seen."""

    async def add(
        self, entries: Sequence[Entry], *, shared: frozenset[str] = frozenset()
    ) -> tuple[Entry, ...]:
        """Store the entries of a poll and return only the new ones, with their numbers, in the order given.

        Nothing is stored twice; a known article carried by another feed is noted as a sighting, and one that
        comes with other figures than before is taken over and becomes unread. What is returned is to be
        read, and `unread` gives it again after a crash. `shared` are links that several articles of the
        document have.
        """
        (new,) = await self.add_all((entries,), shared=shared)
        return new

    async def add_all(
        self, polls: Sequence[Sequence[Entry]], *, shared: frozenset[str] = frozenset()
    ) -> tuple[tuple[Entry, ...], ...]:
        """Store the entries of several polls as `add` does, in their order; return the new ones of each.

        Polls with nothing in common go in together: most of what a statement costs is its way to a thread.
        """
        given = [tuple(_storable(e) for e in entries) for entries in polls]
        new: list[tuple[Entry, ...]] = []
        async with self._writing() as connection:
            for some in _apart(given):
                found = await _add(connection, sum(some, ()), shared=shared, at=self._access.clock.now())
                keys = [{e.key for e in entries} for entries in some]
                new += [tuple(e for e in found if e.key in own) for own in keys]
        return tuple(new)

    async def unread(self, *, limit: int = 1000) -> tuple[Entry, ...]:
        """Return entries stored and never read, oldest first, but those whose page is about to come.

        What is news goes before archives, each of which comes in one piece.
        """
        waits = awaits_page(entry.c.number, now=self._access.clock.now())
        feed = case((entry.c.archive, entry.c.feed), else_=0)
        first = (
            select(entry.c.number, entry.c.archive, feed.label("of"))
            .where(entry.c.read_at.is_(None), ~waits)
            .order_by(entry.c.archive, feed, entry.c.number)
            .limit(limit)
            .subquery()
        )
        query = (
            select(entry)
            .join(first, first.c.number == entry.c.number)
            .order_by(first.c.archive, first.c.of, first.c.number)
        )
        async with self._reading() as connection:
            return tuple(read_entry(row) for row in (await connection.execute(query)).mappings())

    async def count_unread(self) -> int:
        """Return how many entries were stored and not read yet."""
        query = select(func.count()).select_from(entry).where(entry.c.read_at.is_(None))
        async with self._reading() as connection:
            return await connection.scalar(query) or 0

    async def pass_over(self, *, published_before: datetime, seen_from: datetime) -> int:
        """Mark as read what was seen since a moment and published before another; return how many."""
        query = (
            update(entry)
            .where(entry.c.read_at.is_(None), entry.c.seen >= seen_from)
            .where(entry.c.published < published_before)
            .values(read_at=self._access.clock.now())
        )
        async with self._writing() as connection:
            return (await connection.execute(query)).rowcount

    async def mark_read(self, numbers: Iterable[int]) -> None:
        """Note that entries are done with and get no report, such as those older than a feed's first poll."""
        marked = tuple(numbers)
        async with self._writing() as connection:
            for i in range(0, len(marked), MOST_PARAMETERS):
                await connection.execute(
                    update(entry)
                    .where(entry.c.number.in_(marked[i : i + MOST_PARAMETERS]))
                    .values(read_at=self._access.clock.now())
                )

    async def get(self, number: int) -> Entry | None:
        """Return an entry by number."""
        async with self._reading() as connection:
            row = (await connection.execute(select(entry).where(entry.c.number == number))).mappings().first()
            return read_entry(row) if row else None

    async def latest(self, feed: int, *, limit: int) -> tuple[Entry, ...]:
        """Return the newest entries of a feed, the last stored first."""
        query = select(entry).where(entry.c.feed == feed).order_by(entry.c.number.desc()).limit(limit)
        async with self._reading() as connection:
            return tuple(read_entry(row) for row in (await connection.execute(query)).mappings())

    async def since(self, moment: datetime, *, limit: int) -> tuple[Entry, ...]:
        """Return the entries first seen since a moment, the last stored first."""
        query = select(entry).where(entry.c.seen >= moment).order_by(entry.c.number.desc()).limit(limit)
        async with self._reading() as connection:
            return tuple(read_entry(row) for row in (await connection.execute(query)).mappings())

    async def export(self, start: datetime, end: datetime, *, limit: int) -> tuple[Exported, ...]:
        """Return the entries first seen in [start, end) with what came of them, the last stored first."""
        query = (
            select(entry, report.c.score, report.c.decision, story_report.c.story)
            .outerjoin(report, report.c.entry == entry.c.number)
            .outerjoin(story_report, story_report.c.entry == entry.c.number)
            .where(entry.c.seen >= start, entry.c.seen < end)
            .order_by(entry.c.number.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            return tuple(
                Exported(
                    entry=read_entry(row), score=row["score"], decision=row["decision"], story=row["story"]
                )
                for row in (await connection.execute(query)).mappings()
            )

    async def count(
        self,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        channel_id: str | None = None,
    ) -> int:
        """Return how many entries were first seen in [start, end), of a channel's sources when one is named.

        None leaves that side open.
        """
        query = select(func.count()).select_from(entry)
        if channel_id is not None:
            own = select(channel_feed.c.feed).where(channel_feed.c.channel == channel_id)
            query = query.where(entry.c.feed.in_(own))
        if start is not None:
            query = query.where(entry.c.seen >= start)
        if end is not None:
            query = query.where(entry.c.seen < end)
        async with self._reading() as connection:
            return await connection.scalar(query) or 0

    async def began(self, channel_id: str) -> datetime | None:
        """Return when the first entry of a channel's sources was seen, None as long as there is none."""
        own = select(channel_feed.c.feed).where(channel_feed.c.channel == channel_id)
        query = select(entry.c.seen).where(entry.c.feed.in_(own)).order_by(entry.c.number).limit(1)
        async with self._reading() as connection:
            return await connection.scalar(query)


def _apart(polls: Iterable[tuple[Entry, ...]]) -> Iterator[list[tuple[Entry, ...]]]:
    """Yield polls in their order, together as long as no two are of one feed or share a key or a link."""
    some: list[tuple[Entry, ...]] = []
    names: set[str | int] = set()
    for entries in polls:
        own = {name for e in entries for name in (e.key, e.link, e.feed)}
        if not names.isdisjoint(own - {""}):
            yield some
            some, names = [], set()
        some.append(entries)
        names |= own
    yield some


async def _add(
    connection: AsyncConnection, given: Sequence[Entry], *, shared: frozenset[str], at: datetime
) -> tuple[Entry, ...]:
    """Store entries and return the new ones, with their numbers, in the order given."""
    known = await Identities.of(connection, given, shared=shared)
    fresh: list[tuple[Entry, str]] = []
    seen_again: list[tuple[Entry, str | int]] = []  # with the key or number it is known by
    renamed: list[dict[str, object] | None] = []
    again: list[tuple[int, Entry, str]] = []  # under their own keys, perhaps with another text
    for e in given:
        content = content_hash(e)
        earlier = known.find(e, content)
        if earlier is None:
            known.remember(e, content)
            fresh.append((e, content))
        else:
            seen_again.append((e, earlier))
            if isinstance(earlier, int):
                renamed.append(known.renamed(e, earlier, content))
            if (number := known.number(e.key)) is not None:
                again.append((number, e, content))
    await revise(connection, again, stored=known.hashes, at=at)
    await note_names(connection, renamed)
    numbers = await _insert(connection, fresh)
    await note_sightings(connection, seen_again, numbers, known.feeds, at=at)
    return tuple(replace(e, number=numbers[e.key]) for e, _ in fresh if e.key in numbers)


async def _insert(connection: AsyncConnection, fresh: Sequence[tuple[Entry, str]]) -> dict[str, int]:
    """Insert entries and return their numbers by key, without those that another process was faster with."""
    rows = [
        {name: getattr(e, name) for name in _TEXTS}
        | {
            "feed": e.feed,
            "published": e.published,
            "utc_offset": e.offset,
            "seen": e.seen,
            "archive": e.archive,
            "content_hash": content,
        }
        for e, content in fresh
    ]
    if not rows:
        return {}
    added = await connection.execute(
        insert_new(connection, entry).returning(entry.c.key, entry.c.number), rows
    )
    numbers = {row.key: row.number for row in added}
    await put_in_index(connection, ((numbers[e.key], e) for e, _ in fresh if e.key in numbers))
    return numbers


def _storable(e: Entry) -> Entry:
    """Return the entry without what no database takes as text: NUL and halves of surrogate pairs."""
    if all(_is_storable(getattr(e, name)) for name in _TEXTS):
        return e
    clean = {
        name: getattr(e, name).replace("\x00", "").encode("utf-8", "replace").decode() for name in _TEXTS
    }
    return replace(e, **clean)


def _is_storable(text: str) -> bool:
    if text.isascii():
        return "\x00" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
