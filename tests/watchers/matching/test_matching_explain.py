"""What an expression is said to stand for, and laws that hold for all expressions."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.matching.explain import explain
from watchers.matching.expression import longer_of
from watchers.matching.grammar import parse_expression
from watchers.matching.known import known_at
from watchers.matching.match import compile_watches, match
from watchers.types import Entry, Watch

SAID = [
    pytest.param("navy", ["the word navy", "in capitals or not"], id="a word"),
    pytest.param('"air defence"', ["just these words, side by side"], id="a phrase"),
    pytest.param("torped*", ["words that begin with torped"], id="a prefix"),
    pytest.param("cs:SHIELD", ["with these capitals"], id="case"),
    pytest.param(
        "entity:TUSAŞ",
        ["organisation Turkish Aerospace Industries", "TAI", "Türk Havacılık", "トルコ航空宇宙"],
        id="a name",
    ),
    pytest.param(
        'about:"drone procurement"',
        ["drones", "procured", "İHA", "tedarik", "無人機", "調達", "in any order"],
        id="concepts",
    ),
    pytest.param(r"/TB\d/", ["a regular expression, not told apart by case"], id="a regular expression"),
    pytest.param("a1 NEAR/4 b1", ["at most 4 words apart"], id="near"),
    pytest.param("source:gulf -lang:tr", ["outlet's name", "in this language"], id="scopes"),
    pytest.param('entity:"Nobody Atall"', ["nobody"], id="a name that is gone"),
]


@pytest.mark.parametrize(("text", "says"), SAID)
def test_each_piece_is_explained_in_words(text: str, says: list[str]) -> None:
    lines = "\n".join(explain(parse_expression(text), known_at()))
    assert [word for word in says if word not in lines] == []


def test_each_piece_is_explained_once_and_in_order() -> None:
    lines = explain(parse_expression("title:(navy OR army) -navy about:tank"))
    assert [line.partition(":")[0] for line in lines] == ["navy", "army", "about"]


def test_names_concepts_and_regular_expressions_can_be_told_from_words() -> None:
    expression = parse_expression("navy (about:tank OR -entity:Baykar) title:/x1/ entity:Baykar")
    assert list(map(str, longer_of(expression))) == ["about:tank", "entity:Baykar", "/x1/"]


leaves = st.sampled_from(
    [
        "drone",
        "İHA",
        "TUSAŞ",
        '"drone procurement"',
        "proc*",
        "cs:TUSAŞ",
        "無人機",
        "entity:TUSAŞ",
        "entity:Japan",
        "about:drone",
        'about:"drone procurement"',
        r"/tb\d/",
        "cs:/T/",
        "drone NEAR/2 procurement",
        "entity:Japan NEAR/3 about:drone",
        "lang:tr",
    ]
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("({0[0]}) OR ({0[1]})".format),
        st.tuples(inner, inner).map("({0[0]}) ({0[1]})".format),
        inner.map("NOT ({})".format),
        inner.map("title:({})".format),
    ),
    max_leaves=5,
)
texts = st.lists(
    st.sampled_from(
        [
            "drone",
            "Drones",
            "procurement",
            "of",
            "İHA'lar",
            "tedariki",
            "TUSAŞ’ın",
            "Japan",
            "TB2",
            "無人機の",
            "調達",
            ".",
        ]
    ),
    max_size=8,
).map(" ".join)


def met(rules: list[str], title: str, summary: str, lang: str) -> list[int]:
    watches = [
        Watch(number=number, channel="c", name="", expression=rule, kind="rule")
        for number, rule in enumerate(rules)
    ]
    article = Entry(
        key="0" * 16,
        feed=1,
        guid="",
        link="https://news.gulfherald.example/1",
        title=title,
        summary=summary,
        body="",
        lang=lang,
        outlet="",
        published=None,
        seen=datetime(2025, 8, 19, tzinfo=UTC),
    )
    return [m.watch for m in match(article, compile_watches(watches, known_at()))]


unhurried = settings(deadline=None)  # each example compiles its rules, the first reads the gazetteer
langs = st.sampled_from(["en", "tr", "ja", "und"])


@unhurried
@given(expressions, texts, texts, langs)
def test_either_an_expression_or_its_negation_is_met(rule: str, title: str, summary: str, lang: str) -> None:
    assert len(met([rule, f"NOT ({rule})"], title, summary, lang)) == 1


@unhurried
@given(expressions, texts, texts, langs)
def test_a_rule_is_met_alone_as_among_others_and_as_written_back(
    rule: str, title: str, summary: str, lang: str
) -> None:
    others = ["drone", str(parse_expression(rule)), "about:tank OR entity:Baykar", rule]
    together = met(others, title, summary, lang)
    alone = bool(met([rule], title, summary, lang))
    assert (1 in together, 3 in together) == (alone, alone)


@unhurried
@given(expressions, texts, texts, langs)
def test_composition_changes_no_verdict(rule: str, title: str, summary: str, lang: str) -> None:
    verdicts = {
        tuple(met([rule], unicodedata.normalize(form, title), unicodedata.normalize(form, summary), lang))
        for form in ("NFC", "NFD")
    }
    assert len(verdicts) == 1
