"""The rate that an amount was held against a rule by stands on the card, with its date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.announcing import alerts
from bot.messages import Text
from bot.wording import cards
from bot.wording.rates import exchanged
from tests.bot.wording.test_telling import DESK, report, update
from tests.known_names import shipped
from watchers.facts.extract import extract
from watchers.matching.match import compile_watches, match
from watchers.types import Hit, Match, Watch, fact_text

if TYPE_CHECKING:
    from watchers.types import Report

YEN = "Norland signed a contract worth 200 billion yen for frigates."


def rule(expression: str) -> Watch:
    return Watch(
        number=4, channel=DESK.channel, name="deals", expression=expression, kind="rule", alert="now"
    )


def told_of(body: str, watch: Watch) -> Report:
    made = report("sails", 0.1)
    entry = replace(made.entry, body=body)
    facts = extract(fact_text(entry), lang="en", published=entry.day, finder=shipped())
    return replace(made, entry=entry, facts=facts, matches=match(entry, compile_watches((watch,)), facts))


def small(told: Report, watch: Watch, lang: str = "en") -> list[str]:
    desk = replace(DESK, watches=(watch,), lang=lang)
    (alert,) = alerts.plan(update(told), [desk], posted=frozenset())
    return [block.text for block in cards.compose(alert).blocks if isinstance(block, Text)]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        pytest.param(
            "en",
            "¥200B counts as $1.35B: 1 USD = 147.7 JPY, average of August 2025 (European Central Bank)",
            id="English",
        ),
        pytest.param(
            "tr", "1 USD = 147,7 JPY, Ağustos 2025 ortalaması (European Central Bank)", id="Turkish"
        ),
        pytest.param("ja", "1 USD = 147.7 JPY、2025年8月の平均、European Central Bank", id="Japanese"),
    ],
)
def test_a_card_names_the_rate_and_its_date(lang: str, line: str) -> None:
    watch = rule("fact:contract>1bn")
    lines = small(told_of(YEN, watch), watch, lang)
    assert len([text for text in lines if line in text]) == 1
    assert any("contract>1bn" in text and "fact:" not in text for text in lines)


@pytest.mark.parametrize(
    ("body", "expression"),
    [
        pytest.param(
            "Norland signed a contract worth $3 billion.", "fact:contract>1bn", id="the same currency"
        ),
        pytest.param(YEN, "fact:contract>100bnJPY", id="a limit in the article's currency"),
        pytest.param(YEN, "frigates AND signed", id="a rule of words"),
    ],
)
def test_without_a_conversion_there_is_no_rate(body: str, expression: str) -> None:
    watch = rule(expression)
    assert not any("counts as" in text for text in small(told_of(body, watch), watch))


def test_a_peg_has_no_date_and_a_dearer_currency_is_told_by_its_own_price() -> None:
    watch = rule("fact:contract>100m")
    pegged = told_of("Norland signed a contract worth 3 billion Saudi riyals.", watch)
    assert exchanged(pegged, (watch,), "en") == ("SAR 3B counts as $800M: 1 USD = 3.75 SAR (official peg)",)
    (pound,) = exchanged(told_of("Norland signed a contract worth £300 million.", watch), (watch,), "en")
    assert "£300M counts as $403M: 1 GBP = 1.344 USD" in pound


def test_a_rate_is_told_to_nobody_whose_rule_was_not_met_by_it() -> None:
    watch = rule("fact:contract>1bn")
    told = told_of(YEN, watch)
    assert exchanged(told, (replace(watch, number=5),), "en") == ()


def test_a_hit_of_terms_that_are_read_no_longer_is_passed_over() -> None:
    watch = rule("fact:contract>1bn")
    old = Match(
        watch=4, channel=DESK.channel, hits=(Hit(term="fact:worth~1bn", scope="body", start=0, end=9),)
    )
    assert exchanged(replace(told_of(YEN, watch), matches=(old,)), (watch,), "en") == ()
