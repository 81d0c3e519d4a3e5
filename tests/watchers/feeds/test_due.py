"""Which feeds are due, and when each comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.errors import FetchError, ParseError
from watchers.feeds.due import MAX_WAIT, due, next_poll_at
from watchers.types import Feed

NOW = datetime(2025, 8, 19, 8, 0, tzinfo=UTC)
FEED = Feed(number=1, url="https://desk.example/feed", name="Desk", every=timedelta(minutes=15))
BROKEN = ParseError("It is not a feed.", url=FEED.url)

intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=2))
jitters = st.floats(0, 1, exclude_max=True)


def failed(*, retry_after: float | None = None, permanent: bool = False) -> FetchError:
    return FetchError("It did not work.", url=FEED.url, retry_after=retry_after, permanent=permanent)


def test_feeds_are_due_longest_overdue_first() -> None:
    new, late, punctual, early = (replace(FEED, number=number) for number in range(1, 5))
    next_poll = {
        late.number: NOW - timedelta(hours=1),
        punctual.number: NOW,
        early.number: NOW + timedelta(seconds=1),
    }
    assert due((early, punctual, late, new), next_poll, now=NOW) == (new, late, punctual)


@pytest.mark.parametrize("back", [timedelta(days=2), timedelta(days=400)])
def test_a_clock_that_was_set_back_stops_no_feed(back: timedelta) -> None:
    planned = next_poll_at(FEED, None, now=NOW, jitter=0.5)
    assert planned is not None
    assert due((FEED,), {FEED.number: planned}, now=NOW - back) == (FEED,)


def test_a_feed_that_waits_its_longest_is_left_waiting() -> None:
    planned = next_poll_at(replace(FEED, failures=50), failed(retry_after=1e6), now=NOW, jitter=0.99)
    assert planned is not None
    assert due((FEED,), {FEED.number: planned}, now=NOW) == ()


@given(every=intervals, jitter=jitters)
def test_after_success_a_feed_comes_back_near_its_interval(every: timedelta, jitter: float) -> None:
    planned = next_poll_at(replace(FEED, every=every), None, now=NOW, jitter=jitter)
    assert planned is not None
    assert every * 0.94 <= planned - NOW <= every * 1.06


@given(every=intervals, failures=st.integers(0, 10_000), jitter=jitters)
def test_failures_wait_at_least_the_interval_and_at_most_a_day(
    every: timedelta, failures: int, jitter: float
) -> None:
    planned = next_poll_at(replace(FEED, every=every, failures=failures), BROKEN, now=NOW, jitter=jitter)
    assert planned is not None
    assert every <= planned - NOW <= max(every, MAX_WAIT)


@given(failures=st.integers(0, 100), jitter=jitters)
def test_more_failures_never_mean_a_shorter_wait(failures: int, jitter: float) -> None:
    sooner = next_poll_at(replace(FEED, failures=failures), BROKEN, now=NOW, jitter=jitter)
    later = next_poll_at(replace(FEED, failures=failures + 1), BROKEN, now=NOW, jitter=jitter)
    assert sooner is not None
    assert later is not None
    assert later >= sooner


def test_back_off_reaches_a_day_and_spreads_out() -> None:
    worn = replace(FEED, failures=30)
    waits = {next_poll_at(worn, BROKEN, now=NOW, jitter=jitter) for jitter in (0.0, 0.5, 0.999)}
    assert len(waits) == 3
    assert min(wait - NOW for wait in waits if wait) == MAX_WAIT / 2


@given(asked=st.floats(1, 1e9), failures=st.integers(0, 100), jitter=jitters)
def test_a_server_that_names_a_time_is_not_asked_before_it(
    asked: float, failures: int, jitter: float
) -> None:
    planned = next_poll_at(
        replace(FEED, failures=failures), failed(retry_after=asked), now=NOW, jitter=jitter
    )
    assert planned is not None
    assert min(timedelta(seconds=asked), MAX_WAIT) <= planned - NOW <= MAX_WAIT + FEED.every


def test_a_feed_that_is_gone_for_good_is_not_polled_again() -> None:
    assert next_poll_at(FEED, failed(permanent=True), now=NOW, jitter=0.5) is None
