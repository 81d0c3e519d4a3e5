"""What `backup` and `restore` say, and with which status they end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.bot.operating.program import called
from tests.contracts.store.store_builders import MAIN, NOON, make_letter, save_story
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from watchers.store.store import Store

CONFIG = '[poll]\ncontact = "mailto:desk@example.org"\n[[channels]]\nid = "preview:main"\nname = "Desk"\n'
CONFIGURATION, UNAVAILABLE = 78, 69  # sysexits.h


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Path:
    """Write a configuration beside a database with one story, told, and one message that waits."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    (tmp_path / "vedette.sqlite3").write_bytes(empty_database.read_bytes())
    asyncio.run(_fill(path.with_name("vedette.sqlite3")))
    return path


async def _fill(database: Path) -> None:
    async with open_store(f"sqlite:///{database}", clock=SteppedClock(NOON)) as store:
        await store.channels.save(Channel(id=MAIN, name="Main"))
        await store.feeds.add("https://harbour.example/feed", name="Harbour", every=NOON - NOON)
        story = await save_story(store, "brig")
        await _deliver(store, f"{MAIN}/t{story.number}/card")
        await store.outbox.enqueue(make_letter("waits"))


async def _deliver(store: Store, key: str) -> None:
    await store.outbox.enqueue(make_letter(key))
    (item,) = await store.outbox.lease(1, now=NOON, until=NOON)
    await store.outbox.delivered(item, at=NOON, receipt="p")


def test_a_copy_is_told_with_its_size_what_is_in_it_and_what_is_not(config: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    done = called("backup", copy, "--config", config)
    assert done.returncode == 0, done.stderr
    assert f"Written: {copy}, {copy.stat().st_size / 1_000_000:.1f} MB" in done.stdout
    assert "channels: 1, rules: 0, sources: 1, articles: 1, stories: 1" in done.stdout
    assert "messages delivered: 1, messages waiting: 1" in done.stdout
    assert "tokens are not in it" in done.stdout
    again = called("backup", copy, "--config", config)
    assert again.returncode == UNAVAILABLE
    assert "--force" in again.stderr
    assert called("backup", copy, "--force", "--config", config).returncode == 0


def test_a_check_says_of_when_a_copy_is_and_changes_nothing(config: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    called("backup", copy, "--config", config)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    done = called("restore", copy, "--check", "--config", config)
    assert done.returncode == 0, done.stderr
    assert f"{copy} is sound" in done.stdout
    assert (
        "last article read 2025-08-19 12:00 UTC, last message delivered 2025-08-19 12:00 UTC" in done.stdout
    )
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before
    copy.write_bytes(bytes(100) + copy.read_bytes()[100:])
    spoilt = called("restore", copy, "--check", "--config", config)
    assert spoilt.returncode == UNAVAILABLE
    assert "damaged" in spoilt.stderr
    assert "Traceback" not in spoilt.stderr


def test_a_restore_says_what_it_means_for_those_who_are_told(config: Path, tmp_path: Path) -> None:
    copy, database = tmp_path / "copy.sqlite3", tmp_path / "vedette.sqlite3"
    called("backup", copy, "--config", config)
    done = called("restore", copy, "--config", config)
    assert done.returncode == 0, done.stderr
    assert "Nothing is told twice, and nothing is lost." in done.stdout
    assert f"is kept as {database}.20" in done.stdout
    database.write_bytes(b"\x00" * 100 + database.read_bytes()[100:])
    done = called("restore", copy, "--config", config)
    assert "Nothing was taken over from the present database: it cannot be read" in done.stdout
    assert "may be told once more" in done.stdout
    database.unlink()
    done = called("restore", copy, "--config", config)
    assert "there was none" in done.stdout
    assert "is kept as" not in done.stdout


def test_nothing_is_copied_or_restored_without_a_configuration(tmp_path: Path) -> None:
    for words in (("backup", "x.sqlite3"), ("restore", "x.sqlite3")):
        done = called(*words, "--config", tmp_path / "none.toml")
        assert done.returncode == CONFIGURATION
        assert "vedette init" in done.stderr
