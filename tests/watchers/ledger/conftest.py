"""An empty ledger over a database of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from tests.watchers.ledger.ledger_desk import Desk
from watchers.clock import SteppedClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def desk(tmp_path: Path, empty_database: Path) -> AsyncIterator[Desk]:
    """Open a store with a channel and no report."""
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    clock = SteppedClock(datetime(2024, 1, 1, 6, tzinfo=UTC))
    async with open_store(f"sqlite:///{path}", clock=clock) as store:
        yield await Desk(store=store, clock=clock).open()
