"""Readings beyond plain numbers and dates: parts, rates, groups, units by their place, days that lean on today."""

# A row of a table stands on one line.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from watchers.types.claims import Extent

if TYPE_CHECKING:
    from .conftest import Read

VALUES = {
    "half a million": ("The yard lost half a million euros.", "en", ("500000", "EUR")),
    "a quarter of a million": ("A fine of a quarter of a million dollars.", "en", ("250000", "USD")),
    "yarım milyon": ("Yarım milyon kişi izledi.", "tr", ("500000", "count")),
    "two and a half dozen": ("Two and a half dozen drones fell.", "en", ("30", "count")),
    "a trio": ("A trio of frigates sailed.", "en", ("3", "count")),
    "one in four": ("One recruit in four is a woman.", "en", ("25", "percent")),
    "four people, one of them": ("4人に1人が女性だ。", "ja", ("25", "percent")),
    "her dört kişiden biri": ("Her dört askerden biri kadın.", "tr", ("25", "percent")),
    "twice a week": ("Aircraft patrol twice a week.", "en", ("2", "a week")),
    "haftada iki kez": ("Haftada iki kez uçuyor.", "tr", ("2", "a week")),
    "cubic metres": ("The depot holds 40 cubic metres.", "en", ("40000", "litre")),
    "crowns of no country": ("Zarar 880 milyon kron oldu.", "tr", ("880000000", "XKR")),
    "the age of a boat": ("Gemi 30 yaşında.", "tr", ("15778800", "minute")),
    "a tonne": ("Bombanın ağırlığı bir tona yakın.", "tr", ("1000", "kilogram")),
    "キロ of weight": ("無人機の積載量は300キロだ。", "ja", ("300", "kilogram")),
    "キロ of way": ("射程は300キロだ。", "ja", ("300000", "metre")),
    "speed before the number": ("時速90キロで走る。", "ja", ("25", "metre/s")),
    "half a year": ("半年かかる。", "ja", ("262980", "minute")),
    "in the country is no bound": ("Parçaların yüzde 62'si yurt içinde yapılıyor.", "tr", ("62", "percent")),
}


@pytest.mark.parametrize(("text", "lang", "wanted"), VALUES.values(), ids=VALUES.keys())
def test_a_value_told_in_parts_or_by_its_unit_is_read(
    read: Read, text: str, lang: str, wanted: tuple[str, str]
) -> None:
    found = [(c.value.low, c.value.unit) for c in read(text, lang) if isinstance(c.value, Extent)]
    assert (Decimal(wanted[0]), wanted[1]) in [(low and low.normalize() + 0, unit) for low, unit in found]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Most of the shells were duds.", "en"),
        ("Askerlerin çoğu yeni.", "tr"),
        ("部品の大半は国産だ。", "ja"),
    ],
)
def test_most_is_more_than_half(read: Read, text: str, lang: str) -> None:
    (share,) = (c.value for c in read(text, lang) if isinstance(c.value, Extent) and c.kind == "share")
    assert (share.low, share.high, share.shape) == (Decimal(50), None, "bound")


# Read on Tuesday 10 March 2026.
DAYS = {
    "before the summer": ("It starts before summer.", "en", (None, date(2026, 5, 31))),
    "yaz gelmeden": ("Tatbikat yaz gelmeden başlayacak.", "tr", (None, date(2026, 5, 31))),
    "by the end of summer": ("夏までに終える。", "ja", (None, date(2026, 8, 31))),
    "before Christmas": ("The patrol ends before Christmas.", "en", (None, date(2026, 12, 24))),
    "the quarter to come": ("The plant opens in the last quarter.", "en", (date(2026, 10, 1), date(2026, 12, 31))),
    "the year after next": ("The ship arrives the year after next.", "en", (date(2028, 1, 1), date(2028, 12, 31))),
    "the Friday to come": ("It ends on Friday.", "en", (date(2026, 3, 13), date(2026, 3, 13))),
    "the Friday gone by": ("It was signed on Friday.", "en", (date(2026, 3, 6), date(2026, 3, 6))),
    "cuma günü bitiyor": ("Tatbikat cuma günü bitiyor.", "tr", (date(2026, 3, 13), date(2026, 3, 13))),
    "half of a fiscal year": ("上半期に納める。", "ja", (date(2026, 4, 1), date(2026, 9, 30))),
    "the middle of a decade": ("2030年代半ばに退役する。", "ja", (date(2034, 1, 1), date(2036, 12, 31))),
    "the nearer of two Aprils": ("The act takes effect on 1 April.", "en", (date(2026, 4, 1), date(2026, 4, 1))),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "wanted"), DAYS.values(), ids=DAYS.keys())
def test_a_day_that_leans_on_today_is_the_one_meant(
    read: Read, text: str, lang: str, wanted: tuple[date | None, date]
) -> None:
    found = [
        c.value for c in read(text, lang, "2026-03-10") if isinstance(c.value, Extent) and c.kind == "date"
    ]
    ends = [
        (low and date.fromordinal(int(low)), high and date.fromordinal(int(high)))
        for low, high in ((value.low, value.high) for value in found)
    ]
    assert ends == [wanted]


def test_a_season_in_another_word_is_no_date(read: Read) -> None:
    assert not [c for c in read("Tatbikata 40 kişi katıldı.", "tr") if c.kind == "date"]
