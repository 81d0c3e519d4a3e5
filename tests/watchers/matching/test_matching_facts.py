"""`fact:` against entries: what an article states, held against limits, names and words."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cpu import cpu_spent
from tests.known_names import shipped
from watchers.errors import ExpressionError
from watchers.facts.currencies import CODES
from watchers.facts.extract import extract
from watchers.facts.status_tables import TABLES
from watchers.gazetteer.load import load
from watchers.lens import build, read
from watchers.lens_spec import LensSpec
from watchers.matching.explain import explain
from watchers.matching.figures import Amount, days_of, read_amount
from watchers.matching.grammar import parse_expression
from watchers.matching.known import Known
from watchers.matching.match import compile_watches, match
from watchers.matching.stated import FIELDS, STATUSES, TYPES
from watchers.types import Count, Entry, Exemplar, Fact, Money, Named, Period, Share, Watch, Words, fact_text

if TYPE_CHECKING:
    from watchers.types import FactType, FactValue

SEEDS = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "seeds"
DAY = date(2025, 8, 20)
TITLE = "Norland buys ships"
BODY = (
    "The Norland Navy has signed a contract worth 200 billion yen for 12 frigates with Petrel Works. "
    "The parliament in Oslo earmarked 3 billion euros. Delivery is due by 2029."
)


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(load())


def entry(title: str = TITLE, body: str = BODY, summary: str = "") -> Entry:
    return Entry(
        key="0" * 16,
        feed=1,
        guid="",
        link="https://news.gulfherald.example/1",
        title=title,
        summary=summary,
        body=body,
        lang="en",
        outlet="Gulf Herald",
        published=None,
        seen=datetime(2025, 8, 20, 9, tzinfo=UTC),
    )


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


def watch(expression: str) -> Watch:
    return Watch(number=1, channel="c", name="", expression=expression, kind="rule")


def meets(expression: str, facts: tuple[Fact, ...], known: Known, of: Entry | None = None) -> bool:
    return bool(match(of or entry(), compile_watches([watch(expression)], known), facts))


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


def test_a_hit_points_at_what_states_the_fact(known: Known) -> None:
    article = entry()
    facts = extract(fact_text(article), lang="en", published=DAY, finder=shipped())
    watchlist = compile_watches(
        [watch("fact:contract>1bn AND fact:quantity>10 AND fact:status=signed")], known
    )
    (found,) = match(article, watchlist, facts)
    said = [(hit.term, hit.scope, article.body[hit.start : hit.end]) for hit in found.hits]
    assert said == [
        ("fact:status=signed", "body", said[0][2]),
        ("fact:contract>1bn", "body", "200 billion yen"),
        ("fact:quantity>10", "body", "12 frigates"),
    ]
    assert "signed" in said[0][2]


def test_what_the_title_or_the_summary_states_is_found_there(known: Known) -> None:
    article = entry("Norland pays $3 billion", "", "It will pay $5 billion more, İstanbul hears.")
    facts = extract(fact_text(article), lang="en", published=DAY, finder=shipped())
    found = match(article, compile_watches([watch("fact:amount>1bn")], known), facts)[0].hits
    assert [(h.scope, getattr(article, h.scope)[h.start : h.end]) for h in found] == [
        ("title", "$3 billion"),
        ("summary", "$5 billion"),
    ]
    assert not meets("title:fact:amount>4bn", facts, known, article)
    assert meets("title:fact:amount>2bn", facts, known, article)


def test_an_amount_can_be_tied_to_words(known: Known) -> None:
    facts = extract(fact_text(entry()), lang="en", published=DAY, finder=shipped())
    assert meets("fact:amount>3bn NEAR/3 earmark*", facts, known)
    assert not meets("fact:amount>3bn NEAR/3 signed", facts, known)
    assert not meets("fact:amount<2bn NEAR/3 earmark*", facts, known)


def test_without_facts_no_term_is_met(known: Known) -> None:
    assert not meets("fact:amount>0", (), known)
    assert not meets("frigates fact:type=money", (), known)
    assert meets("frigates -fact:type=money", (), known)


def test_the_lens_reads_the_facts_before_it_matches() -> None:
    lens = build(
        LensSpec(
            exemplars=(Exemplar(key="x", title="Frigates", text="A navy orders frigates.", lang="en"),),
            watches=(watch("fact:contract>1bn AND frigates"),),
            embedder="none",
        )
    )
    (report,) = read([entry()], lens)
    assert [hit.term for hit in report.matches[0].hits] == ["fact:contract>1bn", "frigates"]


BUDGET = "fact:budget>={}bn NEAR/6 earmark*"


@pytest.mark.shared
def test_the_founding_article_passes_a_budget_watch_at_one_billion_dollars_and_fails_at_two(
    known: Known,
) -> None:
    text = next(SEEDS.glob("002_*.txt")).read_text(encoding="utf-8")
    article = entry("", text)
    facts = extract(fact_text(article), lang="en", published=DAY, finder=shipped())
    assert meets(BUDGET.format(1), facts, known, article)
    assert not meets(BUDGET.format(2), facts, known, article)


def test_a_budget_in_yen_passes_a_watch_in_dollars_by_the_rate_of_its_month(known: Known) -> None:
    article = entry(
        "Drones for the coast",
        "The ministry wants to earmark 200 billion yen from its budget for drones next year. "
        "All of its budget comes to 8.7 trillion yen.",
    )
    facts = extract(fact_text(article), lang="en", published=DAY, finder=shipped())
    assert meets(BUDGET.format(1), facts, known, article)
    assert not meets(BUDGET.format(2), facts, known, article)
    assert meets("fact:budget>2bn", facts, known, article)


def test_the_words_for_a_status_are_those_of_the_extractor() -> None:
    assert {*STATUSES} == {word for table in TABLES.values() for word in table}


def test_every_field_and_type_is_said_in_words(known: Known) -> None:
    values = {"money": ">5mEUR", "number": ">5", "day": "<2028", "name": "=Japan", "word": "=signed"}
    terms = [f"fact:{name}{values[kind]}" for name, kind in FIELDS.items() if name != "type"]
    terms += [f"fact:type={name}" for name in TYPES]
    said = explain(parse_expression(" ".join(terms)), known)
    assert len(said) == len(terms)
    assert all("the article states" in line for line in said)
    assert "5m EUR" in said[0]
    assert any("the place Japan" in line for line in said)


@pytest.mark.parametrize("text", ["2028-13", "FY2028-04", "2028-02-30", "28", "soon", ""])
def test_what_is_no_period_has_no_days(text: str) -> None:
    assert days_of(text) is None
