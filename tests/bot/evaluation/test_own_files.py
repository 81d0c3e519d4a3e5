"""A file of one's own: what it has to hold, and what is said of one that lacks it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.scoring import render
from tests.bot.operating.program import called

if TYPE_CHECKING:
    from pathlib import Path

FACTS = {"id": "f1", "text": "Poland signed a contract for 116 Abrams tanks worth 1.4 billion dollars."}


def written(folder: Path, *rows: object) -> Path:
    path = folder / "mine.jsonl"
    path.write_text(
        "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8"
    )
    return path


def test_the_first_faults_of_a_file_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"id": "1", "title": "A frigate", "grade": 3},
        "title,grade",
        {"title": "No name", "grade": 1},
        {"id": "4", "text": "no title"},
        {"id": "5", "title": "Late", "published": "yesterday"},
        {"id": "6", "title": "Too good", "grade": 4},
        {"id": "7"},
        {"id": "8"},
    )
    done = called("evaluate", "relevance", "--in", path, "--score")
    assert done.returncode == 78
    faults = [line.partition(", got ")[0] for line in done.stderr.splitlines()]
    assert faults == [
        f"{path}:2: expected a JSON object",
        f'{path}:3: expected "id", a name of its own',
        f"{path}:4: expected a text under title or summary or body",
        f'{path}:5: expected a day or a time such as "2026-03-01T09:00:00Z" under "published"',
        f'{path}:6: expected a "grade" from 0 to 3',
        "and 2 faults more",
    ]


@pytest.mark.parametrize(
    ("task", "row", "told"),
    [
        ("facts", {"id": "1", "title": "A"}, 'a text under "text"'),
        ("stories", {"id": "1"}, "a text under title or summary or body"),
        ("claims", {"id": "1", "left": {"text": "A"}, "right": "B"}, 'an object with a "text" under "right"'),
        ("promises", {"id": "1", "reports": []}, 'a list of reports under "reports"'),
        ("promises", {"id": "1", "reports": [{}]}, 'an object with a "text" under "reports[0]"'),
        ("feeds", {"id": "1"}, '"feed", a name of its own'),
    ],
)
def test_each_task_says_what_it_reads(tmp_path: Path, task: str, row: dict[str, object], told: str) -> None:
    done = called("evaluate", task, "--in", written(tmp_path, row))
    assert done.returncode == 78
    assert f"mine.jsonl:1: expected {told}, got {{" in done.stderr


@pytest.mark.long
def test_what_was_done_is_said_also_without_figures_or_a_file(tmp_path: Path) -> None:
    path, out = written(tmp_path, FACTS), tmp_path / "found" / "facts.jsonl"
    kept = called("evaluate", "facts", "--in", path, "--out", out)
    assert kept.stdout == f"{out} is written, with 1 line.\n", kept.stderr
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1
    lost = called("evaluate", "facts", "--in", path)
    assert lost.returncode == 0
    assert lost.stdout.startswith("1 line read, and what was found is kept nowhere: --out FILE writes it")


def test_a_file_without_labels_gets_no_figures(tmp_path: Path) -> None:
    done = called("evaluate", "facts", "--in", written(tmp_path, FACTS), "--score")
    assert (done.returncode, done.stdout) == (78, "")
    assert 'no gold in the file: --score compares what is found with "facts" of each line' in done.stderr


def test_an_out_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, FACTS)
    done = called("evaluate", "facts", "--in", path, "--out", path / "out.jsonl")
    assert done.returncode == 78
    assert done.stderr.splitlines()[-1].startswith(f"{path / 'out.jsonl'}: cannot be written")


def test_a_share_of_nothing_is_no_number() -> None:
    assert (
        render({"ap": float("nan"), "lang": {"en": float("nan"), "tr": 0.5}})
        == "ap    –\nlang  en –  tr 0.500"
    )
