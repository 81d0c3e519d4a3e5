"""What one report tells roughly and another exactly, and values that only their scope sets apart."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cpu import least_cpu
from tests.watchers.claims.conftest import known
from tests.watchers.stories.story_builders import count, make_report, money
from watchers.claims.exactly import MOST, known_more_exactly
from watchers.facts.extract import extract
from watchers.stories.claims import disagreements
from watchers.types import Entry, Relevance, Report, fact_text

if TYPE_CHECKING:
    from watchers.types import Disagreement

AT = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
SEEDS = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "seeds"
# Seconds of processor time: .03 when measured. To hold the 60 000 facts of a huge story against one another
# takes 3.6 thousand million steps, which are minutes.
SOON = 0.5


def report(title: str, outlet: str) -> Report:
    entry = Entry(
        key=outlet, feed=1, guid=outlet, link=f"https://{outlet}.example/1", title=title, summary="", body="",
        lang="en", outlet=outlet, published=AT, seen=AT,
    )  # fmt: skip
    facts = extract(fact_text(entry), lang="en", published=AT.date(), finder=known())
    return Report(
        entry=entry,
        matches=(),
        relevance=Relevance(score=0.5, reasons=()),
        facts=facts,
        mentions=(),
        vector=None,
    )


def values(found: tuple[Disagreement, ...]) -> list[list[str]]:
    return [[side.value for side in dispute.sides] for dispute in found]


def test_a_bound_and_a_value_inside_it_are_one_thing_known_more_exactly() -> None:
    reports = [
        report("The radar contract is worth more than 5.5 billion euros.", "harbour"),
        report("The radar contract is worth 7.154 billion euros.", "fjord"),
    ]
    found = known_more_exactly(reports)
    assert values(found) == [["5500000000 EUR", "7154000000 EUR"]]
    assert [side.entries for side in found[0].sides] == [("harbour",), ("fjord",)]
    assert disagreements(reports) == ()


def test_a_value_at_the_bound_tells_nothing_more() -> None:
    reports = [
        report("The radar contract is worth more than 40 million euros.", "harbour"),
        report("The radar contract is worth 40 million euros.", "fjord"),
    ]
    assert known_more_exactly(reports) == ()


def test_a_batch_and_the_whole_order_are_no_disagreement() -> None:
    whole = report("The contract covers 40 tanks in all.", "fjord")
    assert disagreements([report("The first batch of 30 tanks was ordered.", "harbour"), whole]) == ()
    told = disagreements([report("The contract covers 30 tanks in all.", "harbour"), whole])
    assert values(told) == [["30", "40"]]


EXPORTS = "Turkish defence exports exceeded 5.5 billion dollars in 2024."
AGENCY = (
    "Türkiye sold 7.154 billion dollars of defence and aerospace goods abroad in 2024, services and sales to "
    "NATO included, the Secretariat of Defence Industries announced."
)
TEN = "Ten companies together exported 5.549 billion dollars of Turkish defence goods in 2024."
YEAR_BEFORE = "Turkish defence exports came to 6.5 billion dollars in 2023."


def test_a_total_with_its_year_is_known_more_exactly_by_who_counts_it() -> None:
    reports = [report(EXPORTS, "harbour"), report(AGENCY, "agency")]
    assert values(known_more_exactly(reports)) == [["5500000000 USD", "7154000000 USD"]]
    assert disagreements(reports) == ()


@pytest.mark.parametrize(
    ("rough", "exact"),
    [
        pytest.param(EXPORTS, YEAR_BEFORE, id="another year"),
        pytest.param(EXPORTS, "Turkish defence imports came to 6.5 billion dollars in 2024.", id="imports"),
        pytest.param(EXPORTS, "A yard was sold for 6.5 billion dollars.", id="a deal"),
        pytest.param(
            "The order covers up to 8.8 billion euros.", "Drones get 312 million euros.", id="a part of it"
        ),
        pytest.param(
            "The contract is worth more than 5 billion euros.",
            "The contract was raised to 7 billion euros.",
            id="what has changed since",
        ),
        pytest.param(
            "The first batch is worth more than 5 billion euros.",
            "The contract is worth 7 billion euros in all.",
            id="a batch and the whole",
        ),
        pytest.param(
            "The contract is worth more than 5 billion euros.",
            "The contract is worth 7 billion dollars.",
            id="two currencies",
        ),
        pytest.param(
            "The contract is worth more than 5 billion euros.",
            "The contract is worth 4 billion euros.",
            id="a bound that is broken",
        ),
        pytest.param(
            "The contract is worth more than 5 billion euros.",
            "The contract is worth more than 6 billion euros.",
            id="two bounds",
        ),
    ],
)
def test_another_year_thing_size_or_time_is_nothing_known_more_exactly(rough: str, exact: str) -> None:
    reports = [report(rough, "harbour"), report(exact, "fjord")]
    assert known_more_exactly(reports) == ()
    assert known_more_exactly(reports[::-1]) == ()


def test_ten_firms_and_all_of_them_neither_differ_nor_tell_more() -> None:
    reports = [report(EXPORTS, "harbour"), report(TEN, "ten"), report(AGENCY, "agency")]
    assert disagreements(reports) == ()
    assert values(known_more_exactly(reports)) == [["5500000000 USD", "7154000000 USD"]]


def test_a_report_that_gives_both_has_settled_it() -> None:
    both = make_report("Both", key="c", facts=(money("5000000", bound="min"), money("7000000")))
    assert (
        known_more_exactly([both, make_report("One", key="a", facts=(money("5000000", bound="min"),))]) == ()
    )


def _crowd(reports: int, facts: int) -> list[Report]:
    """Make a story in which every report gives other values, half of them as bounds."""
    return [
        make_report(
            f"Report {n}",
            key=str(n),
            outlet=f"Outlet {n}",
            facts=tuple(
                fact
                for i in range(facts)
                for fact in (
                    money(str(1000 + n * facts + i), bound="min" if n % 2 else ""),
                    replace(count(100 + n * facts + i, "ships"), bound="" if n % 2 else "min"),
                )
            ),
        )
        for n in range(reports)
    ]


def test_a_huge_story_takes_no_longer_than_a_large_one() -> None:
    many = _crowd(300, 100)
    assert len(known_more_exactly(many)) <= MOST
    assert len(disagreements(many)) <= 12
    assert least_cpu(lambda: (known_more_exactly(many), disagreements(many)), under=SOON) < SOON


def test_a_storys_first_reports_are_compared_though_one_of_them_is_a_table() -> None:
    table = make_report("Table", key="t", facts=tuple(money(str(Decimal(10) ** n)) for n in range(20)) * 20)
    one, two = (make_report(name, key=name, facts=(count(n, "ships"),)) for name, n in (("a", 14), ("b", 12)))
    assert [dispute.about for dispute in disagreements([table, one, two])] == ["number of ships"]


@pytest.mark.shared
def test_the_founding_articles_differ_on_nothing_and_the_official_figure_is_known_more_exactly() -> None:
    articles = []
    for name in ("000_34f9703451d5242c.txt", "002_70ef3a2e302ca8f8.txt"):
        made = report("Article", name)
        entry = replace(made.entry, title="", body=(SEEDS / name).read_text(encoding="utf-8"))
        facts = extract(fact_text(entry), lang="en", published=AT.date(), finder=known())
        articles.append(replace(made, entry=entry, facts=facts))
    assert disagreements(articles) == ()
    assert known_more_exactly(articles) == ()
    with_agency = [*articles, report(AGENCY, "agency")]
    assert values(known_more_exactly(with_agency)) == [["5500000000 USD", "7154000000 USD"]]
    assert disagreements(with_agency) == ()


def test_no_agreement_signed_and_consultations_agreed_are_no_disagreement() -> None:
    unsigned = report("No defence agreement was signed during the visit, officials said.", "harbour")
    agreed = report("The ministers agreed to start consultations between officials on equipment.", "fjord")
    assert {fact.type for fact in unsigned.facts} >= {"status"}
    assert {fact.type for fact in agreed.facts} >= {"agreement"}
    assert disagreements([unsigned, agreed]) == ()
    assert known_more_exactly([unsigned, agreed]) == ()
