"""A store that fails, a reader that dies and an entry that no reader reads cost no other entry its report."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import make_entry
from tests.watchers.test_pipeline_corrections import desk, money, worth
from watchers.errors import StoreError
from watchers.lens_asked import read_batch
from watchers.store.store import Store
from watchers.workers import WorkCrashed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.watchers.test_pipeline_corrections import Desk
    from watchers.store.store import Rooms
    from watchers.types import Entry

    Bad = Callable[[Entry], bool]

ORDER = "Norway orders frigates from Harbour Yards"


async def bring(one: Desk, *names: str, summary: str = "The navy took frigates.") -> tuple[Entry, ...]:
    """Let articles come in, each with its name in its headline."""
    at = one.clock.now()
    return await one.store.entries.add(
        [make_entry(name, title=f"{ORDER}, {name}", summary=summary, published=at, seen=at) for name in names]
    )


async def told(one: Desk, number: int) -> bool:
    """Tell whether an entry has a report."""
    why = await one.store.find.why(number)
    return why is not None and why.report is not None


def break_reader(one: Desk, bad: Bad, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader fail whenever one of the entries it gets is a bad one."""
    usual = one.watcher._readers.run

    async def run(function: object, *args: object, timeout: float) -> object:  # noqa: ASYNC109 - its own
        if function is read_batch and any(bad(entry) for entry in args[1]):  # type: ignore[attr-defined]
            raise error
        return await usual(function, *args, timeout=timeout)  # type: ignore[arg-type]

    monkeypatch.setattr(one.watcher._readers, "run", run)


def count_unreadable(one: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets how many entries each round could not read."""
    counts: list[int] = []
    monkeypatch.setattr(one.watcher, "_noted", lambda unreadable, *_: counts.append(unreadable))
    return counts


@pytest.mark.parametrize(
    "error", [StoreError("the database is locked"), asyncio.CancelledError()], ids=["refused", "cancelled"]
)
async def test_what_a_report_brings_is_told_though_it_was_not_kept_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    async with desk(tmp_path) as one:
        await one.read("The ministry signed a contract for four frigates on Monday.")
        await bring(one, "second", summary=worth("5.5"))

        @asynccontextmanager
        async def failing(_store: Store) -> AsyncIterator[Rooms]:
            raise error
            yield

        with monkeypatch.context() as once:
            once.setattr(Store, "transaction", failing)
            with pytest.raises(type(error)):
                await one.watcher.read_unread()
        (joined,) = await one.watcher.read_unread()
        assert (joined.kind, joined.new_origin, money(joined)) == ("joined", True, ([], ["5500000000 EUR"]))
        assert len(joined.story.reports) == 2


async def test_what_the_database_refuses_for_what_it_is_is_given_up_and_the_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk(tmp_path) as one:
        entries = await bring(one, "brig", "sloop", "cutter", "ketch", "yawl")
        bad = entries[3].number
        with sqlite3.connect(tmp_path / "v.sqlite3") as beside:
            beside.execute(
                f"CREATE TRIGGER refused BEFORE INSERT ON report WHEN NEW.entry = {bad} "
                "BEGIN SELECT RAISE(ABORT, 'too large'); END"
            )
        beside.close()
        counts = count_unreadable(one, monkeypatch)
        updates = await one.watcher.read_unread()
        assert [await told(one, entry.number) for entry in entries] == [True, True, True, False, True]
        assert sorted(update.kind for update in updates) == ["joined", "joined", "joined", "opened"]
        assert await one.store.entries.count_unread() == 0
        assert counts == [1]
        assert f"a{bad} could not be stored" in caplog.text
        assert one.watcher._placing is not None
        assert [len(story.reports) for story in one.watcher._placing.index.stories] == [4]


async def test_a_reader_that_dies_whatever_it_reads_leaves_every_entry_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as one:
        await bring(one, "brig", "sloop")
        counts = count_unreadable(one, monkeypatch)
        with monkeypatch.context() as short_of_memory:
            break_reader(one, lambda _: True, WorkCrashed("its worker process died."), short_of_memory)
            with pytest.raises(WorkCrashed):
                await one.watcher.read_unread()
        assert await one.store.entries.count_unread() == 2
        assert len(await one.watcher.read_unread()) == 2
        assert counts == [0, 0]


async def test_what_was_read_before_the_reader_died_is_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchers.batches.BATCH", 1)
    async with desk(tmp_path) as one:
        first, second = await bring(one, "brig", "sloop")
        with monkeypatch.context() as short_of_memory:
            break_reader(one, lambda e: e.number != first.number, WorkCrashed("it died."), short_of_memory)
            with pytest.raises(WorkCrashed):
                await one.watcher.read_unread()
        assert await told(one, first.number)
        assert await one.store.entries.unread() == (second,)


@pytest.mark.parametrize("error", [WorkCrashed("it died."), OverflowError("date value out of range")])
async def test_an_entry_that_cannot_be_read_is_given_up_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async with desk(tmp_path) as one:
        brig, sloop, cutter = await bring(one, "brig", "sloop", "cutter")
        counts = count_unreadable(one, monkeypatch)
        break_reader(one, lambda entry: entry.number == sloop.number, error, monkeypatch)
        assert len(await one.watcher.read_unread()) == 2
        assert [await told(one, e.number) for e in (brig, sloop, cutter)] == [True, False, True]
        assert await one.store.entries.count_unread() == 0
        assert counts == [1]
        assert f"a{sloop.number} could not be read: {error}" in caplog.text
