"""Scores do not hang on the numbers of one model's space, nor on the process that makes them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.watchers.relevance.judging import FINDER, GAZETTEER, Judge, entry
from watchers.languages import detect
from watchers.relevance.background import load_background
from watchers.relevance.bank import make_bank
from watchers.relevance.embedder import load_embedder
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.relevance.scorer import fit_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from watchers.types import Entry

    Rows = NDArray[np.float32]
    Bend = Callable[[Rows], Rows]

ROOT = Path(__file__).parents[3]
SET = ROOT / "tests" / "evals" / "relevance.jsonl"
READ = 40


class Remembering:
    """The built-in model, asked once a text."""

    def __init__(self) -> None:
        model = load_embedder("builtin")
        assert model is not None
        self.id, self.dim = model.id, model.dim
        self._model = model
        self._known: dict[str, Rows] = {}

    def encode(self, texts: Sequence[str]) -> Rows:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._model.encode(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32).reshape(-1, self.dim)


@pytest.fixture(scope="module")
def model() -> Remembering:
    return Remembering()


class Bent:
    """A model with its space bent."""

    def __init__(self, name: str, bend: Bend, model: Remembering) -> None:
        self._model = model
        self._bend = bend
        self.dim = int(bend(np.zeros((1, model.dim), dtype=np.float32)).shape[1])
        self.id = f"{model.id}|{name}"

    def encode(self, texts: Sequence[str]) -> Rows:
        rows = self._bend(self._model.encode(texts))
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def turned(rows: Rows) -> Rows:
    axes, _ = np.linalg.qr(np.random.default_rng(7).normal(size=(rows.shape[1], rows.shape[1])))
    return np.asarray(rows @ axes, dtype=np.float32)


def narrowed(rows: Rows) -> Rows:
    """Bring all cosines near to 1, as the e5 models have them: a tenth of their spread is left."""
    return np.hstack(
        [rows * np.float32(0.1**0.5), np.full((len(rows), 1), 0.9**0.5, dtype=np.float32)], dtype=np.float32
    )


def thinned(rows: Rows) -> Rows:
    """Keep what 96 random directions tell of 512."""
    made = np.random.default_rng(7).normal(size=(rows.shape[1], 96)).astype(np.float32)
    return np.asarray(rows @ made, dtype=np.float32)


def items(count: int = READ) -> tuple[list[Entry], list[int]]:
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    step = max(len(rows) // count, 1)
    chosen = rows[::step][:count]
    entries = [
        entry(row["title"], row.get("summary") or "", detect(f"{row['title']} {row.get('summary') or ''}"))
        for row in chosen
    ]
    return entries, [int(row["grade"]) for row in chosen]


def scores_with(model: Bent) -> list[float]:
    bank = make_bank(load_background(), embedder=model, finder=FINDER, gazetteer=GAZETTEER)
    judge = Judge(fit_on(bank, load_exemplars(SHIPPED)))
    return [relevance.score for relevance in judge(items()[0])]


@pytest.mark.long
@pytest.mark.parametrize("bend", [turned, narrowed], ids=lambda bend: str(bend.__name__))
def test_a_space_that_is_turned_or_narrowed_gives_the_same_scores(
    bend: Bend, judge: Judge, model: Remembering
) -> None:
    plain = [relevance.score for relevance in judge(items()[0])]
    assert scores_with(Bent(bend.__name__, bend, model)) == pytest.approx(plain, abs=2e-3)


def test_a_space_of_fewer_dimensions_still_orders_what_matters(model: Remembering) -> None:
    scores = np.array(scores_with(Bent("thinned", thinned, model)))
    grades = np.array(items()[1])
    ordered = grades[np.argsort(-scores, kind="stable")] >= 2
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    assert precision[ordered].mean() >= 0.9
    assert np.isfinite(scores).all()


ALIKE = """
import json, sys
from tests.watchers.relevance.test_relevance_space import items
from watchers.lens import build, read
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars
for embedder in ("builtin", "none"):
    lens = build(LensSpec(exemplars=load_exemplars(SHIPPED), embedder=embedder, cache=sys.argv[1]))
    assert not lens.knowledge.fault
    print(json.dumps([r.relevance.score for r in read(items()[0], lens)]))
"""


def in_a_process(cache: Path, *, seed: str, threads: str) -> list[list[float]]:
    done = subprocess.run(
        [os.environ.get("VEDETTE_PYTHON", sys.executable), "-c", ALIKE, str(cache)],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": seed,
            "OPENBLAS_NUM_THREADS": threads,
        },
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.long
def test_two_processes_give_the_same_scores_with_and_without_kept_vectors(
    tmp_path: Path, judge: Judge, plain_judge: Judge
) -> None:
    first = in_a_process(tmp_path / "kept", seed="1", threads="1")
    second = in_a_process(tmp_path / "kept", seed="2", threads="2")
    assert list((tmp_path / "kept").iterdir())
    for found, again, judged in zip(first, second, (judge, plain_judge), strict=True):
        assert found == pytest.approx(again, abs=1e-6)
        assert found == pytest.approx([one.score for one in judged(items()[0])], abs=1e-6)
        assert max(found) - min(found) > 0.5
