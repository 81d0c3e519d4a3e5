"""The commands of the roles say what is wrong before they begin, and what to do."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.postgres_server import postgres
from watchers.clock import SystemClock
from watchers.store.migrate import HEAD
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.contracts.store.postgres_server import Server

__all__ = ["postgres"]  # a fixture

ROOT = Path(__file__).parents[3]
ROLES = ("worker", "bot", "scheduler")
WITHIN = 150.0  # seconds for a process on a busy machine
CONFIG = (
    '[poll]\ncontact = "mailto:desk@example.org"\n[relevance]\nembedder = "none"\n[page]\nenabled = false\n'
)
CHANNEL = '[[channels]]\nid = "preview:main"\nname = "Desk"\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG + CHANNEL, encoding="utf-8")
    return path


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """Make a database with the tables of this release, and give its name."""
    name = postgres.migrated()
    yield name
    postgres.drop(name)


async def said(role: str, config: Path, url: str = "") -> tuple[int, str]:
    """Start a role that cannot work, and return its exit status and what it said."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("VEDETTE_")}
    environ |= {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    environ |= {"VEDETTE_DATABASE_URL": url} if url else {}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        role,
        "-c",
        str(config),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=environ,
    )
    async with asyncio.timeout(WITHIN):
        out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
async def test_on_a_file_a_role_says_that_run_does_everything(role: str, config: Path) -> None:
    status, text = await said(role, config)
    assert status == 78
    assert "`vedette run` does everything" in text
    assert "VEDETTE_DATABASE_URL" in text
    assert not list(config.parent.glob("*.sqlite3*")), "nothing was made"


@pytest.mark.long
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://vedette:canary-word@127.0.0.1:1/vedette", "cannot be reached"),
        ("mysql://vedette:canary-word@host/vedette", "are not supported"),
        ("postgresql://vedette:canary-word@127.0.0.1:1", "names no database"),
    ],
    ids=["nobody there", "another kind", "no database"],
)
async def test_a_wrong_address_is_named_without_its_password(config: Path, url: str, says: str) -> None:
    status, text = await said("scheduler", config, url)
    assert status in {69, 78}
    assert says in text
    assert "canary-word" not in text
    assert "Traceback" not in text


@pytest.mark.long
async def test_a_worker_of_an_earlier_release_leaves_newer_tables_alone(
    config: Path, postgres: Server, database: str
) -> None:
    postgres.execute("UPDATE alembic_version SET version_num = '9999'", database=database)
    status, text = await said("worker", config, postgres.address(database))
    assert status == 69
    assert f"the database has revision 9999, this release knows {HEAD}" in text
    assert postgres.execute("SELECT count(*) FROM heartbeat", database=database) == [(0,)]


@pytest.mark.long
async def test_a_role_beside_a_run_says_which_is_there(config: Path, postgres: Server, database: str) -> None:
    async with open_store(postgres.address(database), clock=SystemClock(), exclusive=True):
        status, text = await said("bot", config, postgres.address(database))
    assert status == 69
    assert "`vedette run`, which does everything by itself" in text
