"""The project's scorer gives the figures of the public evaluation set's own, where that is there."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.scoring import TASKS, score

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from bot.scoring.measures import Figure, Json, Row

SHARED = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "eval"
OURS_ALONE = ("calibration", "scores_from_")
FILES = {task: f"{task}.jsonl" for task in TASKS} | {"feeds": "feeds/expected.jsonl"}


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def theirs() -> ModuleType:
    path = SHARED / "score.py"
    if not path.is_file():
        pytest.skip("the shared evaluation set is absent")
    spec = importlib.util.spec_from_file_location("shared_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def relevance_guess(gold: list[Row], chance: random.Random) -> list[Row]:
    return [
        {"id": item["id"], "score": round(chance.random(), 1), "alert": chance.random() < 0.4}
        for item in gold
        if chance.random() < 0.95
    ]


def stories_guess(gold: list[Row], chance: random.Random) -> list[Row]:
    return [
        {"id": r["id"], "cluster": r["cluster"] if chance.random() < 0.7 else f"g{chance.randrange(40)}"}
        for r in gold
        if chance.random() < 0.97
    ]


def conflicts_guess(gold: list[Row], chance: random.Random) -> list[Row]:
    guesses: list[Row] = []
    for conflict in gold:
        sides: list[dict[str, list[str]]] = list(conflict["values"])  # type: ignore[arg-type]
        kept = sides if chance.random() < 0.6 else sides[:1]
        guesses.append({"ids": [side["ids"][0] for side in kept], "values": [side["value"] for side in kept]})
    return guesses


def facts_guess(gold: list[Row], chance: random.Random) -> list[Row]:
    guesses: list[Row] = []
    for passage in gold:
        known: list[dict[str, Json]] = [*passage["facts"], *passage["must_not"]]  # type: ignore[misc]
        said = []
        for fact in known:
            if chance.random() < 0.7:
                words = str(fact.get("mention", ""))
                kind = "money" if chance.random() < 0.05 else fact["type"]
                value = fact.get("value") if chance.random() < 0.8 else words
                cut = words[: len(words) // 2] if chance.random() < 0.3 else words
                said.append({"type": kind, "value": value, "mention": cut})
                if chance.random() < 0.1:
                    said.append(dict(said[-1]))
        chance.shuffle(said)
        guesses.append({"id": passage["id"], "facts": said})
    return guesses


def queries_guess(gold: list[Row], chance: random.Random) -> list[Row]:
    guesses: list[Row] = []
    for rule in gold:
        pool: list[str] = [*rule["expected"], *rule["either"], *rule["must_not"]]  # type: ignore[misc]
        guesses.append({"id": rule["id"], "matched": [i for i in pool if chance.random() < 0.8]})
    return guesses


def feeds_guess(gold: list[Row], chance: random.Random) -> list[Row]:
    guesses: list[Row] = []
    for document in gold:
        items: list[dict[str, Json]] = []
        for item in document["items"]:  # type: ignore[union-attr]
            row: dict[str, Json] = dict(item)  # type: ignore[arg-type]
            for key in ("title", "link", "published"):
                if chance.random() < 0.2:
                    row[key] = None if chance.random() < 0.5 else "2025-01-01"
            if chance.random() < 0.9:
                items.append(row)
        guesses.append({"feed": document["feed"], "items": items})
    return guesses


GUESSES: dict[str, Callable[[list[Row], random.Random], list[Row]]] = {
    "relevance": relevance_guess,
    "stories": stories_guess,
    "conflicts": conflicts_guess,
    "facts": facts_guess,
    "queries": queries_guess,
    "feeds": feeds_guess,
}


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("task", GUESSES)
def test_our_figures_are_those_of_the_shared_scorer(task: str, seed: int, theirs: ModuleType) -> None:
    gold = read(SHARED / FILES[task])
    said = GUESSES[task](gold, random.Random(seed))
    ours = {k: v for k, v in score(task, gold, said).items() if not k.startswith(OURS_ALONE)}
    assert_same(ours, getattr(theirs, f"score_{task}")(said, gold), task)


def assert_same(ours: Figure, expected: Figure, where: str) -> None:
    match expected:
        case dict():
            assert isinstance(ours, dict), where
            assert set(ours) == set(expected), where
            for key in expected:
                assert_same(ours[key], expected[key], f"{where}.{key}")
        case float() if math.isnan(expected):
            assert isinstance(ours, float), where
            assert math.isnan(ours), where
        case bool() | int() | float():
            assert ours == pytest.approx(expected), where
        case list():
            assert isinstance(ours, list), where
            assert sorted(ours) == sorted(expected), where
        case _:
            assert ours == expected, where
