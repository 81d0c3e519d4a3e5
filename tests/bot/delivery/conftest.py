"""A store of its own for each test of delivery, and the clock that it goes by."""

from __future__ import annotations

from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOON)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=clock) as opened:
        yield opened
