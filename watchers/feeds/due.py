"""Decide which feeds to poll now and when each comes next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from watchers.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from watchers.errors import FeedError
    from watchers.types import Feed

MAX_WAIT = timedelta(days=1)  # the longest back-off, and the most that a server's Retry-After is honoured
# Share of an interval by which polls are spread, so that feeds added together do not stay in step
# (miniflux/v2#3130); a tenth keeps every poll within 1.1 intervals.
SPREAD = 0.1
_MAX_DOUBLINGS = 16  # 2**16 minutes is beyond MAX_WAIT for any interval


def due(feeds: Iterable[Feed], next_poll: Mapping[int, datetime], *, now: datetime) -> tuple[Feed, ...]:
    """Return the feeds whose time has come, longest overdue first; one without an entry was never polled.

    A time more than the longest wait ahead was written before the clock was set back, and counts as come.
    """
    never = datetime.min.replace(tzinfo=now.tzinfo)

    def when(feed: Feed) -> datetime:
        return next_poll.get(feed.number, never)

    def come(feed: Feed) -> bool:
        latest = now + max(MAX_WAIT, feed.every) * (1 + SPREAD)
        return when(feed) <= now or when(feed) > latest

    return tuple(sorted((feed for feed in feeds if come(feed)), key=when))


def next_poll_at(feed: Feed, outcome: FeedError | None, *, now: datetime, jitter: float) -> datetime | None:
    """Return when to poll a feed again; None means never: the publisher says it is gone for good.

    `outcome` is what went wrong this time, None if nothing did. `feed.failures` counts the failures in a row
    before it. `jitter` is a random number in [0, 1). Failures double the interval up to MAX_WAIT.
    """
    if outcome is None:
        return now + feed.every * (1 - SPREAD / 2 + SPREAD * jitter)
    if outcome.permanent:
        return None
    doubled: timedelta = feed.every * 2 ** min(feed.failures, _MAX_DOUBLINGS)
    # Between half and all of it: failures of one host come back spread out.
    wait = max(feed.every, min(doubled, MAX_WAIT) * (0.5 + jitter / 2))
    asked = outcome.retry_after if isinstance(outcome, FetchError) else None
    if asked:
        wait = max(wait, min(timedelta(seconds=asked), MAX_WAIT) + feed.every * SPREAD * jitter)
    return now + wait
