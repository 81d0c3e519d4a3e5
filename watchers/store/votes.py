"""Votes: who found which story useful in which channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import delete, func, insert, select

from watchers.store.codec import load_mentions, load_vector, load_views
from watchers.store.connections import Room
from watchers.store.rows_chat import Vote, Voted, Votes
from watchers.store.schema import entry, report, story
from watchers.store.schema_chat import vote

if TYPE_CHECKING:
    from datetime import datetime

MOST_LABELS: Final = 400  # stories a channel's votes are learnt from, the latest


class Ballot(Room):
    """One vote a person, story and channel."""

    async def cast(self, channel_id: str, story_number: int, asker: str, value: Literal[1, -1]) -> int:
        """Vote and return what the vote is now: the same value again takes it back, which leaves 0."""
        mine = (vote.c.channel == channel_id, vote.c.story == story_number, vote.c.asker == asker)
        async with self._writing() as connection:
            before = await connection.scalar(delete(vote).where(*mine).returning(vote.c.value))
            if before == value:
                return 0
            await connection.execute(
                insert(vote).values(
                    channel=channel_id,
                    story=story_number,
                    asker=asker,
                    value=value,
                    at=self._access.clock.now(),
                )
            )
            return value

    async def tally(self, channel_id: str, story_number: int) -> Votes:
        """Count a story's votes in a channel."""
        query = select(
            func.count().filter(vote.c.value > 0).label("up"),
            func.count().filter(vote.c.value < 0).label("down"),
        ).where(vote.c.channel == channel_id, vote.c.story == story_number)
        async with self._reading() as connection:
            return Votes(**(await connection.execute(query)).mappings().one())

    async def all(self, channel_id: str, since: datetime | None = None) -> tuple[Vote, ...]:
        """Return a channel's votes cast at or after a time, oldest first."""
        lead = entry.c.key == story.c.key
        query = (
            select(vote.c.story, entry.c.title, entry.c.link, vote.c.asker, vote.c.value, vote.c.at)
            .join(story, story.c.number == vote.c.story)
            .join(entry, lead)
            .where(vote.c.channel == channel_id)
            .order_by(vote.c.at, vote.c.story, vote.c.asker)
        )
        if since is not None:
            query = query.where(vote.c.at >= since)
        async with self._reading() as connection:
            return tuple(Vote(**row) for row in (await connection.execute(query)).mappings())

    async def voted(self, channel_id: str, *, limit: int = MOST_LABELS) -> tuple[Voted, ...]:
        """Return the stories a channel voted on, those voted on last first, as they were judged."""
        up = func.count().filter(vote.c.value > 0).label("up")
        down = func.count().filter(vote.c.value < 0).label("down")
        tally = (
            select(vote.c.story, up, down, func.max(vote.c.at).label("last"))
            .where(vote.c.channel == channel_id)
            .group_by(vote.c.story)
            .order_by(func.max(vote.c.at).desc(), vote.c.story.desc())
            .limit(limit)
            .subquery()
        )
        query = (
            select(entry.c.key, entry.c.title, report, tally.c.up, tally.c.down)
            .select_from(tally)
            .join(story, story.c.number == tally.c.story)
            .join(entry, entry.c.key == story.c.key)
            .join(report, report.c.entry == entry.c.number)
            .order_by(tally.c.last.desc(), tally.c.story.desc())
        )
        async with self._reading() as connection:
            return tuple(
                Voted(
                    key=row["key"],
                    title=row["title"],
                    score=row["score"],
                    views=load_views(row["views"]),
                    mentions=load_mentions(row["mentions"]),
                    vector=load_vector(row["vector"]),
                    up=row["up"],
                    down=row["down"],
                )
                for row in (await connection.execute(query)).mappings()
            )
