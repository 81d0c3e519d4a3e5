"""Watches against entries: what a word, a phrase, a prefix and a neighbourhood are in each language."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from watchers.matching.keywords import expression_of
from watchers.matching.match import compile_watches, match
from watchers.text import plain_text
from watchers.types import Entry, Hit, Watch

SHARED = Path(os.environ.get("VEDETTE_SHARED", "../shared")) / "eval"


def entry(
    title: str,
    summary: str = "",
    body: str = "",
    *,
    lang: str = "en",
    outlet: str = "Gulf Herald",
    link: str = "",
) -> Entry:
    return Entry(
        key="0" * 16,
        feed=1,
        guid="",
        link=link or "https://news.gulfherald.example/1",
        title=title,
        summary=summary,
        body=body,
        lang=lang,
        outlet=outlet,
        published=None,
        seen=datetime(2025, 8, 19, tzinfo=UTC),
    )


def watch(expression: str, kind: Literal["keywords", "rule"] = "rule", number: int = 1) -> Watch:
    return Watch(number=number, channel="c", name="", expression=expression, kind=kind)


def hits(expression: str, of: Entry, kind: Literal["keywords", "rule"] = "rule") -> tuple[Hit, ...] | None:
    """Return the hits, or None without a match."""
    found = match(of, compile_watches([watch(expression, kind)]))
    return found[0].hits if found else None


def meets(expression: str, *fields: str, lang: str = "en") -> bool:
    return hits(expression, entry(*fields, lang=lang)) is not None


WORDS = [
    pytest.param("TUSAŞ", "Tusas opens a plant", True, id="no diacritics in the text"),
    pytest.param("tusas", "TUSAŞ'ın yeni tesisi", True, id="none in the rule, and a Turkish suffix"),
    pytest.param("tusas", "TUSAŞ\u02bcın yeni tesisi", True, id="an apostrophe that is a letter"),
    pytest.param("Akıncı", "AKINCI over Baku", True, id="capital I for ı"),
    pytest.param("Akıncı", "AKİNCİ over Baku", True, id="capital İ for ı"),
    pytest.param("Akıncı", "Akıncılar marched", False, id="a rule's word takes no bare suffix"),
    pytest.param("drone", "drones for sale", False, id="a word does not expand"),
    pytest.param("drone", "A drone-maker's plan", True, id="a hyphen ends a word"),
    pytest.param("S-400", "An S\u2011400 battery", True, id="a hyphen that does not break"),
    pytest.param("navy", "The navys' ball", False, id="a letter more is another word"),
    pytest.param("torped*", "Torpedoes away", True, id="a prefix"),
    pytest.param("torped*", "Autotorped", False, id="a prefix begins a word"),
    pytest.param("無人機", "新型無人機を公開", True, id="Japanese anywhere"),
    pytest.param("TB2", "TB2の性能", True, id="Latin against Japanese letters"),
    pytest.param("TB2", "ＴＢ２を購入", True, id="full-width letters"),
    pytest.param("TB2", "XTB2", False, id="Latin inside Latin"),
    pytest.param("ドローン", "ﾄﾞﾛｰﾝ購入", True, id="half-width Katakana"),
    pytest.param("дрон", "Новый дрон", True, id="Cyrillic word"),
    pytest.param("дрон", "дроны", False, id="Cyrillic words are whole"),
    pytest.param("無人機 OR 무인기", "튀르키예 무인기가 비행", True, id="Korean with its particle"),
    pytest.param('"air defence"', "An air-defence unit", True, id="a hyphen joins a phrase's words"),
    pytest.param('"air defence"', "air\u3000\u3000defence", True, id="any gap parts them"),
    pytest.param('"air defence"', "air defences", False, id="a phrase is exact"),
    pytest.param('"air defence"', "From the air, defence looks easy", False, id="a comma parts a phrase"),
    pytest.param('"air defen*"', "air defences", True, id="a phrase may end in a prefix"),
    pytest.param("cs:SHIELD", "A shield and a Shield", False, id="case matters where asked"),
    pytest.param("cs:SHIELD", "the SHIELD plan", True, id="and is met"),
    pytest.param("cs:SHIELD", "S.H.I.E.L.D. returns", False, id="stops make other words"),
    pytest.param("cs:Güler", "Guler spoke", True, id="case alone, not diacritics"),
    pytest.param("cs:Il*", "ILLINOIS", False, id="case in a prefix"),
    pytest.param("a1 NEAR/1 b1", "b1 a1", True, id="neighbours in either order"),
    pytest.param("a1 NEAR/3 b1", "a1 x y b1", True, id="three words apart"),
    pytest.param("a1 NEAR/2 b1", "a1 x y b1", False, id="not two"),
    pytest.param('"a1 x" NEAR/1 b1', "a1 x b1", True, id="a phrase counts from its end"),
    pytest.param("(a1 OR c1) NEAR/1 b1", "c1 b1", True, id="alternatives near"),
    pytest.param("a1 NEAR/5 a1", "a1 x", False, id="a word is not its own neighbour"),
    pytest.param("a1 NEAR/5 a1", "a1 x a1", True, id="but another of its kind is"),
    pytest.param("Baykar NEAR/2 TB3", "Baykar'ın yeni TB3'ü", True, id="a suffix is no word of its own"),
    pytest.param("防衛 NEAR/3 無人機", "防衛省は新型無人機を買う", True, id="Japanese runs are positions"),
    pytest.param("NOT navy", "army", True, id="a pure NOT"),
    pytest.param("navy -ball", "Navy ball tonight", False, id="left out"),
]


@pytest.mark.parametrize(("expression", "title", "expected"), WORDS)
def test_an_expression_meets_a_title(expression: str, title: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert meets(expression, title) is expected


def test_a_minus_excludes_over_all_fields() -> None:
    assert meets("navy -ball", "Navy", "", "parade")
    assert not meets("navy -ball", "Navy", "", "Tickets for the ball")


def test_and_joins_fields_but_phrases_and_near_stay_in_one() -> None:
    assert meets("navy award", "Navy", "An award")
    assert not meets('"navy award"', "Navy", "award")
    assert not meets("navy NEAR/9 award", "Navy", "award")


def test_the_title_scope_sees_nothing_else() -> None:
    assert meets("title:navy army", "Navy", "Army")
    assert not meets("title:navy", "Army", "Navy")
    assert not meets("title:(navy NEAR/3 award)", "x", "navy award")


NEARBY = [
    pytest.param("title:(tokyo NEAR/3 drones)", "Tokyo weighs Turkish drones", "", True, id="in the title"),
    pytest.param("title:(tokyo NEAR/2 drones)", "Tokyo weighs Turkish drones", "", False, id="too far there"),
    pytest.param("title:(tokyo NEAR/3 drones)", "Drones", "Tokyo weighs drones", False, id="only below it"),
    pytest.param("title:(İHA NEAR/2 Japonya)", "JAPONYA'DAN iha'lara ilgi", "", True, id="with suffixes"),
    pytest.param('title:("air defence" NEAR/2 navy)', "Navy: air-defence ship", "", True, id="with a phrase"),
    pytest.param("title:(防衛省 NEAR/3 無人機)", "防衛省、新型無人機", "", True, id="in Japanese"),
    pytest.param("title:(tokyo NEAR/9 drones) -toy", "Tokyo and drones", "toy", False, id="but not a word"),
    pytest.param("title:(cs:SAM NEAR/2 battery)", "A Sam battery", "", False, id="with case"),
    pytest.param("title:(cs:SAM NEAR/2 battery)", "A SAM battery", "", True, id="with case, met"),
]


@pytest.mark.parametrize(("expression", "title", "summary", "expected"), NEARBY)
def test_near_in_a_title_looks_at_nothing_else(
    expression: str,
    title: str,
    summary: str,
    expected: bool,  # noqa: FBT001 - a table
) -> None:
    assert meets(expression, title, summary) is expected


I_LETTERS = ["i", "I", "İ", "ı", "I\u0307", "i\u0307", "Ｉ", "ｉ"]


@pytest.mark.parametrize("typed", I_LETTERS)
@pytest.mark.parametrize("written", I_LETTERS)
def test_every_letter_i_is_the_same_letter(typed: str, written: str) -> None:
    found = hits(f"k{typed}z{typed}lelma", entry(f"Yeni K{written}z{written}lelma'nın uçuşu"))
    assert found is not None
    (hit,) = found
    assert (hit.start, hit.end) == (5, 5 + len(f"K{written}z{written}lelma"))


def test_source_is_the_outlets_name_or_its_host() -> None:
    article = entry("x", outlet="The Gulf Herald", link="https://news.gulfherald.example/a")
    assert hits('source:"gulf herald"', article) is not None
    assert hits("source:gulf", article) is not None
    assert hits("source:gulfherald.example", article) is not None
    assert hits("source:herald.example", article) is None
    assert hits("source:gul", article) is None
    assert hits("source:gul*", article) is not None
    assert hits("x -source:gulf", article) is None
    assert hits("x source:GULF", article) is not None
    assert hits("source:x", entry("x", outlet="", link="http://[bad")) is None


def test_language_is_the_entrys() -> None:
    assert meets("lang:tr", "x", lang="tr")
    assert not meets("lang:tr", "x", lang="en")
    assert meets("lang:und", "x", lang="")


SUFFIXES = [
    pytest.param("Baykar", "Baykarın yeni tesisi", True, id="genitive"),
    pytest.param("drone", "Sınırda dronelar düşürüldü", True, id="plural"),
    pytest.param("fırkateyn", "Fırkateynlerimizden biri", True, id="plural, possessive, case"),
    pytest.param("uçak", "Savaş uçağı alındı", True, id="a softened consonant"),
    pytest.param("uçak", "Uçağ kaldı", False, id="softened without a vowel"),
    pytest.param("araç", "Zırhlı aracın kapısı", True, id="ç and c"),
    pytest.param("Baykar", "Baykarlıkçılar günü", False, id="a chain that is none of ours"),
    pytest.param("Akıncı", "Akıncıs sözü", False, id="a letter that is no suffix"),
    pytest.param("top", "Topçu birliği", True, id="a maker"),
    pytest.param("Baykar", "Baykara Süt sponsor oldu", False, id="a name and one letter is another name"),
    pytest.param("gemi", "Gemiye çıktılar", True, id="dative"),
]


@pytest.mark.parametrize(("word", "title", "expected"), SUFFIXES)
def test_a_keyword_takes_bare_turkish_suffixes(word: str, title: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert (hits(expression_of([word]), entry(title, lang="tr"), "keywords") is not None) is expected


def test_bare_suffixes_are_for_keyword_lists_and_turkish_only() -> None:
    article = entry("Baykarın yeni tesisi", lang="tr")
    assert hits("Baykar", article, "rule") is None
    assert hits('"Baykar"', article, "keywords") is None
    assert hits("Baykar", entry("Baykarın", lang="en"), "keywords") is None


def test_hits_point_into_the_original_fields() -> None:
    article = entry("İHA'LAR: ＴＢ２ &", "Yeni TUSAŞ’ın   uçağı\u0301 ve TB2", lang="tr")
    found = hits("TB2 TUSAŞ uçak*", article, "rule")
    assert found is None
    found = hits("TB2 TUSAŞ uçağ*", article)
    assert found is not None
    texts = [(hit.scope, getattr(article, hit.scope)[hit.start : hit.end], hit.term) for hit in found]
    assert texts == [
        ("title", "ＴＢ２", "TB2"),
        ("summary", "TUSAŞ", "TUSAŞ"),
        ("summary", "uçağı\u0301", "uçağ*"),
        ("summary", "TB2", "TB2"),
    ]


def test_only_words_that_speak_for_the_entry_are_hits() -> None:
    found = hits("(navy award) OR army OR (a1 NEAR/1 b1)", entry("navy army a1 x b1"))
    assert found is not None
    assert [hit.term for hit in found] == ["army"]


def test_each_watch_is_answered_for_itself_and_in_order() -> None:
    watches = [
        watch("navy", number=7),
        watch("army", number=8),
        watch("-army", number=9),
        watch("NAVY", number=3),
    ]
    assert [found.watch for found in match(entry("The navy"), compile_watches(watches))] == [7, 9, 3]
    assert match(entry("x"), compile_watches([])) == ()


@pytest.mark.shared
def test_the_shared_rules_match_exactly_as_they_stand() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared evaluation set is not here")
    rules = [json.loads(line) for line in (SHARED / "queries.jsonl").read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in (SHARED / "relevance.jsonl").read_text("utf-8").splitlines()]
    watchlist = compile_watches([watch(rule["rule"], number=i) for i, rule in enumerate(rules)])
    matched: dict[int, set[str]] = {i: set() for i in range(len(rules))}
    for row in rows:
        fields = [plain_text(row.get(name, "")) for name in ("title", "summary", "body")]
        for found in match(entry(*fields, lang=row["lang"], outlet=row["source"]), watchlist):
            matched[found.watch].add(row["id"])
    for i, rule in enumerate(rules):
        assert matched[i] - set(rule["either"]) == set(rule["expected"]), rule["id"]
        assert matched[i].isdisjoint(rule["must_not"]), rule["id"]
