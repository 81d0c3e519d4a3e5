"""Votes: who found which story useful in which channel."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import delete, func, insert, select

from watchers.store.codec import load_mentions, load_relevance, load_vector, load_views
from watchers.store.connections import Room
from watchers.store.merged import merged, within
from watchers.store.rows_chat import Standing, Vote, Voted, Votes
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
        """Count a story's votes in a channel, those on stories that went into it included."""
        query = select(
            func.count().filter(vote.c.value > 0).label("up"),
            func.count().filter(vote.c.value < 0).label("down"),
        ).where(vote.c.channel == channel_id)
        async with self._reading() as connection:
            query = query.where(vote.c.story.in_(within(story_number, await merged(connection))))
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

    async def standing(self, *, limit: int = MOST_LABELS) -> dict[str, tuple[Standing, ...]]:
        """Return how each channel voted, by channel, on the stories voted on last, those first.

        It is cheap, and the same until somebody votes: so long holds what was learnt from `voted`.
        """
        query = (
            select(
                vote.c.channel,
                vote.c.story,
                entry.c.key,
                report.c.score,
                func.count().filter(vote.c.value > 0),
                func.count().filter(vote.c.value < 0),
            )
            .join(story, story.c.number == vote.c.story)
            .join(entry, entry.c.key == story.c.key)
            .join(report, report.c.entry == entry.c.number)
            .group_by(vote.c.channel, vote.c.story, entry.c.key, report.c.score)
            .order_by(func.max(vote.c.at).desc(), vote.c.story.desc())
        )
        found: dict[str, list[Standing]] = defaultdict(list)
        async with self._reading() as connection:
            for channel, number, key, score, up, down in await connection.execute(query):
                if len(found[channel]) < limit:
                    found[channel].append(Standing(story=number, key=key, score=score, up=up, down=down))
        return {channel: tuple(some) for channel, some in found.items()}

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
            select(entry.c.key, entry.c.title, report, tally.c.story, tally.c.up, tally.c.down)
            .select_from(tally)
            .join(story, story.c.number == tally.c.story)
            .join(entry, entry.c.key == story.c.key)
            .join(report, report.c.entry == entry.c.number)
            .order_by(tally.c.last.desc(), tally.c.story.desc())
        )
        async with self._reading() as connection:
            return tuple(
                Voted(
                    story=row["story"],
                    key=row["key"],
                    title=row["title"],
                    relevance=load_relevance(row["relevance"], score=row["score"], model=row["embedder"]),
                    views=load_views(row["views"]),
                    mentions=load_mentions(row["mentions"]),
                    vector=load_vector(row["vector"]),
                    up=row["up"],
                    down=row["down"],
                )
                for row in (await connection.execute(query)).mappings()
            )
