"""Verdicts and promises over our own labelled sets, and the figures that judge them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.evaluation.claims import predict_claims, predict_promises
from bot.evaluation.run import Request, evaluate_task
from bot.scoring import score
from bot.scoring.run import pick
from tests.known_names import shipped

if TYPE_CHECKING:
    from bot.scoring.measures import Row

EVALS = Path(__file__).parents[2] / "evals"
# What stood when this was written, less a margin for what a change elsewhere may cost: .99 and .98.
LEAST_MACRO_F1, LEAST_STATES = 0.92, 0.93
MOST_WRONGLY_CONTRADICTION = 0.02


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (EVALS / name).read_text("utf-8").splitlines()]


def test_verdicts_over_our_own_pairs_stay_above_their_floor() -> None:
    pairs = rows("claims.jsonl")
    figures = score("claims", pairs, predict_claims(pairs, shipped()))
    assert pick(figures, "macro_f1") >= LEAST_MACRO_F1
    assert pick(figures, "wrongly_contradiction") <= MOST_WRONGLY_CONTRADICTION


def test_states_of_our_own_promises_stay_above_their_floor() -> None:
    promised = rows("promises.jsonl")
    figures = score("promises", promised, predict_promises(promised, shipped()))
    assert pick(figures, "state_right") >= LEAST_STATES
    assert pick(figures, "due_right") >= LEAST_STATES
    assert figures["slipped_without_a_later_date"] == 0.0


def test_predictions_do_not_look_at_the_labels() -> None:
    pairs = rows("claims.jsonl")[:20]
    bare = [{key: row[key] for key in ("id", "left", "right", "about")} for row in pairs]
    finder = shipped()
    assert predict_claims(list(bare), finder) == predict_claims(pairs, finder)


VERDICTS = ["same", "same", "contradiction", "superseded"]


@pytest.mark.parametrize(
    ("said", "macro", "wrong"),
    [
        (VERDICTS, 1.0, 0.0),
        (["same", "contradiction", "contradiction", "superseded"], (2 / 3 + 2 / 3 + 1) / 3, 1 / 3),
        (["same", "same", "contradiction", "not_comparable"], 2 / 3, 0.0),
    ],
    ids=["all right", "one wrongly contradiction", "one verdict never found"],
)
def test_a_verdict_never_found_and_one_wrongly_given_cost_what_they_should(
    said: list[str], macro: float, wrong: float
) -> None:
    gold: list[Row] = [{"id": str(n), "verdict": verdict} for n, verdict in enumerate(VERDICTS)]
    told: list[Row] = [{"id": str(n), "verdict": verdict} for n, verdict in enumerate(said)]
    figures = score("claims", gold, told)
    assert pick(figures, "macro_f1") == pytest.approx(macro)
    assert pick(figures, "wrongly_contradiction") == pytest.approx(wrong)


def test_a_slip_without_a_later_date_is_counted() -> None:
    gold: list[Row] = [{"id": "a", "state": "slipped", "due": "2027-12-31"}]
    said: list[Row] = [{"id": "a", "state": "slipped", "due": "2027-12-31", "later": None}]
    figures = score("promises", gold, said)
    assert figures["slipped_without_a_later_date"] == 1.0
    assert pick(figures, "state_right") == pick(figures, "due_right") == 1.0


@pytest.mark.parametrize("task", ["claims", "promises"])
def test_a_scored_run_writes_a_row_for_each_and_tells_the_interval(tmp_path: Path, task: str) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    few = (EVALS / f"{task}.jsonl").read_text("utf-8").splitlines()[:12]
    source.write_text("\n".join(few), encoding="utf-8")
    table = evaluate_task(Request(task=task, source=source, out=out, embedder="none", score=True))
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in told] == [json.loads(line)["id"] for line in few]
    assert "_95" in table
    assert "macro_f1" in table
