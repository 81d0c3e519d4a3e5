"""What was read is found again by its words, in three scripts, whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.store.store_builders import MINUTE, NOON, make_entry, save_story

if TYPE_CHECKING:
    from watchers.store.store import Store
    from watchers.types import Entry

BOXER = make_entry("boxer", title="Boxer order grows", summary="Air defence variants for 5.5 billion euros.")
BAYKAR = replace(
    make_entry("baykar", title="BAYKAR'IN yeni İHA'sı İstanbul'da", summary="Fırkateyn ve ŞİRKET anlaşması."),
    lang="tr",
    feed=2,
    seen=NOON + MINUTE,
    published=NOON - MINUTE,
)
MINISTRY = replace(
    make_entry("ministry", title="防衛省、F-35戦闘機を追加調達へ", summary="東京都の防衛計画。"),
    lang="ja",
    seen=NOON + 2 * MINUTE,
)
DEFENCE = make_entry(
    "defence", title="Defence in the air", summary="No variants. " + "Filler text. " * 40 + "Boxer here."
)


@pytest.fixture
async def archive(newsroom: Store) -> Store:
    """Store four articles, numbered in this order."""
    await newsroom.entries.add([BOXER, BAYKAR, MINISTRY, DEFENCE])
    return newsroom


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        pytest.param("boxer", {1, 4}, id="a word, in title or text"),
        pytest.param("box", set(), id="a beginning alone finds nothing"),
        pytest.param("box*", {1, 4}, id="a beginning with a star"),
        pytest.param("b*", set(), id="a single letter with a star is a word of one letter"),
        pytest.param("air defence", {1, 4}, id="two words anywhere"),
        pytest.param('"air defence"', {1}, id="a phrase"),
        pytest.param("“air defence”", {1}, id="a phrase in a text processor's quotes"),
        pytest.param('"air def"*', {1}, id="a phrase with a beginning"),
        pytest.param("variants -boxer", set(), id="an unwanted word"),
        pytest.param('boxer -"air defence"', {4}, id="an unwanted phrase"),
        pytest.param("-boxer", {2, 3}, id="only an unwanted word"),
        pytest.param("Baykar", {2}, id="a word with a Turkish suffix behind an apostrophe"),
        pytest.param("baykar’ın", {2}, id="with the suffix and another apostrophe"),
        pytest.param("ISTANBUL", {2}, id="capital I without a dot"),
        pytest.param("istanbul", {2}, id="small i with a dot"),
        pytest.param("ıstanbul", {2}, id="small ı without a dot"),
        pytest.param("FIRKATEYN sirket", {2}, id="no accents typed"),
        pytest.param("防衛省", {3}, id="Japanese at the start"),
        pytest.param("戦闘機", {3}, id="Japanese inside a sentence"),
        pytest.param("衛防", set(), id="Japanese characters in another order"),
        pytest.param("ｆ-35戦闘機", {3}, id="mixed scripts and full width"),
        pytest.param("防衛計", {3}, id="a part of a Japanese word"),
        pytest.param("5.5", {1}, id="a number with a point"),
        pytest.param("f-35", {3}, id="a designation"),
        pytest.param("", {1, 2, 3, 4}, id="nothing typed"),
        pytest.param("😀", set(), id="no word typed"),
    ],
)
async def test_words_find_their_articles(archive: Store, words: str, numbers: set[int]) -> None:
    total, found = await archive.search.find(words)
    assert (total, {one.entry for one in found}) == (len(numbers), numbers)


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '"""',
        "AND",
        "NOT boxer OR",
        "(",
        "title:boxer",
        "boxer NEAR/2 order",
        "^boxer",
        "{a}: b",
        "*",
        "-",
        "a\x00b",
        "boxer'); DROP TABLE entry;--",
        "\ud800",
        "x " * 5000,
        "-" * 300,
        '"' * 301,
    ],
    ids=range(17),
)
async def test_nothing_typed_is_an_error(archive: Store, words: str) -> None:
    total, found = await archive.search.find(words)
    assert len(found) == min(total, 10)
    assert await archive.entries.count() == 4


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.sampled_from("abx\"'-*():^{}+~ \n防５İ.") | st.characters(), max_size=30))
async def test_any_text_may_be_typed(archive: Store, words: str) -> None:
    total, found = await archive.search.find(words)
    assert total >= len(found)


async def test_a_title_weighs_more_and_the_newest_may_come_first(archive: Store) -> None:
    assert [one.entry for one in (await archive.search.find("boxer"))[1]] == [1, 4]
    later = replace(
        BOXER,
        key="later",
        link="https://harbour.example/later",
        guid="l",
        title="A ship",
        seen=NOON + 9 * MINUTE,
        published=NOON + 8 * MINUTE,
        summary="A boxer aboard, with many other words around it.",
    )
    await archive.entries.add([later])
    assert [one.entry for one in (await archive.search.find("boxer", newest=True))[1]] == [5, 4, 1]
    total, page = await archive.search.find("boxer", newest=True, limit=1, offset=1)
    assert (total, [one.entry for one in page]) == (3, [4])


async def test_conditions_narrow_a_search(archive: Store) -> None:
    async def numbers(**conditions: object) -> list[int]:
        return sorted(one.entry for one in (await archive.search.find("", **conditions))[1])  # type: ignore[arg-type]  # a table of conditions

    assert await numbers(feeds=frozenset({2})) == [2]
    assert await numbers(feeds=frozenset()) == []
    assert await numbers(feed=1, lang="ja") == [3]
    assert await numbers(feed=1, feeds=frozenset({2})) == []
    assert await numbers(until=NOON) == [2]
    assert await numbers(since=NOON) == [1, 3, 4]
    await archive.entries.add([replace(BOXER, key="again", feed=2, guid="again")])
    assert await numbers(feeds=frozenset({2})) == [1, 2], "an article counts for every feed that carried it"


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("words", "title", "snippet"),
    [
        ("baykar ihası", [], []),
        ("baykar iha", ["BAYKAR", "İHA"], []),
        ("baykar’ın fırkateyn", ["BAYKAR'IN"], ["Fırkateyn"]),
        ("sirket", [], ["ŞİRKET"]),
        ("防衛", ["防衛"], ["防衛"]),
        ("f-35*", ["F-35"], []),
        ('"variants for 5.5"', [], ["variants for 5.5"]),
    ],
)
async def test_the_words_found_are_marked_in_the_original(
    archive: Store, words: str, title: list[str], snippet: list[str]
) -> None:
    _, found = await archive.search.find(words)
    assert [marked(one.title, one.title_spans) for one in found] == ([title] if title or snippet else [])
    assert [marked(one.snippet, one.snippet_spans) for one in found] == (
        [snippet] if title or snippet else []
    )


async def test_a_snippet_is_cut_around_the_first_word(archive: Store) -> None:
    _, found = await archive.search.find("boxer filler")
    (one,) = found
    assert one.snippet.startswith("No variants.")
    _, (_, other) = await archive.search.find("boxer")
    assert other.snippet.startswith("…")
    assert other.snippet.endswith("Boxer here.")
    assert marked(other.snippet, other.snippet_spans) == ["Boxer"]


async def test_a_find_tells_where_it_comes_from(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    _, (found,) = await newsroom.search.find("brig")
    entry: Entry = story.lead.entry
    assert (found.entry, found.feed, found.title, found.link, found.outlet, found.lang) == (
        entry.number, entry.feed, entry.title, entry.link, entry.outlet, entry.lang,
    )  # fmt: skip
    assert (found.when, found.story, found.snippet) == (entry.when, story.number, "")
