"""Promotional text is recognised by its sentences, and news about selling is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cpu import cpu_spent
from tests.watchers.relevance.judging import entry
from watchers.relevance.promotion import LONGEST, MOST, WEIGHT, promotion_in, promotion_of, with_promotion
from watchers.types import Reason

if TYPE_CHECKING:
    from tests.watchers.relevance.judging import Judge

EVALS = Path(__file__).parents[2] / "evals"
SAMPLES = [json.loads(line) for line in (EVALS / "promotion.jsonl").read_text(encoding="utf-8").splitlines()]
SETS = [
    "relevance",
    "relevance-second",
    "relevance-third",
    "relevance-stream",
    *(f"relevance-{beat}" for beat in ("tanks", "submarines", "frigates", "engines", "air-defence")),
]
SEEDS = Path(__file__).parents[4] / "shared/seeds"


@pytest.mark.parametrize("row", SAMPLES, ids=lambda row: str(row["id"]))
def test_selling_is_told_from_news(row: dict[str, object]) -> None:
    found = promotion_in(f"{row['title']}\n{row['summary']}")
    assert bool(found.sentences) is row["promotional"], found


def test_hardly_any_news_of_the_labelled_sets_is_called_promotional() -> None:
    rows = [
        json.loads(line)
        for name in SETS
        for line in (EVALS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    news = [row for row in rows if row["grade"] >= 1]
    wrong = [row["id"] for row in news if promotion_in(f"{row['title']}\n{row['summary']}").sentences]
    assert len(news) >= 600
    assert len(wrong) <= 0.01 * len(news), wrong


ARTICLE = """Norland's minister visited the shipyard at Eastport on Tuesday.
She met the head of the yard and saw two hulls. No contract was signed.
The yard will deliver the first ship in 2027, the ministry said.
For foreign suppliers a presence in Norland has become strategically essential.
Ida Holm, managing partner at Holm Advisory, says: “A visit comes first. Holm Advisory specialises in
licences for suppliers and stands ready to help firms.” Exports grew by a tenth last year.
The visit ends on Friday."""


def test_a_firm_that_quotes_itself_to_sell_is_found_in_an_article_that_is_mainly_news() -> None:
    found = promotion_in(ARTICLE)
    assert any("Holm Advisory specialises" in sentence for sentence in found.sentences)
    assert any("strategically essential" in sentence for sentence in found.sentences)
    assert not any("deliver the first ship" in sentence for sentence in found.sentences)
    assert 0.1 < found.share < 0.5
    assert -WEIGHT / 2 < found.contribution < 0


def test_a_firm_that_somebody_else_is_quoted_about_sells_nothing() -> None:
    other = ARTICLE.replace("managing partner at Holm Advisory", "managing partner at Reed Partners")
    other = other.replace(" and stands ready to help firms", "")
    assert promotion_in(other).sentences == ()


def test_a_plug_beneath_a_long_article_labels_nothing() -> None:
    news = " ".join(
        f"On day {n} the frigate sailed {n * 7} miles along the coast of Norland." for n in range(60)
    )
    assert promotion_in(f"{news}\nRegister now for our conference.").sentences == ()
    assert promotion_in("Register now for our conference.").sentences


def test_a_text_stuffed_with_watch_words_is_promotional_all_through() -> None:
    found = promotion_in("Baykar TB2 drone Japan price", stuffed=True)
    assert (found.sentences, found.share) == (("Baykar TB2 drone Japan price",), 1.0)


def test_the_whole_of_an_entry_is_read() -> None:
    sold = entry("Norland buys drones", "Twelve aircraft.", body="Twelve aircraft. Order now, free shipping.")
    assert promotion_of(sold).sentences == ("Order now, free shipping.",)
    assert promotion_of(entry("Norland buys drones", "Twelve aircraft.")).sentences == ()


def test_its_reason_stands_where_its_weight_puts_it_and_the_base_last() -> None:
    reasons = [
        Reason(feature=f, contribution=c, words="") for f, c in (("a", 5.0), ("b", 0.1), ("base", -9.0))
    ]
    with_it = with_promotion(reasons, promotion_in("Order now, free shipping."))
    assert [reason.feature for reason in with_it] == ["a", "promotion", "b", "base"]
    assert with_promotion(reasons, promotion_in("Norland buys drones.")) == tuple(reasons)


def test_a_promotional_entry_is_ranked_down_by_just_what_its_reason_says(plain_judge: Judge) -> None:
    news = entry("Japan weighs Turkish drones", "Tokyo's defence ministry studies the Bayraktar TB2.")
    advert = entry(
        "Japan weighs Turkish drones",
        "Tokyo's defence ministry studies the Bayraktar TB2.",
        body="Our consultants help you to enter the market. Contact us today.",
    )
    plain, sold = plain_judge([news, advert])
    (reason,) = [one for one in sold.reasons if one.feature == "promotion"]
    assert sold.promotion
    assert plain.promotion == ()
    assert sold.score < plain.score
    without = [one for one in sold.reasons if one.feature != "promotion"]
    assert sum(one.contribution for one in without) == pytest.approx(
        sum(one.contribution for one in plain.reasons)
    )
    assert reason.contribution < 0


@given(st.text(max_size=400))
def test_any_text_gives_sentences_of_its_own_and_a_share(text: str) -> None:
    found = promotion_in(text)
    assert 0 <= found.share <= 1
    assert bool(found.sentences) is (found.share > 0)
    assert len(found.sentences) <= MOST
    assert all(sentence in text and len(sentence) <= LONGEST for sentence in found.sentences)


# Seconds of processor time: .03 at most when measured; the square of 400 000 letters takes hours.
SOON = 1.0


@pytest.mark.parametrize(
    "piece",
    ["market ", "companies ", "CEO of Aa ", "市場", "firmalara ", "specializes in securing ", "“", "A b. "],
)
def test_no_text_takes_long(piece: str) -> None:
    with cpu_spent() as spent:  # once: texts that were read are remembered
        promotion_in(piece * 50_000)
    assert spent.seconds < SOON


@pytest.mark.shared
def test_the_founding_article_that_advertises_is_flagged_and_the_other_is_not() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the founding articles are not here")
    advert, news = (
        (SEEDS / name).read_text(encoding="utf-8")
        for name in ("000_34f9703451d5242c.txt", "002_70ef3a2e302ca8f8.txt")
    )
    found = promotion_in(advert)
    assert any("specializes in securing" in sentence for sentence in found.sentences)
    assert found.share < 0.4
    assert promotion_in(news).sentences == ()
