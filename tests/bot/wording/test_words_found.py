"""The words that met a watch, as an article has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.wording.found import LONGEST, words_found
from tests.contracts.store.store_builders import make_entry
from watchers.types import Entry, Hit

ENTRY = make_entry("news", title="Valmora buys 12 Petrel drones", summary="無人機取得に2000億円超")


def hit(term: str, words: str, entry: Entry = ENTRY) -> Hit:
    for scope, text in (("title", entry.title), ("summary", entry.summary)):
        if words in text:
            start = text.index(words)
            return Hit(
                term=term,
                scope="title" if scope == "title" else "summary",
                start=start,
                end=start + len(words),
            )
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("hits", "told"),
    [
        pytest.param([hit("drone", "drones")], ("drones",), id="an inflected word"),
        pytest.param([hit("dron*", "drones")], ("drones",), id="a beginning"),
        pytest.param([hit('"petrel drones"', "Petrel drones")], ("Petrel drones",), id="a phrase"),
        pytest.param(
            [hit("about:drone procurement", "buys 12 Petrel drones")],
            ("buys 12 Petrel drones (drone procurement)",),
            id="a concept whose own words the article lacks",
        ),
        pytest.param(
            [
                hit("about:drone procurement", "無人機取得"),
                hit("about:İHA tedariki", "無人機取得"),
                hit("無人機", "無人機"),
            ],
            ("無人機取得 (drone procurement, İHA tedariki)", "無人機"),
            id="one place for two terms",
        ),
        pytest.param([hit('entity:"Republic of Valmora"', "Valmora")], ("Valmora",), id="a part of a name"),
        pytest.param([hit("fact:amount>1bn", "2000億円超")], ("2000億円超 (amount>1bn)",), id="a fact"),
        pytest.param([hit("petrel", "Petrel"), hit("cs:Petrel", "Petrel")], ("Petrel",), id="twice the same"),
        pytest.param([], (), id="none"),
    ],
)
def test_words_that_met_a_watch_are_told_as_they_stand(hits: list[Hit], told: tuple[str, ...]) -> None:
    assert words_found(ENTRY, hits) == told


def test_a_text_that_is_kept_no_longer_leaves_the_terms() -> None:
    hits = [hit("about:drone procurement", "無人機取得")]
    assert words_found(replace(ENTRY, summary=""), hits) == ("drone procurement",)


def test_words_far_apart_are_cut() -> None:
    title = f"Valmora procures {'very ' * 30}small drones"
    entry = replace(ENTRY, title=title)
    (told,) = words_found(entry, [hit("about:drone procurement", title.removeprefix("Valmora "), entry)])
    assert told.endswith("… (drone procurement)")
    assert len(told) <= LONGEST + len(" (drone procurement)")
