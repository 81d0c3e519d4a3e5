"""Write down what polls came to, many in one go: a statement is prepared once and run for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Boolean, Integer, Text, bindparam, case, delete, func, select, update

from watchers.feeds.links import MAX_LINK
from watchers.store.codec_watching import dump_rhythm, dump_wishes
from watchers.store.columns import UtcDateTime
from watchers.store.connections import insert_new
from watchers.store.followed import begin_anew
from watchers.store.schema import channel_feed, feed
from watchers.store.schema_chat import mute

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.store.rows_feeds import Polled

MOST_ERROR: Final = 500  # characters of an error that are kept; servers answer with whole pages
_KEPT: Final = ("etag", "last_modified", "body_hash", "rhythm", "wishes")


def _time(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=UtcDateTime())


def _given(name: str, kept: str = "") -> ColumnElement[str]:
    """Say in SQL: the text of this poll, or the column's own where the poll has none."""
    return func.coalesce(bindparam(name, type_=Text()), feed.c[kept or name])


def _when(name: str, column: str) -> ColumnElement[datetime]:
    return case((bindparam(name, type_=Boolean()), _time("at")), else_=feed.c[column])


_POLLED: Final = {"polled_at": _time("at"), "next_poll_at": _time("again"), "claimed_until": None}
_MARKS: Final = {column: _given(f"new_{column}", column) for column in _KEPT}
# What nearly all polls come to, a "not modified" of a feed that is well: three values a row.
_SAME: Final = (
    update(feed)
    .where(feed.c.number == bindparam("of"))
    .values(
        **_POLLED,
        gone=False,
        ok_at=_time("at"),
        # an incident is over: when it began and ended stays, so that channels can be told once
        failed_from=case((feed.c.failures > 0, feed.c.failing_since), else_=feed.c.failed_from),
        well_at=case((feed.c.failures > 0, _time("at")), else_=feed.c.well_at),
        failures=0,
        failing_since=None,
        last_error="",
        fault="",
    )
)
_LEARNT: Final = _SAME.values(
    **_MARKS,
    new_at=_when("brought", "new_at"),
    changed_at=_when("changed", "changed_at"),
    beyond=func.coalesce(bindparam("more", type_=Integer()), feed.c.beyond),
)
_FAILED: Final = (
    update(feed)
    .where(feed.c.number == bindparam("of"))
    .values(
        **_POLLED,
        **_MARKS,
        gone=bindparam("for_good", type_=Boolean()),
        failures=feed.c.failures + 1,
        failing_since=func.coalesce(feed.c.failing_since, _time("at"), type_=feed.c.failing_since.type),
        last_error=bindparam("said", type_=Text()),
        fault=bindparam("what", type_=Text()),
    )
)


async def write(connection: AsyncConnection, outcomes: Sequence[Polled]) -> dict[int, int]:
    """Keep what polls came to; return the numbers of sources that are others now, by their old ones.

    That happens where a source moved for good to an address that another has already: its entries stay, its
    channels read the other one from now on, which is due at once.
    """
    failed = [one for one in outcomes if one.error or one.gone]
    well = [one for one in outcomes if not (one.error or one.gone)]
    for statement, rows in (
        (_SAME, [_times(one) for one in well if not _has_news(one)]),
        (_LEARNT, [_learnt(one) for one in well if _has_news(one)]),
        (_FAILED, [_failed(one) for one in failed]),
    ):
        if rows:
            await connection.execute(statement, rows)
    moved = [
        (one.feed, await _move(connection, one.feed, one.moved_to))
        for one in outcomes
        if one.moved_to and len(one.moved_to) <= MAX_LINK  # else no index holds it: it is asked where it was
    ]
    return {old: new for old, new in moved if old != new}


def _has_news(polled: Polled) -> bool:
    """Tell whether a poll that went well leaves more to write than its time and the next one's."""
    learnt = (polled.validators, polled.rhythm, polled.wishes, polled.beyond)
    return polled.new > 0 or polled.changed or any(one is not None for one in learnt)


def _times(polled: Polled) -> dict[str, object]:
    return {"of": polled.feed, "at": polled.at, "again": polled.next_poll_at}


def _marks(polled: Polled) -> dict[str, object]:
    marks = polled.validators
    return {
        "new_etag": marks.etag if marks else None,
        "new_last_modified": marks.last_modified if marks else None,
        "new_body_hash": marks.body_hash if marks else None,
        "new_rhythm": None if polled.rhythm is None else dump_rhythm(polled.rhythm),
        "new_wishes": None if polled.wishes is None else dump_wishes(polled.wishes),
    }


def _learnt(polled: Polled) -> dict[str, object]:
    kept = {"brought": polled.new > 0, "changed": polled.changed, "more": polled.beyond}
    return _times(polled) | _marks(polled) | kept


def _failed(polled: Polled) -> dict[str, object]:
    error = polled.error or "the server says the feed is gone"
    what = {"for_good": polled.gone, "said": error[:MOST_ERROR], "what": polled.fault}
    return _times(polled) | _marks(polled) | what


async def _move(connection: AsyncConnection, number: int, url: str) -> int:
    other = await connection.scalar(select(feed.c.number).where(feed.c.url == url))
    if other is None:
        await connection.execute(update(feed).where(feed.c.number == number).values(url=url))
        return number
    if other != number:
        await _join(connection, number, int(other))
    return int(other)


async def _join(connection: AsyncConnection, number: int, other: int) -> None:
    """Let whoever reads a source read another one, whose address was just read and so is not gone.

    Where it was muted the other one is, but for a channel that reads that already.
    """
    await begin_anew(connection, feed.c.number == other)
    await connection.execute(update(feed).where(feed.c.number == other).values(gone=False, next_poll_at=None))
    links = select(channel_feed).where(channel_feed.c.feed == number)
    rows = [dict(row) | {"feed": other} for row in (await connection.execute(links)).mappings()]
    if rows:
        there = select(channel_feed.c.channel).where(channel_feed.c.feed == other)
        known = set(await connection.scalars(there))
        await connection.execute(insert_new(connection, channel_feed).values(rows))
        fresh = [row["channel"] for row in rows if row["channel"] not in known]
        muted = (mute.c.kind == "source", mute.c.target == str(number), mute.c.channel.in_(fresh))
        await connection.execute(update(mute).where(*muted).values(target=str(other)))
    # A channel that reads the one and has put the other off goes on reading.
    readers = [row["channel"] for row in rows if not (row["paused"] or row["taken_out"])]
    both = (channel_feed.c.feed == other, channel_feed.c.channel.in_(readers))
    await connection.execute(update(channel_feed).where(*both).values(paused=False, taken_out=False))
    await connection.execute(delete(channel_feed).where(channel_feed.c.feed == number))
