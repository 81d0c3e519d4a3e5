"""Channels, and the sources each of them reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, delete, func, insert, literal, or_, select, update

from watchers.store.codec import dump_tags, load_tags
from watchers.store.columns import UtcDateTime
from watchers.store.connections import Room, insert_new
from watchers.store.followed import begin_anew
from watchers.store.rows import Channel, ChannelFeed
from watchers.store.schema import channel, channel_feed, feed
from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.engine import RowMapping

    from watchers.store.rows import Origin


class Channels(Room):
    """The places where people read."""

    async def save(self, value: Channel) -> None:
        """Add a channel, or change it to the values given; who wrote it first stays on record."""
        row = {
            "name": value.name,
            "lang": value.lang,
            "timezone": value.timezone,
            "threshold": value.threshold,
            "editors": value.editors,
            "quiet": value.quiet,
            "layout": value.layout,
            "public": value.public,
            "bound_to": value.bound_to,
            "budget": value.budget,
            "base": value.base,
            "lull": value.lull,
            "lull_most": value.lull_most,
            "taken_out": not value.active,
        }
        own = select(channel_feed.c.feed).where(channel_feed.c.channel == value.id)
        async with self._writing() as connection:
            if value.active:
                await begin_anew(connection, feed.c.number.in_(own))
            changed = await connection.execute(
                update(channel).where(channel.c.id == value.id).values(row).returning(channel.c.id)
            )
            if changed.first() is None:
                await connection.execute(insert(channel).values(id=value.id, origin=value.origin, **row))

    async def open_to_all(self, channel_id: str) -> None:
        """Note that people outside the team can read a channel; all else of it stays as it is."""
        async with self._writing() as connection:
            await connection.execute(update(channel).where(channel.c.id == channel_id).values(public=True))

    async def get(self, channel_id: str) -> Channel | None:
        """Return a channel by its id."""
        async with self._reading() as connection:
            row = (
                (await connection.execute(select(channel).where(channel.c.id == channel_id)))
                .mappings()
                .first()
            )
            return _channel(row) if row else None

    async def all(self) -> tuple[Channel, ...]:
        """Return every channel, by id, also those the configuration file no longer has."""
        async with self._reading() as connection:
            rows = await connection.execute(select(channel).order_by(channel.c.id))
            return tuple(_channel(row) for row in rows.mappings())

    async def close(self, channel_id: str, *, why: str, at: datetime) -> bool:
        """Note that the platform lets nothing into a channel; False if that is known, or it is no channel.

        One that was tried again since and let nothing in either has been closed all the while.
        """
        arrived = (
            select(func.max(outbox.c.delivered_at)).where(outbox.c.channel == channel_id).scalar_subquery()
        )
        all_the_while = and_(
            channel.c.unreachable_at.is_not(None),
            or_(arrived.is_(None), arrived <= channel.c.unreachable_at),
        )
        async with self._writing() as connection:
            closed = await connection.execute(
                update(channel)
                .where(channel.c.id == channel_id, channel.c.unreachable == "")
                .values(
                    unreachable=why,
                    unreachable_at=case(
                        (all_the_while, channel.c.unreachable_at), else_=literal(at, UtcDateTime())
                    ),
                )
                .returning(channel.c.id)
            )
            return closed.first() is not None

    async def reopen(self, channel_id: str = "") -> tuple[str, ...]:
        """Try a channel again that let nothing in, or all of them; return which there were.

        One that is named is known to be open again; of all of them that is still to be seen, and since when
        they were closed stays on record.
        """
        some = channel.c.unreachable != ""
        values: dict[str, str | None] = {"unreachable": ""}
        if channel_id:
            some = (channel.c.id == channel_id) & or_(some, channel.c.unreachable_at.is_not(None))
            values |= {"unreachable_at": None}
        async with self._writing() as connection:
            opened = await connection.execute(
                update(channel).where(some).values(values).returning(channel.c.id)
            )
            return tuple(sorted(opened.scalars()))

    async def feeds(self, channel_id: str | None = None) -> tuple[ChannelFeed, ...]:
        """Return which sources a channel reads, or all channels when none is named, by source number."""
        query = select(channel_feed, feed.c.url, feed.c.name.label("feed_name")).join(
            feed, feed.c.number == channel_feed.c.feed
        )
        if channel_id is not None:
            query = query.where(channel_feed.c.channel == channel_id)
        async with self._reading() as connection:
            rows = await connection.execute(query.order_by(channel_feed.c.feed, channel_feed.c.channel))
            return tuple(_link(row) for row in rows.mappings())

    async def follow(
        self,
        channel_id: str,
        number: int,
        *,
        name: str = "",
        tags: tuple[str, ...] = (),
        origin: Origin = "chat",
    ) -> bool:
        """Let a channel read a source; False if it does already."""
        row = {"channel": channel_id, "feed": number, "name": name, "tags": dump_tags(tags), "origin": origin}
        async with self._writing() as connection:
            await begin_anew(connection, feed.c.number == number)
            added = await connection.execute(
                insert_new(connection, channel_feed).values(row).returning(channel_feed.c.feed)
            )
            return added.first() is not None

    async def relabel(self, channel_id: str, number: int, *, name: str, tags: tuple[str, ...]) -> bool:
        """Change a source's name and tags in one channel; False if the channel does not read it."""
        return await self._change_link(channel_id, number, {"name": name, "tags": dump_tags(tags)})

    async def pause_feed(self, channel_id: str, number: int, *, paused: bool) -> bool:
        """Pause or resume a source for one channel; False if the channel does not read it.

        Resuming also brings back one that was paused because the configuration file no longer has it.
        """
        values = {"paused": True} if paused else {"paused": False, "taken_out": False}
        return await self._change_link(channel_id, number, values, read_again=not paused)

    async def unfollow(self, channel_id: str, number: int) -> bool:
        """Take a source from one channel and leave it to others; False if the channel does not read it."""
        async with self._writing() as connection:
            gone = await connection.execute(
                delete(channel_feed)
                .where(channel_feed.c.channel == channel_id, channel_feed.c.feed == number)
                .returning(channel_feed.c.feed)
            )
            return gone.first() is not None

    async def _change_link(
        self, channel_id: str, number: int, values: Mapping[str, object], *, read_again: bool = False
    ) -> bool:
        async with self._writing() as connection:
            if read_again:
                await begin_anew(connection, feed.c.number == number)
            changed = await connection.execute(
                update(channel_feed)
                .where(channel_feed.c.channel == channel_id, channel_feed.c.feed == number)
                .values(values)
                .returning(channel_feed.c.feed)
            )
            return changed.first() is not None


def _channel(row: RowMapping) -> Channel:
    return Channel(
        id=row["id"],
        name=row["name"],
        lang=row["lang"],
        timezone=row["timezone"],
        threshold=row["threshold"],
        origin=row["origin"],
        active=not row["taken_out"],
        editors=row["editors"],
        quiet=row["quiet"],
        layout=row["layout"],
        public=row["public"],
        bound_to=row["bound_to"],
        budget=row["budget"],
        base=row["base"],
        lull=row["lull"],
        lull_most=row["lull_most"],
        unreachable=row["unreachable"],
        unreachable_at=row["unreachable_at"],
    )


def _link(row: RowMapping) -> ChannelFeed:
    return ChannelFeed(
        channel=row["channel"],
        feed=row["feed"],
        url=row["url"],
        name=row["name"] or row["feed_name"],
        tags=load_tags(row["tags"]),
        origin=row["origin"],
        paused=row["paused"],
        taken_out=row["taken_out"],
    )
