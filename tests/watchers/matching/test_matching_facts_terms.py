"""`fact:` as people type it: what can be read and is written one way, and what a fault says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cpu import cpu_spent
from watchers.errors import ExpressionError
from watchers.facts.currencies import CODES
from watchers.facts.status_tables import TABLES
from watchers.matching.figures import Amount, days_of, read_amount
from watchers.matching.grammar import parse_expression
from watchers.matching.stated import STATUSES

READ = [
    pytest.param("fact:amount>100m", "fact:amount>100m", id="an amount in dollars"),
    pytest.param("fact:amount>100mUSD", "fact:amount>100m", id="dollars by name"),
    pytest.param("fact:amount>100meur", "fact:amount>100mEUR", id="a currency behind it"),
    pytest.param("fact:amount>100m EUR", "fact:amount>100mEUR", id="a currency after a blank"),
    pytest.param("fact:amount>100 million EUR", "fact:amount>100mEUR", id="a scale in words"),
    pytest.param("fact:amount > 1.5 bn AND navy", "fact:amount>1.5bn AND navy", id="blanks around"),
    pytest.param("fact:amount≥€2bn", "fact:amount>=2bnEUR", id="signs in front and a sign of its own"),
    pytest.param("fact:amount>20億円", "fact:amount>2bnJPY", id="a Japanese amount"),
    pytest.param("fact:amount<1,500,000", "fact:amount<1.5m", id="commas between thousands"),
    pytest.param("fact:amount=>1bn", "fact:amount>=1bn", id="a sign the wrong way round"),
    pytest.param("fact:quantity>50 tanks", "fact:quantity>50 AND tanks", id="a number and then a word"),
    pytest.param("fact:percent>=12.5", "fact:percent>=12.5", id="a percentage"),
    pytest.param("fact:deadline<2028q4", "fact:deadline<2028-Q4", id="a quarter"),
    pytest.param('fact:buyer="Saudi Arabia"', 'fact:buyer="Saudi Arabia"', id="a name of two words"),
    pytest.param("FACT:Status=Signed", "fact:status=signed", id="capitals"),
    pytest.param(
        "fact:status=signed|delivered -fact:buyer=Japan",
        "(fact:status=signed OR fact:status=delivered) AND NOT fact:buyer=Japan",
        id="alternatives, and what must not be",
    ),
    pytest.param("fact:budget>1bn NEAR/6 earmark*", "fact:budget>1bn NEAR/6 earmark*", id="near a word"),
    pytest.param("title:fact:amount>1bn", "title:fact:amount>1bn", id="in the title"),
    pytest.param("cs:fact:type=contract", "fact:type=contract", id="capitals mean nothing to it"),
]


@pytest.mark.parametrize(("typed", "canonical"), READ)
def test_a_term_is_read_as_people_type_it_and_written_one_way(typed: str, canonical: str) -> None:
    assert str(parse_expression(typed)) == canonical
    assert str(parse_expression(canonical)) == canonical


FAULTS = [
    pytest.param("navy fact:amount:1bn", 16, "navy fact:amount>1bn", id="a colon for a sign"),
    pytest.param("fact:value>1bn", 5, "fact:amount>1bn", id="another name of a field"),
    pytest.param("fact:amuont>1bn", 5, "fact:amount>1bn", id="a slip of the finger"),
    pytest.param("fact:status>signed", 11, "fact:status=signed", id="a sign it does not take"),
    pytest.param("fact:buyer!=Japan", 10, "-fact:buyer=Japan", id="unlike"),
    pytest.param("fact:status=singed navy", 12, "fact:status=signed navy", id="no such status"),
    pytest.param("fact:signed", 5, "fact:status=signed", id="a status alone"),
    pytest.param("fact:agreement", 5, "fact:type=agreement", id="a type alone"),
    pytest.param("fact:Japan", 5, "fact:party=Japan", id="a name alone"),
    pytest.param("fact:<2bn", 5, "fact:amount<2bn", id="an amount alone"),
    pytest.param("fact:amount>lots", 12, "fact:amount>100m", id="no amount"),
    pytest.param("fact:amount>1,5bn", 12, "fact:amount>1.5bn", id="a comma for a point"),
    pytest.param("fact:quantity>50EUR", 14, "fact:quantity>50", id="a currency where none is"),
    pytest.param("fact:deadline<soon", 14, "fact:deadline<2028", id="no date"),
    pytest.param("fact:amount>", 12, "fact:amount>100m", id="nothing to compare with"),
    pytest.param("fact:", 5, "fact:amount>100m", id="nothing at all"),
    pytest.param("fact:status=(signed OR agreed)", 12, "fact:status=signed|agreed", id="brackets"),
    pytest.param("fact:status=signed,agreed", 12, "fact:status=signed|agreed", id="a comma between"),
    pytest.param(
        "fact:buyer=" + "|".join("abcdefghijklmn"),
        11,
        "fact:buyer=a|b|c|d|e|f|g|h|i|j|k|l",
        id="too many values",
    ),
    pytest.param("amount>100m", 0, "fact:amount>100m", id="the scope left out"),
    pytest.param("amount:>100m", 0, "fact:amount>100m", id="the field as a scope"),
    pytest.param("fact=amount>1bn", 0, "fact:amount>1bn", id="an equals sign for the colon"),
]


@pytest.mark.parametrize(("typed", "place", "proposal"), FAULTS)
def test_an_error_points_at_its_place_and_proposes_what_can_be_read(
    typed: str, place: int, proposal: str
) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse_expression(typed)
    assert raised.value.position == place
    assert str(raised.value).rpartition("Try: ")[2] == proposal
    parse_expression(proposal)


def outcome(typed: str) -> tuple[int, str]:
    """Return where reading stopped, 0 if nowhere, and the canonical form, empty for an error."""
    try:
        return 0, str(parse_expression(typed))
    except ExpressionError as error:
        return error.position, ""


# Seconds of processor time: .06 at most when measured; 50 000 signs, each gone back over, take minutes.
SOON = 1.0


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("fact:" + "a" * 50_000, id="a long field"),
        pytest.param("fact:amount>" + "1," * 25_000, id="digits"),
        pytest.param("fact:amount" + ">" * 50_000, id="signs"),
        pytest.param("fact:amount>" + " " * 50_000, id="blanks"),
        pytest.param('fact:buyer="' + "a " * 20_000 + '"', id="a long name"),
    ],
)
def test_a_hostile_term_is_refused_at_once(typed: str) -> None:
    with cpu_spent() as spent:  # once: amounts that were read are remembered
        place, written = outcome(typed)
    assert (written, place > 0) == ("", True)
    assert spent.seconds < SOON


amounts = st.builds(
    Amount,
    st.decimals(min_value=0, max_value=10**15 - 1, places=3).filter(lambda n: len(n.as_tuple().digits) <= 15),
    st.sampled_from(CODES),
)


@given(amounts)
def test_an_amount_that_is_written_is_read_back_the_same(amount: Amount) -> None:
    assert read_amount(str(amount), money=True) == amount
    assert read_amount(str(Amount(amount.number)), money=False) == Amount(amount.number)


@given(st.text(st.sampled_from("fact:amountbuyer>=<!|1,.50mbnEUR$€億円 \"()-NEAR/3ORD'"), max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_place(typed: str) -> None:
    place, written = outcome(f"fact:{typed}")
    assert 0 <= place <= len(typed) + len("fact:")
    assert outcome(written or "navy") == (0, written or "navy")


def test_the_words_for_a_status_are_those_of_the_extractor() -> None:
    assert {*STATUSES} == {word for table in TABLES.values() for word in table}


@pytest.mark.parametrize("text", ["2028-13", "FY2028-04", "2028-02-30", "28", "soon", ""])
def test_what_is_no_period_has_no_days(text: str) -> None:
    assert days_of(text) is None
