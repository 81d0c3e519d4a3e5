"""Speakers and hedges are scored over credited facts, and intervals come from drawing passages again."""

import pytest

from bot.scoring import score
from bot.scoring.attribution import speaker_equal
from bot.scoring.facts import fact_intervals
from bot.scoring.measures import Row


def fact(value: str, said_by: str = "", hedge: str = "") -> Row:
    return {"type": "quantity", "value": value, "mention": value, "said_by": said_by, "hedge": hedge}


GOLD: list[Row] = [
    {
        "id": "a",
        "lang": "en",
        "must_not": [],
        "facts": [fact("12", "Güler < social media post", "stated"), fact("14", "two officials", "reported")],
    },
    {"id": "b", "lang": "en", "must_not": [], "facts": [fact("30"), fact("40", "", "alleged")]},
]


@pytest.mark.parametrize(
    ("said", "wanted", "same"),
    [
        pytest.param("Yaşar Güler", "Guler", True, id="a surname without diacritics"),
        pytest.param("Güler < TRT", "the minister < TRT", True, id="one link in common"),
        pytest.param("spokeswoman for the navy", "navy spokeswoman", True, id="articles and order"),
        pytest.param("the army", "the navy", False, id="only an article in common"),
        pytest.param("", "the navy", False, id="nobody"),
        pytest.param("防衛省の報道官", "防衛省", True, id="a Japanese part"),
    ],
)
def test_speakers_match_by_words_and_links(said: str, wanted: str, *, same: bool) -> None:
    assert speaker_equal(said, wanted) == same


def test_only_facts_that_were_found_count() -> None:
    told: list[Row] = [
        {"id": "a", "facts": [fact("12", "Yaşar Güler", "stated")]},
        {"id": "b", "facts": [fact("30"), fact("40", "", "stated")]},
    ]
    figures = score("facts", GOLD, told)
    assert figures["said_by"] == {"n": 1, "right": 1.0}
    assert figures["hedge"] == {"n": 2, "right": 0.5}
    assert figures["attributed_shown_plain"] == {"n": 2, "shown": 1, "share": 0.5}


def test_a_set_without_speakers_has_no_such_figures() -> None:
    gold: list[Row] = [{"id": "a", "lang": "en", "must_not": [], "facts": [fact("12")]}]
    assert "said_by" not in score("facts", gold, [{"id": "a", "facts": [fact("12", "somebody")]}])


def test_intervals_hold_the_figure_and_are_the_same_again() -> None:
    told: list[Row] = [
        {"id": "a", "facts": [fact("12", "Yaşar Güler", "stated"), fact("99")]},
        {"id": "b", "facts": [fact("30"), fact("40")]},
    ]
    found = fact_intervals(GOLD, told)
    assert found == fact_intervals(GOLD, told)
    low, high = found["micro_f1"]
    assert low < 0.75 < high <= 1.0
    assert found["said_by_right"] == (1.0, 1.0)  # a draw without a speaker says nothing of speakers
