"""A database of every released form is opened, brought up to date, and has everything in it.

`released/` holds one of each, as text: what the store left, filled by its own operations with invented rows.
Who adds a revision adds its two files: python -m tests.watchers.store.write_released
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from psycopg import connect

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry
from watchers.clock import SteppedClock
from watchers.store.migrate import HEAD
from watchers.store.store import open_store

if TYPE_CHECKING:
    from tests.contracts.store.postgres_server import Server

CLOCK = SteppedClock(NOON)
RELEASED = Path(__file__).parent / "released"


def revisions(kind: str) -> list[str]:
    return sorted(path.stem.rpartition("-")[2] for path in RELEASED.glob(f"{kind}-*.sql"))


def test_the_newest_form_is_among_them() -> None:
    newest = (revisions("sqlite")[-1], revisions("postgresql")[-1])
    assert newest == (HEAD, HEAD), "python -m tests.watchers.store.write_released writes the two files"


@pytest.mark.parametrize("revision", revisions("sqlite"))
async def test_a_released_file_is_brought_up_to_date(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "vedette.sqlite3"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript((RELEASED / f"sqlite-{revision}.sql").read_text(encoding="utf-8"))
    await is_whole(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("revision", revisions("postgresql"))
async def test_a_released_server_database_is_brought_up_to_date(postgres: Server, revision: str) -> None:
    name = postgres.new()
    with connect(postgres.address(name)) as raw:
        raw.execute((RELEASED / f"postgresql-{revision}.sql").read_bytes())
    await is_whole(postgres.address(name))
    assert postgres.execute("SELECT version_num FROM alembic_version", database=name) == [(HEAD,)]
    postgres.drop(name)


async def is_whole(url: str) -> None:
    """Hold that what was filled in is there, and that the next of each has the next number."""
    async with open_store(url, clock=CLOCK) as store:
        assert [feed.name for feed in await store.feeds.all()] == ["Harbour", "Coast"]
        (story,) = await store.stories.recent(since=NOON - MINUTE)
        assert sorted(report.entry.key for report in story.reports) == ["barge", "brig", "sloop"]
        assert [one.receipt for one in await store.announcements.cards(story.number)] == ["p1"]
        assert (await store.search.find("防衛"))[0] == 1
        assert [watch.name for watch in await store.watches.active()] == ["ships"]
        (edit,) = await store.outbox.lease(5, now=NOON, until=NOON + MINUTE)
        assert (edit.key, edit.channel, edit.target_receipt) == ("edit", MAIN, "p1")
        (entry,) = await store.entries.add([make_entry("next")])
        assert entry.number == 5
