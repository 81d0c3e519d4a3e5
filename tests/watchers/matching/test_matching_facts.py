"""`fact:` against articles: where a hit points, what the lens hands on, and budgets of real articles."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.known_names import shipped
from tests.watchers.matching.stated_articles import entry, known, meets, watch
from watchers.facts.extract import extract
from watchers.lens import build, read
from watchers.lens_spec import LensSpec
from watchers.matching.explain import explain
from watchers.matching.grammar import parse_expression
from watchers.matching.match import compile_watches, match
from watchers.matching.stated import FIELDS, TYPES
from watchers.types import Exemplar, fact_text

if TYPE_CHECKING:
    from watchers.matching.known import Known

__all__ = ["known"]  # a fixture

SEEDS = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "seeds"
DAY = date(2025, 8, 20)


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


def test_every_field_and_type_is_said_in_words(known: Known) -> None:
    values = {"money": ">5mEUR", "number": ">5", "day": "<2028", "name": "=Japan", "word": "=signed"}
    terms = [f"fact:{name}{values[kind]}" for name, kind in FIELDS.items() if name != "type"]
    terms += [f"fact:type={name}" for name in TYPES]
    said = explain(parse_expression(" ".join(terms)), known)
    assert len(said) == len(terms)
    assert all("the article states" in line for line in said)
    assert "5m EUR" in said[0]
    assert any("the place Japan" in line for line in said)
