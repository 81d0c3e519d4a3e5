"""The migrations make the very tables that the code uses, and open cheaply."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.store.columns import metadata
from watchers.store.migrate import HEAD, MIGRATIONS
from watchers.store.store import StoreBusyError, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

CLOCK = SteppedClock(NOON)


def is_ours(table: str | None) -> bool:
    return table is None or not table.startswith(("alembic_version", "entry_fts"))


def columns(connection: Connection) -> set[tuple[object, ...]]:
    """Return what a reflected table tells of each column, but for Alembic's own and the full-text index."""
    found = inspect(connection)
    return {
        (table, one["name"], str(one["type"]), one["nullable"], one["default"])
        for table in found.get_table_names()
        for one in found.get_columns(table)
        if is_ours(table)
    }


def checks(connection: Connection) -> set[tuple[str, str]]:
    found = inspect(connection)
    return {
        (table, re.sub(r"\s", "", check["sqltext"]))
        for table in found.get_table_names()
        for check in found.get_check_constraints(table)
    }


def foreign_keys(connection: Connection) -> set[tuple[object, ...]]:
    found = inspect(connection)
    return {
        (table, *key["constrained_columns"], key["referred_table"], *key["referred_columns"])
        for table in found.get_table_names()
        for key in found.get_foreign_keys(table)
    }


async def test_the_migrations_end_in_the_tables_of_the_code(tmp_path: Path) -> None:
    path = tmp_path / "migrated.sqlite3"
    async with open_store(f"sqlite:///{path}", clock=CLOCK):
        pass
    migrated, made = create_engine(f"sqlite:///{path}"), create_engine("sqlite://")
    metadata.create_all(made)
    with migrated.connect() as left, made.connect() as right:
        context = MigrationContext.configure(
            left,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or is_ours(name),
            },
        )
        assert compare_metadata(context, metadata) == []
        assert columns(left) == columns(right)
        assert checks(left) == checks(right)
        assert foreign_keys(left) == foreign_keys(right)
        assert {("outbox", "stateIN('queued','delivered','dead')")} <= checks(left)
    migrated.dispose()
    made.dispose()


async def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite3"
    async with open_store(f"sqlite:///{path}", clock=CLOCK):
        pass
    with sqlite3.connect(path) as raw:
        tables = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    raw.close()
    shown = ("feed", "watch", "exemplar", "subscription", "entry", "story", "outbox", "mute", "audit")
    assert [name for name in shown if "AUTOINCREMENT" not in tables[name]] == []


def test_the_head_is_the_last_revision_file() -> None:
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert names[-1].startswith(HEAD)
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


async def test_an_old_database_is_not_upgraded_under_a_running_process(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite3"
    async with open_store(f"sqlite:///{path}", clock=CLOCK, exclusive=True):
        with sqlite3.connect(path) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '0000'")
        raw.close()
        with pytest.raises(StoreBusyError):
            async with open_store(f"sqlite:///{path}", clock=CLOCK):
                pass


async def test_opening_a_database_that_is_up_to_date_does_not_import_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'v.sqlite3'}"
    async with open_store(url, clock=CLOCK):
        pass
    code = (
        "import asyncio, sys\n"
        "from watchers.clock import SystemClock\n"
        "from watchers.store.store import open_store\n"
        "async def main():\n"
        "    async with open_store(sys.argv[1], clock=SystemClock()) as store:\n"
        "        print(len(await store.feeds.all()), 'alembic' in sys.modules)\n"
        "asyncio.run(main())\n"
    )
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, stdout=subprocess.PIPE)
    output, _ = await child.communicate()
    assert output == b"0 False\n"
