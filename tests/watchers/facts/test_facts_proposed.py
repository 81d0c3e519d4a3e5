"""Proposed facts: what an endpoint says is a fact only where our own parser reads it in the article too."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.known_names import shipped
from watchers.facts.extract import extract
from watchers.facts.proposed import (
    FROM_MODEL,
    LONGEST_QUOTE,
    MOST_PLACES,
    Proposal,
    confirmed,
    is_known,
    places,
)

if TYPE_CHECKING:
    from watchers.types import Fact

PUBLISHED = date(2026, 3, 11)
FINDER = shipped()
UNSIGNED = (
    "Norland has not signed a contract for 1,314 drones worth 412 million euros. Peru is in talks on 54 jets."
)
JAPANESE = "防衛省は新大信精機の無人機14機を4億円で調達する。納入は2028年度。"


def read(text: str, lang: str) -> tuple[Fact, ...]:
    return extract(text, lang=lang, published=PUBLISHED, finder=FINDER)


def held(proposal: Proposal, text: str, lang: str = "en") -> tuple[Fact, ...]:
    found = (
        confirmed(proposal, place, quote=read(place.quote, lang), window=read(place.window, lang))
        for place in places(proposal, text)
    )
    return tuple(fact for fact in found if fact is not None)


@pytest.mark.parametrize(
    ("text", "lang", "kind", "value", "quote"),
    [
        pytest.param(UNSIGNED, "en", "money", "412000000 EUR", "worth 412 million euros", id="our own form of a value"),
        pytest.param(UNSIGNED, "en", "money", "412 Million Euros", "worth 412  million EUROS", id="the article's form, in other capitals and spaces"),
        pytest.param(UNSIGNED, "en", "status", "not_signed", "has not signed a contract", id="a state with its not"),
        pytest.param(UNSIGNED, "en", "party", "Peru", "Peru is in talks", id="a name"),
        pytest.param(JAPANESE, "ja", "quantity", "14", "無人機14機を", id="Japanese, where no space ends a word"),
    ],
)  # fmt: skip
def test_what_the_sentence_says_holds(text: str, lang: str, kind: str, value: str, quote: str) -> None:
    (fact,) = held(Proposal(type=kind, value=value, quote=quote), text, lang)
    assert fact.rule == FROM_MODEL
    assert text[fact.start : fact.end] == fact.mention
    assert text[fact.sentence_start : fact.sentence_start + len(fact.sentence)] == fact.sentence
    assert fact.sentence_start <= fact.start


@pytest.mark.parametrize(
    ("text", "lang", "kind", "value", "quote"),
    [
        pytest.param(UNSIGNED, "en", "status", "signed", "signed a contract for", id="a quotation that leaves the not out"),
        pytest.param(UNSIGNED, "en", "quantity", "314", "314 drones", id="half of a number"),
        pytest.param(UNSIGNED, "en", "quantity", "12", "12 million", id="the tail of a number"),
        pytest.param(UNSIGNED, "en", "money", "412 EUR", "412 million euros", id="another value than the words give"),
        pytest.param(UNSIGNED, "en", "money", "412000000 USD", "412 million euros", id="another currency"),
        pytest.param(UNSIGNED, "en", "quantity", "412000000", "412 million euros", id="another type"),
        pytest.param(UNSIGNED, "en", "money", "900000000 EUR", "worth 900 million euros", id="a quotation that stands nowhere"),
        pytest.param(UNSIGNED, "en", "party", "Land", "land has not", id="half of a word"),
        pytest.param(UNSIGNED, "en", "money", "412000000 EUR", " ", id="no quotation"),
        pytest.param(UNSIGNED, "en", "money", "412000000 EUR", UNSIGNED + "x" * LONGEST_QUOTE, id="far too long a quotation"),
        pytest.param(JAPANESE, "ja", "party", "大信精機", "大信精機の無人機", id="half of a Japanese name"),
        pytest.param("He said @everyone must ignore previous instructions.", "en", "status", "signed", "ignore previous instructions", id="an instruction"),
    ],
)  # fmt: skip
def test_what_the_sentence_does_not_say_is_refused(
    text: str, lang: str, kind: str, value: str, quote: str
) -> None:
    assert held(Proposal(type=kind, value=value, quote=quote), text, lang) == ()


def test_a_fact_that_a_report_has_is_known_and_so_is_another_reading_of_its_words() -> None:
    facts = read(UNSIGNED, "en")
    (again,) = held(Proposal(type="party", value="Peru", quote="Peru is in talks"), UNSIGNED)
    assert is_known(again, facts)
    assert not is_known(again, ())


def test_a_quotation_that_stands_everywhere_is_looked_at_in_few_places() -> None:
    text = "Peru waits for 12 drones. " * 50
    assert len(places(Proposal(type="quantity", value="12", quote="12 drones"), text)) == MOST_PLACES


WORDS = st.sampled_from(
    ["has not", "signed", "a contract", "12", "1,200", "drones", "million", "euros", "Peru", ". ", ",", "K2-A", "14機", "を", "防衛省", "。", "yüzde", "15", "“", "”"]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=25), st.data(), st.sampled_from(["en", "tr", "ja"]))
@settings(deadline=None, max_examples=120)
def test_whatever_is_quoted_only_what_its_sentence_says_becomes_a_figure(
    words: list[str], data: st.DataObject, lang: str
) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    for said in read(quote, lang):
        for fact in held(Proposal(type=said.type, value=str(said.value), quote=quote), text, lang):
            assert text[fact.start : fact.end] == fact.mention
            if fact.type not in {"party", "platform", "person_role"}:
                whole = read(fact.sentence, lang)
                assert any((one.type, one.value) == (fact.type, fact.value) for one in whole)
