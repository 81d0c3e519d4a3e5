"""Write what a database of this release looks like, once of each kind, into `released/`.

PYTHONPATH=. python -m tests.watchers.store.write_released
"""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from tests.contracts.store.postgres_server import binaries, running
from tests.watchers.store.test_store_moving import CLOCK, fill, quiet
from watchers.store.engines.queue_tables import SCHEMA
from watchers.store.migrate import HEAD
from watchers.store.moving import move
from watchers.store.store import open_store

RELEASED = Path(__file__).parent / "released"


def main() -> None:
    """Fill a file, carry it over to a server, and write both down."""
    with tempfile.TemporaryDirectory() as folder, running() as server:
        path = Path(folder) / "vedette.sqlite3"
        name = server.new()
        asyncio.run(_fill(path, server.address(name)))
        (RELEASED / f"sqlite-{HEAD}.sql").write_text(_file(path), encoding="utf-8")
        # The queue's tables are another program's; a role makes them anew where they are missing.
        kept_out = f"--exclude-schema={SCHEMA}"
        how = ("--inserts", "--no-owner", "--no-privileges", kept_out)
        dump = (binaries() / "pg_dump", *how, server.address(name))
        text = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
        # Comments, psql's own commands and settings of newer servers say nothing about the tables.
        kept = [line for line in text.splitlines() if line and not line.startswith(("--", "\\", "SET "))]
        (RELEASED / f"postgresql-{HEAD}.sql").write_text("\n".join(kept) + "\n", encoding="utf-8")


async def _fill(path: Path, target: str) -> None:
    async with open_store(f"sqlite:///{path}", clock=CLOCK) as store:
        await fill(store)
    await move(f"sqlite:///{path}", target, tell=quiet)


def _file(path: Path) -> str:
    """Write a file's statements; the full-text index by what is in it, not by how SQLite keeps that."""
    with closing(sqlite3.connect(path)) as raw:
        lines = [line for line in raw.iterdump() if "entry_fts" not in line and "writable_schema" not in line]
        (made,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'entry_fts'").fetchone()
        rows = raw.execute("SELECT rowid, quote(title), quote(body) FROM entry_fts").fetchall()
    indexed = [
        f"INSERT INTO entry_fts (rowid, title, body) VALUES ({number}, {title}, {body});"  # noqa: S608 - ours
        for number, title, body in rows
    ]
    return "\n".join([*lines[:-1], f"{made};", *indexed, lines[-1]]) + "\n"


if __name__ == "__main__":
    main()
