"""A database of the first release is carried over with everything in it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from tests.contracts.store.store_builders import MAIN, NOON, make_letter
from watchers.clock import SteppedClock
from watchers.store.migrate import MIGRATIONS
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.types import Watch

if TYPE_CHECKING:
    from pathlib import Path

TIME = "2025-08-19 12:00:00.000000"
FACT_VALUE = '["money","5.5","5.5","EUR"]'
ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    ("feed", {"number": 3, "url": "https://harbour.example/feed", "every_seconds": 900, "origin": "chat"}),
    ("channel", {"id": MAIN, "name": "Main", "lang": "tr", "timezone": "UTC", "threshold": 0.6}),
    ("watch", {"number": 4, "channel": MAIN, "name": "ships", "expression": "ship", "kind": "keywords"}),
    ("entry", {"number": 8, "key": "k8", "feed": 3, "title": "Gemi İstanbul'da", "summary": "5.5 milyon"}),
    ("entry", {"number": 9, "key": "k9", "feed": 3, "title": "防衛省が発表", "read_at": TIME}),
    ("report", {"entry": 9, "score": 0.9, "decision": "now", "relevance": "[1,[],[],[]]"}),
    ("fact", {"entry": 9, "position": 0, "type": "money", "value_text": "5.5 EUR", "value": FACT_VALUE}),
    ("story", {"number": 7, "key": "k9", "opened": TIME, "updated": TIME}),
    ("story_report", {"id": 1, "story": 7, "entry": 9, "joined_at": TIME}),
    ("story_update", {"id": 5, "story": 7, "entry": 9, "kind": "opened", "new_facts": "[0]"}),
    ("outbox", {"id": 6, "channel": MAIN, "key": "old", "kind": "alert", "payload": "{}", "story": 7}),
)
REQUIRED: dict[str, dict[str, object]] = {
    "feed": {"added_at": TIME},
    "channel": {"origin": "file"},
    "watch": {"origin": "file"},
    "entry": {"seen": TIME, "lang": "tr"},
    "report": {"matches": "[1,[]]", "mentions": "[1,[]]"},
    "fact": {
        "mention": "5.5",
        "start": 0,
        "end": 3,
        "sentence": "5.5",
        "sentence_start": 0,
        "hedge": "stated",
        "confidence": 1.0,
    },
    "story_update": {"new_origin": 1, "at": TIME},
    "outbox": {"version": 1, "created": TIME, "not_before": TIME},
}


@pytest.fixture
def first_release(tmp_path: Path) -> Path:
    """Make a database as the first release left it, with a row of each kind that the upgrade touches."""
    path = tmp_path / "first.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with sqlite3.connect(path) as raw:
        for table, values in ROWS:
            row = REQUIRED.get(table, {}) | values
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" for _ in row)
            raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 - ours
    raw.close()
    return path


async def test_an_upgrade_keeps_what_was_there_and_fills_in_the_rest(first_release: Path) -> None:
    async with open_store(f"sqlite:///{first_release}", clock=SteppedClock(NOON)) as store:
        assert await store.channels.get(MAIN) == Channel(id=MAIN, name="Main", lang="tr", threshold=0.6)
        assert await store.watches.active() == (
            Watch(number=4, channel=MAIN, name="ships", expression="ship"),
        )
        (pending,) = await store.announcements.unannounced()
        assert (pending.id, pending.update.kind, pending.update.was) == (5, "opened", ())
        assert [str(fact.value) for fact in pending.update.new_facts] == ["5.5 EUR"]
        (item,) = await store.outbox.lease(5, now=NOON, until=NOON + timedelta(minutes=1))
        assert (item.key, item.op, item.target, item.parent) == ("old", "post", None, None)
        assert await store.outbox.enqueue(make_letter("new")) == 7
        assert (await store.mutes.add(MAIN, kind="words", target="parade", until=None)).number == 1
    with sqlite3.connect(first_release) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


@pytest.mark.parametrize(("words", "number"), [("istanbul", 8), ("5.5 milyon", 8), ("防衛省", 9)])
async def test_what_was_read_before_the_upgrade_can_be_searched(
    first_release: Path, words: str, number: int
) -> None:
    async with open_store(f"sqlite:///{first_release}", clock=SteppedClock(NOON)) as store:
        total, found = await store.search.find(words)
    assert (total, [one.entry for one in found]) == (1, [number])
