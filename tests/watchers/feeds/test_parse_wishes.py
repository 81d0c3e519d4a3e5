"""What a document asks of those who poll it, and what it is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeddocuments import FETCHED, rss
from watchers.feeds.asked import LONGEST, asked_of_document
from watchers.feeds.parse import parse_document
from watchers.types.watching import NO_WISHES, Wishes

ITEM = "<title>Frigate sails</title><link>https://desk.example/1</link>"
HOUR = timedelta(hours=1)


def wishes(channel: str) -> Wishes:
    return parse_document(replace(FETCHED, body=rss(ITEM, channel=channel).encode())).wishes


LEAST = {
    "nothing": ("", timedelta()),
    "minutes to live": ("<ttl>90</ttl>", timedelta(minutes=90)),
    "minutes in CDATA with space": ("<ttl>\n <![CDATA[ 90 ]]>\n</ttl>", timedelta(minutes=90)),
    "minutes to live of a week": ("<ttl>10080</ttl>", timedelta(days=1)),
    "minutes that are seconds since 1970": ("<ttl>1755677700</ttl>", timedelta()),
    "no minutes": ("<ttl>0</ttl>", timedelta()),
    "minutes before now": ("<ttl>-5</ttl>", timedelta()),
    "minutes in words": ("<ttl>an hour</ttl>", timedelta()),
    "minutes with parts": ("<ttl>1.5</ttl>", timedelta()),
    "minutes commented out": ("<!-- <ttl>90</ttl> -->", timedelta()),
    "a comment that never ends": ("<ttl>90</ttl><!-- ", timedelta(minutes=90)),
    "twice a day... in a period of six hours": (
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>",
        2 * HOUR,
    ),
    "another prefix and case": (
        "<syn:updatePeriod> Daily </syn:updatePeriod><syn:updateFrequency>8</syn:updateFrequency>",
        3 * HOUR,
    ),
    "what WordPress writes unasked": (
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>",
        timedelta(),
    ),
    "a period without end of updates": (
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>999999</sy:updateFrequency>",
        timedelta(),
    ),
    "a period without updates": (
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
        timedelta(),
    ),
    "a period nobody knows": ("<sy:updatePeriod>sometimes</sy:updatePeriod>", timedelta()),
    "both, the longer": (
        "<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>",
        2 * HOUR,
    ),
}


@pytest.mark.parametrize(("channel", "least"), LEAST.values(), ids=LEAST.keys())
def test_the_wait_a_document_asks_for(channel: str, least: timedelta) -> None:
    assert wishes(channel).least == least


def test_hours_and_days_to_skip_are_read_in_order() -> None:
    asked = wishes(
        "<skipHours><hour>23</hour><hour>0</hour><hour> 5 </hour><hour>24</hour><hour>77</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>saturday</day><day>Someday</day></skipDays>"
    )
    assert (asked.skip_hours, asked.skip_days) == ((0, 5, 23), (5, 6))


def test_wishes_behind_the_items_count_too() -> None:
    document = rss(ITEM).replace("</channel>", "<ttl>90</ttl></channel>")
    assert parse_document(replace(FETCHED, body=document.encode())).wishes.least == timedelta(minutes=90)


def test_a_wish_in_an_article_is_none() -> None:
    document = rss(ITEM + "<description>&lt;ttl&gt;</description><ttl>90</ttl>", ITEM)
    assert parse_document(replace(FETCHED, body=document.encode())).wishes == NO_WISHES


def test_a_document_that_would_have_no_hour_or_no_day_left_asks_for_none() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    days = "".join(
        f"<day>{day}day</day>" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
    )
    assert wishes(f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>") == NO_WISHES


@given(st.text() | st.text(alphabet="<>/!-[]ttlskipHoursday 0123456789", max_size=200))
def test_wishes_stay_in_their_bounds_whatever_is_written(text: str) -> None:
    for around in (text, f"<ttl>{text}</ttl>", f"<skipHours><hour>{text}</hour>", f"<!--{text}<ttl>9</ttl>"):
        asked = asked_of_document(around)
        assert timedelta() <= asked.least <= LONGEST
        assert len(asked.skip_hours) < 24
        assert all(0 <= hour < 24 for hour in asked.skip_hours)
        assert len(asked.skip_days) < 7
        assert all(0 <= day < 7 for day in asked.skip_days)


def test_a_document_says_what_it_is_called() -> None:
    body = rss(ITEM).replace(
        "<title>Desk</title>", "<title>The &lt;b&gt;Desk&lt;/b&gt; &amp;amp; Log</title>", 1
    )
    assert parse_document(replace(FETCHED, body=body.encode())).title == "The Desk & Log"
