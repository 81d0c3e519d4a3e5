"""What `vedette evaluate relevance` prints and writes, over a few items of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import ConfigError
from bot.evaluation.rows import entry_of, read_rows
from bot.evaluation.run import Request, evaluate_task
from bot.evaluation.votes import Reader, halves, items_of, play, spread, vote
from bot.scoring.calibration import brier, calibration_error, reliability
from watchers.lens import build, read
from watchers.lens_spec import LensSpec
from watchers.relevance.decide import alerts
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.relevance.taste import uncertainty

if TYPE_CHECKING:
    from bot.evaluation.votes import Item
    from bot.scoring.measures import Figures

EVALS = Path(__file__).parents[2] / "evals"


@pytest.fixture(scope="module")
def items() -> list[Item]:
    lens = build(LensSpec(exemplars=load_exemplars(SHIPPED), embedder="none"))
    rows = read_rows(EVALS / "relevance-second.jsonl")
    return items_of(rows, read([entry_of(row) for row in rows], lens), lens.knowledge.ground.known)


def request(
    source: Path,
    *,
    out: Path | None = None,
    score: bool = False,
    report: Path | None = None,
    reader: Reader | None = None,
) -> Request:
    return Request(
        task="relevance",
        source=source,
        out=out,
        embedder="none",
        score=score,
        report=report,
        reader=reader,
    )


def figure(figures: Figures, group: str, name: str) -> float:
    table = figures[group]
    assert isinstance(table, dict)
    found = table[name]
    assert isinstance(found, float)
    return found


def test_a_probability_that_is_always_right_has_no_error_and_a_sure_mistake_costs_one() -> None:
    assert brier([(1.0, True), (0.0, False)]) == 0.0
    assert brier([(1.0, False)]) == 1.0
    assert brier([(0.5, True), (0.5, False)]) == 0.25
    assert calibration_error([(0.5, True), (0.5, False)]) == 0.0
    assert calibration_error([(0.9, True), (0.9, False)]) == pytest.approx(0.4)


def test_bins_hold_every_score_once_the_last_one_too() -> None:
    told = [(0.0, False), (0.09, False), (0.1, True), (0.95, True), (1.0, True)]
    bins = reliability(told)
    assert [b.items for b in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (bins[9].low, bins[9].high, bins[9].true) == (0.9, 1.0, 1.0)
    assert bins[0].said == pytest.approx(0.045)


def test_the_table_of_figures_tells_how_well_scores_are_calibrated() -> None:
    table = evaluate_task(request(EVALS / "relevance-stream.jsonl", score=True))
    assert "calibration " in table
    assert "brier" in table
    assert "scores_from_0.0" in table


def test_the_half_voted_on_is_never_judged_and_another_seed_draws_other_halves(items: list[Item]) -> None:
    voted, judged = halves(items, 3)
    assert {item.report.entry.key for item in voted}.isdisjoint(item.report.entry.key for item in judged)
    assert len(voted) + len(judged) == len(items)
    assert halves(items, 3) == (voted, judged)
    assert halves(items, 4)[0] != voted


def test_of_three_labels_two_are_alerts_and_one_is_the_most_uncertain(items: list[Item]) -> None:
    voted, _ = halves(items, 1)
    by_key = {item.report.entry.key: item for item in voted}
    earliest = [item for item in voted if alerts(item.report.relevance)]
    first = vote(voted, Reader(votes=1)).labels[0]
    assert first.key == earliest[0].report.entry.key
    two = vote(voted, Reader(votes=2))
    added = {one.key for one in vote(voted, Reader(votes=3)).labels} - {one.key for one in two.labels}
    left = [item for item in voted if item.report.entry.key not in {one.key for one in two.labels}]
    asked = max(left, key=lambda item: uncertainty(item.seen_with(two)))
    assert added == {asked.report.entry.key}
    assert all(one.wanted == float(by_key[one.key].grade >= 2) for one in two.labels)


def test_votes_never_outnumber_the_half_they_are_on(items: list[Item]) -> None:
    few = items[:7]
    _, figures = play(few, Reader(votes=50))
    assert figures["votes"] == 3
    assert figures["judged"] == 4


def test_no_votes_change_nothing(items: list[Item]) -> None:
    seen, figures = play(items, Reader(votes=0))
    assert figures["before"] == figures["after"]
    assert all(relevance is item.report.relevance for item, relevance in seen)


def test_a_reader_of_grade_3_is_served_better_after_votes_and_the_spread_holds_each_seed(
    items: list[Item],
) -> None:
    found = spread(items, Reader(votes=12, seeds=3, wanted=3))
    runs = [play(items, Reader(votes=12, seed=seed, wanted=3))[1] for seed in (1, 2, 3)]
    aps = [figure(run, "after", "ap") for run in runs]
    assert figure(found, "after:ap", "least") == min(aps)
    assert figure(found, "after:ap", "most") == max(aps)
    assert figure(found, "after:ap", "mean") == pytest.approx(sum(aps) / 3)
    assert figure(found, "after:brier", "mean") < figure(found, "before:brier", "mean")


def test_votes_are_played_from_the_command_line_and_the_judged_half_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    table = evaluate_task(
        request(EVALS / "relevance-second.jsonl", out=out, reader=Reader(votes=6, seed=2, wanted=3))
    )
    assert "before" in table
    assert "after" in table
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 63
    assert set(rows[0]) == {"id", "score", "alert"}


@pytest.mark.parametrize("task", ["facts", "stories", "queries", "feeds"])
def test_votes_and_reports_are_for_relevance_alone(task: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="for relevance"):
        evaluate_task(Request(task=task, source=None, out=None, reader=Reader(votes=1)))
    with pytest.raises(ConfigError, match="for relevance"):
        evaluate_task(Request(task=task, source=None, out=None, report=tmp_path / "r.html"))
    assert not (tmp_path / "r.html").exists()


def test_one_item_cannot_be_halved(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text('{"id": "a", "title": "Rain", "lang": "en", "grade": 0}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="two items"):
        evaluate_task(request(path, reader=Reader(votes=1)))


def test_a_line_that_is_no_item_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a"}\nnonsense\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.jsonl:2"):
        evaluate_task(request(path))
