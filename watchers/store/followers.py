"""Followers: who wants to be called when a story changes."""

from __future__ import annotations

from sqlalchemy import delete, select

from watchers.store.connections import Room, insert_new
from watchers.store.merged import merged, within
from watchers.store.schema_chat import follower


class Followers(Room):
    """People by story and channel."""

    async def follow(self, story: int, channel_id: str, asker: str) -> bool:
        """Let somebody follow a story; False if they do already."""
        row = {"story": story, "channel": channel_id, "asker": asker, "at": self._access.clock.now()}
        async with self._writing() as connection:
            added = await connection.execute(
                insert_new(connection, follower).values(row).returning(follower.c.asker)
            )
            return added.first() is not None

    async def unfollow(self, story: int, channel_id: str, asker: str) -> bool:
        """Let somebody follow a story no more; False if they did not."""
        async with self._writing() as connection:
            gone = await connection.execute(
                delete(follower)
                .where(follower.c.story.in_(within(story, await merged(connection))))
                .where(follower.c.channel == channel_id, follower.c.asker == asker)
                .returning(follower.c.asker)
            )
            return gone.first() is not None

    async def of(self, story: int, channel_id: str) -> tuple[str, ...]:
        """Return who follows a story in a channel, or one that went into it, the first to follow first."""
        async with self._reading() as connection:
            family = within(story, await merged(connection))
            query = (
                select(follower.c.asker)
                .where(follower.c.story.in_(family), follower.c.channel == channel_id)
                .order_by(follower.c.at, follower.c.asker)
            )
            return tuple(dict.fromkeys(await connection.scalars(query)))
