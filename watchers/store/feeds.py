"""Sources: which are due, what came of a poll, how each is doing."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVarTuple

from sqlalchemy import func, select, update

from watchers.store.codec_watching import load_rhythm, load_wishes
from watchers.store.connections import MOST_PARAMETERS, Room, insert_new
from watchers.store.feed_states import count_states
from watchers.store.followed import begin_anew, is_followed
from watchers.store.outcomes import write
from watchers.store.rows_feeds import FeedHealth
from watchers.store.schema import channel_feed, entry, feed
from watchers.types import Feed, Validators

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.engine import RowMapping

    from watchers.feeds.health import State
    from watchers.store.rows import Origin
    from watchers.store.rows_feeds import Polled
    from watchers.types import SourceKind


Ts = TypeVarTuple("Ts")

# What a poll needs to know of a source; its last error may be long, and nobody asks for it then.
_ASKED: Final = (
    *(feed.c.number, feed.c.url, feed.c.name, feed.c.owner, feed.c.lang, feed.c.every_seconds),
    *(feed.c.etag, feed.c.last_modified, feed.c.body_hash, feed.c.polled_at, feed.c.failures),
    *(feed.c.kind, feed.c.selector, feed.c.fixed, feed.c.rhythm, feed.c.wishes),
)


def due_in_order(query: Select[*Ts], *, now: datetime) -> tuple[Select[*Ts], Select[*Ts]]:
    """Return what is due of a search among feeds in two parts, in the order of an index: a limit ends each.

    Those never asked come first, then the longest overdue.
    """
    asked = query.where(feed.c.gone.is_(False), is_followed())
    never = asked.where(feed.c.next_poll_at.is_(None)).order_by(feed.c.number)
    again = asked.where(feed.c.next_poll_at <= now).order_by(feed.c.next_poll_at, feed.c.number)
    return never, again


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
        kind: SourceKind = "feed",
        selector: str = "",
        fixed: bool = False,
    ) -> Feed:
        """Return the source at an address, added if it is new; one that is there already stays as it is."""
        row = {
            "url": url,
            "name": name,
            "owner": owner,
            "lang": lang,
            "every_seconds": int(every.total_seconds()),
            "origin": origin,
            "kind": kind,
            "selector": selector,
            "fixed": fixed,
            "added_at": self._access.clock.now(),
        }
        async with self._writing() as connection:
            await connection.execute(insert_new(connection, feed).values(row))
            found = await connection.execute(select(feed).where(feed.c.url == url))
            return _feed(found.mappings().one())

    async def edit(
        self,
        number: int,
        *,
        name: str,
        every: timedelta,
        fixed: bool | None = None,
        selector: str | None = None,
    ) -> bool:
        """Change a source's name and interval; False if there is none of that number. None: as it was."""
        values = {
            "name": name,
            "every_seconds": int(every.total_seconds()),
            "fixed": fixed,
            "selector": selector,
        }
        given = {column: value for column, value in values.items() if value is not None}
        async with self._writing() as connection:
            changed = await connection.execute(
                update(feed).where(feed.c.number == number).values(given).returning(feed.c.number)
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
        """Return the followed sources whose time has come, the longest overdue first, new ones before all.

        With a `limit` it takes as long as what it returns, however many more are due.
        """
        found: list[Feed] = []
        async with self._reading() as connection:
            for part in due_in_order(select(*_ASKED), now=now):
                left = None if limit is None else limit - len(found)
                rows = (await connection.execute(part.limit(left))).mappings()
                found += [_feed(row) for row in rows]
        return tuple(found)

    async def some(self, numbers: Sequence[int]) -> tuple[Feed, ...]:
        """Return the sources of these numbers, as a poll needs them."""
        found: list[Feed] = []
        async with self._reading() as connection:
            for i in range(0, len(numbers), MOST_PARAMETERS):
                query = select(*_ASKED).where(feed.c.number.in_(numbers[i : i + MOST_PARAMETERS]))
                found += [_feed(row) for row in (await connection.execute(query)).mappings()]
        return tuple(found)

    async def habits(self, *, most: int) -> tuple[Feed, ...]:
        """Return `most` followed sources at most whose rhythm is known and decides, by chance."""
        known = (feed.c.gone.is_(False), feed.c.fixed.is_(False), feed.c.rhythm != "", is_followed())
        query = select(*_ASKED).where(*known).order_by(func.random()).limit(most)
        async with self._reading() as connection:
            highest = await connection.scalar(select(func.max(feed.c.number))) or 0
            if highest > MOST_PARAMETERS:  # some numbers by chance first: to sort them all takes long
                drawn = random.sample(range(1, highest + 1), MOST_PARAMETERS)
                rows = (await connection.execute(query.where(feed.c.number.in_(drawn)))).mappings().all()
                if 2 * len(rows) > most:
                    return tuple(_feed(row) for row in rows)
            return tuple(_feed(row) for row in (await connection.execute(query)).mappings())

    async def next_due(self) -> datetime | None:
        """Return when the next followed source that was polled before is due; None if there is none."""
        waits = (feed.c.gone.is_(False), feed.c.next_poll_at.is_not(None), is_followed())
        # The first in the index's order: the least of all would be looked for among all.
        query = select(feed.c.next_poll_at).where(*waits).order_by(feed.c.next_poll_at).limit(1)
        async with self._reading() as connection:
            at: datetime | None = await connection.scalar(query)
            return at

    async def states(self, *, now: datetime) -> Mapping[State, int]:
        """Return how many sources are in each state; cheaper than `health`, which counts entries, too."""
        async with self._reading() as connection:
            return await count_states(connection, now=now, followed=is_followed())

    async def record(self, polled: Polled) -> int:
        """Keep what a poll came to and return the source's number.

        The number differs when the source moved for good to an address that another source has already: its
        entries stay, its channels read the other one from now on.
        """
        return (await self.record_all((polled,))).get(polled.feed, polled.feed)

    async def record_all(self, outcomes: Sequence[Polled]) -> dict[int, int]:
        """Keep what several polls came to; return the numbers that differ now, by the old ones, as above."""
        async with self._writing() as connection:
            return await write(connection, outcomes)

    async def hurry(self, numbers: Iterable[int]) -> None:
        """Make sources due at once, gone ones too: somebody asked for them."""
        some = feed.c.number.in_(tuple(numbers))
        async with self._writing() as connection:
            await begin_anew(connection, some)
            await connection.execute(update(feed).where(some).values(next_poll_at=None, gone=False))

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
    more = (
        "failing_since",
        "last_error",
        "gone",
        "entries",
        "kind",
        "fixed",
        "fault",
        "changed_at",
        "beyond",
    )
    return FeedHealth(
        every=timedelta(seconds=row["every_seconds"]),
        followed=bool(row["followed"]),
        rhythm=load_rhythm(row["rhythm"]),
        wishes=load_wishes(row["wishes"]),
        **{name: row[name] for name in (*kept, *more, "failed_from", "well_at")},
    )
