"""Which messages of the outbox may go out now, and which first: in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Integer, Text, and_, exists, func, literal_column, not_, or_, select

from watchers.store.schema import channel
from watchers.store.schema_delivery import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

# A message that failed this often no longer holds its channel up: about two and a half minutes of tries.
SET_ASIDE: Final = 6
# Written out, not bound: SQLite must see that its small indexes over what is queued, and over what of it was
# tried, hold all that is asked for. It reads ten thousand messages whole for every lease otherwise.
QUEUED: Final = literal_column("'queued'", Text)
_NO: Final = literal_column("0", Integer)
# Made once: to make an alias takes longer than the query.
_CHOSEN: Final = outbox.alias("chosen")
_READY: Final = outbox.alias("ready")
_OTHER: Final = outbox.alias("other")
_BUSY: Final = outbox.alias("busy")
_EARLIER: Final = outbox.alias("earlier")
_AWAITED: Final = outbox.alias("awaited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a lease asks for: any platform but those in `without`, or only the one in `only`.

    `trial` asks for any message that shows whether a platform is back, also one that is to wait after a
    failure: of the channel whose first one is the least tried, and of what is set aside, the least tried. A
    wait that the platform itself named holds for it too.
    """

    without: frozenset[str] = frozenset()
    only: str = ""
    trial: bool = False


def first_of_each_channel(now: datetime, wanted: Wanted) -> Select[int]:
    """Select the ids of the messages that may go out now, at most one a channel, the most pressing first."""
    waiting = _channels(now, wanted).subquery("waiting")
    of_channel = (
        select(_READY.c.id)
        .where(_READY.c.state == QUEUED, _READY.c.channel == waiting.c.channel)
        .where(or_(_READY.c.leased_until.is_(None), _READY.c.leased_until <= now))
        .where(~_has_earlier_of_story(), ~_waits())
        .limit(1)
        .correlate(waiting)
    )
    pressing = (_READY.c.urgent.desc(), _READY.c.rank.desc(), _READY.c.id)
    due = _READY.c.not_before <= now
    first: ColumnElement[int] = of_channel.where(due).order_by(*pressing).scalar_subquery()
    order: tuple[ColumnElement[object], ...] = (_CHOSEN.c.urgent.desc(), _CHOSEN.c.rank.desc(), _CHOSEN.c.id)
    if wanted.trial:  # two looks at indexes in their order; to sort by attempts, each message would be read
        tried = and_(_READY.c.attempts > _NO, not_(_READY.c.asked))
        in_turn = of_channel.where(or_(due, tried), _READY.c.attempts < SET_ASIDE).order_by(*pressing)
        aside = of_channel.where(or_(due, tried), _READY.c.attempts > _NO)
        aside = aside.order_by(_READY.c.attempts, *pressing)
        first = func.coalesce(in_turn.scalar_subquery(), aside.scalar_subquery())
        order = (_CHOSEN.c.attempts, *order)
    chosen = waiting.join(_CHOSEN, _CHOSEN.c.id == first)
    return select(_CHOSEN.c.id).select_from(chosen).order_by(*order)


def _channels(now: datetime, wanted: Wanted) -> Select[str]:
    """Select the channels in which something is queued and nothing else has to go out first."""
    closed = select(channel.c.id).where(channel.c.unreachable != "")
    of = _OTHER.c.channel
    query = select(of).distinct().where(_OTHER.c.state == QUEUED, of.not_in(_busy(now, trial=wanted.trial)))
    if wanted.only:
        query = query.where(of.startswith(f"{wanted.only}:", autoescape=True))
    for name in sorted(wanted.without):
        query = query.where(~of.startswith(f"{name}:", autoescape=True))
    return query.where(of.not_in(closed))


def unleased(now: datetime) -> ColumnElement[bool]:
    """Say in SQL that nobody holds a message, or that a lease ran out."""
    return or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)


def of_platform(name: str) -> ColumnElement[bool]:
    """Say in SQL that a message goes to a channel of a platform."""
    return outbox.c.channel.startswith(f"{name}:", autoescape=True)


def _busy(now: datetime, *, trial: bool) -> Select[str]:
    """Select the channels that wait: for a message that is out, or for one that is to be tried again."""
    other = _BUSY
    again = and_(
        other.c.attempts > 0, other.c.not_before > now, or_(other.c.attempts < SET_ASIDE, other.c.asked)
    )
    waits = other.c.asked if trial else other.c.id > 0
    return (
        select(other.c.channel)
        .where(other.c.state == QUEUED, other.c.attempts > _NO)  # a lease counts as one
        .where(or_(other.c.leased_until > now, and_(again, waits)))
    )


def _has_earlier_of_story() -> ColumnElement[bool]:
    return exists().where(
        _EARLIER.c.channel == _READY.c.channel,
        _EARLIER.c.story == _READY.c.story,
        _EARLIER.c.state == "queued",
        _EARLIER.c.id < _READY.c.id,
    )


def _waits() -> ColumnElement[bool]:
    """Say in SQL that the post which a message edits, deletes or answers has not gone out yet."""
    other = or_(_AWAITED.c.id == _READY.c.target, _AWAITED.c.id == _READY.c.parent)
    return exists().where(other, _AWAITED.c.state == "queued")
