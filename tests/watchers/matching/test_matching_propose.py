"""Words, names and concepts proposed from one article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watchers.relevance.judging import entry
from watchers.matching.grammar import parse_expression
from watchers.matching.known import known_at
from watchers.matching.match import compile_watches, match
from watchers.matching.propose import MOST_ABOUTS, MOST_NAMES, propose
from watchers.types import Watch


@pytest.mark.parametrize(
    ("title", "body", "lang", "expected"),
    [
        pytest.param(
            "Norland orders frigates", "The ministry will procure four frigates.", "en",
            'about:"frigate order" OR about:"frigate procurement"', id="a subject with what is done with it",
        ),
        pytest.param("Rheinmetall wins a contract", "It was signed on Tuesday.", "en", "entity:Rheinmetall",
                     id="a name in the headline"),
        pytest.param("Norland fırkateyn sipariş etti", "", "tr", 'about:"frigate order"', id="Turkish words"),
        pytest.param("ノーランド、潜水艦を発注", "", "ja", 'about:"submarine order"', id="Japanese words"),
        pytest.param("The army and the navy at the base", "", "en", '"The army and the navy at the base"',
                     id="who buys anything at all is no subject"),
        pytest.param('A "quiet" day* in Norland', "", "en", '"in Norland"', id="nothing known"),
        pytest.param("!?", "…", "en", None, id="no word at all"),
    ],
)  # fmt: skip
def test_an_article_gives_the_names_that_carry_it_and_its_subject(
    title: str, body: str, lang: str, expected: str | None
) -> None:
    found = propose(entry(title, lang=lang, body=body), known_at())
    assert (None if found is None else str(found)) == expected


def test_what_the_headline_leaves_out_and_the_text_names_once_is_proposed_only_for_want_of_better() -> None:
    passing = "In passing the text names Naval Group."
    told = str(
        propose(entry("Safran builds an engine", body=f"Safran delivers engines. {passing}"), known_at())
    )
    assert "Safran" in told
    assert "Naval Group" not in told
    assert str(propose(entry("A deal at last", body=passing), known_at())) == 'entity:"Naval Group"'


def test_a_proposal_stays_short() -> None:
    many = "Safran, Leonardo, Rheinmetall, KNDS, Saab, MBDA and Naval Group order drones, tanks and frigates"
    found = str(propose(entry(many, body=many), known_at()))
    assert found.count("entity:") == MOST_NAMES
    assert found.count("about:") <= MOST_ABOUTS


@settings(deadline=None, max_examples=50)  # the first example reads the gazetteer
@given(st.text(max_size=200), st.text(max_size=400), st.sampled_from(["en", "tr", "ja", "de"]))
def test_whatever_is_proposed_can_be_typed_and_is_met_by_its_article(
    title: str, body: str, lang: str
) -> None:
    article = replace(entry(title, lang=lang, body=body), title=title, body=body)
    found = propose(article, known_at())
    if found is not None:
        assert parse_expression(str(found), known_at()) == found
        watch = Watch(number=1, channel="", name="", expression=str(found), kind="rule")
        assert match(article, compile_watches((watch,), known_at()))
