"""`fact:` holds amounts, dates and names of an article against what is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.watchers.matching.stated_articles import entry, known, meets
from watchers.types import Count, Entry, Fact, Money, Named, Period, Share, Words, fact_text

if TYPE_CHECKING:
    from watchers.matching.known import Known
    from watchers.types import FactType, FactValue

__all__ = ["known"]  # a fixture


def fact(
    kind: FactType, value: FactValue, mention: str = "Norland", *, of: Entry | None = None, **more: object
) -> Fact:
    """Make a fact on the first place of a mention in an entry's text."""
    text = fact_text(of or entry())
    start = text.index(mention)
    made = Fact(
        type=kind,
        value=value,
        start=start,
        end=start + len(mention),
        mention=mention,
        sentence=text,
        sentence_start=0,
    )
    return replace(made, **more)  # type: ignore[arg-type] # a fact's own fields


def money(low: float, high: float | None = None, currency: str = "USD", **more: object) -> Fact:
    amount = Money(
        low=Decimal(str(low)) * 10**9,
        high=Decimal(str(low if high is None else high)) * 10**9,
        currency=currency,
    )
    return fact("money", amount, **more)  # type: ignore[arg-type] # a fact's own fields


COMPARED = [
    pytest.param("fact:amount>1bn", money(5.5), True, id="over"),
    pytest.param("fact:amount>5.5bn", money(5.5), False, id="not over itself"),
    pytest.param("fact:amount>=5.5bn", money(5.5), True, id="at least itself"),
    pytest.param("fact:amount>5.5bn", money(5.5, bound="min"), True, id="more than 5.5 is over 5.5"),
    pytest.param("fact:amount>6bn", money(5.5, bound="min"), False, id="more than 5.5 may be under 6"),
    pytest.param("fact:amount<9bn", money(5.5, bound="min"), False, id="more than 5.5 is under nothing"),
    pytest.param("fact:amount>1bn", money(2, bound="max"), True, id="up to 2 counts as 2"),
    pytest.param("fact:amount>2bn", money(2, bound="max"), False, id="and no more"),
    pytest.param("fact:amount<=2bn", money(2, bound="max"), True, id="up to 2 is 2 at most"),
    pytest.param("fact:amount>3bn", money(2, 4), False, id="a range by its low end"),
    pytest.param("fact:amount<3bn", money(2, 4), False, id="and by its high end"),
    pytest.param("fact:amount<5bn", money(2, 4), True, id="a range wholly under"),
    pytest.param("fact:amount=3bn", money(2, 4), True, id="a range around"),
    pytest.param("fact:amount=3bn", money(3.02), True, id="about as much"),
    pytest.param("fact:amount=3bn", money(3.2), False, id="not as much"),
    pytest.param(
        "fact:amount>1bn", money(200, currency="JPY"), True, id="200 bn yen are over a billion dollars"
    ),
    pytest.param("fact:amount>2bn", money(200, currency="JPY"), False, id="but not over two"),
    pytest.param("fact:amount>1bnEUR", money(1.1), False, id="1.1 bn dollars are under a billion euros"),
    pytest.param("fact:amount>1", money(900, currency="ARS"), False, id="no rate is kept of that"),
    pytest.param("fact:amount>1bnARS", money(900, currency="ARS"), True, id="but it needs none for its own"),
    pytest.param("fact:amount>1bn", money(5.5, hedge="denied"), False, id="denied"),
    pytest.param("fact:amount>1bn", money(5.5, hedge="alleged"), True, id="alleged"),
    pytest.param("fact:contract>1bn", money(5.5, role="deal_value"), True, id="a contract's value"),
    pytest.param("fact:contract>1bn", money(5.5, role="revenue"), False, id="turnover is no contract"),
    pytest.param("fact:budget>1bn", money(5.5, role="requested"), True, id="a budget asked for"),
    pytest.param("fact:price<1bn", money(0.1, role="per_unit"), True, id="the price of one"),
    pytest.param(
        "fact:amount>1", fact("quantity", Count(low=12, high=12)), False, id="a number is no amount"
    ),
    pytest.param("fact:quantity>=12", fact("quantity", Count(low=12, high=12)), True, id="a number"),
    pytest.param(
        "fact:quantity>12", fact("quantity", Count(low=10, high=20)), False, id="a range of numbers"
    ),
    pytest.param("fact:percent>79", fact("percentage", Share(percent=Decimal(80))), True, id="a percentage"),
    pytest.param("fact:status=signed", fact("status", Words(text="signed")), True, id="signed"),
    pytest.param("fact:status=signed", fact("status", Words(text="not_signed")), False, id="not signed"),
    pytest.param(
        "fact:status=denied",
        fact("status", Words(text="denied"), hedge="denied"),
        True,
        id="that it was denied",
    ),
    pytest.param("fact:status=signed", fact("quote", Words(text="signed")), False, id="a word that was said"),
    pytest.param("fact:type=contract", money(1, role="ceiling"), True, id="a contract by its ceiling"),
    pytest.param("fact:type=contract", money(1), False, id="any amount is no contract"),
    pytest.param("fact:type=deadline", fact("delivery_deadline", Period(text="2029")), True, id="a type"),
]


