"""Exemplars: the articles that show what a channel, or a likeness of its, is after."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import insert, or_, select, update

from watchers.store.connections import Room
from watchers.store.rows_chat import Given
from watchers.store.schema import channel, exemplar, watch
from watchers.types import Beat, Exemplar

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import RowMapping


class Exemplars(Room):
    """What was given in chat; the shared exemplars are files."""

    async def add(
        self,
        channel_id: str,
        *,
        title: str,
        text: str,
        lang: str,
        good: bool = True,
        note: str = "",
        by_name: str = "",
        watch_number: int | None = None,
        in_use: bool = True,
    ) -> Given:
        """Give a channel, or one of its likenesses, an article that shows what it wants, or does not.

        One that is not in use yet counts as removed until it is restored.
        """
        now = self._access.clock.now()
        row = {
            "channel": channel_id,
            "watch": watch_number,
            "title": title,
            "text": text,
            "lang": lang,
            "good": good,
            "note": note,
            "by_name": by_name,
            "added_at": now,
            "removed_at": None if in_use else now,
        }
        async with self._writing() as connection:
            rows = await connection.execute(insert(exemplar).values(row).returning(exemplar))
            return _given(rows.mappings().one())

    async def listed(self, channel_id: str, *, watch_number: int | None = None) -> tuple[Given, ...]:
        """Return a channel's own exemplars, or those of one of its likenesses, oldest first."""
        query = (
            select(exemplar)
            .where(
                exemplar.c.channel == channel_id,
                exemplar.c.watch.is_(None) if watch_number is None else exemplar.c.watch == watch_number,
                exemplar.c.removed_at.is_(None),
            )
            .order_by(exemplar.c.number)
        )
        async with self._reading() as connection:
            return tuple(_given(row) for row in (await connection.execute(query)).mappings())

    async def alike(self, channel_id: str, text: str) -> tuple[Given, ...]:
        """Return a channel's own exemplars with just this text, also removed ones, oldest first."""
        query = (
            select(exemplar)
            .where(exemplar.c.channel == channel_id, exemplar.c.watch.is_(None), exemplar.c.text == text)
            .order_by(exemplar.c.number)
        )
        async with self._reading() as connection:
            return tuple(_given(row) for row in (await connection.execute(query)).mappings())

    async def get(self, channel_id: str, number: int) -> Given | None:
        """Return an exemplar of a channel by its number, also one that was removed."""
        query = select(exemplar).where(exemplar.c.channel == channel_id, exemplar.c.number == number)
        async with self._reading() as connection:
            row = (await connection.execute(query)).mappings().first()
            return _given(row) if row else None

    async def remove(self, channel_id: str, number: int) -> bool:
        """Take an exemplar out of use; False if the channel has none of that number in use."""
        return await self._change(channel_id, number, self._access.clock.now())

    async def restore(self, channel_id: str, number: int, *, watch_number: int | None = None) -> bool:
        """Bring back an exemplar that was removed; False if the channel has none of that number.

        With a watch's number it becomes an exemplar of that likeness.
        """
        return await self._change(channel_id, number, None, watch_number)

    async def beats(self, shared: tuple[Exemplar, ...]) -> tuple[Beat, ...]:
        """Return what channels and likenesses with exemplars of their own measure against, by key.

        One without a good exemplar has none. `shared` also counts for a channel that did not put it off.
        """
        query = (
            select(exemplar, channel.c.base)
            .join(channel, channel.c.id == exemplar.c.channel)
            .outerjoin(watch, watch.c.number == exemplar.c.watch)
            .where(exemplar.c.removed_at.is_(None), channel.c.taken_out.is_(False))
            .where(or_(watch.c.number.is_(None), watch.c.paused.is_(False) & watch.c.taken_out.is_(False)))
            .order_by(exemplar.c.number)
        )
        found: dict[str, list[Exemplar]] = defaultdict(list)
        based: set[str] = set()
        async with self._reading() as connection:
            for row in (await connection.execute(query)).mappings():
                key = row["channel"] if row["watch"] is None else f"r{row['watch']}"
                found[key].append(_given(row).exemplar)
                if row["watch"] is None and row["base"]:
                    based.add(key)
        beats = (
            Beat(key=key, exemplars=(*(shared if key in based else ()), *own))
            for key, own in sorted(found.items())
        )
        return tuple(beat for beat in beats if any(one.good for one in beat.exemplars))

    async def _change(
        self, channel_id: str, number: int, removed_at: datetime | None, watch_number: int | None = None
    ) -> bool:
        now = exemplar.c.removed_at.is_not(None) if removed_at is None else exemplar.c.removed_at.is_(None)
        async with self._writing() as connection:
            changed = await connection.execute(
                update(exemplar)
                .where(exemplar.c.channel == channel_id, exemplar.c.number == number, now)
                .values(removed_at=removed_at, **({} if watch_number is None else {"watch": watch_number}))
                .returning(exemplar.c.number)
            )
            return changed.first() is not None


def _given(row: RowMapping) -> Given:
    return Given(
        number=row["number"],
        channel=row["channel"],
        watch=row["watch"],
        title=row["title"],
        text=row["text"],
        lang=row["lang"],
        good=row["good"],
        note=row["note"],
        by_name=row["by_name"],
        at=row["added_at"],
        removed=row["removed_at"] is not None,
    )
