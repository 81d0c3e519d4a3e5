"""Followers: who wants to be called when a story changes."""

from __future__ import annotations

from sqlalchemy import delete, select

from watchers.store.connections import Room, insert_new
from watchers.store.merged import merged, within
from watchers.store.schema_chat import follower


class Followers(Room):
    """People by story, each with the one channel to be called in: where they last said so."""

    async def follow(self, story: int, channel_id: str, asker: str) -> str:
        """Let somebody follow a story in a channel, and in no other; return where they did, if anywhere."""
        row = {"story": story, "channel": channel_id, "asker": asker, "at": self._access.clock.now()}
        async with self._writing() as connection:
            family = within(story, await merged(connection))
            elsewhere = await connection.scalars(
                delete(follower)
                .where(follower.c.story.in_(family), follower.c.asker == asker)
                .where(follower.c.channel != channel_id)
                .returning(follower.c.channel)
            )
            before = next(iter(elsewhere.all()), "")
            added = await connection.execute(
                insert_new(connection, follower).values(row).returning(follower.c.asker)
            )
            return before if added.first() is not None else channel_id

    async def unfollow(self, story: int, asker: str) -> bool:
        """Let somebody follow a story no more, wherever they did; False if they did not."""
        async with self._writing() as connection:
            gone = await connection.execute(
                delete(follower)
                .where(follower.c.story.in_(within(story, await merged(connection))))
                .where(follower.c.asker == asker)
                .returning(follower.c.asker)
            )
            return gone.first() is not None

    async def of(self, story: int, channel_id: str) -> tuple[str, ...]:
        """Return who is called in a channel for a story, or one that went into it, first come first."""
        async with self._reading() as connection:
            family = within(story, await merged(connection))
            query = (
                select(follower.c.asker, follower.c.channel)
                .where(follower.c.story.in_(family))
                .order_by(follower.c.at, follower.c.asker)
            )
            # Stories that were merged may have been followed in two places: the later one counts.
            places = {one.asker: one.channel for one in await connection.execute(query)}
            return tuple(asker for asker, channel in places.items() if channel == channel_id)
