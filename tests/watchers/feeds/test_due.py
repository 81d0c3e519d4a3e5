"""When a feed is asked next: by its rhythm, its publisher's wishes, and what failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from watchers.errors import FeedError, FetchError, ParseError
from watchers.feeds.due import BUSY, FASTEST, MAX_WAIT, PROMPT, SCALES, SLOWEST, SPREAD, next_poll_at, scale
from watchers.feeds.rhythm import rates
from watchers.feeds.wishes import LONGEST
from watchers.types import Feed, Rhythm, Wishes

NOW = datetime(2025, 8, 19, 8, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)
FEED = Feed(number=1, url="https://desk.example/feed", name="Desk", every=EVERY)
START = datetime(2024, 1, 1, tzinfo=UTC)
BROKEN = ParseError("It is not a feed.", url=FEED.url)
# The product's own bounds, in the units of the answers: two minutes and four hours.
QUICKEST, LONGEST_WAIT = timedelta(seconds=FASTEST), timedelta(seconds=SLOWEST)

intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=2))
jitters = st.floats(0, 1, exclude_max=True)
scales = st.floats(*SCALES)
moments = st.timedeltas(timedelta(), timedelta(days=365 * 3)).map(lambda later: START + later)
counts = st.lists(st.floats(0, 300), min_size=24, max_size=24).map(tuple)
rhythms = st.builds(Rhythm, hours=counts, days=st.floats(0, 30))
wishes = st.builds(
    Wishes,
    least=st.timedeltas(timedelta(), timedelta(days=400)),
    skip_hours=st.sets(st.integers(0, 23)).map(lambda hours: tuple(sorted(hours))),
    skip_days=st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
)


def failed(*, retry_after: float | None = None, permanent: bool = False) -> FetchError:
    return FetchError("It did not work.", url=FEED.url, retry_after=retry_after, permanent=permanent)


outcomes = st.one_of(st.none(), st.just(BROKEN), st.builds(failed, retry_after=st.none() | st.floats(1, 1e9)))


def wait(
    feed: Feed,
    outcome: FeedError | None = None,
    *,
    now: datetime = NOW,
    jitter: float = 0.5,
    scale: float = 1.0,
) -> timedelta:
    planned = next_poll_at(feed, outcome, now=now, jitter=jitter, scale=scale)
    assert planned is not None
    return planned - now


def even(a_day: float, *, days: float = 20.0) -> Rhythm:
    return Rhythm(hours=(a_day * days / 24,) * 24, days=days)


@settings(deadline=None, max_examples=60)
@given(every=intervals, jitter=jitters, scale=scales)
def test_while_nothing_is_known_a_feed_comes_back_near_its_interval(
    every: timedelta, jitter: float, scale: float
) -> None:
    assert every * 0.94 <= wait(replace(FEED, every=every), jitter=jitter, scale=scale) <= every * 1.06


@settings(deadline=None, max_examples=60)
@given(every=intervals, rhythm=rhythms, now=moments, jitter=jitters, scale=scales)
def test_an_interval_that_somebody_fixed_is_kept_whatever_the_feed_publishes(
    every: timedelta, rhythm: Rhythm, now: datetime, jitter: float, scale: float
) -> None:
    feed = replace(FEED, every=every, fixed=True, rhythm=rhythm)
    assert every * 0.94 <= wait(feed, now=now, jitter=jitter, scale=scale) <= every * 1.06


@settings(deadline=None, max_examples=60)
@given(every=intervals, rhythm=rhythms, now=moments, jitter=jitters, scale=scales)
def test_every_interval_lies_within_its_bounds(
    every: timedelta, rhythm: Rhythm, now: datetime, jitter: float, scale: float
) -> None:
    waited = wait(replace(FEED, every=every, rhythm=rhythm), now=now, jitter=jitter, scale=scale)
    spread = SPREAD / 2 + 0.001
    assert waited >= min(QUICKEST, every) * (1 - spread)
    assert waited <= max(LONGEST_WAIT, every) * (1 + spread)


@settings(deadline=None, max_examples=60)
@given(
    busy=rhythms.filter(lambda one: one.hours),
    shares=st.lists(st.floats(0, 1), min_size=24, max_size=24),
    now=moments,
    jitter=jitters,
    scale=scales,
)
def test_a_quieter_feed_is_never_asked_more_often(
    busy: Rhythm, shares: list[float], now: datetime, jitter: float, scale: float
) -> None:
    quiet = replace(busy, hours=tuple(a * b for a, b in zip(busy.hours, shares, strict=True)))
    sooner, later = (
        wait(replace(FEED, rhythm=one), now=now, jitter=jitter, scale=scale) for one in (busy, quiet)
    )
    assert later >= sooner - timedelta(milliseconds=1)


@pytest.mark.parametrize("a_day", [10, 20, 60, 200])
def test_a_feed_with_ten_entries_a_day_is_asked_each_five_minutes_at_least(a_day: float) -> None:
    feed = replace(FEED, rhythm=even(a_day))
    assert wait(feed, jitter=0.5, scale=SCALES[1]) <= timedelta(seconds=PROMPT)


def test_the_interval_goes_with_the_square_root_of_the_rate() -> None:
    once, four = (wait(replace(FEED, rhythm=even(a_day, days=1e6))) for a_day in (1, 4))
    assert once / four == pytest.approx(2, rel=0.01)


def test_a_feed_is_asked_seldom_by_night_and_in_time_for_its_morning() -> None:
    office = Rhythm(hours=tuple(20.0 if 6 <= hour < 16 else 0.0 for hour in range(24)), days=20)
    feed = replace(FEED, rhythm=office)
    by_day = wait(feed, now=NOW.replace(hour=10))
    by_night = wait(feed, now=NOW.replace(hour=20))
    before = wait(feed, now=NOW.replace(hour=5, minute=55))
    assert by_night > 3 * by_day
    assert before < by_night  # the hours that follow count, not only the one it is


feeds = st.builds(
    Feed,
    number=st.just(1),
    url=st.just(FEED.url),
    name=st.just("Desk"),
    every=intervals,
    fixed=st.booleans(),
    rhythm=rhythms,
    wishes=wishes,
    failures=st.integers(0, 10_000),
)


@settings(deadline=None, max_examples=60)
@given(feed=feeds, outcome=outcomes, now=moments, jitter=jitters)
def test_a_publishers_wishes_are_kept_whatever_happened(
    feed: Feed, outcome: FeedError | None, now: datetime, jitter: float
) -> None:
    asked = feed.wishes
    planned = now + wait(feed, outcome, now=now, jitter=jitter)
    assert planned - now >= min(asked.least, LONGEST)
    open_hours = len(asked.skip_hours) < 24 and len(asked.skip_days) < 7
    if open_hours:
        assert planned.hour not in asked.skip_hours
        assert planned.weekday() not in asked.skip_days
    usual = wait(replace(feed, wishes=Wishes(least=asked.least)), outcome, now=now, jitter=jitter)
    assert timedelta() <= planned - now - usual <= timedelta(days=7 if open_hours else 0)


@settings(deadline=None, max_examples=60)
@given(asked=wishes, now=moments, jitters=st.lists(jitters, min_size=2, max_size=2, unique=True))
def test_feeds_that_wait_for_the_same_hour_do_not_come_together(
    asked: Wishes, now: datetime, jitters: list[float]
) -> None:
    assume(abs(jitters[0] - jitters[1]) > 0.01)
    one, two = (wait(replace(FEED, wishes=asked), now=now, jitter=jitter) for jitter in jitters)
    assert one != two or one == min(asked.least, LONGEST)


@settings(deadline=None, max_examples=60)
@given(
    rhythm=rhythms,
    asked=wishes,
    now=moments,
    jitter=jitters,
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"]),
)
def test_local_clocks_and_their_summer_time_change_nothing(
    rhythm: Rhythm, asked: Wishes, now: datetime, jitter: float, zone: str
) -> None:
    feed = replace(FEED, rhythm=rhythm, wishes=asked)
    here = next_poll_at(feed, None, now=now, jitter=jitter)
    there = next_poll_at(feed, None, now=now.astimezone(ZoneInfo(zone)), jitter=jitter)
    assert here is not None
    assert there is not None
    assert here.astimezone(UTC) == there.astimezone(UTC)


@settings(deadline=None, max_examples=60)
@given(every=intervals, rhythm=rhythms, failures=st.integers(0, 10_000), jitter=jitters)
def test_failures_wait_at_least_the_interval_and_at_most_a_day(
    every: timedelta, rhythm: Rhythm, failures: int, jitter: float
) -> None:
    feed = replace(FEED, every=every, rhythm=rhythm, failures=failures)
    waited = wait(feed, BROKEN, jitter=jitter)
    assert every <= waited <= max(every * (1 + SPREAD), MAX_WAIT)
    assert waited >= wait(feed, jitter=jitter)


@settings(deadline=None, max_examples=60)
@given(failures=st.integers(0, 100), rhythm=rhythms, jitter=jitters)
def test_more_failures_never_mean_a_shorter_wait(failures: int, rhythm: Rhythm, jitter: float) -> None:
    feed = replace(FEED, rhythm=rhythm, failures=failures)
    assert wait(replace(feed, failures=failures + 1), BROKEN, jitter=jitter) >= wait(
        feed, BROKEN, jitter=jitter
    )


def test_back_off_reaches_a_day_and_spreads_out() -> None:
    worn = replace(FEED, failures=30)
    waits = {wait(worn, BROKEN, jitter=jitter) for jitter in (0.0, 0.5, 0.999)}
    assert len(waits) == 3
    assert min(waits) == MAX_WAIT / 2


@settings(deadline=None, max_examples=60)
@given(asked=st.floats(1, 1e9), rhythm=rhythms, failures=st.integers(0, 100), jitter=jitters)
def test_a_server_that_names_a_time_is_not_asked_before_it(
    asked: float, rhythm: Rhythm, failures: int, jitter: float
) -> None:
    feed = replace(FEED, rhythm=rhythm, failures=failures)
    waited = wait(feed, failed(retry_after=asked), jitter=jitter)
    assert min(timedelta(seconds=asked), MAX_WAIT) <= waited <= MAX_WAIT + FEED.every


def test_a_feed_that_is_gone_for_good_is_not_polled_again() -> None:
    assert next_poll_at(FEED, failed(permanent=True), now=NOW, jitter=0.5) is None


@pytest.mark.parametrize(
    "busy",
    [
        pytest.param((0.2, 0.5, 1, 2, 3, 5), id="quiet feeds"),
        pytest.param((0.2, 0.4, 0.5, 1, 1, 2, 2, 4, 20), id="some busy ones"),
    ],
)
def test_all_feeds_together_cost_the_requests_of_a_fixed_interval(busy: tuple[float, ...]) -> None:
    rhythms = [even(a_day) for a_day in busy]
    factor = scale(rhythms, EVERY)
    asked = sum(EVERY / wait(replace(FEED, rhythm=one), scale=factor) for one in rhythms)
    assert asked == pytest.approx(len(rhythms), rel=0.02)


@settings(deadline=None, max_examples=60)
@given(a_day=st.lists(st.floats(0, 500), max_size=10), every=intervals)
def test_the_common_factor_stays_within_its_bounds(a_day: list[float], every: timedelta) -> None:
    assert SCALES[0] <= scale([even(one) for one in a_day], every) <= SCALES[1]


def test_feeds_of_which_nothing_is_known_move_no_others() -> None:
    known = [even(1), even(5)]
    assert scale([*known, Rhythm(), Rhythm()], EVERY) == scale(known, EVERY)
    assert scale([Rhythm()], EVERY) == 1.0


def test_the_promise_to_busy_feeds_stands_when_it_costs_more() -> None:
    rhythms = [even(BUSY + 3)] * 5
    factor = scale(rhythms, timedelta(hours=1))
    feed = replace(FEED, every=timedelta(hours=1), rhythm=rhythms[0])
    assert wait(feed, scale=factor) <= timedelta(seconds=PROMPT)
    assert min(rates(rhythms[0])) > 0
