"""What to offer while somebody types the name of a thing: the newest things first, each with its short id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlalchemy import func, select

from watchers.store.schema import channel_feed, entry, feed, story_report, subscription, watch
from watchers.store.schema_chat import mute
from watchers.store.sightings import carried_by
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

LONGEST: Final = 100  # characters of a label; Discord's limit for a choice
LOOKED_AT: Final = 1000  # of the newest articles and stories: the words of an older one are for a search
Suggested = Literal["source", "rule", "story", "article", "mute", "digest"]


class Suggestion(NamedTuple):
    """What is shown, and the short id that it stands for."""

    label: str
    value: str


async def suggestions(
    connection: AsyncConnection, kind: Suggested, channel: str, words: str, limit: int
) -> tuple[Suggestion, ...]:
    """Return a channel's things of a kind whose id begins with the words or whose name has them."""
    query, letter = _QUERIES[kind](channel)
    rows = await connection.execute(query)
    named = dict.fromkeys((number, name) for number, name in rows)
    return tuple(_fitting(named, letter, words))[:limit]


def _fitting(named: Iterable[tuple[int, str]], letter: str, words: str) -> Iterable[Suggestion]:
    wanted = fold(words.strip())
    seen: set[int] = set()
    for number, name in named:
        value = f"{letter}{number}"
        if number not in seen and (f"{value} ".startswith(wanted) or wanted in fold(name)):
            seen.add(number)
            label = f"{value} {' '.join(name.split())}".strip()
            yield Suggestion(label if len(label) <= LONGEST else label[: LONGEST - 1] + "…", value)


def _sources(channel: str) -> tuple[Select[int, str], str]:
    name = func.coalesce(func.nullif(channel_feed.c.name, ""), func.nullif(feed.c.name, ""), feed.c.url)
    joined = feed.join(channel_feed, channel_feed.c.feed == feed.c.number)
    query = select(feed.c.number, name).select_from(joined).where(channel_feed.c.channel == channel)
    return query.order_by(feed.c.number.desc()), "s"


def _rules(channel: str) -> tuple[Select[int, str], str]:
    query = select(watch.c.number, watch.c.name).where(watch.c.channel == channel)
    return query.order_by(watch.c.number.desc()), "r"


def _mutes(channel: str) -> tuple[Select[int, str], str]:
    query = select(mute.c.number, mute.c.kind + " " + mute.c.target).where(mute.c.channel == channel)
    return query.where(mute.c.ended_at.is_(None)).order_by(mute.c.number.desc()), "m"


def _digests(channel: str) -> tuple[Select[int, str], str]:
    query = select(subscription.c.number, subscription.c.name).where(subscription.c.channel == channel)
    return query.order_by(subscription.c.number.desc()), "d"


def _articles(channel: str) -> tuple[Select[int, str], str]:
    query = select(entry.c.number, entry.c.title).where(_read_by(channel))
    return query.order_by(entry.c.number.desc()).limit(LOOKED_AT), "a"


def _stories(channel: str) -> tuple[Select[int, str], str]:
    """Name each story as the latest of its reports that has the words."""
    joined = story_report.join(entry, entry.c.number == story_report.c.entry)
    query = select(story_report.c.story, entry.c.title).select_from(joined).where(_read_by(channel))
    return query.order_by(story_report.c.id.desc()).limit(LOOKED_AT), "t"


def _read_by(channel: str) -> ColumnElement[bool]:
    """Say in SQL that one of the channel's sources carried the entry."""
    feeds = select(channel_feed.c.feed).where(channel_feed.c.channel == channel)
    return carried_by(feeds)


_QUERIES: Final = {
    "source": _sources,
    "rule": _rules,
    "story": _stories,
    "article": _articles,
    "mute": _mutes,
    "digest": _digests,
}
