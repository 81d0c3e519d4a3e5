"""What one report tells roughly and another exactly, and values that only their scope sets apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.watchers.claims.conftest import known
from watchers.claims.exactly import known_more_exactly
from watchers.facts.extract import extract
from watchers.stories.claims import disagreements
from watchers.types import Entry, Relevance, Report

if TYPE_CHECKING:
    from watchers.types import Disagreement

AT = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)


def report(title: str, outlet: str) -> Report:
    entry = Entry(
        key=outlet, feed=1, guid=outlet, link=f"https://{outlet}.example/1", title=title, summary="", body="",
        lang="en", outlet=outlet, published=AT, seen=AT,
    )  # fmt: skip
    facts = extract(title, lang="en", published=AT.date(), finder=known())
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
