"""A machine whose clock is not the database server's is told so, wherever somebody looks."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.config import load
from bot.roles.signs import AGREE_WITHIN, apart
from bot.settings.seeding import seed
from tests.contracts.store.postgres_server import postgres
from tests.faults.child import CLOCK, FACTOR
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.contracts.store.postgres_server import Server

__all__ = ["postgres"]  # a fixture

ROOT = Path(__file__).parents[3]
WITHIN = 150.0  # seconds for a process on a busy machine
SECOND = timedelta(seconds=1)
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"
[relevance]
embedder = "none"
[page]
enabled = false
[[channels]]
id = "preview:main"
name = "Desk"
"""
TOLD = (
    r"clock is (8[5-9]|9[0-5]) s ahead of the database server's"  # to some seconds: the machine may be busy
)
pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(), ""),
        (AGREE_WITHIN, ""),
        (-AGREE_WITHIN, ""),
        (AGREE_WITHIN + SECOND, "this machine's clock is 6 s ahead of the database server's"),
        (-90 * SECOND, "this machine's clock is 90 s behind the database server's"),
    ],
    ids=["as it should be", "hardly ahead", "hardly behind", "ahead", "behind"],
)
def test_clocks_that_differ_by_some_seconds_are_told_with_a_cure(ahead: timedelta, said: str) -> None:
    found = apart(ahead)
    assert found.startswith(said)
    assert ("timedatectl" in found) == bool(said)


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Make a database with the tables of this release."""
    name = postgres.migrated()
    yield postgres.address(name)
    postgres.drop(name)


async def test_on_one_machine_all_clocks_agree(url: str) -> None:
    async with open_store(url, clock=SystemClock()) as store:
        assert abs(await store.pulse.ahead()) < SECOND


@pytest.mark.parametrize("by", [90 * SECOND, -90 * SECOND], ids=["ahead", "behind"])
async def test_by_how_much_a_clock_differs_is_measured(
    url: str, by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda clock: real(clock) + by)
    async with open_store(url, clock=SystemClock()) as store:
        assert abs(await store.pulse.ahead() - by) < 5 * SECOND


@pytest.mark.long
async def test_a_role_the_doctor_the_status_and_the_health_check_tell_of_it(tmp_path: Path, url: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    async with open_store(url, clock=SystemClock()) as store:
        await seed(store, load(config))  # as the bot that begins to lead does
    (tmp_path / "clock").write_text("90", encoding="ascii")
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "VEDETTE_DATABASE_URL": url, FACTOR: "1"}
    environ |= {CLOCK: str(tmp_path / "clock"), "OPENBLAS_NUM_THREADS": "1"}
    role = await started("scheduler", config, environ)
    assert role.stderr is not None
    said = ""
    try:
        async with asyncio.timeout(WITHIN):
            while "Standing by" not in said:
                said += (await role.stderr.readline()).decode()
        assert re.search(TOLD, said)
        for command in ("doctor", "status"):
            assert re.search(TOLD, await output(command, config, environ)), command
        health = await output("healthcheck", config, environ)
        assert "no worker is running" in health
        assert re.search(TOLD, health), "which may be why others seem silent"
    finally:
        role.terminate()
        await role.communicate()


async def started(command: str, config: Path, environ: dict[str, str]) -> asyncio.subprocess.Process:
    """Start a command in a process whose clock a file sets."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.child", command, "-c", str(config)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environ,
        cwd=ROOT,
    )


async def output(command: str, config: Path, environ: dict[str, str]) -> str:
    """Return all that a command says, its lines put together."""
    process = await started(command, config, environ)
    async with asyncio.timeout(WITHIN):
        out, errors = await process.communicate()
    return " ".join(f"{out.decode()}\n{errors.decode()}".split())
