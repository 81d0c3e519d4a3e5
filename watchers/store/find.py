"""Find what a person means by a short id such as "s12", a number, an address, or part of a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, or_, select

from watchers.store.connections import Room
from watchers.store.merged import merged, surviving
from watchers.store.reports import load_reports, read_entry
from watchers.store.rows import Sighting, Why
from watchers.store.schema import (
    channel_feed,
    entry,
    feed,
    sighting,
    story,
    story_report,
    subscription,
    watch,
)
from watchers.store.schema_chat import mute
from watchers.store.schema_delivery import posted
from watchers.store.suggest import suggestions
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.suggest import Suggested, Suggestion

NEWEST: Final = 2000  # titles that a fragment is looked for in: some weeks of news, folded in 0.1 s
_SHORT_ID: Final = re.compile(r"([a-z]?)([0-9]{1,9})", re.IGNORECASE)


class Finder(Room):
    """Look-ups by what people type. Each returns numbers, the best or newest first, none if nothing fits.

    Fragments are compared as the watch language compares words: without case and accents, I İ ı i as one
    letter.
    """

    async def feeds(self, words: str, *, channel: str | None = None, limit: int = 5) -> tuple[int, ...]:
        """Find sources by "s12", address, or part of a name, also the channel's own name for it."""
        query = (
            select(feed.c.number, feed.c.name, feed.c.url, channel_feed.c.name)
            .outerjoin(channel_feed, channel_feed.c.feed == feed.c.number)
            .order_by(feed.c.number)
        )
        if channel is not None:
            query = query.where(channel_feed.c.channel == channel)
        async with self._reading() as connection:
            rows = (await connection.execute(query)).all()
        if (number := short_id(words, "s")) is not None:
            return tuple({row[0] for row in rows if row[0] == number})
        exact = tuple(dict.fromkeys(row[0] for row in rows if row[2] == words.strip()))
        return exact or _containing(
            words, ((row[0], f"{row[1]}\n{row[3] or ''}\n{row[2]}") for row in rows), limit
        )

    async def watches(self, channel: str, words: str, *, limit: int = 5) -> tuple[int, ...]:
        """Find a channel's watches by "r4" or part of a name or expression."""
        query = select(watch.c.number, watch.c.name, watch.c.expression).where(watch.c.channel == channel)
        async with self._reading() as connection:
            rows = (await connection.execute(query.order_by(watch.c.number))).all()
        if (wanted := short_id(words, "r")) is not None:
            return tuple(row[0] for row in rows if row[0] == wanted)
        return _containing(
            words, ((number, f"{name}\n{expression}") for number, name, expression in rows), limit
        )

    async def entries(self, words: str, *, limit: int = 5) -> tuple[int, ...]:
        """Find entries by "a88", link, or part of the title of one of the newest."""
        titles = select(entry.c.number, entry.c.title).order_by(entry.c.number.desc()).limit(NEWEST)
        async with self._reading() as connection:
            if (number := short_id(words, "a")) is not None:
                return await _numbers(connection, select(entry.c.number).where(entry.c.number == number))
            if "://" in words:
                return await _by_link(connection, words.strip())
            rows = (await connection.execute(titles)).all()
        return _containing(words, ((number, title) for number, title in rows), limit)

    async def stories(self, words: str, *, limit: int = 5) -> tuple[int, ...]:
        """Find stories by "t7", the link of a report, or part of a report's title among the newest.

        The number of one that was merged finds the story it went into.
        """
        joined = story_report.join(entry, entry.c.number == story_report.c.entry)
        titles = (
            select(story_report.c.story, entry.c.title)
            .select_from(joined)
            .order_by(story_report.c.id.desc())
            .limit(NEWEST)
        )
        async with self._reading() as connection:
            if (number := short_id(words, "t")) is not None:
                found = await _numbers(connection, select(story.c.number).where(story.c.number == number))
                into = await merged(connection) if found else {}
                return tuple(surviving(one, into) for one in found)
            if "://" in words:
                members = await _by_link(connection, words.strip())
                of = select(story_report.c.story).where(story_report.c.entry.in_(members))
                return await _numbers(connection, of.distinct())
            rows = (await connection.execute(titles)).all()
        return _containing(words, ((number, title) for number, title in rows), limit)

    async def mutes(self, channel: str, words: str, *, limit: int = 5) -> tuple[int, ...]:
        """Find a channel's mutes that nobody ended by "m3" or part of what they mute, the newest first."""
        query = select(mute.c.number, mute.c.target).where(
            mute.c.channel == channel, mute.c.ended_at.is_(None)
        )
        async with self._reading() as connection:
            rows = (await connection.execute(query.order_by(mute.c.number.desc()))).all()
        if (wanted := short_id(words, "m")) is not None:
            return tuple(row[0] for row in rows if row[0] == wanted)
        return _containing(words, ((number, target) for number, target in rows), limit)

    async def digests(self, channel: str, words: str, *, limit: int = 5) -> tuple[int, ...]:
        """Find a channel's digest schedules by "d2" or part of their name."""
        query = select(subscription.c.number, subscription.c.name).where(subscription.c.channel == channel)
        async with self._reading() as connection:
            rows = (await connection.execute(query.order_by(subscription.c.number))).all()
        if (wanted := short_id(words, "d")) is not None:
            return tuple(row[0] for row in rows if row[0] == wanted)
        return _containing(words, ((number, name) for number, name in rows), limit)

    async def suggest(
        self, kind: Suggested, channel: str, words: str, limit: int = 25
    ) -> tuple[Suggestion, ...]:
        """Return a channel's things of a kind whose id begins with the words or whose name has them.

        The newest come first; articles and stories are those of the channel's sources. Labels such as
        "t7 Frigates ordered" have 100 characters at most.
        """
        async with self._reading() as connection:
            return await suggestions(connection, kind, channel, words, limit)

    async def carriers(self, host: str) -> frozenset[int]:
        """Return the sources that brought articles of a host, "www." before it or not."""
        starts = [f"{scheme}://{prefix}{host}/" for scheme in ("https", "http") for prefix in ("", "www.")]
        # A range and no LIKE: an index serves it, and nothing in the host means anything in it.
        own = or_(*(and_(entry.c.link >= s, entry.c.link < f"{s[:-1]}0") for s in starts))
        async with self._reading() as connection:
            return frozenset(await connection.scalars(select(entry.c.feed).where(own).distinct()))

    async def why(self, number: int) -> Why | None:
        """Return all that is known of an entry's way, None if there is none of that number."""
        async with self._reading() as connection:
            row = (await connection.execute(select(entry).where(entry.c.number == number))).mappings().first()
            if row is None:
                return None
            this = select(entry.c.number).where(entry.c.number == number)
            report, decision = (await load_reports(connection, this)).get(number, (None, None))
            seen = select(sighting.c.feed, sighting.c.link, sighting.c.seen).where(sighting.c.entry == number)
            rows = await connection.execute(seen.order_by(sighting.c.seen, sighting.c.feed))
            sightings = tuple(Sighting(feed=feed, link=link, seen=at) for feed, link, at in rows)
            member = select(story_report.c.story).where(story_report.c.entry == number)
            told = select(posted.c.channel).where(posted.c.story.in_(member)).order_by(posted.c.channel)
            return Why(
                entry=read_entry(row, also_in=frozenset(one.feed for one in sightings)),
                sightings=sightings,
                report=report,
                decision=decision,
                story=await connection.scalar(member),
                told=tuple(await connection.scalars(told)),
            )


