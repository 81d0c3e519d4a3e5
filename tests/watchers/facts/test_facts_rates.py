"""Rates: each has a date and a source, and what they give fits together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.facts.currencies import CODES
from watchers.facts.rates import in_dollars, rate

DAY = date(2025, 8, 20)
UNKNOWN = {"ARS", "ETB", "GHS", "NGN"}  # as the data file says


def of(code: str, to: str, day: date = DAY) -> Decimal:
    found = rate(code, to, day)
    assert found is not None
    return found.value


@pytest.mark.parametrize(
    ("code", "to", "day", "value", "when"),
    [
        pytest.param("JPY", "USD", DAY, "147.7", "2025-08", id="yen of a month"),
        pytest.param("USD", "EUR", date(2024, 1, 31), "1.091", "2024-01", id="dollars for a euro"),
        pytest.param("SAR", "USD", DAY, "3.75", "", id="a peg has no date"),
        pytest.param("UAH", "USD", date(2023, 5, 1), "36.6", "2023", id="a year's average"),
        pytest.param("UAH", "USD", DAY, "40.2", "2024", id="the last year there is"),
        pytest.param("TRY", "EUR", date(2019, 1, 1), "6.581", "2020-01", id="before the first month"),
        pytest.param("BGN", "EUR", date(2026, 6, 1), "1.956", "2026-06", id="a currency that was given up"),
    ],
)
def test_a_rate_is_that_of_the_day_with_its_date(
    code: str, to: str, day: date, value: str, when: str
) -> None:
    found = rate(code, to, day)
    assert found is not None
    assert abs(found.value / Decimal(value) - 1) < Decimal("0.001")
    assert found.when == when
    assert found.source


def test_two_hundred_billion_yen_of_august_2025_are_one_and_a_third_billion_dollars() -> None:
    found = rate("JPY", "USD", DAY)
    assert found is not None
    assert round(found.convert(Decimal(200)), 2) == Decimal("1.35")


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_there_and_back_is_the_same_and_every_known_currency_has_a_rate(a: str, b: str, day: date) -> None:
    there, back = rate(a, b, day), rate(b, a, day)
    if there is None or back is None:
        assert {a, b} & UNKNOWN
    else:
        assert abs(there.value * back.value - 1) < Decimal("1e-20")


def test_a_year_is_the_mean_of_its_months() -> None:
    months = [of("USD", "EUR", date(2024, month, 1)) for month in range(1, 13)]
    dollars = in_dollars("EUR", 2024)
    assert dollars is not None
    assert abs(dollars * 12 / sum(months, Decimal(0)) - 1) < Decimal("0.001")
    assert in_dollars("USD", 2024) == 1
    assert in_dollars("ARS", 2024) is None
