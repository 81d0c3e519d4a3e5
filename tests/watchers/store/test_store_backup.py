"""A copy is whole, what will not do as one is refused, and damage is found before it spreads."""
# ruff: noqa: ASYNC240 - the files are small and nothing else runs in the loop

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import make_entry
from tests.watchers.store.backup_desk import CLOCK, begin, opened, path, restored, saved, sound, spoil
from watchers.errors import CorruptError, NewerSchemaError, StoreError
from watchers.store.backup import back_up, inspect, refuse_damaged
from watchers.store.soundness import look_ahead
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["path", "saved"]  # fixtures


async def test_a_copy_made_while_others_write_is_whole_and_says_what_it_holds(
    path: Path, saved: Path
) -> None:
    async with opened(path) as store:
        await begin(store)
        stop = asyncio.Event()

        async def write() -> None:
            turn = 0
            while not stop.is_set():
                async with store.transaction() as tx:
                    for half in ("a", "b"):
                        await tx.entries.add([make_entry(f"{turn}-{half}")])
                turn += 1

        writing = asyncio.create_task(write())
        copies = [saved.with_name(f"copy{n}") for n in range(8)]
        for copy in copies:
            await asyncio.to_thread(back_up, path, copy)
        stop.set()
        await writing
    seen = []
    for copy in copies:
        counts = dict(inspect(copy).counts)
        assert (counts["channels"], counts["stories"], counts["messages delivered"]) == (1, 1, 1)
        seen.append(counts["articles"])
        assert counts["articles"] % 2 == 1, "both of a transaction, or neither"
    assert seen == sorted(seen)
    assert seen[-1] > seen[0], "others wrote meanwhile"
    assert sorted(one.name for one in copies[0].parent.iterdir() if one.name.startswith("copy")) == [
        one.name for one in copies
    ], "one file each, and nothing unfinished"
    assert copies[0].stat().st_mode & 0o077 == 0, "a feed's address may hold a key"


async def test_a_copy_replaces_no_file_unless_told_to(path: Path, saved: Path) -> None:
    saved.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="--force"):
        back_up(path, saved)
    assert saved.read_text(encoding="utf-8") == "mine"
    back_up(path, saved, force=True)
    assert sound(saved)
    with pytest.raises(StoreError, match="the database itself"):
        back_up(path, path, force=True)
    with pytest.raises(StoreError, match="start `vedette run` once"):
        back_up(path.with_name("none"), saved, force=True)
    with pytest.raises(StoreError, match="is no folder"):
        back_up(path, saved / "nowhere" / "file")


async def test_a_damaged_database_does_not_replace_an_older_copy(path: Path, saved: Path) -> None:
    async with opened(path) as store:
        await begin(store)
        await store.entries.add([make_entry(f"e{n}", summary="x" * 900) for n in range(400)])
    back_up(path, saved)
    before = saved.read_bytes()
    spoil(path)
    with pytest.raises(CorruptError, match="damaged"):
        back_up(path, saved, force=True)
    assert saved.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == [saved.name, path.name]


@pytest.mark.parametrize(
    ("spoilt", "error", "said"),
    [
        pytest.param(
            lambda whole: b"\x00" * 100 + whole[100:], CorruptError, "damaged", id="a header of zeros"
        ),
        pytest.param(lambda whole: whole[: len(whole) // 2], CorruptError, "damaged", id="cut in half"),
        pytest.param(lambda _: b"", StoreError, "no database of vedette", id="empty"),
        pytest.param(lambda _: b"a letter\n" * 999, CorruptError, "damaged", id="a letter"),
    ],
)
async def test_what_will_not_do_as_a_backup_is_refused_and_nothing_changes(
    path: Path, saved: Path, spoilt: Callable[[bytes], bytes], error: type[StoreError], said: str
) -> None:
    async with opened(path) as store:
        await begin(store)
    before = path.read_bytes()
    saved.write_bytes(spoilt(before))
    wrong = saved.read_bytes()
    with pytest.raises(error, match=said):
        inspect(saved)
    with pytest.raises(error, match=said):
        await restored(path, saved)
    assert (path.read_bytes(), saved.read_bytes()) == (before, wrong)
    names = {one.name for one in path.parent.iterdir()} - {f"{path.name}.lock"}
    assert names == {path.name, saved.name}


async def test_a_backup_of_a_newer_release_and_another_programs_are_refused(path: Path, saved: Path) -> None:
    back_up(path, saved)
    with closing(sqlite3.connect(saved)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(NewerSchemaError, match="0999"):
        inspect(saved)
    saved.unlink()
    with closing(sqlite3.connect(saved)) as raw, raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError, match="no database of vedette"):
        await restored(path, saved)
    with pytest.raises(StoreError, match="is not there"):
        inspect(saved.with_name("none"))
    with pytest.raises(StoreError, match="the database itself"):
        await restored(path, path)


async def test_a_look_changes_nothing_not_even_beside_a_copy_of_the_log(path: Path, saved: Path) -> None:
    async with opened(path) as store:
        await begin(store)
        for suffix in ("", "-wal"):
            copied = path.with_name(path.name + suffix).read_bytes()
            saved.with_name(saved.name + suffix).write_bytes(copied)
    before = {one.name: one.read_bytes() for one in saved.parent.iterdir()}
    saved.parent.chmod(0o500)
    try:
        assert dict(inspect(saved).counts)["stories"] == 1, "which is in the log alone"
    finally:
        saved.parent.chmod(0o700)
    assert {one.name: one.read_bytes() for one in saved.parent.iterdir()} == before


async def test_damage_is_found_before_a_bot_writes_anything(path: Path) -> None:
    async with opened(path) as store:
        await begin(store)
        await store.entries.add([make_entry(f"e{n}", summary="x" * 900) for n in range(400)])
    refuse_damaged(path)
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(CorruptError, match="left as it was"):
        async with open_store(f"sqlite:///{path}", clock=CLOCK, exclusive=True):
            pass
    assert path.read_bytes() == before
    names = {one.name for one in path.parent.iterdir()} - {f"{path.name}.lock"}
    assert names == {path.name}


async def test_a_look_that_was_begun_ahead_finds_the_damage_and_counts_once(path: Path) -> None:
    async with opened(path) as store:
        await begin(store)
        await store.entries.add([make_entry(f"e{n}", summary="x" * 900) for n in range(400)])
    look_ahead(path)
    async with open_store(f"sqlite:///{path}", clock=CLOCK, exclusive=True):
        pass
    spoil(path)
    for begin_before in (look_ahead, lambda _: None):
        begin_before(path)
        with pytest.raises(CorruptError, match="left as it was"):
            async with open_store(f"sqlite:///{path}", clock=CLOCK, exclusive=True):
                pass
