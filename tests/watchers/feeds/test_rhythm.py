"""What is remembered of how often a feed publishes, and what is expected from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.feeds.rhythm import ARCHIVE, GUESS, HALF_LIFE, a_day, observed, rate, rates
from watchers.store.codec_watching import dump_rhythm, load_rhythm
from watchers.types import Rhythm
from watchers.types.watching import UNKNOWN

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MOST_DAYS = 31.0  # what watching for ever weighs with a half-life of three weeks

moments = st.timedeltas(timedelta(), timedelta(days=365 * 7)).map(lambda later: LONG_AGO + later)


def each_day_at(hour: int, days: int) -> list[datetime]:
    start = NOW.replace(hour=hour, minute=5) - days * DAY
    return [start + number * DAY + timedelta(minutes=number % 40) for number in range(days)]


def watched(publishing: list[datetime], *, start: datetime, end: datetime, each: timedelta) -> Rhythm:
    """Poll from `start` to `end` and count what came between the polls."""
    rhythm, since = observed(UNKNOWN, [], since=None, now=start), start
    while since < end:
        now = since + each
        rhythm = observed(rhythm, [one for one in publishing if since < one <= now], since=since, now=now)
        since = now
    return rhythm


def test_nothing_is_known_of_an_empty_feed_and_a_guess_stands_in() -> None:
    assert observed(UNKNOWN, [], since=None, now=NOW) == UNKNOWN
    assert a_day(UNKNOWN) == GUESS
    assert rate(UNKNOWN, NOW) == pytest.approx(GUESS / 24)


def test_the_dates_of_a_first_document_tell_how_much_comes_and_when() -> None:
    rhythm = observed(UNKNOWN, each_day_at(6, 40), since=None, now=NOW)
    assert a_day(rhythm) == pytest.approx(1.0, rel=0.1)
    assert max(range(24), key=rates(rhythm).__getitem__) == 6


def test_a_short_document_of_a_busy_feed_counts_from_its_oldest_entry() -> None:
    dates = [NOW - timedelta(minutes=20 * number) for number in range(1, 51)]
    assert a_day(observed(UNKNOWN, dates, since=None, now=NOW)) == pytest.approx(72 * 0.6, rel=0.1)


def test_the_best_of_all_years_is_no_archive_of_a_busy_feed() -> None:
    old = [NOW - ARCHIVE - number * DAY for number in range(300)]
    assert a_day(observed(UNKNOWN, old, since=None, now=NOW)) < 0.1


@pytest.mark.parametrize(
    "dates",
    [
        pytest.param([NOW] * 25, id="no entry has a date"),
        pytest.param([NOW - timedelta(hours=3)] * 25, id="all bear the hour of the document's making"),
        pytest.param([NOW + DAY] * 25, id="all lie ahead"),
    ],
)
def test_dates_that_say_nothing_leave_a_rhythm_unknown(dates: list[datetime]) -> None:
    assert observed(UNKNOWN, dates, since=None, now=NOW) == UNKNOWN


def test_days_without_a_time_say_how_much_comes_but_not_when() -> None:
    midnight = NOW.replace(hour=0, minute=0)
    dates = [midnight - number // 3 * DAY for number in range(60)]
    hours = rates(observed(UNKNOWN, dates, since=None, now=NOW))
    assert max(hours) == pytest.approx(min(hours))
    assert sum(hours) == pytest.approx(3, rel=0.2)


def test_watching_finds_the_rate_and_the_hours() -> None:
    start = NOW - 50 * DAY
    publishing = sorted(each_day_at(8, 50) + each_day_at(9, 50) + each_day_at(14, 50))
    rhythm = watched(publishing, start=start, end=NOW, each=timedelta(minutes=50))
    assert a_day(rhythm) == pytest.approx(3, rel=0.1)
    assert rate(rhythm, NOW.replace(hour=8)) > 5 * rate(rhythm, NOW.replace(hour=20))


def test_how_often_it_is_asked_changes_nothing_of_what_is_counted() -> None:
    start, publishing = NOW - 20 * DAY, each_day_at(8, 20)
    often, seldom = (
        watched(publishing, start=start, end=NOW, each=timedelta(minutes=each)) for each in (15, 240)
    )
    assert often.days == pytest.approx(seldom.days, rel=0.001)
    assert often.hours == pytest.approx(seldom.hours, abs=0.1)


def test_what_was_is_forgotten_by_half_in_three_weeks() -> None:
    busy = Rhythm(hours=(5.0,) * 24, days=20.0)
    later = observed(busy, [], since=NOW - HALF_LIFE, now=NOW)
    assert later.hours == pytest.approx((2.5,) * 24)


def test_an_entry_dated_long_ago_counts_in_the_hour_it_came() -> None:
    since = NOW - timedelta(hours=1)
    late = observed(Rhythm(hours=(0.0,) * 24, days=5), [NOW - 9 * DAY], since=since, now=NOW)
    assert late.hours[NOW.hour] == 1.0


def test_a_clock_that_was_set_back_takes_nothing_away() -> None:
    before = Rhythm(hours=(1.0,) * 24, days=5)
    after = observed(before, [NOW], since=NOW + DAY, now=NOW)
    assert after.days == before.days
    assert sum(after.hours) == 25.0


@settings(deadline=None, max_examples=60)
@given(
    published=st.lists(moments, max_size=40),
    since=st.none() | moments,
    now=moments,
    before=st.builds(
        Rhythm,
        hours=st.just(()) | st.lists(st.floats(0, 100), min_size=24, max_size=24).map(tuple),
        days=st.floats(0, MOST_DAYS),
    ),
)
def test_whatever_a_document_says_rates_stay_finite_and_above_zero(
    published: list[datetime], since: datetime | None, now: datetime, before: Rhythm
) -> None:
    rhythm = observed(before, published, since=since, now=now)
    assert len(rhythm.hours) in {0, 24}
    assert 0 <= rhythm.days <= MOST_DAYS
    assert all(0 < one < 10_000 for one in rates(rhythm))
    assert load_rhythm(dump_rhythm(rhythm)).days == pytest.approx(rhythm.days, abs=0.001)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 60 * 24 * 25), min_size=2, max_size=60))
def test_an_entry_more_never_lowers_what_is_expected(minutes: list[int]) -> None:
    dates = [NOW - ARCHIVE - DAY, *(NOW - timedelta(minutes=minute) for minute in sorted(minutes))]
    known = Rhythm(hours=(0.0,) * 24, days=20.0)
    since = NOW - timedelta(days=26)
    rising = [a_day(observed(known, dates[:count], since=since, now=NOW)) for count in range(len(dates))]
    assert all(one < two for one, two in pairwise(rising))
