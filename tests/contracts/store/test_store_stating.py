"""Entries are found by what they state, and facts by their types and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MINUTE, NOON, make_entry, make_fact, make_report
from watchers.store import search
from watchers.store.search import Sieve
from watchers.types import Count, Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from watchers.store.store import Store
    from watchers.types import Fact

AMOUNTS = (1, 2, 3, 4)


async def save(store: Store) -> None:
    """Store four articles that state 1 to 4 euros and a number of ships, and one without facts."""
    entries = [make_entry(f"ship{n}", summary="Frigates.", seen=NOON + n * MINUTE) for n in AMOUNTS]
    silent = make_entry("silent", summary="Frigates.")
    *stored, without = await store.entries.add([*entries, silent])
    reports = [
        make_report(
            one,
            facts=(
                amount(make_fact(one), n),
                replace(make_fact(one), type="quantity", value=Count(low=n, high=n)),
            ),
        )
        for n, one in zip(AMOUNTS, stored, strict=True)
    ]
    await store.stories.save_reports([(one, "now") for one in (*reports, make_report(without, facts=()))])


def amount(of: Fact, n: int) -> Fact:
    return replace(of, value=Money(low=Decimal(n), high=Decimal(n), currency="EUR"))


def over(limit: int, seen: list[tuple[date, int]] | None = None) -> Sieve:
    def passes(day: date, facts: Sequence[Fact]) -> bool:
        if seen is not None:
            seen.append((day, len(facts)))
        return any(isinstance(one.value, Money) and one.value.low > limit for one in facts)

    return Sieve(needs=(("money",),), reads=(("money",),), passes=passes)


async def test_a_search_finds_the_entries_whose_facts_pass_page_by_page(newsroom: Store) -> None:
    await save(newsroom)
    total, first = await newsroom.search.find("frigates", stating=over(1), newest=True, limit=2)
    assert (total, [one.title for one in first]) == (3, ["The ship4 sails", "The ship3 sails"])
    total, rest = await newsroom.search.find("frigates", stating=over(1), newest=True, limit=2, offset=2)
    assert (total, [one.title for one in rest]) == (3, ["The ship2 sails"])
    assert await newsroom.search.find("corvettes", stating=over(1)) == (0, ())


async def test_only_facts_of_the_types_asked_for_are_read_with_the_articles_day(newsroom: Store) -> None:
    await save(newsroom)
    seen: list[tuple[date, int]] = []
    await newsroom.search.find("", stating=over(0, seen))
    assert seen == [(NOON.date(), 1)] * len(AMOUNTS)  # the article without facts is left out by the database


async def test_what_must_not_be_stated_is_told_of_entries_without_facts_too(newsroom: Store) -> None:
    await save(newsroom)
    none = Sieve(needs=(), reads=(("money",),), passes=lambda _day, facts: not facts)
    total, found = await newsroom.search.find("", stating=none)
    assert (total, [one.title for one in found]) == (1, ["The silent sails"])


async def test_facts_of_several_types_are_listed_with_their_articles_day(newsroom: Store) -> None:
    entry = replace(
        make_entry("far", published=NOON.replace(hour=23), seen=NOON + timedelta(days=1)), offset=120
    )
    (stored,) = await newsroom.entries.add([entry])
    fact = make_fact(stored)
    kinds = (fact, replace(fact, type="quantity", value=Count(low=2, high=2)))
    await newsroom.stories.save_reports([(make_report(stored, facts=kinds), "now")])
    both = await newsroom.stories.facts(kinds=("money", "quantity"))
    assert [(one.fact.type, one.day) for one in both] == [("money", entry.day), ("quantity", entry.day)]
    assert entry.day > NOON.date()
    assert [one.fact.type for one in await newsroom.stories.facts(kinds=("quantity",))] == ["quantity"]


async def test_the_past_has_facts_for_whoever_asks(newsroom: Store) -> None:
    await save(newsroom)
    rows = await newsroom.reports.past(NOON - MINUTE, feeds={1}, limit=10, with_facts=True)
    assert sorted(len(row.report.facts) for row in rows if row.report) == [0, 2, 2, 2, 2]


async def test_a_search_that_looks_at_some_of_its_candidates_says_so(
    newsroom: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await save(newsroom)
    assert not await newsroom.search.is_cut("frigates", over(0))
    monkeypatch.setattr(search, "LOOKED_AT", len(AMOUNTS) - 1)
    assert await newsroom.search.is_cut("frigates", over(0))
    assert (await newsroom.search.find("frigates", stating=over(0)))[0] == len(AMOUNTS) - 1
    assert not await newsroom.search.is_cut("frigates", over(0), since=NOON + 3 * MINUTE)
    assert not await newsroom.search.is_cut("corvettes", over(0))
    assert not await newsroom.search.is_cut("👍", over(0))
    monkeypatch.setattr(search, "LOOKED_AT", len(AMOUNTS))
    assert not await newsroom.search.is_cut("frigates", over(0)), "the article without facts is no candidate"
