"""What the program says of itself: its commands, each on a line, and how many things the doctor found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from bot.cli import app
from bot.operating.findings import as_text, failure, warning
from bot.operating.helps import SHORT

if TYPE_CHECKING:
    import pytest


def test_no_line_of_the_help_is_cut_off_in_a_terminal_of_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = CliRunner().invoke(app, ["--help"]).stdout
    listed = shown.partition("Commands:\n")[2].splitlines()
    assert not [line for line in listed if line.endswith("...") or len(line) > 80]
    assert set(SHORT) <= {line.split()[0] for line in listed}


def test_a_commands_own_help_is_told_whole() -> None:
    shown = CliRunner().invoke(app, ["backup", "--help"]).stdout
    assert "`vedette run` may go on meanwhile" in " ".join(shown.split())


def test_one_failure_is_told_as_one() -> None:
    one, other = failure("a", "wrong", "mend it"), warning("b", "odd", "look")
    assert as_text([one]).endswith("0 well, 0 warnings, 1 failure\n")
    assert as_text([one, one, other]).endswith("0 well, 1 warning, 2 failures\n")
