"""The documents of tests/evals/feeds: every format and quirk, each title, link and date by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from bot.evaluation.run import Request, evaluate_task

OWN = Path(__file__).parents[2] / "evals" / "feeds"
GOLD = OWN / "expected.jsonl"
ROWS = [cast("dict[str, object]", json.loads(line)) for line in GOLD.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[str(row["feed"]) for row in ROWS])
def test_a_document_gives_just_what_it_says(row: dict[str, object], tmp_path: Path) -> None:
    out, gold = tmp_path / "found.jsonl", tmp_path / "expected.jsonl"
    gold.write_text(json.dumps(row) + "\n", "utf-8")
    (tmp_path / str(row["feed"])).write_bytes((OWN / str(row["feed"])).read_bytes())
    evaluate_task(Request(task="feeds", source=gold, out=out))
    assert json.loads(out.read_text("utf-8"))["items"] == row["items"]


def test_every_document_there_is_labelled_and_marked_as_invented() -> None:
    assert {str(row["feed"]) for row in ROWS} == {p.name for p in OWN.iterdir()} - {"expected.jsonl"}
    assert all(row["invented"] is True for row in ROWS)


def test_the_figures_are_told_for_all_that_a_file_of_labels_names() -> None:
    figures = evaluate_task(Request(task="feeds", source=GOLD, out=None, score=True))
    told = dict(line.split(None, 1) for line in figures.splitlines())
    assert {told[name].strip() for name in ("found", "title", "link", "date")} == {"1.000"}
