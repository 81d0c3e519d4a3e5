"""Who may read a database: a feed's address may hold a key, so nobody but whoever runs the bot."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.errors import StoreError
from watchers.store.backup import back_up
from watchers.store.engines.sqlite import explained
from watchers.store.restore import restore
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLOCK = SteppedClock(NOON)
CANARY = "slack:U-canary"  # not on the line that fails, which a traceback quotes


@pytest.fixture(autouse=True)
def _everything_is_allowed() -> Iterator[None]:
    """Let new files be read by everybody, unless whoever makes them says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vedette.sqlite3"


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


async def test_a_new_database_and_the_files_beside_it_are_for_nobody_else(path: Path) -> None:
    async with open_store(f"sqlite:///{path}", clock=CLOCK, exclusive=True) as store:
        await store.channels.save(Channel(id="preview:main", name="Desk"))
        beside = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
        assert [mode(file) for file in beside] == [0o600] * 3


@pytest.mark.parametrize(
    ("was", "becomes"), [(0o600, 0o600), (0o660, 0o660), (0o644, 0o640), (None, 0o600)], ids=str
)
def test_a_restored_database_is_for_whom_the_old_one_was_but_never_for_everybody(
    path: Path, was: int | None, becomes: int
) -> None:
    async def make() -> None:
        async with open_store(f"sqlite:///{path}", clock=CLOCK):
            pass

    asyncio.run(make())
    copy = path.with_name("copy.sqlite3")
    back_up(path, copy)
    if was is None:
        path.unlink()
    else:
        path.chmod(was)
    copy.chmod(0o644)
    restore(path, copy, clock=CLOCK)
    assert mode(path) == becomes


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY])
def test_a_file_that_cannot_be_used_is_named(path: Path, code: int) -> None:
    error = sqlite3.OperationalError("no")
    error.sqlite_errorcode = code
    assert str(explained(error, path)).startswith(f"{path} cannot be ")


async def test_what_was_to_be_written_is_in_no_log(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_store(f"sqlite:///{path}", clock=CLOCK) as store:
        try:
            await store.votes.cast("preview:nowhere", 999, CANARY, 1)
        except StoreError:
            logging.getLogger(__name__).exception("A vote was not kept")
    assert "A vote was not kept" in caplog.text
    assert CANARY not in caplog.text
