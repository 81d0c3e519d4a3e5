"""When digests are due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcing.due import is_late, latest_due, moment_of, next_run, weekdays

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Europe/Istanbul",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param("daily", set(range(7)), id="every day"),
        pytest.param("mon-fri", {0, 1, 2, 3, 4}, id="working days"),
        pytest.param("fri-mon", {4, 5, 6, 0}, id="a range over the week's end"),
        pytest.param("mon,thu", {0, 3}, id="a list"),
        pytest.param("sun", {6}, id="one day"),
    ],
)
def test_week_days_are_read(days: str, expected: set[int]) -> None:
    assert weekdays(days) == expected


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        pytest.param(date(2026, 8, 20), time(8), BERLIN, "2026-08-20T06:00", id="summer"),
        pytest.param(date(2026, 3, 29), time(2, 30), BERLIN, "2026-03-29T01:00", id="in the gap: its end"),
        pytest.param(
            date(2026, 10, 25), time(2, 30), BERLIN, "2026-10-25T00:30", id="in the fold: the first"
        ),
        pytest.param(date(2026, 3, 8), time(2, 0), NEW_YORK, "2026-03-08T07:00", id="the gap's first minute"),
        pytest.param(date(2026, 11, 1), time(1, 30), NEW_YORK, "2026-11-01T05:30", id="fold in New York"),
        pytest.param(date(2026, 3, 29), time(8), BERLIN, "2026-03-29T06:00", id="eight stays eight"),
    ],
)
def test_a_local_time_has_one_moment(day: date, at: time, zone: ZoneInfo, expected: str) -> None:
    assert moment_of(day, at, zone) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(
    st.sampled_from(ZONES),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
)
def test_every_local_day_has_exactly_one_run(zone_name: str, at: time, start: datetime) -> None:
    zone = ZoneInfo(zone_name)
    days, after = [], start
    for _ in range(40):
        day, moment = next_run(at, "daily", zone, after=after)
        assert moment > after
        days.append(day)
        after = moment
    assert days == [days[0] + timedelta(days=n) for n in range(40)]


def test_a_digest_is_due_from_its_time_to_the_end_of_its_day() -> None:
    at = time(8)
    assert latest_due(at, "daily", BERLIN, now=datetime(2026, 8, 20, 5, 59, tzinfo=UTC)) is None
    assert latest_due(at, "daily", BERLIN, now=datetime(2026, 8, 20, 6, 0, tzinfo=UTC)) == date(2026, 8, 20)
    assert latest_due(at, "daily", BERLIN, now=datetime(2026, 8, 20, 21, 59, tzinfo=UTC)) == date(2026, 8, 20)
    assert latest_due(at, "daily", BERLIN, now=datetime(2026, 8, 20, 22, 0, tzinfo=UTC)) is None
    assert latest_due(at, "mon-wed", BERLIN, now=datetime(2026, 8, 20, 12, 0, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("now", "late"),
    [
        pytest.param(datetime(2026, 8, 20, 6, 15, tzinfo=UTC), False, id="a quarter of an hour"),
        pytest.param(datetime(2026, 8, 20, 6, 16, tzinfo=UTC), True, id="more"),
    ],
)
def test_a_digest_says_that_it_is_late_after_a_quarter_of_an_hour(now: datetime, *, late: bool) -> None:
    assert is_late(date(2026, 8, 20), time(8), BERLIN, now=now) is late


def test_a_day_that_a_zone_skipped_has_no_digest() -> None:
    apia = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    _, moment = next_run(time(8), "daily", apia, after=datetime(2011, 12, 29, 20, 0, tzinfo=UTC))
    days, after = [], moment - timedelta(days=1)
    for _ in range(3):
        day, after = next_run(time(8), "daily", apia, after=after)
        if latest_due(time(8), "daily", apia, now=after) == day:
            days.append(day.day)
    assert 30 not in days
