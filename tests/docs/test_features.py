"""The page of features is whole: every test it names is there, and every command stands on it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bot.commands.help import shown_forms

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
PAGE = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:[a-z_]+/)*test_\w+\.py)(?:::(test_\w+))?`")
HELD = sorted(set(NAMED.findall(PAGE)))
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| ---")]


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return the names of the tests that a file holds."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, functions))


@pytest.mark.parametrize(("file", "test"), HELD, ids=[f"{file}::{test}" for file, test in HELD])
def test_a_test_that_the_page_names_is_there(file: str, test: str) -> None:
    path = TESTS / file
    assert path.is_file(), f"docs/features.md names tests/{file}, which is not there"
    assert not test or test in names_in(path), f"docs/features.md names {test}, which tests/{file} has not"


def test_every_feature_names_what_holds_it() -> None:
    assert len(ROWS) > 100
    heads = ("| what |", "| what is promised |", "| command |")
    assert [row for row in ROWS if not NAMED.search(row) and not row.startswith(heads)] == []


@pytest.mark.parametrize("name", [form.name for form in shown_forms()])
def test_every_command_stands_on_the_page(name: str) -> None:
    assert f"`/watch {name}`" in PAGE
