"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.feeds.dates import read_date

CASES = {
    "RFC 822": ("Wed, 20 Aug 2025 09:15:00 GMT", "2025-08-20T09:15"),
    "an offset": ("Wed, 20 Aug 2025 09:15:30 +0300", "2025-08-20T06:15:30"),
    "an offset with a colon": ("Wed, 20 Aug 2025 09:15:00 -05:30", "2025-08-20T14:45"),
    "an offset and its name": ("Wed, 20 Aug 2025 09:15:00 +0900 (JST)", "2025-08-20T00:15"),
    "an offset after GMT": ("Wed, 20 Aug 2025 09:15:00 GMT+0300", "2025-08-20T06:15"),
    "an offset of hours only": ("20 Aug 2025 09:15 UTC+3", "2025-08-20T06:15"),
    "two digits of a year": ("Wed, 20 Aug 25 09:15 GMT", "2025-08-20T09:15"),
    "two digits of the last century": ("Sun, 05 Sep 99 00:00:01 GMT", "1999-09-05T00:00:01"),
    "no weekday": ("20 Aug 2025 09:15:00 GMT", "2025-08-20T09:15"),
    "no zone": ("Wed, 20 Aug 2025 09:15:00", "2025-08-20T09:15"),
    "no time": ("20 August 2025", "2025-08-20T00:00"),
    "one digit": ("Fri, 1 Aug 2025 9:05 GMT", "2025-08-01T09:05"),
    "the letter Z": ("Wed, 20 Aug 2025 09:15:00 Z", "2025-08-20T09:15"),
    "the zone UT": ("Wed, 20 Aug 2025 09:15:00 UT", "2025-08-20T09:15"),
    "American summer": ("Wed, 20 Aug 2025 09:15:00 EDT", "2025-08-20T13:15"),
    "Pacific winter": ("Thu, 20 Feb 2025 09:15:00 PST", "2025-02-20T17:15"),
    "Eastern European summer": ("20 Aug 2025 09:15:00 EEST", "2025-08-20T06:15"),
    "Central European summer": ("Wed, 20 Aug 2025 09:15:00 CEST", "2025-08-20T07:15"),
    "Turkey": ("Wed, 20 Aug 2025 09:15:00 TRT", "2025-08-20T06:15"),
    "Turkey's own letters": ("Çar, 20 Ağu 2025 09:15:00 TSİ", "2025-08-20T06:15"),
    "Japan": ("Wed, 20 Aug 2025 09:15:00 JST", "2025-08-20T00:15"),
    "India": ("Wed, 20 Aug 2025 09:15:00 IST", "2025-08-20T03:45"),
    "Australia": ("Wed, 20 Aug 2025 09:15:00 AEST", "2025-08-19T23:15"),
    "ISO": ("2025-08-20T09:15:00Z", "2025-08-20T09:15"),
    "ISO with an offset": ("2025-08-20T09:15:00+09:00", "2025-08-20T00:15"),
    "ISO with parts of a second": ("2025-08-20T09:15:00.123456789Z", "2025-08-20T09:15"),
    "ISO with a space": ("2025-08-20 09:15:00", "2025-08-20T09:15"),
    "ISO with a space and an offset": ("2025-08-20 09:15:00 +0300", "2025-08-20T06:15"),
    "ISO without separators": ("20250820T091500Z", "2025-08-20T09:15"),
    "ISO without a time": ("2025-08-20", "2025-08-20T00:00"),
    "ISO without a day": ("2025-08", "2025-08-01T00:00"),
    "slashes from the year": ("2025/08/20 09:15", "2025-08-20T09:15"),
    "one digit each, from the year": ("2025/8/9 9:05", "2025-08-09T09:05"),
    "hyphens and one digit of an hour": ("2025-08-20 9:15:00 +0300", "2025-08-20T06:15"),
    "a Japanese weekday in brackets": ("2025/08/20(水) 9:15", "2025-08-20T09:15"),
    "ISO with an afternoon's hour": ("2025-08-20 09:15 PM", "2025-08-20T21:15"),
    "ISO with a morning's hour": ("2025-08-20 12:15:00 AM", "2025-08-20T00:15"),
    "no blank behind the weekday": ("Wed,20 Aug 2025 09:15:00 +0300", "2025-08-20T06:15"),
    "American words": ("August 20, 2025 9:15 PM EDT", "2025-08-21T01:15"),
    "American words with noon": ("Aug. 20, 2025, 12:30 p.m.", "2025-08-20T12:30"),
    "American midnight": ("Aug 20, 2025 12:05 AM", "2025-08-20T00:05"),
    "an ordinal": ("20th August 2025", "2025-08-20T00:00"),
    "UNIX": ("Wed Aug 20 09:15:00 UTC 2025", "2025-08-20T09:15"),
    "UNIX without a zone": ("Wed Aug 20 09:15:00 2025", "2025-08-20T09:15"),
    "hyphens": ("20-Aug-2025 09:15:00 GMT", "2025-08-20T09:15"),
    "a leap second": ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59"),
    "midnight at the day's end": ("Wed, 20 Aug 2025 24:00:00 GMT", "2025-08-21T00:00"),
    "dots, day first": ("20.08.2025 09:15", "2025-08-20T09:15"),
    "slashes that can only be day first": ("20/08/2025 09:15", "2025-08-20T09:15"),
    "slashes that can only be month first": ("08/20/2025", "2025-08-20T00:00"),
    "Turkish, short": ("Çar, 20 Ağu 2025 15:00:00 +0300", "2025-08-20T12:00"),
    "Turkish, long": ("20 Ağustos 2025 Çarşamba 15:00", "2025-08-20T12:00"),
    "Turkish, an hour's word": ("20 Ağustos 2025, saat 15:00", "2025-08-20T12:00"),
    "Turkish in capitals": ("3 EKİM 2025", "2025-10-03T00:00"),
    "Turkish without its letters": ("3 Aralik 2025 10:00 +0300", "2025-12-03T07:00"),
    "Turkish dots in the time": ("3 Kasım 2025 10.30", "2025-11-03T07:30"),
    "Turkish with its zone written out": ("4 Şubat 2026 09:15 Türkiye saati", "2026-02-04T06:15"),
    "Turkish zone in capitals and brackets": ("04 ŞUBAT 2026 09:15 (TÜRKİYE SAATİ)", "2026-02-04T06:15"),
    "English with Turkey's zone written out": ("4 Feb 2026 09:15 Turkey time", "2026-02-04T06:15"),
    "Eastern winter": ("Wed, 04 Feb 2026 09:15:00 EST", "2026-02-04T14:15"),
    "Eastern summer written out": ("July 4, 2026 9:15 AM Eastern Daylight Time", "2026-07-04T13:15"),
    "Turkish short month in capitals": ("04 ŞUB 2026 09:15", "2026-02-04T06:15"),
    "Japanese with its zone written out": ("2026年2月4日 15:30 日本時間", "2026-02-04T06:30"),
    "the era before": ("平成31年4月30日 10:00", "2019-04-30T01:00"),
    "Japanese": ("2025年8月20日 15時30分", "2025-08-20T06:30"),
    "Japanese with a weekday": ("2025年08月20日(水) 15:30", "2025-08-20T06:30"),
    "Japanese with a long weekday": ("2025年8月20日 水曜日 15:30:05", "2025-08-20T06:30:05"),
    "Japanese afternoon": ("2025年8月20日午後3時5分", "2025-08-20T06:05"),
    "Japanese with an offset": ("2025年8月20日 15:30 +0900", "2025-08-20T06:30"),
    "Japanese day": ("2025年8月20日", "2025-08-20T00:00"),
    "Japanese era": ("令和7年8月20日", "2025-08-20T00:00"),
    "the first year of an era": ("令和元年5月1日", "2019-05-01T00:00"),
    "full-width digits": ("\uff12\uff10\uff12\uff15年\uff18月20日 15\uff1a30", "2025-08-20T06:30"),
    "Korean": ("2025년 8월 20일 15:30", "2025-08-20T06:30"),
    "years ahead": ("Wed, 12 Mar 2031 12:30:00 GMT", "2031-03-12T12:30"),
}
NONE = {
    "nothing": "",
    "a word": "yesterday",
    "the 32nd": "Wed, 32 Aug 2025 09:15:00 GMT",
    "30 February": "2025-02-30",
    "month 13": "2025-13-01T00:00:00Z",
    "25 o'clock": "Wed, 20 Aug 2025 25:15:00 GMT",
    "the epoch": "Thu, 01 Jan 1970 00:00:00 GMT",
    "the year one": "0001-01-01T00:00:00Z",
    "zeros": "0000-00-00 00:00:00",
    "the year 9999": "9999-12-31T23:59:59Z",
    "a number": "1755677700",
    "an open slash": "08/09/2025",
    "an unknown month": "20 Foo 2025",
    "an absurd offset": "Wed, 20 Aug 2025 09:15:00 +9900",
    "words behind": "2025-08-20 or later, we hope",
    "digits without end": "1" * 100_000,
    "spaces without end": " " * 100_000 + "2025",
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_a_date_is_read(text: str, expected: str) -> None:
    assert read_date(text) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_what_is_no_sensible_date_is_none(text: str) -> None:
    assert read_date(text) is None


@given(st.text(max_size=200) | st.text(alphabet="0123456789:-/. TZ+年月日", max_size=60))
def test_any_text_is_a_moment_of_these_times_or_none(text: str) -> None:
    moment = read_date(text)
    assert moment is None or 1990 <= moment.astimezone(UTC).year <= 2100


@pytest.mark.parametrize(
    "text", ["2025-08-20", "20 August 2025", "3 Mart 2026", "2025年8月20日", "20.08.2025", "2025-08"]
)
def test_a_mere_day_is_no_time(text: str) -> None:
    assert read_date(text) is not None
    assert read_date(text, timed=True) is None
    assert read_date("2025-08-20T00:00Z", timed=True) == read_date("2025-08-20")


@given(st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001 -- the zone is written below
def test_what_is_written_by_the_standards_is_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert read_date(moment.isoformat()) == moment
    assert read_date(moment.strftime("%a, %d %b %Y %H:%M:%S +0000")) == moment