@pytest.mark.parametrize(("expression", "stated", "met"), COMPARED)
def test_a_fact_is_held_against_what_is_asked(
    expression: str, stated: Fact, *, met: bool, known: Known
) -> None:
    assert meets(expression, (stated,), known) is met
    assert meets(f"NOT {expression}", (stated,), known) is not met


DATES = [
    pytest.param("2027", "<2028", True, id="a year before"),
    pytest.param("2028", "<2028", False, id="not before itself"),
    pytest.param("2027-12-31", "<2028", True, id="the last day before"),
    pytest.param("2027-2029", "<2029", False, id="a range ends with its last year"),
    pytest.param("2028-Q4", ">=2028", True, id="a quarter in the year"),
    pytest.param("2028-Q4", ">2028", False, id="but not after it"),
    pytest.param("2028-Q4", "=2028", True, id="within it"),
    pytest.param("2028-06", "=2028-Q2", True, id="a month of a quarter"),
    pytest.param("2028", "=2028-Q2", False, id="a year is not a quarter"),
    pytest.param("FY2027", "<2028", False, id="a fiscal year may end in March of the next"),
    pytest.param("FY2027", "<2028-04", True, id="and no later"),
    pytest.param("FY2027", "=2027", False, id="a fiscal year is no calendar year"),
    pytest.param("FY2027", ">=2027-04", False, id="it may end in March"),
    pytest.param("2028-H1", "<=2028-06", True, id="a half"),
]


@pytest.mark.parametrize(("said", "asked", "met"), DATES)
def test_a_deadline_is_the_last_day_of_what_is_said(
    said: str, asked: str, *, met: bool, known: Known
) -> None:
    stated = fact("delivery_deadline", Period(text=said), bound="end")
    assert meets(f"fact:deadline{asked}", (stated,), known) is met


NAMES = [
    pytest.param("fact:buyer=Japan", Named(name="Japan", entity="loc:JP"), "buyer", True, id="an entity"),
    pytest.param(
        "fact:buyer=日本", Named(name="Japan", entity="loc:JP"), "buyer", True, id="in another language"
    ),
    pytest.param(
        "fact:buyer=Japan", Named(name="Tokyo", entity="loc:tokyo"), "buyer", True, id="its capital"
    ),
    pytest.param("fact:buyer=Japan", Named(name="Japanese Coast Guard"), "buyer", True, id="its bodies"),
    pytest.param("fact:buyer=Japan", Named(name="Türkiye", entity="loc:TR"), "buyer", False, id="another"),
    pytest.param(
        "fact:buyer=Japan", Named(name="Japan", entity="loc:JP"), "seller", False, id="another role"
    ),
    pytest.param("fact:party=Japan", Named(name="Japan", entity="loc:JP"), "seller", True, id="any role"),
    pytest.param(
        'fact:buyer="Norland Navy"', Named(name="Royal Norland Navy"), "buyer", True, id="its words"
    ),
    pytest.param("fact:buyer=land", Named(name="Norland"), "buyer", False, id="whole words only"),
    pytest.param(
        "fact:seller=tusaş", Named(name="x", entity="org:tusas"), "seller", True, id="any of its names"
    ),
]


@pytest.mark.parametrize(("expression", "named", "role", "met"), NAMES)
def test_a_name_is_whoever_bears_it(
    expression: str, named: Named, role: str, *, met: bool, known: Known
) -> None:
    assert meets(expression, (fact("party", named, role=role),), known) is met
