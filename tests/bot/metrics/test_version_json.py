"""`vedette version --json`: what is running, for whoever asks about it or compares two machines."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from tests.bot.operating.program import called
from watchers.store.migrate import HEAD

if TYPE_CHECKING:
    from pathlib import Path

POLL = '[poll]\ncontact = "mailto:desk@example.org"\n'


@pytest.mark.parametrize(
    ("section", "embedder"),
    [
        pytest.param("", "builtin", id="what nobody chose"),
        pytest.param('[relevance]\nembedder = "none"\n', "none", id="no model"),
        pytest.param(
            '[relevance]\nembedder = "model2vec:/srv/a-model"\n', "model2vec", id="a model's folder"
        ),
    ],
)
def test_the_kinds_come_from_the_configuration_and_nothing_else_of_it(
    tmp_path: Path, section: str, embedder: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(POLL + section, encoding="utf-8")
    done = called("version", "--json", "-c", path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "version": version("vedette"),
        "python": platform.python_version(),
        "schema": HEAD,
        "embedder": embedder,
        "database": "sqlite",
        "libraries": {
            name: version(name)
            for name in ("slack-bolt", "slack-sdk", "discord.py", "aiohttp", "SQLAlchemy", "psycopg")
        },
    }


def test_a_server_is_told_by_its_kind_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(POLL, encoding="utf-8")
    url = "postgresql://somebody:canary@db.example/vedette"
    done = called("version", "--json", "-c", path, environ={"VEDETTE_DATABASE_URL": url})
    assert json.loads(done.stdout)["database"] == "postgresql"
    assert not any(word in done.stdout for word in ("canary", "somebody", "db.example"))


def test_without_a_configuration_the_kinds_are_null(tmp_path: Path) -> None:
    done = called("version", "--json", "-c", tmp_path / "none.toml")
    told = json.loads(done.stdout)
    assert (told["embedder"], told["database"]) == (None, None)
    assert told["schema"] == HEAD


def test_a_configuration_with_a_fault_is_told_as_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"{POLL}[http]\nmetrics = 3\n", encoding="utf-8")
    done = called("version", "--json", "-c", path)
    assert done.returncode == 78
    assert "http.metrics: expected 'open', 'token' or 'off', got 3" in done.stderr


def test_without_json_the_version_is_one_line() -> None:
    assert called("version").stdout == f"vedette {version('vedette')}\n"
