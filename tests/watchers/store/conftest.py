"""The PostgreSQL that some of these tests need; and databases that have no tables before they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import kept_tables
from tests.contracts.store.postgres_server import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["postgres"]  # a fixture


@pytest.fixture(autouse=True)
def tables_made_anew() -> Iterator[None]:
    """Let each test see what happens to a new database."""
    with kept_tables.made_anew():
        yield
