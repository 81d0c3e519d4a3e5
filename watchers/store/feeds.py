"""Sources: which are due, what came of a poll, how each is doing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, or_, select, update

from watchers.store.codec_watching import load_rhythm, load_wishes
from watchers.store.connections import Room, insert_new
from watchers.store.rows import FeedHealth
from watchers.store.rows_feeds import Unwell
from watchers.store.schema import channel, channel_feed, entry, feed
from watchers.types import Feed, Validators

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import RowMapping
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows import Origin, Polled

MOST_ERROR: int = 500  # characters of an error that are kept; servers answer with whole pages


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


class Feeds(Room):
    """The sources of all channels, each polled once for all of them."""

    async def add(
        self,
        url: str,
        *,
        name: str,
        every: timedelta,
        owner: str = "",
        lang: str = "",
        origin: Origin = "chat",
    ) -> Feed:
        """Return the source at an address, added if it is new; one that is there already stays as it is."""
        row = {
            "url": url,
            "name": name,
            "owner": owner,
            "lang": lang,
            "every_seconds": int(every.total_seconds()),
            "origin": origin,
            "added_at": self._access.clock.now(),
        }
        async with self._writing() as connection:
            await connection.execute(insert_new(connection, feed).values(row))
            found = await connection.execute(select(feed).where(feed.c.url == url))
            return _feed(found.mappings().one())

    async def edit(self, number: int, *, name: str, every: timedelta) -> bool:
        """Change a source's name and interval; False if there is none of that number."""
        async with self._writing() as connection:
            changed = await connection.execute(
                update(feed)
                .where(feed.c.number == number)
                .values(name=name, every_seconds=int(every.total_seconds()))
                .returning(feed.c.number)
            )
            return changed.first() is not None

    async def get(self, number: int) -> Feed | None:
        """Return a source by number."""
        async with self._reading() as connection:
            row = (await connection.execute(select(feed).where(feed.c.number == number))).mappings().first()
            return _feed(row) if row else None

    async def all(self) -> tuple[Feed, ...]:
        """Return every source, by number."""
        async with self._reading() as connection:
            rows = await connection.execute(select(feed).order_by(feed.c.number))
            return tuple(_feed(row) for row in rows.mappings())

    async def due(self, *, now: datetime, limit: int | None = None) -> tuple[Feed, ...]:
        """Return the followed sources whose time has come, the longest overdue first, new ones before all."""
        query = (
            select(feed)
            .where(feed.c.gone.is_(False), is_followed())
            .where(or_(feed.c.next_poll_at.is_(None), feed.c.next_poll_at <= now))
            .order_by(feed.c.next_poll_at.is_not(None), feed.c.next_poll_at, feed.c.number)
            .limit(limit)
        )
        async with self._reading() as connection:
            return tuple(_feed(row) for row in (await connection.execute(query)).mappings())

    async def next_due(self) -> datetime | None:
        """Return when the next followed source that was polled before is due; None if there is none."""
        query = select(func.min(feed.c.next_poll_at)).where(feed.c.gone.is_(False), is_followed())
        async with self._reading() as connection:
            at: datetime | None = await connection.scalar(query)
            return at

    async def record(self, polled: Polled) -> int:
        """Keep what a poll came to and return the source's number.

        The number differs when the source moved for good to an address that another source has already: its
        entries stay, its channels read the other one from now on.
        """
        async with self._writing() as connection:
            await connection.execute(
                update(feed).where(feed.c.number == polled.feed).values(_outcome(polled))
            )
            if polled.moved_to:
                return await _move(connection, polled.feed, polled.moved_to)
            return polled.feed

    async def hurry(self, numbers: Iterable[int]) -> None:
        """Make sources due at once, gone ones too: somebody asked for them."""
        async with self._writing() as connection:
            await connection.execute(
                update(feed).where(feed.c.number.in_(tuple(numbers))).values(next_poll_at=None, gone=False)
            )

    async def set_back(self, *, now: datetime) -> int:
        """Let sources that were polled later than `now`, by a clock ahead of it, wait as long from now on.

        At most their interval if nothing failed. Returns how many there were.
        """
        query = select(feed).where(feed.c.polled_at > now)
        async with self._writing() as connection:
            rows = (await connection.execute(query)).mappings().all()
            for row in rows:
                wait = max((row["next_poll_at"] or now) - row["polled_at"], timedelta())
                if not row["failures"]:
                    wait = min(wait, timedelta(seconds=row["every_seconds"]))
                await connection.execute(
                    update(feed)
                    .where(feed.c.number == row["number"])
                    .values(polled_at=now, next_poll_at=now + wait if row["next_poll_at"] else None)
                )
            return len(rows)

    async def health(self, *, channel_id: str | None = None) -> tuple[FeedHealth, ...]:
        """Return how each source is doing, by number; only a channel's own when one is named."""
        entries = select(func.count()).where(entry.c.feed == feed.c.number).correlate(feed).scalar_subquery()
        query = select(feed, entries.label("entries"), is_followed().label("followed")).order_by(
            feed.c.number
        )
        if channel_id is not None:
            own = select(channel_feed.c.feed).where(channel_feed.c.channel == channel_id)
            query = query.where(feed.c.number.in_(own))
        async with self._reading() as connection:
            return tuple(_health(row) for row in (await connection.execute(query)).mappings())

    async def unwell(self, *, since: datetime) -> tuple[Unwell, ...]:
        """Return the sources that failed since a moment or are gone, with each channel that reads them."""
        query = (
            select(
                channel_feed.c.channel,
                feed.c.number,
                func.coalesce(func.nullif(channel_feed.c.name, ""), feed.c.name).label("name"),
                feed.c.failing_since,
                feed.c.last_error,
                feed.c.gone,
            )
            .join(feed, feed.c.number == channel_feed.c.feed)
            .where(~channel_feed.c.paused, ~channel_feed.c.taken_out)
            .where(or_(feed.c.gone, feed.c.failing_since <= since))
            .order_by(channel_feed.c.channel, feed.c.number)
        )
        async with self._reading() as connection:
            return tuple(Unwell(**row) for row in (await connection.execute(query)).mappings())