def short_id(words: str, letter: str) -> int | None:
    """Return the number in "s12" or "12" for the letter "s"; None for anything else."""
    found = _SHORT_ID.fullmatch(words.strip())
    return int(found[2]) if found and found[1].lower() in ("", letter) else None


def _containing(words: str, named: Iterable[tuple[int, str]], limit: int) -> tuple[int, ...]:
    """Return the numbers of names that contain the words, those first in which they are the whole name."""
    wanted = fold(words.strip())
    if not wanted:
        return ()
    whole: dict[int, None] = {}
    partly: dict[int, None] = {}
    for number, name in named:
        folded = fold(name)
        if wanted in folded.split("\n"):
            whole[number] = None
        elif wanted in folded:
            partly[number] = None
    return tuple(dict.fromkeys((*whole, *partly)))[:limit]


async def _by_link(connection: AsyncConnection, link: str) -> tuple[int, ...]:
    """Return the entries with a link of their own or, failing that, those another feed carried under it."""
    own = await _numbers(connection, select(entry.c.number).where(entry.c.link == link))
    return own or await _numbers(
        connection, select(sighting.c.entry).where(sighting.c.link == link).distinct()
    )


async def _numbers(connection: AsyncConnection, query: Select[int]) -> tuple[int, ...]:
    return tuple(await connection.scalars(query))
