"""Which sources somebody reads now; one that is read again begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, update

from watchers.store.schema import channel, channel_feed, feed

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection


def is_followed() -> ColumnElement[bool]:
    """Say in SQL that at least one channel reads the feed now."""
    active = and_(
        channel_feed.c.feed == feed.c.number,
        channel_feed.c.paused.is_(False),
        channel_feed.c.taken_out.is_(False),
        channel.c.taken_out.is_(False),
    )
    joined = channel_feed.join(channel, channel.c.id == channel_feed.c.channel)
    return select(1).select_from(joined).where(active).correlate(feed).exists()


async def begin_anew(connection: AsyncConnection, *some: ColumnElement[bool]) -> None:
    """Forget what the last documents were of those of some feeds that nobody reads now, or that are gone.

    What they hold when somebody reads them again is an archive, as at a first poll, and not the news of all
    the time between; nor is it "as it was" where it is to be read in another way. To be called before they
    are read again; without a condition for all of them.
    """
    await connection.execute(
        update(feed)
        .where(*some, feed.c.body_hash != "", or_(feed.c.gone, ~is_followed()))
        .values(etag="", last_modified="", body_hash="")
    )
