"""The PostgreSQL that some of these tests need."""

from __future__ import annotations

from tests.contracts.store.postgres_server import postgres

__all__ = ["postgres"]  # a fixture
