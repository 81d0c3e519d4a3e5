"""Keyword lists as expressions: names and concepts where there is no doubt, else the words as they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.matching.expression import Or
from watchers.matching.grammar import parse_expression
from watchers.matching.keywords import expression_of, is_said, keywords_of, list_of
from watchers.matching.match import compile_watches, match
from watchers.matching.ready import ready
from watchers.matching.wider import MOST, wider
from watchers.types import Entry, Watch

if TYPE_CHECKING:
    from watchers.matching.known import Known

unhurried = settings(deadline=None)  # the first example reads the gazetteer


@pytest.fixture(scope="module")
def known() -> Known:
    return ready()


KEYWORDS = [
    pytest.param("Baykar", "entity:Baykar", id="a firm"),
    pytest.param("tusas", "entity:tusas", id="a firm without its diacritics"),
    pytest.param("Gen Nakatani", 'entity:"Gen Nakatani"', id="a person"),
    pytest.param("バイカル社", "entity:バイカル社", id="a name in Japanese"),
    pytest.param("Bayraktar TB2", 'entity:"Bayraktar TB2"', id="a platform"),
    pytest.param("GCAP", "entity:GCAP", id="a programme"),
    pytest.param("drone procurement", 'about:"drone procurement"', id="a thing and an act"),
    pytest.param("İHA tedariki", 'about:"İHA tedariki"', id="the same in Turkish"),
    pytest.param("無人機調達", "about:無人機調達", id="and in Japanese"),
    pytest.param("Nakatani", "Nakatani", id="a family name that a boxer has"),
    pytest.param("中谷", "中谷", id="and its characters"),
    pytest.param("TAI", "TAI", id="an acronym that is a word"),
    pytest.param("AB", "AB", id="two letters"),
    pytest.param("MHI", "MHI", id="three letters"),
    pytest.param("Typhoon", "Typhoon", id="an aircraft and the weather"),
    pytest.param("BAE", "BAE", id="a firm and a country"),
    pytest.param("Japan", "Japan", id="a country"),
    pytest.param("gcap", "gcap", id="an acronym in small letters"),
    pytest.param("drone", "drone", id="one concept"),
    pytest.param("contract", "contract", id="a common word that is a concept"),
    pytest.param("無人機", "無人機", id="one concept in Japanese"),
    pytest.param("tank engine", '"tank engine"', id="two things"),
    pytest.param("sea power", '"sea power"', id="no concept"),
    pytest.param('"Baykar"', '"Baykar"', id="a name in quotes"),
    pytest.param("'drone procurement'", '"drone procurement"', id="concepts in single quotes"),
    pytest.param("“air defen*”", '"air defen*"', id="a prefix in quotes"),
    pytest.param("Baykar*", "Baykar*", id="a name as a prefix"),
    pytest.param("İHA tedarik*", '"İHA tedarik*"', id="concepts as a prefix"),
    pytest.param("x*", "x", id="a prefix of one letter"),
    pytest.param("entity:Nakatani", "entity:Nakatani", id="a name said outright"),
    pytest.param("entity: 'Gen Nakatani'", 'entity:"Gen Nakatani"', id="in quotes"),
    pytest.param("about:frigate", "about:frigate", id="a concept said outright"),
    pytest.param("entity:Nobody Atall", '"Nobody Atall"', id="nobody's name"),
    pytest.param("or", '"or"', id="an operator"),
    pytest.param("near5", '"near5"', id="a slip for an operator"),
    pytest.param("x:y", '"x:y"', id="a colon"),
    pytest.param("Would they?", '"Would they?"', id="a question"),
    pytest.param("!!!", "", id="no letter"),
]


@pytest.mark.parametrize(("keyword", "expression"), KEYWORDS)
def test_a_keyword_is_a_name_or_concepts_only_beyond_doubt(
    keyword: str, expression: str, known: Known
) -> None:
    assert expression_of([keyword], known) == expression
    if expression:
        assert str(parse_expression(expression, known)) == expression


def test_a_keyword_list_is_any_of_its_keywords_each_once() -> None:
    text = expression_of(["Baykar", "sea power", "baykar", "", "—", "torped*", "Torped*", "İHA alımı", "x1"])
    assert text == 'entity:Baykar OR "sea power" OR torped* OR about:"İHA alımı" OR x1'
    assert isinstance(parse_expression(text), Or)
    assert expression_of([]) == ""


def test_what_a_list_says_is_told_apart_from_what_is_made_of_it() -> None:
    assert list_of(["Baykar", "drone procurement", "xy*"]) == 'Baykar OR "drone procurement" OR xy*'
    same = [list_of([word]) for word in ("Baykar", '"Baykar"', "Baykar*", "entity:Baykar", "about:Baykar")]
    assert len(set(same)) == len(same)
    assert is_said("ENTITY: Gen Nakatani") == 'entity:"Gen Nakatani"'
    assert is_said("Gen Nakatani") == ""


listed = st.lists(st.sampled_from([param.values[0] for param in KEYWORDS]) | st.text(max_size=20), max_size=6)


@unhurried
@given(listed)
def test_any_keyword_list_makes_an_expression_that_can_be_read_or_nothing(keywords: list[str]) -> None:
    text = expression_of(keywords)
    assert text == "" or str(parse_expression(text, ready())) == text


@unhurried
@given(listed)
def test_the_keywords_of_an_expression_make_it_again(keywords: list[str]) -> None:
    text = expression_of(keywords)
    if text:
        again = keywords_of(parse_expression(text))
        assert expression_of(again) == text


def test_what_a_list_cannot_say_has_no_keywords() -> None:
    for text in ("navy army", "cs:SAM", "navy OR lang:tr", "/x1/", "navy -army"):
        assert keywords_of(parse_expression(text)) == ()
    assert keywords_of(parse_expression("entity:Nakatani OR about:frigate OR x1*")) == (
        "entity:Nakatani",
        "about:frigate",
        "x1*",
    )


def found(
    expression: str, title: str, lang: str = "en", kind: Literal["keywords", "rule"] = "keywords"
) -> bool:
    article = Entry(
        key="0" * 16, feed=1, guid="", link="https://news.gulfherald.example/1", title=title, summary="",
        body="", lang=lang, outlet="Gulf Herald", published=None, seen=datetime(2025, 8, 19, tzinfo=UTC),
    )  # fmt: skip
    watch = Watch(number=1, channel="c", name="", expression=expression, kind=kind)
    return bool(match(article, compile_watches([watch], ready())))


@pytest.mark.parametrize(
    ("keyword", "title", "lang"),
    [
        pytest.param("Baykar", "バイカル社、新工場を建設", "ja", id="another script"),
        pytest.param("Baykar", "Baykar'ın yeni tesisi", "tr", id="a suffix behind an apostrophe"),
        pytest.param("Baykar", "Baykarın yeni tesisi", "tr", id="a bare suffix"),
        pytest.param("drone procurement", "Tokyo, İHA tedarikini hızlandırıyor", "tr", id="Turkish"),
        pytest.param("drone procurement", "The procurement of 200 drones", "en", id="the other way round"),
        pytest.param("İHA tedariki", "政府、無人機の調達を検討", "ja", id="Japanese of Turkish"),
    ],
)
def test_a_name_and_concepts_of_a_list_are_found_in_every_language(
    keyword: str, title: str, lang: str
) -> None:
    assert found(expression_of([keyword]), title, lang)


@unhurried
@given(
    st.sampled_from(["Baykar", "TUSAŞ", "Roketsan", "GCAP", "Leopard 2", "Fincantieri", "drone procurement"]),
    st.sampled_from(["{}", "News of {} today", "They spoke of {}, again", "({})", "{}: a report", "“{}”"]),
)
def test_what_a_keyword_found_as_a_word_it_finds_as_a_name(keyword: str, sentence: str) -> None:
    title = sentence.format(keyword)
    assert found(list_of([keyword]), title)
    assert found(expression_of([keyword]), title)


WIDER = [
    pytest.param("Baykar", ["entity:Baykar", "バイカル", "look-alikes"], id="a name"),
    pytest.param("中谷", ["entity:中谷", "Gen Nakatani"], id="a name with look-alikes"),
    pytest.param("Japan", ["entity:Japan", "Japonya", "日本"], id="a country"),
    pytest.param("frigate", ["about:frigate", "fırkateyn", "フリゲート"], id="a concept"),
    pytest.param('"drone procurement"', ['about:"drone procurement"', "in any order"], id="concepts"),
    pytest.param("BAE", [], id="a name of two"),
    pytest.param("harbour", [], id="a word"),
    pytest.param("Baykar*", [], id="a prefix"),
    pytest.param("cs:Baykar", [], id="capitals that were asked for"),
    pytest.param("entity:Baykar about:frigate", [], id="what is wide already"),
]


@pytest.mark.parametrize(("text", "says"), WIDER)
def test_a_word_that_could_find_more_is_said_to(text: str, says: list[str], known: Known) -> None:
    lines = wider(parse_expression(text), known)
    assert len(lines) == bool(says)
    assert [word for word in says if word not in "".join(lines)] == []
    for line in lines:
        parse_expression(line.partition(" also ")[0], known)


def test_a_long_list_has_few_hints(known: Known) -> None:
    assert len(wider(parse_expression("Baykar OR frigate OR tank OR missile OR Japan"), known)) == MOST


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("frigate", "frigates, fırkateyn and フリゲート"),
        ("frigate*", "fırkateyn and フリゲート"),
        ("fırkateyn", "frigate and フリゲート"),
        ("フリゲート", "frigate, fırkateyn and もがみ型"),
    ],
)
def test_it_names_first_the_forms_that_the_word_itself_does_not_find(
    known: Known, text: str, others: str
) -> None:
    assert wider(parse_expression(text), known) == (
        f"about:{text.removesuffix('*')} also finds it in other words, such as {others}.",
    )
