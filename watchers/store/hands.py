"""Hands: stories that people put together or took apart, remembered, and taken back as they were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, or_, select, update

from watchers.errors import StoreError
from watchers.store.codec import dump_positions, load_positions
from watchers.store.connections import Room
from watchers.store.merged import merged, surviving, within
from watchers.store.rows_stories import Hand
from watchers.store.schema import entry, story, story_report, story_update
from watchers.store.schema_stories import story_hand

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows_stories import HandKind


class Hands(Room):
    """What people decided about stories. A report stays where it was put, whatever comes later.

    Whether somebody may, and whether it makes sense, is for the caller to see, in the same transaction.
    """

    async def merge(
        self, into: int, other: int, *, by: str, by_name: str, at: datetime, held: Collection[int] = ()
    ) -> Hand:
        """Bring all reports of a story to another one; its number leads there from now on.

        One that was taken back comes back as it was: with what it `held`, also where that stands elsewhere
        now, and into the same story, though that may be in another by now. The hand says where they came to.
        """
        async with self._writing() as connection:
            entries = await _members(connection, other)
            to = surviving(into, await merged(connection))
            if not entries or to == other:
                raise StoreError(f"t{other} has nothing that could be merged into t{into}")
            await _move(connection, entries, to=to)
            await connection.execute(update(story).where(story.c.number == other).values(merged_into=into))
            await _measure(connection, to)
            whole = tuple(dict.fromkeys((*entries, *held)))
            made = await _note(connection, _hand("merge", into, other, whole, at=at, by_name=by_name), by=by)
            return replace(made, story=to, entries=entries)

    async def split(
        self, source: int, entries: Collection[int], *, by: str, by_name: str, at: datetime
    ) -> Hand:
        """Take reports out of a story into a new one, whose number nothing had before."""
        async with self._writing() as connection:
            members = await _members(connection, source)
            taken = tuple(one for one in members if one in set(entries))
            if not taken or len(taken) == len(members):
                raise StoreError(f"t{source} cannot be split so: some of its reports go, and some stay")
            row = {"key": await _free_key(connection, taken), "opened": at, "updated": at}
            added = await connection.execute(insert(story).values(row).returning(story.c.number))
            new: int = added.scalar_one()
            await _move(connection, taken, to=new)
            await _measure(connection, source)
            await _measure(connection, new)
            made = _hand("split", source, new, taken, at=at, by_name=by_name)
            return await _note(connection, made, by=by)

    async def part(self, other: int, *, at: datetime) -> Hand | None:
        """Make a merged story one of its own again, with the reports it had that are still where they went.

        None if it stands by itself, or if none of them is there any more.
        """
        async with self._writing() as connection:
            into = await merged(connection)
            query = select(story_hand).where(story_hand.c.other == other, story_hand.c.kind == "merge")
            query = query.where(story_hand.c.undone_at.is_(None)).order_by(story_hand.c.number.desc())
            row = (await connection.execute(query)).mappings().first()
            if other not in into or row is None:
                return None
            source = surviving(other, into)
            here = set(await _members(connection, source))
            back = tuple(one for one in load_positions(row["entries"]) if one in here)
            if not back or len(back) == len(here):
                return None
            await connection.execute(update(story).where(story.c.number == other).values(merged_into=None))
            await _move(connection, back, to=other)
            await _measure(connection, source)
            await _measure(connection, other)
            mine = story_hand.c.number == row["number"]
            await connection.execute(update(story_hand).where(mine).values(undone_at=at))
            made = _hand("merge", source, other, back, at=row["at"], by_name=row["by_name"])
            return replace(made, number=row["number"], undone_at=at)

    async def of(self, number: int) -> tuple[Hand, ...]:
        """Return what was decided about a story and holds, the first first."""
        query = (
            select(story_hand)
            .where(or_(story_hand.c.story == number, story_hand.c.other == number))
            .where(story_hand.c.undone_at.is_(None))
            .order_by(story_hand.c.number)
        )
        async with self._reading() as connection:
            return tuple(
                Hand(
                    number=row["number"],
                    kind=row["kind"],
                    story=row["story"],
                    other=row["other"],
                    entries=load_positions(row["entries"]),
                    at=row["at"],
                    by_name=row["by_name"],
                    undone_at=row["undone_at"],
                )
                for row in (await connection.execute(query)).mappings()
            )

    async def survivor(self, number: int) -> int:
        """Return the story that a number stands for now: itself unless it was merged into another."""
        async with self._reading() as connection:
            return surviving(number, await merged(connection))

    async def family(self, number: int) -> tuple[int, ...]:
        """Return a story's number, then those of the stories that went into it."""
        async with self._reading() as connection:
            return within(number, await merged(connection))

    async def revision(self) -> int:
        """Return a number that grows with every decision and every one taken back."""
        query = select(func.count() + func.count(story_hand.c.undone_at)).select_from(story_hand)
        async with self._reading() as connection:
            return await connection.scalar(query) or 0


def _hand(
    kind: HandKind, number: int, other: int, entries: tuple[int, ...], *, at: datetime, by_name: str
) -> Hand:
    return Hand(number=0, kind=kind, story=number, other=other, entries=entries, at=at, by_name=by_name)


async def _members(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    query = select(story_report.c.entry).where(story_report.c.story == number).order_by(story_report.c.id)
    return tuple(await connection.scalars(query))


async def _move(connection: AsyncConnection, entries: Collection[int], *, to: int) -> None:
    """Move reports, and with them what they did to stories, told or still to be told."""
    for table in (story_report, story_update):
        for number in entries:
            await connection.execute(update(table).where(table.c.entry == number).values(story=to))


async def _measure(connection: AsyncConnection, number: int) -> None:
    """Set when a story was opened and last updated by the reports it has."""
    query = (
        select(entry.c.published, entry.c.seen)
        .join(story_report, story_report.c.entry == entry.c.number)
        .where(story_report.c.story == number)
    )
    when = [
        min(published, seen) if published else seen for published, seen in await connection.execute(query)
    ]
    await connection.execute(
        update(story).where(story.c.number == number).values(opened=min(when), updated=max(when))
    )


async def _free_key(connection: AsyncConnection, entries: Collection[int]) -> str:
    """Return the key of the first of these entries that opened no story yet; no two stories have one key."""
    query = (
        select(entry.c.key)
        .join(story_report, story_report.c.entry == entry.c.number)
        .where(entry.c.number.in_(entries), entry.c.key.not_in(select(story.c.key)))
        .order_by(story_report.c.id)
    )
    free: str | None = await connection.scalar(query)
    if free is not None:
        return free
    first = await connection.scalar(select(entry.c.key).where(entry.c.number.in_(entries)))
    last = await connection.scalar(select(func.max(story.c.number)))
    return f"{first}+{last}"


async def _note(connection: AsyncConnection, hand: Hand, *, by: str) -> Hand:
    """Write a decision down and return it with its number."""
    row = {"kind": hand.kind, "story": hand.story, "other": hand.other, "at": hand.at, "by": by}
    row |= {"entries": dump_positions(hand.entries), "by_name": hand.by_name}
    added = insert(story_hand).values(row).returning(story_hand.c.number)
    return replace(hand, number=(await connection.execute(added)).scalar_one())
