"""Say in a word how a feed is doing, and for how long it may be silent before that is worth a word."""

from __future__ import annotations

from datetime import timedelta
from math import exp, log
from typing import TYPE_CHECKING, Final, Literal, Protocol

from watchers.feeds.rhythm import HALF_LIFE
from watchers.types.watching import UNKNOWN

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.types import Rhythm

State = Literal["fresh", "quiet", "unchanged", "failing", "gone", "not a feed", "paused", "new"]

TIMES: Final = 3  # usual gaps of silence after which a feed is quiet
# Nobody is quiet before, however busy: from Friday's evening to Monday's morning a press office says nothing
# for 64 hours.
QUIET_AFTER: Final = timedelta(days=3)
# The longest gap that is called usual, also of feeds that brought nothing since they were added: a quarterly
# is then quiet for a while each time, and a dead feed is found within a season.
LONGEST_GAP: Final = timedelta(days=30)
SHORTEST_GAP: Final = timedelta(minutes=1)
# A document that is as it was is worth a word only after a day: most feeds have a night.
UNCHANGED_AFTER: Final = timedelta(days=1)
_DAY: Final = timedelta(days=1)


class Health(Protocol):
    """What of a feed's record its state follows from."""

    @property
    def followed(self) -> bool:
        """Whether at least one channel reads it."""

    @property
    def gone(self) -> bool:
        """Whether its server said that it will not come back."""

    @property
    def failures(self) -> int:
        """How many polls in a row failed."""

    @property
    def fault(self) -> str:
        """What kind of failure the last one was, see `faults`."""

    @property
    def ok_at(self) -> datetime | None:
        """When a poll last went well."""

    @property
    def new_at(self) -> datetime | None:
        """When it last brought something new."""

    @property
    def changed_at(self) -> datetime | None:
        """When its bytes were last others than before."""

    @property
    def rhythm(self) -> Rhythm:
        """How often it publishes."""


def state_of(feed: Health, *, now: datetime) -> State:
    """Return the state in a word, the gravest that holds.

    A feed is quiet when it brought nothing new for three times its usual gap, unchanged when its document has
    been the same for longer than that gap and a day, new until a poll went well.
    """
    if feed.gone:
        return "gone"
    if not feed.followed:
        return "paused"
    if feed.failures:
        return "not a feed" if feed.fault == "not a feed" else "failing"
    return _news_of(feed, now) if feed.ok_at else "new"


def _news_of(feed: Health, now: datetime) -> State:
    """Return the state of a feed that can be read; one that never held an entry has no usual gap yet."""
    silent = now - feed.new_at if feed.new_at else timedelta()
    gap = usual_gap(feed.rhythm, silent=silent) if feed.new_at else timedelta()
    if silent > max(TIMES * gap, QUIET_AFTER):
        return "quiet"
    same = now - feed.changed_at if feed.changed_at else silent
    return "unchanged" if same > max(gap, UNCHANGED_AFTER) else "fresh"


def usual_gap(rhythm: Rhythm, *, silent: timedelta = timedelta()) -> timedelta:
    """Return the mean time between two entries as it was before a feed fell silent.

    What was counted fades while nothing comes, and a gap that grew with the silence would never be passed
    three times; so the fading of the silent time is taken back. LONGEST_GAP if hardly anything was counted.
    """
    if rhythm == UNKNOWN:
        return LONGEST_GAP
    life = HALF_LIFE / _DAY / log(2)
    fading = exp(-max(silent / _DAY, 0.0) / life)
    days = rhythm.days - life * (1 - fading)  # what is left of the time before, faded as much as its entries
    count = sum(rhythm.hours)
    if days <= 0 or count * LONGEST_GAP <= days * _DAY:
        return LONGEST_GAP
    return max(days / count * _DAY, SHORTEST_GAP)
