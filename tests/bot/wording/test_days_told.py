"""Days from one to another: one date, told as each language tells it, read by rules and kept for promises."""

from __future__ import annotations

from datetime import date

import pytest

from bot.wording.values import period
from watchers.claims.periods import span_of
from watchers.matching.figures import days_of

FAIR = "2026-11-24/2026-11-26"


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "24–26 Nov 2026"), ("tr", "24–26 Kas 2026"), ("ja", "2026年11月24〜26日")]
)
def test_days_from_one_to_another_name_month_and_year_once(lang: str, told: str) -> None:
    assert period(FAIR, lang) == told


def test_they_are_spans_from_the_first_to_the_last() -> None:
    ends = date(2026, 11, 24), date(2026, 11, 26)
    assert span_of(FAIR) == ends
    days = days_of(FAIR)
    assert days is not None
    assert (days.first, days.last) == ends


@pytest.mark.parametrize("text", ["2026-11-26/2026-11-24", "2026-11-24/soon", "/", "2026/" * 2_000])
def test_what_is_no_such_span_has_no_days(text: str) -> None:
    assert days_of(text) is None
