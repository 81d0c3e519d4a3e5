"""Where the reports of one story differ, and where they only seem to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.watchers.stories.story_builders import count, deadline, make_report, money, percentage
from watchers.stories.claims import disagreements

if TYPE_CHECKING:
    from watchers.types import Fact

DIFFER = [
    pytest.param(money("8000000000", "GBP"), money("5400000000", "GBP"), "deal value", id="two prices"),
    pytest.param(money("30000000"), money("300000000"), "deal value", id="ten times as much"),
    pytest.param(
        money("100000000000", "JPY", bound="min"),
        money("1000000000000", "JPY", bound="min"),
        "deal value",
        id="over a hundred billion and over a trillion",
    ),
    pytest.param(money("900000000", "USD"), money("900000000", "MYR"), "deal value", id="one sum, two units"),
    pytest.param(percentage("3.8"), percentage("9.4"), "percentage", id="growth"),
    pytest.param(count(17, "soldiers"), count(28, "asker"), "number of people", id="toll in two languages"),
    pytest.param(deadline("2028"), deadline("2030", bound="end"), "end date", id="two deadlines"),
    pytest.param(
        count(19, "airspace violations"), count(23, "objects"), "number of violations", id="two words for one"
    ),
]
CONSISTENT = [
    pytest.param(money("1300000000", "CZK"), money("1300000000", "NOK"), id="crowns of some country"),
    pytest.param(money("10000000000"), money("100000000000", bound="max"), id="a bound ten times as high"),
    pytest.param(
        replace(money("9000000000", "USD"), mention="$9 billion"),
        money("9000000000", "AUD"),
        id="dollars without their country",
    ),
    pytest.param(money("370000000"), money("367000000"), id="rounding to one per cent"),
    pytest.param(money("8000000000"), money("8400000000"), id="fewer digits"),
    pytest.param(money("5500000000", bound="min"), money("7154000000"), id="a lower bound that is kept"),
    pytest.param(money("5000000000", bound="max"), money("4000000000"), id="an upper bound that is kept"),
    pytest.param(money("2000000000"), money("2310000000", "USD", role="conversion"), id="a conversion"),
    pytest.param(money("2000000000"), money("2310000000", "USD"), id="two currencies, two numbers"),
    pytest.param(money("200000000000", "JPY"), money("8800000000000", "JPY"), id="an item and the whole"),
    pytest.param(money("5", role="per_unit"), money("9", role="deal_value"), id="price of one and of all"),
    pytest.param(percentage("48"), percentage("48.2"), id="rounded percentage"),
    pytest.param(percentage("0.9", points=True), percentage("1.4"), id="points and per cent"),
    pytest.param(count(11, "ships"), count(3, "ships"), id="three of eleven"),
    pytest.param(count(14, "boats"), count(19, "violations"), id="boats and violations"),
    pytest.param(
        deadline("2028", bound="start"), deadline("2036", bound="end"), id="first and last delivery"
    ),
    pytest.param(deadline("2028"), deadline("2028-Q4"), id="a finer date"),
    pytest.param(deadline("2028-11-24/2028-11-26"), deadline("2028-11"), id="days of a month"),
    pytest.param(deadline("2028-11-24/2028-11-26"), deadline("2028-Q4"), id="days of a quarter"),
]


@pytest.mark.parametrize(("left", "right", "about"), DIFFER)
def test_a_contradiction_is_found_with_both_sides(left: Fact, right: Fact, about: str) -> None:
    reports = [
        make_report("One", key="a", facts=(left,)),
        make_report("Two", key="b", facts=(right,)),
        make_report("Three", key="c", facts=(right,)),
    ]
    [found] = disagreements(reports)
    assert found.about == about
    assert [side.entries for side in found.sides] == [("b", "c"), ("a",)]
    assert [side.value for side in found.sides] == [str(right.value), str(left.value)]


@pytest.mark.parametrize(("left", "right"), CONSISTENT)
def test_what_only_looks_different_is_not_shown(left: Fact, right: Fact) -> None:
    reports = [make_report("One", key="a", facts=(left,)), make_report("Two", key="b", facts=(right,))]
    assert disagreements(reports) == ()
    assert disagreements(reports[::-1]) == ()


def test_two_reports_that_agree_on_the_total_differ_in_scope_elsewhere() -> None:
    total = money("8845400000000", "JPY")
    reports = [
        make_report("One", facts=(total, money("312800000000", "JPY")), key="a"),
        make_report("Two", facts=(total, money("180000000000", "JPY")), key="b"),
    ]
    assert disagreements(reports) == ()


def test_parts_that_add_up_to_the_whole_are_no_contradiction() -> None:
    reports = [
        make_report("One", facts=(count(97, "jets"),), key="a"),
        make_report("Two", facts=(count(68, "fighters"), count(29, "twin-seaters")), key="b"),
    ]
    assert disagreements(reports) == ()


def test_a_report_that_gives_both_values_settles_it() -> None:
    old, new = money("125000000"), money("152000000")
    reports = [
        make_report("One", facts=(old,), key="a"),
        make_report("Two", facts=(new,), key="b"),
        make_report("Three", facts=(old, new), key="c"),
    ]
    assert disagreements(reports) == ()


def test_one_sum_in_the_dollars_of_two_countries_differs_where_both_are_named() -> None:
    american = replace(money("9000000000", "USD"), mention="US$9 billion")
    reports = [
        make_report("One", facts=(american,), key="a"),
        make_report("Two", facts=(money("9000000000", "AUD"),), key="b"),
    ]
    assert [found.about for found in disagreements(reports)] == ["deal value"]


def test_the_fiscal_year_of_a_budget_is_no_deadline() -> None:
    budget = replace(deadline("FY2027"), type="date")
    reports = [
        make_report("One", facts=(budget,), key="a"),
        make_report("Two", facts=(deadline("2029", bound="end"),), key="b"),
    ]
    assert disagreements(reports) == ()


@pytest.mark.parametrize("day", ["2027-11-26", "2027-11-24/2027-11-26"])
def test_the_day_of_a_visit_is_no_deadline(day: str) -> None:
    visit = replace(deadline(day), type="date")
    reports = (
        make_report("One", facts=(visit,), key="a"),
        make_report("Two", facts=(deadline("2029-03", bound="end"),), key="b"),
    )
    assert disagreements(reports) == ()


def test_a_past_date_is_no_promise_to_disagree_on() -> None:
    reports = [
        make_report("One", facts=(deadline("2023"),), key="a"),
        make_report("Two", facts=(deadline("2024"),), key="b"),
    ]
    assert disagreements(reports) == ()
