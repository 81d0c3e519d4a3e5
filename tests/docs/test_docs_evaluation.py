"""The lines that make the figures run, those of the evaluation page and of CONTRIBUTING, on few items."""

from __future__ import annotations

import re
import shlex
from itertools import islice
from pathlib import Path

import pytest

from bot.evaluation.fields import FIELDS
from tests.bot.operating.program import called
from tests.docs.test_docs import blocks

ROOT = Path(__file__).parents[2]
FIGURE = re.compile(r"\b[01]\.\d{2,}")
ITEMS = 8  # enough for every figure to have a value
LINES = sorted(
    {
        line.split("  #")[0].strip()
        for block in blocks("sh")
        for line in block.lines
        if block.page in {"docs/evaluation.md", "CONTRIBUTING.md"} and " evaluate " in line
    }
)


@pytest.mark.long
@pytest.mark.parametrize("line", LINES)
def test_a_line_that_measures_runs(line: str, tmp_path: Path) -> None:
    words = shlex.split(line)
    assert words[:3] == ["./run", "vedette", "evaluate"]
    place = words.index("--in") + 1
    whole, few = ROOT / words[place], tmp_path / "few.jsonl"
    with whole.open(encoding="utf-8") as items:
        few.write_text("".join(islice(items, ITEMS)), encoding="utf-8")
    words[place] = str(few)
    done = called(*words[2:])
    assert done.returncode == 0, done.stderr
    assert FIGURE.search(done.stdout), done.stdout


def test_all_four_kinds_are_among_them() -> None:
    assert {line.split()[3] for line in LINES} == {"relevance", "facts", "stories", "claims"}


def test_the_fields_of_each_task_are_told() -> None:
    page = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    told = {row[2]: row for row in re.findall(r"^((\| `(\w+)` \|).*)$", page, re.MULTILINE)}
    for task, fields in FIELDS.items():
        if task == "items":  # told with the queries that run over them
            continue
        wanted = (fields.key, *fields.any_of, *fields.texts, *fields.sides, *fields.lists, fields.gold)
        assert not [name for name in wanted if f"`{name}`" not in told[task][0]], task
