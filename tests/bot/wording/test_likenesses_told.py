"""What a channel is told of an article that is like one it watches for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.announcing import alerts
from bot.wording import cards
from tests.bot.wording.test_telling import DESK, report, update
from tests.contracts.store.store_builders import MAIN
from watchers.types import Hit, Match, Relevance, Report, View, Watch

LIKE = Watch(
    number=4, channel=MAIN, name="Frigates for Norland", expression="frigate", kind="like", mention="role:7"
)
WITH = replace(DESK, watches=(*DESK.watches, LIKE))
SAILS = (Hit(term="sails", scope="title", start=4, end=9),)


def alike(score: float, *, relevance: float = 0.1, matched: bool = True) -> Report:
    """Return a report of that likeness to r4's article."""
    view = View(beat="r4", relevance=Relevance(score=score, reasons=(), evidence=("frigate",)))
    matches = (Match(watch=4, channel=MAIN, hits=SAILS),) if matched else ()
    return replace(report("sails", relevance), views=(view,), matches=matches)


def reason(one: Report, lang: str = "en", watches: tuple[Watch, ...] = WITH.watches) -> str:
    return cards.reason(one, replace(WITH, lang=lang, watches=watches))


def test_a_card_says_which_article_it_is_like_and_how_much() -> None:
    told = "Here because it is like “Frigates for Norland” (0.83) · words: sails"
    assert reason(alike(0.83)) == told
    assert "Frigates for Norland” (0.83) ile benzeştiği için burada" in reason(alike(0.83), "tr")
    assert "「Frigates for Norland」（0.83）に似ているため表示" in reason(alike(0.83), "ja")


def test_a_card_that_is_relevant_or_meets_a_rule_says_that_first() -> None:
    relevant = reason(alike(0.83, relevance=0.9))
    assert relevant.startswith("Here because it is like the exemplars (0.90)")
    assert "also like “Frigates for Norland” (0.83)" in relevant
    rule = replace(LIKE, number=5, name="hulls", kind="rule")
    met = replace(alike(0.83), matches=(Match(watch=5, channel=MAIN, hits=SAILS),))
    assert reason(met, watches=(LIKE, rule)).startswith("Here because it meets the rule hulls · also like")


def test_the_words_of_a_likeness_alone_are_no_reason() -> None:
    assert "Frigates for Norland" not in reason(alike(0.3))
    assert not alerts.plan(update(alike(0.3)), [WITH], posted=frozenset())


@pytest.mark.parametrize(
    ("score", "pinged"),
    [pytest.param(0.83, ("role:7",), id="like it"), pytest.param(0.4, (), id="its words alone")],
)
def test_a_likeness_pings_by_what_is_like_it_and_not_by_its_words(
    score: float, pinged: tuple[str, ...]
) -> None:
    assert alerts.pings(update(alike(score, relevance=0.9)), WITH) == pinged


@pytest.mark.parametrize(
    ("score", "matched", "pressing"),
    [
        pytest.param(0.83, False, True, id="like it, without its words"),
        pytest.param(0.4, True, False, id="its words alone"),
    ],
)
def test_a_likeness_that_alerts_at_once_goes_out_in_quiet_hours(
    score: float, *, matched: bool, pressing: bool
) -> None:
    hurried = replace(WITH, watches=(replace(LIKE, alert="now"),))
    told = update(alike(score, relevance=0.95, matched=matched))
    (alert,) = alerts.plan(told, [hurried], posted=frozenset())
    assert alerts.is_pressing(alert) is pressing
