"""What a card says of reports that differ, and of who stands behind them: short, fair, all sources named."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from bot.messages import Text
from bot.wording import cards
from bot.wording.differing import MOST_DIFFERING, MOST_EXACT, MOST_SIDES, differences
from bot.wording.folding import MOST_ORIGINS, behind, confirmation, standing_lines
from bot.wording.phrases_stories import PHRASES
from tests.bot.wording.card_samples import (
    DEARER,
    EARLY,
    EXACT,
    LATE,
    MAKES,
    ONE_TEXT,
    ORDER,
    ROUGH,
    card,
    story_of,
    told,
)
from tests.cpu import least_cpu
from tests.known_names import shipped
from tests.watchers.stories.story_builders import count, make_report, money
from watchers.facts.extract import extract
from watchers.types import Report, fact_text

if TYPE_CHECKING:
    from watchers.gazetteer.find import Finder

SEEDS = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "seeds"
AT = datetime(2025, 8, 22, 9, 0, tzinfo=UTC)
AGENCY = (
    "Türkiye sold $7.154 billion of defence goods abroad in 2024, the Secretariat of Defence Industries said."
)
# Seconds of processor time for ten times the reports of a large story: .04 when measured. To compare all its
# 15 000 facts with one another would take minutes.
SOON = 1.0


@cache
def finder() -> Finder:
    return shipped()


def read(text: str, outlet: str) -> Report:
    made = make_report("", key=outlet, outlet=outlet, when=AT, body=text)
    facts = extract(fact_text(made.entry), lang="en", published=AT.date(), finder=finder())
    return replace(made, facts=facts)


def lines(*reports: Report, lang: str = "en", whole: bool = False) -> list[str]:
    return [b.text for b in differences(story_of(*reports), lang, whole=whole) if isinstance(b, Text)]


@pytest.mark.parametrize("lang", ["en", "tr", "ja"])
def test_no_side_is_called_wrong_and_each_is_named_with_what_it_gives(lang: str) -> None:
    (price, due) = lines(ORDER, DEARER, LATE, EARLY, lang=lang)
    for outlet, line in (("Inland Courier", price), ("Coast Post", price), ("Körfez Haber", due)):
        assert outlet in line
    for word in ("false", "wrong", "incorrect", "yanlış", "hatalı", "誤", "虚偽"):
        assert word not in price + due
    assert "the ministry" in price, "a value that somebody else gave is told with who gave it"
    if lang != "en":
        assert "deal value" not in price


def test_disagreements_come_before_what_is_known_more_exactly() -> None:
    ships = (
        told("14 ships", outlet="A", facts=(count(14, "ships"),)),
        told("12 ships", outlet="B", facts=(count(12, "ships"),), hours=1),
    )
    found = lines(ROUGH, EXACT, *ships)
    assert [line.partition(":")[0].partition(" (")[0] for line in found] == [
        "The reports differ on number of ships",
        "Known more exactly",
    ]


def _apart(things: int) -> list[Report]:
    """Make two reports that differ on many things, and tell as many roughly and exactly."""
    roles = [f"part {n}" for n in range(things)]
    left = tuple(money("1000", role=role) for role in roles) + tuple(
        money("50", role=f"x{r}", bound="min") for r in roles
    )
    right = tuple(money("1400", role=role) for role in roles) + tuple(
        money("63", role=f"x{r}") for r in roles
    )
    return [told("One", outlet="A", facts=left), told("Two", outlet="B", facts=right, hours=1)]


def test_a_card_tells_the_first_differences_and_says_that_there_are_more() -> None:
    reports = _apart(8)
    found = lines(*reports)
    assert sum("differ on amount" in line for line in found) == MOST_DIFFERING
    assert sum(line.startswith("Known more exactly") for line in found) == MOST_EXACT == 2
    assert "The reports differ on 5 more: story show t7" in found
    whole = lines(*reports, whole=True)
    assert sum("differ on amount" in line for line in whole) == 8
    assert not any("story show" in line for line in whole)


def test_many_sides_are_counted_and_so_are_many_outlets_of_one() -> None:
    prices = (310, 450, 380, 520, 610, 340)
    reports = [
        told(
            f"{price} million",
            outlet=f"Post {n}",
            facts=(money(f"{price}000000", role="deal_value"),),
            hours=n,
        )
        for n, price in enumerate(prices)
    ]
    same = told("Also 310", outlet="Echo", facts=(money("310000000", role="deal_value"),), hours=9)
    (line,) = lines(*reports, same)
    assert line.startswith("The reports differ on deal value: Post 0 (+1) reports €310M; ")
    assert line.endswith(f"and {len(prices) - MOST_SIDES} more")


def test_our_own_data_is_a_source_with_its_date() -> None:
    (line,) = lines(MAKES)
    assert line == (
        "Inland Courier reports Aksungur as made by Baykar; our reference data of November 2026: made by "
        "TUSAŞ (Daily Sabah)"
    )


def test_nothing_signed_beside_talks_agreed_is_not_shown() -> None:
    unsigned = read("No defence agreement was signed during the visit, officials said.", "Harbour Post")
    agreed = read("The ministers agreed to start consultations between senior officials.", "Coast Post")
    assert lines(unsigned, agreed) == []


@pytest.mark.shared
def test_the_founding_articles_show_the_maker_and_the_more_exact_total_and_nothing_else() -> None:
    articles = [
        read((SEEDS / name).read_text(encoding="utf-8"), outlet)
        for name, outlet in (
            ("000_34f9703451d5242c.txt", "A trade paper"),
            ("002_70ef3a2e302ca8f8.txt", "TRT"),
        )
    ]
    (maker,) = lines(*articles)
    assert maker.startswith(
        "A trade paper reports Aksungur as made by Baykar; our reference data of November 2026"
    )
    maker_too, total = lines(*articles, read(AGENCY, "Daily Sabah"))
    assert maker_too == maker
    assert total.startswith(
        "Known more exactly (total): A trade paper gives more than $5.5B; Daily Sabah gives"
    )
    assert "gives $7.154B (said by " in total
    assert total.endswith("Secretariat of Defence Industries)")


def test_a_single_origin_is_unconfirmed_and_the_card_says_who_was_first() -> None:
    first, folds = standing_lines(story_of(*ONE_TEXT), "en")
    assert first == "Unconfirmed: one origin, TRT (state-owned) · first: TRT Global"
    assert folds == "Counted as one: TRT in English, Norwegian, Japanese, Persian, Indonesian"
    small = [
        block.text for block in card(*ONE_TEXT).blocks if isinstance(block, Text) and block.tone == "small"
    ]
    assert first in small
    assert folds in small


def test_a_line_of_origins_ends_somewhere() -> None:
    many = [told("Ships", outlet=f"Post {n}", hours=n) for n in range(30)]
    assert confirmation(story_of(*many), "en").endswith(
        f"Post {MOST_ORIGINS - 1}, and {30 - MOST_ORIGINS} more"
    )


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "TRT: national outlet, state-owned, {} (by statemediamonitor.com, read 21 Nov 2026)"),
        ("tr", "TRT: ulusal yayın, devlete ait, {} (statemediamonitor.com, okunma 21 Kas 2026)"),
        ("ja", "TRT：全国メディア、国有、{}（statemediamonitor.com、2026年11月21日閲覧）"),
    ],
)
def test_who_owns_an_outlet_is_told_with_source_and_day(lang: str, line: str) -> None:
    assert behind(story_of(*ONE_TEXT, ORDER), lang) == (line.format("Republic of Türkiye"),)


def test_a_huge_storys_differences_are_worded_in_bounded_time() -> None:
    many = [
        told(
            f"Report {n}",
            outlet=f"Post {n}",
            facts=tuple(money(str(1000 + n * 50 + i)) for i in range(50)),
            hours=n,
        )
        for n in range(300)
    ]
    story = story_of(*many)
    assert len(cards.standing(story, "en")) < 12
    assert least_cpu(lambda: cards.standing(story, "en"), under=SOON) < SOON


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_every_phrase_on_stories_has_three_languages_with_the_same_gaps(phrase: str) -> None:
    gaps = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in PHRASES[phrase]]
    assert len(gaps) == 3
    assert all(PHRASES[phrase])
    assert gaps[0] == gaps[1] == gaps[2]


def test_a_correction_tells_who_gave_each_value_and_ends_somewhere() -> None:
    was, now = DEARER.facts[0], replace(DEARER.facts[0], value=money("470000000").value, bound="min")
    text = cards.corrections(DEARER.entry, (was,), (now,), "en")
    assert text == (
        "Coast Post changed its report. Contract value: €450M (said by the ministry) → more than €470M "
        "(said by the ministry)"
    )
    many = tuple(money(f"{n}000", role=f"role {n}") for n in range(1, 20))
    assert cards.corrections(DEARER.entry, many, (), "en").endswith(
        f"and {len(many) - cards.MOST_CHANGES} more"
    )
