"""Summaries in digests, and what a card says of an article in a language that is not read whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.announcing import alerts
from bot.messages import Facts, Text
from bot.wording import cards, digest
from bot.wording.keyfacts import ARTICLE_QUOTES
from tests.bot.wording.test_marks import day
from tests.bot.wording.test_telling import DESK, report, update
from tests.known_names import shipped
from watchers.facts.extract import extract
from watchers.types import Report, fact_text

DEAL = "Finland signed a contract with Baykar for 14 drones worth 412 million euros."
DUE = "Deliveries are due by the third quarter of 2028."


def told_of(body: str, *, lang: str = "en") -> Report:
    made = report("sails", 0.9, lang=lang)
    entry = replace(made.entry, body=body)
    finder = shipped()
    facts = extract(fact_text(entry), lang=lang, published=entry.day, finder=finder)
    return replace(made, entry=entry, facts=facts)


def texts(blocks: tuple[object, ...], tone: str) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Text) and block.tone == tone]


def test_a_digest_tells_a_storys_summary_and_quotes_none_of_it_again() -> None:
    message = digest.compose(day(told_of(f"{DEAL} {DUE}")))
    assert texts(message.blocks, "quote") == [f"{DEAL} {DUE}"]
    (facts,) = [block for block in message.blocks if isinstance(block, Facts)]
    assert facts.lines
    assert not any(line.sentence for line in facts.lines)


def test_summary_and_quotations_together_stay_small() -> None:
    rest = " ".join(f"The yard number {n} took {n * 7} cranes, {'long ' * 26}ones." for n in range(2, 9))
    message = digest.compose(day(told_of(f"{DEAL} {rest}")))
    quoted = "".join(texts(message.blocks, "quote"))
    lines = [line for block in message.blocks if isinstance(block, Facts) for line in block.lines]
    assert len(quoted) + sum(map(len, {line.sentence for line in lines})) <= ARTICLE_QUOTES


def test_what_a_model_worded_stands_in_the_summarys_place_and_says_so() -> None:
    message = digest.compose(day(told_of(DEAL), worded={1: "Finland signed for 14 drones."}))
    assert not texts(message.blocks, "quote")
    assert "worded by a language model: Finland signed for 14 drones." in texts(message.blocks, "small")


def test_without_facts_there_is_no_summary() -> None:
    assert not texts(digest.compose(day(told_of("Nothing was said."))).blocks, "quote")


@pytest.mark.parametrize(
    ("lang", "of", "expected"),
    [
        pytest.param("en", "fr", "In French: read for names and keywords only", id="English"),
        pytest.param("tr", "no", "Norveççe dilinde: yalnızca adlar", id="Turkish"),
        pytest.param("ja", "ko", "韓国語の記事：固有名詞", id="Japanese"),
        pytest.param("en", "und", "In Unknown language: read for names", id="an unknown language"),
    ],
)
def test_a_card_a_reply_and_a_digest_say_that_an_articles_figures_are_not_read(
    lang: str, of: str, expected: str
) -> None:
    desk = replace(DESK, lang=lang)
    foreign = report("sails-too", 0.95, lang=of)
    (card,) = alerts.plan(update(foreign), [desk], posted=frozenset())
    joined = update(report("sails", 0.9), foreign, new_origin=True)
    reply = next(
        a for a in alerts.plan(joined, [desk], posted=frozenset({desk.channel})) if a.kind == "reply"
    )
    for message in (
        cards.compose(card),
        cards.compose(reply),
        digest.compose(replace(day(foreign), audience=desk)),
    ):
        assert any(text.startswith(expected) for text in texts(message.blocks, "small"))


@pytest.mark.parametrize("lang", ["en", "tr", "ja"])
def test_a_card_in_a_language_that_is_read_says_nothing_of_it(lang: str) -> None:
    (card,) = alerts.plan(update(report("sails", 0.95, lang=lang)), [DESK], posted=frozenset())
    assert "keywords only" not in str(cards.compose(card))
