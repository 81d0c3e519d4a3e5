"""What publishers ask of those who poll: read from headers, joined, and bounded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.feeds.exchange import Response
from watchers.feeds.wishes import LONGEST, asked_of_headers, joined, of_period
from watchers.types import Wishes
from watchers.types.watching import NO_WISHES

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

spans = st.timedeltas(timedelta(), LONGEST)
hours = st.sets(st.integers(0, 23)).map(lambda one: tuple(sorted(one)))
days = st.sets(st.integers(0, 6)).map(lambda one: tuple(sorted(one)))
wishes = st.builds(Wishes, least=spans, skip_hours=hours, skip_days=days)


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        pytest.param({}, timedelta(), id="nothing said"),
        pytest.param({"cache-control": "max-age=600"}, 10 * MINUTE, id="ten minutes"),
        pytest.param({"cache-control": "public, Max-Age = 900"}, 15 * MINUTE, id="among others, in capitals"),
        pytest.param({"cache-control": 'max-age="300"'}, 5 * MINUTE, id="in quotation marks"),
        pytest.param({"cache-control": "s-maxage=86400"}, timedelta(), id="for shared caches alone"),
        pytest.param({"cache-control": "max-age=0, must-revalidate"}, timedelta(), id="always ask"),
        pytest.param({"cache-control": "no-cache"}, timedelta(), id="never cached"),
        pytest.param({"cache-control": "max-age=31536000"}, LONGEST, id="a year, as of an image"),
        pytest.param({"cache-control": "max-age=999999999999"}, LONGEST, id="longer than dates reach"),
        pytest.param({"cache-control": "max-age=-5"}, timedelta(), id="a negative age"),
        pytest.param({"cache-control": "max-age=soon"}, timedelta(), id="no number"),
        pytest.param({"expires": "Wed, 18 Mar 2026 12:30:00 GMT"}, 30 * MINUTE, id="until half past"),
        pytest.param(
            {"expires": "Wed, 18 Mar 2026 12:30:00 GMT", "date": "Wed, 18 Mar 2026 12:20:00 GMT"},
            10 * MINUTE,
            id="by the server's own clock",
        ),
        pytest.param(
            {"expires": "Wed, 18 Mar 2026 13:00:00 GMT", "cache-control": "max-age=60"},
            MINUTE,
            id="the age goes before the date",
        ),
        pytest.param(
            {"expires": "Wed, 18 Mar 2026 13:00:00 GMT", "cache-control": "no-store"},
            timedelta(),
            id="not stored, whatever the date",
        ),
        pytest.param({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, timedelta(), id="long over"),
        pytest.param({"expires": "Fri, 01 Jan 2038 00:00:00 GMT"}, LONGEST, id="in years"),
        pytest.param({"expires": "0"}, timedelta(), id="the usual nought"),
        pytest.param({"expires": "-1"}, timedelta(), id="the usual minus one"),
        pytest.param({"expires": "Wed, 18 Mar 99999 12:30:00 GMT"}, timedelta(), id="a year beyond years"),
    ],
)
def test_headers_say_how_long_an_answer_stays_fresh(headers: dict[str, str], least: timedelta) -> None:
    assert asked_of_headers(headers, now=NOW) == Wishes(least=least)


def test_an_answer_is_read_as_its_headers() -> None:
    answer = Response(status=304, url="", headers=(("cache-control", "max-age=120"),), body=b"", moved_to="")
    assert asked_of_headers(answer, now=NOW) == Wishes(least=2 * MINUTE)


@settings(deadline=None, max_examples=60)
@given(name=st.sampled_from(["cache-control", "expires", "date"]), value=st.text(max_size=80))
def test_whatever_a_header_holds_the_wish_is_bounded(name: str, value: str) -> None:
    asked = asked_of_headers({"expires": "Wed, 18 Mar 2026 12:30:00 GMT", name: value}, now=NOW)
    assert timedelta() <= asked.least <= LONGEST


@pytest.mark.parametrize(
    ("period", "frequency", "least"),
    [
        pytest.param("hourly", 1, timedelta(), id="what WordPress writes unasked"),
        pytest.param("hourly", 4, 15 * MINUTE, id="four times an hour"),
        pytest.param("daily", 12, 2 * HOUR, id="twelve times a day"),
        pytest.param(" Daily ", 1, LONGEST, id="once a day"),
        pytest.param("weekly", 2, LONGEST, id="twice a week"),
        pytest.param("daily", 0, LONGEST, id="no times a day"),
        pytest.param("always", 1, timedelta(), id="no period of the module's"),
    ],
)
def test_a_period_and_its_frequency_are_a_wish(period: str, frequency: int, least: timedelta) -> None:
    assert of_period(period, frequency) == Wishes(least=least)


@settings(deadline=None, max_examples=60)
@given(a=wishes, b=wishes, c=wishes)
def test_joining_keeps_every_wish_in_whatever_order(a: Wishes, b: Wishes, c: Wishes) -> None:
    both = joined(a, b)
    assert both == joined(b, a)
    assert joined(both, c) == joined(a, joined(b, c))
    assert joined(a, NO_WISHES) == a
    assert both.least == max(a.least, b.least)
    assert {*both.skip_hours} == {*a.skip_hours, *b.skip_hours}
    assert {*both.skip_days} == {*a.skip_days, *b.skip_days}


@settings(deadline=None, max_examples=60)
@given(least=st.timedeltas(timedelta(), timedelta(days=10_000)))
def test_a_document_keeps_us_away_for_hours_at_most(least: timedelta) -> None:
    assert joined(Wishes(least=least), NO_WISHES).least == min(least, LONGEST)
