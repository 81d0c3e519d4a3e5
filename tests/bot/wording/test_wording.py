"""Facts, dates and words in the languages of the channels."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

import bot
from bot.wording import phrases
from bot.wording.phrases import LANGUAGES, say
from bot.wording.values import (
    QUOTE_LIMIT,
    day,
    label,
    moment,
    moment_to_come,
    period,
    plain_value,
    shorten,
    term,
    value,
)
from watchers.types import Count, Fact, FactType, FactValue, Money, Named, Period, Person, Share, Words


def fact(kind: FactType, of: FactValue, *, role: str = "") -> Fact:
    text = "about 200 billion yen"
    return Fact(
        start=0,
        end=len(text),
        mention=text,
        type=kind,
        value=of,
        sentence=text,
        sentence_start=0,
        role=role,
    )


YEN = Money(low=Decimal(200000000000), high=Decimal(200000000000), currency="JPY")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(YEN, ("¥200B", "200 Mr ¥", "￥2000億"), id="billions of yen"),
        pytest.param(
            Money(low=Decimal(8845400000000), high=Decimal(8845400000000), currency="JPY"),
            ("¥8.8454T", "8,8454 Tn ¥", "￥8.8454兆"),
            id="no figure is rounded away",
        ),
        pytest.param(
            Money(low=Decimal(5_000_000), high=Decimal(6_000_000), currency="EUR"),
            ("€5M to €6M", "5 Mn € ile 6 Mn € arası", "€500万〜€600万"),
            id="a range",
        ),
        pytest.param(Count(low=1234, high=1234), ("1,234", "1.234", "1,234"), id="a count"),
        pytest.param(Share(percent=Decimal("3.8")), ("3.8%", "%3,8", "3.8%"), id="a percentage"),
        pytest.param(
            Share(percent=Decimal("0.9"), points=True),
            ("0.9 percentage points", "0,9 yüzde puanı", "0.9ポイント"),
            id="percentage points",
        ),
        pytest.param(Period(text="2025-08-19"), ("19 Aug 2025", "19 Ağu 2025", "2025年8月19日"), id="a day"),
        pytest.param(Period(text="2025-10"), ("October 2025", "Ekim 2025", "2025年10月"), id="a month"),
        pytest.param(
            Period(text="2028-Q4"), ("Q4 2028", "2028 4. çeyrek", "2028年第4四半期"), id="a quarter"
        ),
        pytest.param(
            Period(text="2026-H2"), ("H2 2026", "2026 2. yarıyıl", "2026年下半期"), id="a half-year"
        ),
        pytest.param(Period(text="FY2026"), ("FY2026", "2026 mali yılı", "2026年度"), id="a fiscal year"),
        pytest.param(Period(text="2027-2029"), ("2027-2029",) * 3, id="years"),
        pytest.param(Named(name="Baykar"), ("Baykar",) * 3, id="a name"),
        pytest.param(
            Person(name="Gen Nakatani", role="Defence Minister", of="Japan"),
            ("Gen Nakatani (Defence Minister, Japan)",) * 3,
            id="a person",
        ),
        pytest.param(Words(text="not_signed"), ("not signed", "imzalanmadı", "未署名"), id="a status"),
    ],
)
def test_a_value_has_the_forms_of_the_channels_language(
    of: FactValue, expected: tuple[str, str, str]
) -> None:
    assert tuple(plain_value(of, lang).replace("\u00a0", " ") for lang in LANGUAGES) == expected


def test_bound_estimate_and_speaker_are_told() -> None:
    told = replace(fact("money", YEN, role="budget"), approx=True, said_by="Japanese media", hedge="reported")
    assert label(told, "en") == "Budget"
    assert value(told, "en") == "about ¥200B · reported · said by Japanese media"
    assert value(replace(fact("quantity", Count(low=500, high=500)), bound="min"), "tr") == "500 üzeri"
    assert value(replace(fact("quantity", Count(low=45, high=45)), bound="max"), "ja") == "最大45"


def test_an_unknown_role_falls_back_to_the_type() -> None:
    assert label(fact("money", YEN, role="unheard_of"), "en") == "Amount"


@pytest.mark.parametrize("phrase", sorted(phrases._ALL))
def test_every_phrase_has_three_languages_with_the_same_gaps(phrase: str) -> None:
    wanted = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in phrases._ALL[phrase]]
    assert all(phrases._ALL[phrase])
    half = {"half", "part"}  # Japanese names the half, the others count it
    assert all(gaps - half == wanted[0] - half for gaps in wanted)


def test_no_phrase_stands_for_two_things() -> None:
    row = re.compile(r'^    "([^"]+)": \(', re.MULTILINE)
    files = sorted(Path(phrases.__file__).parent.glob("phrases*.py"))
    named = [name for file in files for name in row.findall(file.read_text("utf-8"))]
    assert sorted(named) == sorted(phrases._ALL)


def test_an_unknown_language_is_told_in_english() -> None:
    assert say("signed", "de") == "signed"


def test_a_cut_falls_between_words_and_is_marked() -> None:
    text = "word " * 100
    cut = shorten(text.strip(), 50)
    assert len(cut) <= 50
    assert cut.endswith("word…")
    assert shorten("short", 50) == "short"


def test_an_odd_period_stays_as_it_is() -> None:
    assert period("some day", "en") == "some day"


@pytest.mark.parametrize(
    ("of", "said"),
    [
        pytest.param("entity:Baykar", "Baykar", id="a name"),
        pytest.param('about:"drone procurement"', "drone procurement", id="concepts"),
        pytest.param('"sea power"', '"sea power"', id="a phrase"),
        pytest.param(r"/entity:x/", r"/entity:x/", id="a pattern"),
    ],
)
def test_a_term_is_called_by_what_was_found(of: str, said: str) -> None:
    assert term(of) == said


@pytest.mark.parametrize("words", ["update", "more", "window"])
def test_an_articles_own_words_stay_even_if_a_phrase_has_that_name(words: str) -> None:
    assert plain_value(Words(text=words), "tr") == words


@pytest.mark.parametrize(
    ("stored", "lang", "told"),
    [
        pytest.param(
            "talks: Gen Nakatani, Yaşar Güler", "tr", "görüşme: Gen Nakatani, Yaşar Güler", id="who"
        ),
        pytest.param("visit", "ja", "訪問", id="nobody named"),
        pytest.param("bir araya geldi", "en", "bir araya geldi", id="as earlier releases stored it"),
        pytest.param("visit: talks: A", "tr", "ziyaret: talks: A", id="its kind alone, and once"),
    ],
)
def test_a_meeting_is_told_in_the_channels_language(stored: str, lang: str, told: str) -> None:
    assert value(fact("meeting", Words(text=stored)), lang) == told


@pytest.mark.parametrize("kind", ["talks", "visit"])
def test_only_a_meetings_kind_is_translated_and_its_words_are_cut_too(kind: str) -> None:
    words = Words(text=f"{kind}: " + "on ships " * 100)
    assert len(value(fact("meeting", words), "tr")) <= QUOTE_LIMIT
    agreed = value(fact("agreement", words), "tr")
    assert agreed.startswith(f"{kind}: on ships")
    assert len(agreed) <= QUOTE_LIMIT


NINETEENTH = datetime(2025, 8, 19, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("19 Aug 2025", "19 Aug 15:05", "Tue 19 Aug 15:05", "Tuesday 19 August 2025")),
        ("tr", ("19 Ağu 2025", "19 Ağu 15:05", "19 Ağu Sal 15:05", "19 Ağustos 2025 Salı")),
        ("ja", ("2025年8月19日", "8月19日 15:05", "8月19日(火) 15:05", "2025年8月19日火曜日")),
    ],
)
def test_a_language_has_one_order_of_day_and_month_and_one_clock(lang: str, told: tuple[str, ...]) -> None:
    zone = ZoneInfo("UTC")
    assert told == (
        period("2025-08-19", lang),
        moment(NINETEENTH, zone, lang),
        moment_to_come(NINETEENTH, zone, lang),
        day(NINETEENTH.date(), lang),
    )


def test_no_other_file_of_what_is_said_writes_dates_in_a_form_of_its_own() -> None:
    others = [
        path
        for room in ("announcing", "commands", "wording")
        for path in (Path(bot.__file__).parent / room).glob("*.py")
        if "babel.dates" in path.read_text("utf-8") and path.stem != "values"
    ]
    assert [path.name for path in others] == ["rules.py"], "a chart's days, in the same order"
