"""Hints name the program as it is called: `vedette` where it is installed, `./run vedette` in a checkout."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.operating.called import as_typed, called_as, from_chat
from tests.bot.operating.program import called

if TYPE_CHECKING:
    from pathlib import Path

HERE = "./run vedette"
BROKEN = '[poll]\nevery = "often"\n'


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("Next: vedette run --config x", "Next: ./run vedette run --config x", id="a line"),
        pytest.param("`vedette init` writes one", "`./run vedette init` writes one", id="within a sentence"),
        pytest.param("./run vedette init", "./run vedette init", id="a line that names the script already"),
        pytest.param("vedette: the database is busy", "vedette: the database is busy", id="the name alone"),
        pytest.param("/srv/vedette run.toml", "/srv/vedette run.toml", id="a path"),
        pytest.param("the vedette patrol boat", "the vedette patrol boat", id="an article's word"),
    ],
)
def test_only_our_own_commands_are_called_otherwise(text: str, typed: str) -> None:
    assert as_typed(text, HERE) == typed
    assert as_typed(text, "vedette") == text


def test_the_environment_says_how_it_is_called() -> None:
    assert called_as({}) == called_as({"VEDETTE_CALLED_AS": " "}) == "vedette"
    assert called_as({"VEDETTE_CALLED_AS": HERE}) == HERE


def test_chat_lines_are_typed_with_the_program() -> None:
    assert from_chat("Try: /watch why t1", HERE) == "Try: ./run vedette why t1"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        pytest.param(["init", "--contact", "desk@example.org"], "Next: {} run   (", id="init"),
        pytest.param(["doctor"], "write one: {} init", id="doctor"),
        pytest.param(["check"], "`{} init` writes one", id="no configuration"),
        pytest.param(["status"], "`{} init` writes one", id="a question without a configuration"),
        pytest.param(
            ["slack", "manifest", "--mode", "http"],
            "Try: {} slack manifest --mode http --url https://",
            id="a refusal",
        ),
        pytest.param(
            ["slack", "manifest", "--mode", "http", "--command", "/defence"],
            "Try: {} slack manifest --mode http --command /defence --url https://",
            id="a refusal under another name",
        ),
        pytest.param(["outbox", "burn"], "Try: {} outbox", id="a refused command"),
        pytest.param(["prune", "--help"], "Usage: {} prune", id="help"),
        pytest.param(["run", "--nonsense"], "Try '{} run -h' for help", id="a mistyped option"),
    ],
)
@pytest.mark.parametrize("name", ["vedette", HERE])
def test_every_hint_is_a_line_that_can_be_typed_as_it_stands(
    tmp_path: Path, words: list[str], hint: str, name: str
) -> None:
    environ = {"VEDETTE_CALLED_AS": name, "VEDETTE_CONFIG": str(tmp_path / "config.toml")}
    done = called(*words, environ=environ)
    assert hint.format(name) in done.stdout + done.stderr


@pytest.mark.parametrize("first", ["/watch", "watch"])
def test_a_line_copied_from_a_page_is_taken_with_its_watch(tmp_path: Path, first: str) -> None:
    environ = {"VEDETTE_CONFIG": str(tmp_path / "none.toml")}
    done = called(first, "status", environ=environ)
    assert "No such command" not in done.stderr
    assert done.stderr == called("status", environ=environ).stderr


def test_the_doctor_names_it_in_json_too(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(BROKEN, encoding="utf-8")
    quoted = '/a "b"/run vedette'
    done = called("doctor", "--json", environ={"VEDETTE_CALLED_AS": quoted, "VEDETTE_CONFIG": str(path)})
    cures = [one["cure"] for one in json.loads(done.stdout)]
    assert f"correct that line; {quoted} check says whether it is right now" in cures
