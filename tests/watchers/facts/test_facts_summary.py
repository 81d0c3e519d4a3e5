"""Summaries without a model: whole sentences that carry the facts, never cut inside a figure or a name."""

# ruff: noqa: E501 - a case is one line

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.known_names import shipped
from watchers.facts.extract import extract
from watchers.facts.summary import CUT, LONGEST, pieces, summary
from watchers.types import Entry, Fact, fact_text

SEEN = datetime(2026, 3, 11, 12, tzinfo=UTC)
FINDER = shipped()


def article(body: str, *, lang: str = "en", title: str = "Harbour news") -> Entry:
    return Entry(
        key="a", feed=1, guid="", link="", title=title, summary="", body=body, lang=lang, outlet="Harbour Post",
        published=SEEN, seen=SEEN,
    )  # fmt: skip


def facts_of(entry: Entry) -> tuple[Fact, ...]:
    return extract(fact_text(entry), lang=entry.lang, published=entry.day, finder=FINDER)


def summed_up(body: str, *, lang: str = "en", title: str = "Harbour news") -> str:
    entry = article(body, lang=lang, title=title)
    return summary(entry, facts_of(entry))


WEATHER = "The morning was grey and the guests came late."
DEAL = "Norland signed a contract for 14 reconnaissance drones worth 412 million euros."
DUE = "Deliveries are due by the third quarter of 2028."
LONG = (
    "The programme, which ministers have discussed for many years in committees of all kinds and colours, "
    "took a step on Tuesday when Norland signed a contract for 14 reconnaissance drones worth 412 million "
    "euros, after a contest that began with a long list of makers, some of whom never sent an offer at all, "
    "and that ended in a hall by the water with speeches, music and a good deal of coffee for everybody."
)


@pytest.mark.parametrize(
    ("body", "lang", "expected"),
    [
        pytest.param(f"{WEATHER} {DEAL} {WEATHER}", "en", DEAL, id="the sentence with the figures alone"),
        pytest.param(f"{DEAL} {DUE}", "en", f"{DEAL} {DUE}", id="two that follow each other"),
        pytest.param(f"{DEAL} {WEATHER} {DUE}", "en", f"{DEAL} … {DUE}", id="two with something between"),
        pytest.param(WEATHER, "en", "", id="nothing carries facts"),
        pytest.param("", "en", "", id="a headline alone"),
        pytest.param(
            "Hava kapalıydı. Norveç 14 İHA için 412 milyon avroluk sözleşme imzaladı.",
            "tr",
            "Norveç 14 İHA için 412 milyon avroluk sözleşme imzaladı.",
            id="Turkish",
        ),
        pytest.param(
            "当日は曇りだった。防衛省は無人機14機を4億円で契約した。納入は2028年度の予定だ。",
            "ja",
            "防衛省は無人機14機を4億円で契約した。納入は2028年度の予定だ。",
            id="Japanese, without a space between",
        ),
        pytest.param(
            "Le ministère a signé un contrat de 412 millions d'euros avec Baykar en Turquie.",
            "fr",
            "",
            id="a language whose figures are not read",
        ),
    ],
)
def test_the_sentences_that_carry_the_facts_are_the_summary(body: str, lang: str, expected: str) -> None:
    assert summed_up(body, lang=lang) == expected


def test_a_headline_is_not_told_again() -> None:
    assert summed_up(f"{DEAL}\n{DUE}", title=DEAL.rstrip(".")) == DUE


def test_a_sentence_too_long_is_cut_between_clauses_and_the_cuts_are_marked() -> None:
    told = summed_up(LONG)
    assert told.startswith("The programme")
    assert told.endswith("worth 412 million euros" + CUT)
    far = "Years went by, " * 20 + DEAL[:-1] + ", and music was played for the guests in the hall."
    assert CUT in summed_up(far)
    assert "14 reconnaissance drones worth 412 million euros" in summed_up(far)


def test_a_sentence_that_cannot_be_cut_is_left_out() -> None:
    quoted = DEAL[:-1] + " and he said “" + "we waited, and waited, and " * 12 + "got 12 drones” to us."
    assert summed_up(quoted) == ""


def test_what_is_denied_is_not_told_without_its_denial() -> None:
    entry = article(LONG)
    doubted = tuple(replace(fact, hedge="denied") for fact in facts_of(entry))
    assert summary(entry, doubted) == ""


CLAUSES = st.sampled_from(
    [
        "Norland signed a contract for 14 drones", "worth $2.6 billion", "the yard", "1,200 shells", "by 2028",
        "Petrel Works, Inc. of Southland", "between 2027 – 2029", "he said “12 jets, and 3 ships”", "in Ankara",
        "防衛省は無人機14機を", "8、9機を4億円で契約した", "yüzde 15,5", "2,6 milyar avro", "Baykar ile imzalandı",
        "(about 300 million euros)", "a word" * 30, "x" * 290, "\u202e12 drones", "Bayraktar TB2",
    ]
)  # fmt: skip
JOINS = st.sampled_from([", ", "; ", ". ", "。", "、", "\n", " ", " – ", "! "])


@given(
    st.lists(st.tuples(CLAUSES, JOINS), max_size=30),
    st.sampled_from(["en", "tr", "ja"]),
)
@settings(deadline=None, max_examples=200)
def test_a_summary_is_short_the_articles_own_words_and_cuts_no_fact(
    parts: list[tuple[str, str]], lang: str
) -> None:
    entry = article("".join(a + b for a, b in parts), lang=lang)
    facts = facts_of(entry)
    text, told = fact_text(entry), summary(entry, facts)
    assert len(told) <= LONGEST
    chosen = pieces(entry, facts)
    for piece in chosen:
        assert piece.text in told
        words = piece.text.strip(CUT)
        assert words in text[piece.start : piece.end]
        start = text.index(words, piece.start)
        for edge in (start, start + len(words)):
            assert not any(fact.start < edge < fact.end for fact in facts)
            assert not (text[edge - 1 : edge].isdigit() and text[edge : edge + 1].isdigit())
    assert bool(told) == bool(chosen)


@given(st.text(max_size=300), st.sampled_from(["en", "tr", "ja", "und"]))
@settings(deadline=None, max_examples=100)
def test_no_text_is_too_strange_to_sum_up(body: str, lang: str) -> None:
    assert len(summed_up(body, lang=lang)) <= LONGEST


def test_the_most_facts_there_can_be_take_no_time() -> None:
    told = summed_up("Norland ordered 12 drones for $3 million, " * 400)
    assert len(told) <= LONGEST
