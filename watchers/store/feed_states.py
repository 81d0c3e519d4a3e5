"""Count feeds by how they are doing: in the database where columns say it, one by one only for the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, literal, or_, select

from watchers.feeds.health import LONGEST_GAP, QUIET_AFTER, TIMES, UNCHANGED_AFTER, state_of
from watchers.store.codec_watching import load_rhythm
from watchers.store.schema import feed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from watchers.feeds.health import State
    from watchers.types import Rhythm

_SILENT: Final = ""  # stands for those whose rhythm has to say it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Silent:
    """What says of a feed that can be read whether it is quiet, unchanged or neither."""

    ok_at: datetime | None
    new_at: datetime | None
    changed_at: datetime | None
    rhythm: Rhythm
    followed: bool = True
    gone: bool = False
    failures: int = 0
    fault: str = ""


async def count_states(
    connection: AsyncConnection, *, now: datetime, followed: ColumnElement[bool]
) -> Mapping[State, int]:
    """Return how many feeds are in each state, those in which none is left out; see `state_of`.

    A feed that was lately new and lately changed is fresh whatever its rhythm, and one that was silent for
    long enough is quiet: of neither a rhythm is read.
    """
    grave = (
        (feed.c.gone, "gone"),
        (~followed, "paused"),
        (and_(feed.c.failures > 0, feed.c.fault == "not a feed"), "not a feed"),
        (feed.c.failures > 0, "failing"),
        (feed.c.ok_at.is_(None), "new"),
    )
    lately = and_(
        or_(feed.c.new_at.is_(None), feed.c.new_at >= now - QUIET_AFTER),
        func.coalesce(feed.c.changed_at, feed.c.new_at, now) >= now - UNCHANGED_AFTER,
    )
    dead = feed.c.new_at < now - max(TIMES * LONGEST_GAP, QUIET_AFTER)
    state = case(*grave, (lately, "fresh"), (dead, "quiet"), else_=literal(_SILENT)).label("state")
    each = select(feed.c.number, state).subquery()
    rows = await connection.execute(select(each.c.state, func.count()).group_by(each.c.state))
    found: Counter[State] = Counter({name: count for name, count in rows if name != _SILENT})
    silent = select(feed.c.ok_at, feed.c.new_at, feed.c.changed_at, feed.c.rhythm)
    left = (~feed.c.gone, feed.c.failures == 0, feed.c.ok_at.is_not(None), ~lately, followed)
    rows = await connection.execute(silent.where(*left, or_(feed.c.new_at.is_(None), ~dead)))
    for ok_at, new_at, changed_at, rhythm in rows:
        one = _Silent(ok_at=ok_at, new_at=new_at, changed_at=changed_at, rhythm=load_rhythm(rhythm))
        found[state_of(one, now=now)] += 1
    return found
