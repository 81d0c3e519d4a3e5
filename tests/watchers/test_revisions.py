"""What counts as changed figures, and which facts that corrects."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.store.store_builders import make_entry, make_fact
from watchers.revisions import corrections, figures, is_revision, paired
from watchers.types import Count, Fact, FactValue, Money, Named

ENTRY = make_entry("brig", summary="A contract worth 5.5 million euros.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5.5 million", "5,5 milyon"),
        ("5.5 million", "5.50mn"),
        ("5,500,000", "5.500.000"),
        ("5,500,000", "5 500 000"),
        ("１２３億円", "123億円"),
        ("on 3 March 2026, 12 ships", "12 ships (03/2026)"),
        ("12 ships", "ships: 12!"),
    ],
)
def test_the_same_figures_in_other_dress(one: str, other: str) -> None:
    assert figures(one) == figures(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5.5 million", "5.5 billion"),
        ("5.5", "55"),
        ("5億円", "5兆円"),
        ("12 and 12", "12"),
        ("7 ships", "ships"),
        ("5.5", "7.1"),
        ("1,250", "1,251"),
    ],
)
def test_other_figures(one: str, other: str) -> None:
    assert figures(one) != figures(other)


@given(st.lists(st.integers(0, 10**9), max_size=6))
def test_the_order_of_words_makes_no_difference(numbers: list[int]) -> None:
    words = [f"{n:,} ships" for n in numbers]
    assert figures("; ".join(words)) == figures(" and ".join(reversed(words)))


@pytest.mark.parametrize(
    ("old", "new", "revised"),
    [
        pytest.param("It orders four ships.", "It orders six ships.", True, id="English"),
        pytest.param("Dört gemi aldı.", "Altı gemi aldı.", True, id="Turkish"),
        pytest.param("It orders four ships.", "Four ships are ordered.", False, id="another order of words"),
        pytest.param("One ship, on time.", "A ship, in time.", False, id="words that count nothing"),
        pytest.param("A sixth ship.", "The ship.", False, id="no number words"),
    ],
)
def test_numbers_told_in_words_count_as_figures(old: str, new: str, *, revised: bool) -> None:
    assert is_revision(replace(ENTRY, summary=old), replace(ENTRY, summary=new)) is revised


@given(st.text(max_size=200))
def test_any_text_has_figures(text: str) -> None:
    assert figures(text) == tuple(sorted(figures(text)))


def test_half_a_megabyte_of_digits_and_dots_takes_no_time() -> None:
    assert figures("1.111" * 100_000)


@pytest.mark.parametrize(
    ("new", "revised"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"title": "The brig has sailed"}, False, id="another headline"),
        pytest.param({"summary": "A contract worth 5,5 million euros!"}, False, id="punctuation"),
        pytest.param({"summary": "A contract worth 7.1 million euros."}, True, id="another amount"),
        pytest.param({"title": "The brig sails 3 times"}, True, id="a number in the headline"),
        pytest.param({"summary": ""}, False, id="a summary left out"),
        pytest.param({"published": None}, False, id="another date"),
    ],
)
def test_what_revises_an_entry(new: dict[str, str], *, revised: bool) -> None:
    assert is_revision(ENTRY, replace(ENTRY, **new)) is revised  # type: ignore[arg-type]  # a table of changes


def fact(value: FactValue, role: str = "deal_value", **changes: object) -> Fact:
    made = replace(make_fact(ENTRY, value), role=role)
    return replace(made, **changes)  # type: ignore[arg-type]  # changes of a test


def euros(amount: int) -> Money:
    return Money(low=Decimal(amount), high=Decimal(amount), currency="EUR")


PARTY = fact(Named(name="Baykar"), "seller", type="party")
OTHER_PARTY = fact(Named(name="Aselsan"), "seller", type="party")


def test_facts_that_changed_are_given_with_those_they_replace() -> None:
    old = (fact(euros(5)), fact(Count(low=4, high=4), "ordered", type="quantity"), PARTY)
    new = (PARTY, fact(euros(7)), fact(Count(low=4, high=4), "ordered", type="quantity", start=9))
    come, gone = corrections(old, new)
    assert (come, gone) == ((new[1],), (old[0],))
    assert paired(gone, come) == ((old[0], new[1]),)


def test_another_name_alone_corrects_nothing() -> None:
    assert corrections((fact(euros(5)), PARTY), (fact(euros(5)), OTHER_PARTY)) == ((), ())


def test_a_figure_that_is_taken_back_stands_beside_nothing() -> None:
    old = (fact(euros(5)), fact(euros(6), "budget"))
    new = (fact(euros(6), "budget"), fact(euros(1), "per_unit"))
    come, gone = corrections(old, new)
    assert paired(gone, come) == ((old[0], None), (None, new[1]))
