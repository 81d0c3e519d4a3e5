"""The rules of the house that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for room in ("bot", "watchers") for path in (ROOT / room).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_does_one_thing_in_under_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_says_first_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith('"""')


def test_the_clock_is_read_in_one_place() -> None:
    reading = re.compile(r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btime\.time\(")
    found = {name(p) for p in SOURCES if reading.search(p.read_text(encoding="utf-8"))}
    assert found <= {
        "watchers/clock.py",
        "bot/operating/health.py",
    }


def test_the_program_is_installed_from_a_top_level_that_a_stranger_expects() -> None:
    there = {path.name for path in ROOT.iterdir()}
    assert {
        "pyproject.toml",
        "bot",
        "watchers",
        "tests",
        "config.example.toml",
        "Dockerfile",
        "README.md",
        "run",
    } <= there


def test_help_imports_nothing_heavy() -> None:
    heavy = "numpy,sqlalchemy,slack_bolt,discord,aiohttp,feedparser,pydantic,babel,alembic"
    program = (
        "import sys, bot.cli\n"
        "from typer.testing import CliRunner\n"
        "assert CliRunner().invoke(bot.cli.app, ['--help']).exit_code == 0\n"
        f"print([m for m in {heavy!r}.split(',') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_a_run_leaves_what_only_its_workers_need_to_them() -> None:
    theirs = "watchers.lens,watchers.facts.extract,watchers.claims.read,feedparser,trafilatura"
    program = f"import sys, bot.run\nprint([m for m in {theirs!r}.split(',') if m in sys.modules])\n"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