def _outcome(polled: Polled) -> dict[str, object]:
    values: dict[str, object] = {
        "polled_at": polled.at,
        "next_poll_at": polled.next_poll_at,
        "gone": polled.gone,
    }
    if polled.validators is not None:
        values |= {
            "etag": polled.validators.etag,
            "last_modified": polled.validators.last_modified,
            "body_hash": polled.validators.body_hash,
        }
    if polled.error or polled.gone:
        return values | {
            "failures": feed.c.failures + 1,
            "failing_since": func.coalesce(feed.c.failing_since, polled.at, type_=feed.c.failing_since.type),
            "last_error": (polled.error or "the server says the feed is gone")[:MOST_ERROR],
        }
    values |= {"ok_at": polled.at, "failures": 0, "failing_since": None, "last_error": ""}
    return values | {"new_at": polled.at} if polled.new else values


async def _move(connection: AsyncConnection, number: int, url: str) -> int:
    other = await connection.scalar(select(feed.c.number).where(feed.c.url == url))
    if other is None:
        await connection.execute(update(feed).where(feed.c.number == number).values(url=url))
        return number
    if other != number:
        links = select(channel_feed).where(channel_feed.c.feed == number)
        rows = [dict(row) | {"feed": other} for row in (await connection.execute(links)).mappings()]
        if rows:
            await connection.execute(insert_new(connection, channel_feed).values(rows))
        await connection.execute(delete(channel_feed).where(channel_feed.c.feed == number))
    return int(other)


def _feed(row: RowMapping) -> Feed:
    return Feed(
        number=row["number"],
        url=row["url"],
        name=row["name"],
        owner=row["owner"],
        lang=row["lang"],
        every=timedelta(seconds=row["every_seconds"]),
        validators=Validators(
            etag=row["etag"], last_modified=row["last_modified"], body_hash=row["body_hash"]
        ),
        polled_at=row["polled_at"],
        failures=row["failures"],
        kind=row["kind"],
        selector=row["selector"],
        fixed=row["fixed"],
        rhythm=load_rhythm(row["rhythm"]),
        wishes=load_wishes(row["wishes"]),
    )


def _health(row: RowMapping) -> FeedHealth:
    kept = ("number", "name", "url", "lang", "polled_at", "ok_at", "new_at", "next_poll_at", "failures")
    more = ("failing_since", "last_error", "gone", "entries")
    return FeedHealth(
        every=timedelta(seconds=row["every_seconds"]),
        followed=bool(row["followed"]),
        **{name: row[name] for name in (*kept, *more)},
    )
