"""Decide when a feed is asked next: by how often it publishes, what its publisher asks for, what failed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Final

from watchers.errors import FetchError
from watchers.feeds.rhythm import GUESS, a_day, rate, rates
from watchers.feeds.wishes import LONGEST
from watchers.types.watching import NO_WISHES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.errors import FeedError
    from watchers.types import Feed, Rhythm, Wishes

MAX_WAIT: Final = timedelta(days=1)  # the longest back-off, and the most that Retry-After is honoured
# Share of an interval by which polls are spread, so that feeds added together do not stay in step
# (miniflux/v2#3130); a tenth keeps every poll within 1.1 intervals.
SPREAD: Final = 0.1
# The bounds of an interval that follows a feed's rhythm, wherever `every` leaves them: nobody is asked more
# often than each two minutes, nobody is forgotten for longer than four hours.
FASTEST: Final = 120.0  # seconds
SLOWEST: Final = 4 * 3600.0
# Entries an hour at which a feed is asked each `every` with a scale of 1: what is guessed while nothing is
# known, so that the first days lead over smoothly.
REFERENCE: Final = GUESS / 24
# Feeds of ten entries a day and more are promised nine entries of ten within five minutes. Those that look a
# little less busy are held to it too, as a count of few weeks is that far out; the hours in which hardly
# anything comes are not, as they hold less than the tenth (docs/polling.md, "The busy ones").
BUSY: Final = 7.0  # entries a day
PROMPT: Final = 300 / (1 + SPREAD / 2)  # seconds: with its spread no more than five minutes
LIVELY: Final = 0.2  # entries an hour
# How far the feeds' mix may move the intervals. Four times as long is an hour and a half for a feed of one
# entry a day: beyond that, those who publish seldom do not pay for what is promised to the busy ones.
SCALES: Final = (0.25, 4.0)
_TURNS: Final = 12  # of the search for the scale, which halves what is left each time: to a thousandth
_MAX_DOUBLINGS: Final = 16  # 2**16 minutes is beyond MAX_WAIT for any interval
_HOUR: Final = timedelta(hours=1)
_WEEK_HOURS: Final = 7 * 24


def next_poll_at(
    feed: Feed, outcome: FeedError | None, *, now: datetime, jitter: float, scale: float = 1.0
) -> datetime | None:
    """Return when to poll a feed again; None means never: the publisher says it is gone for good.

    `outcome` is what went wrong this time, None if nothing did. `feed.failures` counts the failures in a row
    before it. `jitter` is a random number in [0, 1). `scale` is what `scale` found for all feeds together.
    Failures double the interval up to MAX_WAIT; a feed that is asked seldom is not asked more often for them.
    """
    if outcome is not None and outcome.permanent:
        return None
    wait = _usual(feed, now=now, jitter=jitter, factor=scale)
    if outcome is not None:
        wait = max(wait, _back_off(feed, outcome, jitter=jitter))
    return _kept_out(now + max(wait, min(feed.wishes.least, LONGEST)), feed.wishes, jitter=jitter)


def scale(rhythms: Iterable[Rhythm], every: timedelta) -> float:
    """Return the factor on all intervals with which feeds cost the requests that a fixed `every` would.

    Within SCALES, 1 if there are no feeds. What is promised of busy feeds stands when that costs more.
    """
    known = [(rate, a_day(one)) for one in rhythms if one.hours for rate in rates(one)]
    if not known:
        return 1.0
    least, most = SCALES
    usual = every.total_seconds()
    for _ in range(_TURNS):
        factor = sqrt(least * most)
        asked = sum(usual / _interval(rate, day, usual, factor) for rate, day in known)
        least, most = (factor, most) if asked > len(known) else (least, factor)
    return sqrt(least * most)


def _interval(rate: float, day: float, every: float, factor: float) -> float:
    """Return the seconds between polls at so many entries an hour, of a feed with so many a day.

    They go with one over the square root of the rate, which gives the least mean delay that so many requests
    can buy where entries come at random (docs/polling.md, "Why the square root").
    """
    wanted = every * factor * sqrt(REFERENCE / rate)
    if day >= BUSY and rate >= LIVELY:
        wanted = min(wanted, PROMPT)
    return max(min(wanted, max(SLOWEST, every)), min(FASTEST, every))


def _usual(feed: Feed, *, now: datetime, jitter: float, factor: float) -> timedelta:
    """Return how long to wait when all is well: through the hours until they make up one interval."""
    left = 1 - SPREAD / 2 + SPREAD * jitter
    if feed.fixed or not feed.rhythm.hours:
        return feed.every * left
    day = a_day(feed.rhythm)
    at = now.astimezone(UTC)
    while True:
        seconds = _interval(rate(feed.rhythm, at), day, feed.every.total_seconds(), factor)
        interval = timedelta(seconds=seconds)
        ends = at.replace(minute=0, second=0, microsecond=0) + _HOUR
        share = (ends - at) / interval
        if share >= left:
            return at + interval * left - now
        left -= share
        at = ends


def _back_off(feed: Feed, outcome: FeedError, *, jitter: float) -> timedelta:
    doubled: timedelta = feed.every * 2 ** min(feed.failures, _MAX_DOUBLINGS)
    # Between half and all of it: failures of one host come back spread out.
    wait = max(feed.every, min(doubled, MAX_WAIT) * (0.5 + jitter / 2))
    asked = outcome.retry_after if isinstance(outcome, FetchError) else None
    if asked:
        wait = max(wait, min(timedelta(seconds=asked), MAX_WAIT) + feed.every * SPREAD * jitter)
    return wait


def _kept_out(at: datetime, wishes: Wishes, *, jitter: float) -> datetime:
    """Return the first moment from `at` on that the publisher leaves open; `at` if it leaves none."""
    if wishes == NO_WISHES:
        return at
    hour = at.astimezone(UTC)
    for _ in range(_WEEK_HOURS + 1):
        if hour.hour not in wishes.skip_hours and hour.weekday() not in wishes.skip_days:
            return hour
        # Not all in the hour's first second; the same tenth of it as of an interval.
        hour = hour.replace(minute=0, second=0, microsecond=0) + _HOUR * (1 + SPREAD * jitter)
    return at
