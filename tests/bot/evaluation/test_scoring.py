"""The project's scorer: known figures by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.scoring import bootstrap, intervals, render, score
from bot.scoring.matching import date_equal, fact_equal, name_equal, value_equal
from bot.scoring.run import ScoringError

if TYPE_CHECKING:
    from bot.scoring.measures import Json, Row


def report(name: str, cluster: str, *, lang: str = "en", line: str = "") -> Row:
    return {"id": name, "cluster": cluster, "lang": lang, "storyline": line or cluster}


TWO_STORIES: list[Row] = [
    report("a1", "launch", line="frigate"),
    report("a2", "launch", lang="ja", line="frigate"),
    report("b1", "contract", line="frigate"),
    report("c1", "crash"),
]


def test_perfect_stories_score_one_and_merge_nothing() -> None:
    figures = score("stories", TWO_STORIES, [{"id": r["id"], "cluster": r["cluster"]} for r in TWO_STORIES])
    assert figures["bcubed_f1"] == figures["pair_f1"] == figures["singletons_left_alone"] == 1
    assert figures["same_storyline_different_event_merged"] == 0


def test_a_later_step_put_into_the_first_story_costs_precision_and_counts_as_merged() -> None:
    merged: list[Row] = [{"id": name, "cluster": 1} for name in ("a1", "a2", "b1")]
    figures = score("stories", TWO_STORIES, [*merged, {"id": "c1", "cluster": 2}])
    assert figures["bcubed_p"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert figures["bcubed_r"] == 1
    assert figures["same_storyline_different_event_merged"] == 1


def test_a_report_without_a_prediction_stands_alone() -> None:
    figures = score("stories", TWO_STORIES, [])
    assert figures["missing"] == 4
    assert figures["bcubed_recall_across_languages"] == 0


def test_tied_scores_are_one_step_of_the_ranking() -> None:
    gold: list[Row] = [{"id": str(n), "lang": "en", "grade": grade} for n, grade in enumerate((3, 0, 2, 0))]
    figures = score("relevance", gold, [{"id": str(n), "score": 0.5} for n in range(4)])["all"]
    assert isinstance(figures, dict)
    assert figures["ap_ge2"] == 0.5


@pytest.mark.parametrize(
    ("kind", "said", "wanted", "equal"),
    [
        pytest.param("money", "100400000 USD", "100000000 USD", True, id="money within half a per cent"),
        pytest.param("money", "101000000 USD", "100000000 USD", False, id="money one per cent off"),
        pytest.param("money", "100 EUR", "100 USD", False, id="another currency"),
        pytest.param("money", "5 EUR", "5-6 EUR", False, id="one end of a range"),
        pytest.param(
            "money", {"min": 5, "max": 6, "currency": "eur"}, "5-6 EUR", True, id="a range as an object"
        ),
        pytest.param("percentage", "48%", "48", True, id="a per cent sign"),
        pytest.param("percentage", "0.9", "0.9pp", False, id="per cent are not points"),
        pytest.param("quantity", {"amount": [1]}, "1", False, id="an object that holds no number"),
    ],
)
def test_numbers_match_by_unit_and_value(kind: str, said: Json, wanted: Json, *, equal: bool) -> None:
    assert value_equal(kind, said, wanted) is equal


@pytest.mark.parametrize(
    ("said", "wanted", "equal"),
    [
        pytest.param("2028", "2028-Q4", True, id="the coarser is the beginning of the finer"),
        pytest.param("2026", "FY2026", False, id="a fiscal year is no calendar year"),
        pytest.param("fiscal 2026", "FY2026", True, id="a fiscal year in words"),
        pytest.param("2025-08-19T10:00", "2025-08-19", True, id="a time of day is left aside"),
        pytest.param("2025-08-20", "2025-08-19", False, id="another day"),
    ],
)
def test_dates_match_as_far_as_the_coarser_goes(said: str, wanted: str, *, equal: bool) -> None:
    assert date_equal(said, wanted) is equal


def test_names_match_without_case_and_diacritics_but_not_by_a_fragment() -> None:
    assert name_equal("Yaşar GÜLER", "Yasar Guler")
    assert name_equal("防衛省", "日本の防衛省")
    assert not name_equal("Ka", "Kawasaki")
    assert not name_equal("", "Kawasaki")


def test_a_negated_status_never_matches_a_positive_one() -> None:
    gold: Row = {"type": "status", "value": "not_signed", "mention": "no contract was signed"}
    assert not fact_equal({"type": "status", "value": "signed", "mention": "no contract was signed"}, gold)


PASSAGES: list[Row] = [
    {
        "id": "p1",
        "lang": "en",
        "facts": [
            {"type": "money", "value": "5 EUR", "mention": "5 euros"},
            {"type": "location", "value": "Oslo", "mention": "Oslo", "optional": True},
        ],
        "must_not": [{"type": "quantity", "value": "90", "mention": "90 minutes"}],
    }
]


def test_a_trap_walked_into_and_a_repeated_fact_are_told_apart() -> None:
    said: list[Json] = [
        {"type": "money", "value": "5 EUR", "mention": "5 euros"},
        {"type": "money", "value": "5 EUR", "mention": "EUR 5"},
        {"type": "quantity", "value": "90", "mention": "90 minutes"},
    ]
    figures = score("facts", PASSAGES, [{"id": "p1", "facts": said}])
    assert figures["trap_rate"] == 1
    micro = figures["micro"]
    assert isinstance(micro, dict)
    assert (micro["tp"], micro["fp"], micro["fn"]) == (1, 1, 0)


def test_an_unknown_task_or_figure_is_named() -> None:
    with pytest.raises(ScoringError, match="no task 'poetry'"):
        score("poetry", [], [])
    with pytest.raises(ScoringError, match="no figure 'beauty'"):
        bootstrap("stories", TWO_STORIES, [], "beauty", n=2)


def test_an_interval_holds_its_figure_and_is_the_same_for_one_seed() -> None:
    gold = [report(f"r{n}", f"c{n // 2}", lang="en" if n % 2 else "tr") for n in range(40)]
    said: list[Row] = [{"id": f"r{n}", "cluster": n // 2 if n % 3 else n + 100} for n in range(40)]
    low, high = bootstrap("stories", gold, said, "bcubed_f1", n=200, seed=3)
    middle = score("stories", gold, said)["bcubed_f1"]
    assert isinstance(middle, float)
    assert low < middle < high
    assert (low, high) == bootstrap("stories", gold, said, "bcubed_f1", n=200, seed=3)


def test_several_intervals_come_from_the_draws_that_one_comes_from() -> None:
    gold: list[Row] = [{"id": str(n), "lang": "en", "grade": n % 4} for n in range(24)]
    said: list[Row] = [{"id": str(n), "score": (n * 7 % 24) / 24, "alert": n % 3 == 0} for n in range(24)]
    metrics = ["all.ap_ge2", "calibration.brier", "alerts:en.recall_ge2"]
    found = intervals("relevance", gold, said, metrics, n=60, seed=5)
    assert found == {name: bootstrap("relevance", gold, said, name, n=60, seed=5) for name in metrics}


def test_a_language_that_a_draw_misses_leaves_that_draw_out() -> None:
    gold: list[Row] = [{"id": str(n), "lang": "ja" if n == 0 else "en", "grade": 2 + n % 2} for n in range(6)]
    said: list[Row] = [{"id": str(n), "score": 0.5} for n in range(6)]
    assert bootstrap("relevance", gold, said, "lang:ja.ap_ge2", n=40) == (1.0, 1.0)


def test_scores_that_are_no_probabilities_have_no_brier_score() -> None:
    gold: list[Row] = [{"id": "a", "lang": "en", "grade": 3}, {"id": "b", "lang": "en", "grade": 0}]
    ranks: list[Row] = [{"id": "a", "score": 7}, {"id": "b", "score": 0.5}]
    assert "calibration" not in score("relevance", gold, ranks)
    sure: list[Row] = [{"id": "a", "score": 1}]
    assert score("relevance", gold, sure)["calibration"] == {"brier": 0.0, "error": 0.0}


def test_the_interval_of_a_perfect_prediction_is_a_point() -> None:
    conflicts: list[Row] = [
        {
            "cluster": "c",
            "type": "money",
            "values": [{"value": "5 EUR", "ids": ["x"]}, {"value": "9 EUR", "ids": ["y"]}],
        }
    ]
    said: list[Row] = [{"ids": ["x", "y"], "values": ["5 EUR", "9 EUR"]}]
    assert bootstrap("conflicts", conflicts, said, "f1", n=20) == (1, 1)


def test_the_table_has_a_line_for_each_figure() -> None:
    table = render({"f1": 0.98765, "n": 184.0, "lang:en": {"p": 0.5, "note": "few"}, "ids": ["a", "b"]})
    assert table.splitlines() == [
        "f1       0.988",
        "n        184",
        "lang:en  p 0.500  note few",
        "ids      a, b",
    ]
