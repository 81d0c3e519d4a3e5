"""Reading that fails again and again is no secret, and reading that goes on is no alarm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot import understanding
from bot.operating.stored import look_at_database
from bot.understanding import fault_of
from tests.bot.test_models import running, status
from tests.contracts.store.store_builders import MINUTE, NOON, make_entry
from watchers.errors import StoreError
from watchers.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Container
    from pathlib import Path

    from bot.app import App
    from watchers.workers import Workers

NOTHING = 'embedder = "none"'


def breaks(app: App, monkeypatch: pytest.MonkeyPatch, *, late: bool = False) -> None:
    """Let every round from now on fail as a disk does, at once or after a batch is on record."""

    async def read_unread(*, recorded: Callable[[], Awaitable[None]], **_: object) -> None:
        if late:
            await recorded()
        raise StoreError("the disk says no")

    monkeypatch.setattr(app.watcher, "read_unread", read_unread)


async def fails(app: App) -> None:
    with pytest.raises(StoreError):
        await app.read()


async def test_reading_that_fails_for_long_is_told_wherever_one_looks_until_it_goes_on(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(NOTHING, tmp_path, empty_database) as app:
        await app.read()
        assert "read" in await app.store.pulse.beats()
        with monkeypatch.context() as broken:
            breaks(app, broken)
            await fails(app)
            await fails(app)
            assert await fault_of(app.store) == "", "a fault of seconds is nobody's business"
            broken.setattr(understanding, "SAID_AFTER", 0.0)
            await fails(app)
            assert not app.understanding.goes_on()
            said = f"since {NOON:%Y-%m-%d} 12:00 UTC: StoreError: the disk says no"
            assert await fault_of(app.store) == said
            assert "the disk says no" in await status(app, "page:operator")
            others = await status(app, "slack:U1")
            assert "What comes in waits and cannot be read" in others
            assert "the disk says no" not in others
            assert await app.faults() == [
                f"what comes in waits since {NOON:%Y-%m-%d} 12:00 UTC: vedette doctor says why"
            ]
            found = look_at_database(tmp_path / "vedette.sqlite3", now=NOON).findings
            assert [one.state for one in found if one.check == "reading"] == ["failure"]
        await app.read()
        assert app.understanding.goes_on()
        assert await fault_of(app.store) == ""
        assert await app.faults() == []


async def test_no_sign_of_life_is_given_while_each_try_fails(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(NOTHING, tmp_path, empty_database) as app:
        monkeypatch.setattr(understanding, "SAID_AFTER", 0.0)
        breaks(app, monkeypatch)
        await fails(app)
        await app.store.pulse.forget(("read",))
        app._beats.clear()
        await fails(app)
        assert "read" not in await app.store.pulse.beats()


async def test_reading_that_fails_now_and_then_but_gets_on_goes_on(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(NOTHING, tmp_path, empty_database) as app:
        breaks(app, monkeypatch, late=True)
        for _ in range(3):
            await fails(app)
        assert app.understanding.goes_on()
        assert await fault_of(app.store) == ""


async def test_what_the_process_before_left_is_taken_back_by_the_first_round_that_goes_well(
    tmp_path: Path, empty_database: Path
) -> None:
    async with running(NOTHING, tmp_path, empty_database) as app:
        await app.store.kept.put(understanding.FAULT, "since yesterday: something")
        await app.read()
        assert await fault_of(app.store) == ""


async def test_telling_that_fails_counts_as_well_and_a_sign_that_cannot_be_given_does_not(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(NOTHING, tmp_path, empty_database) as app:
        await app.read()
        monkeypatch.setattr(understanding, "SAID_AFTER", 0.0)

        async def refuses(*_: object, **__: object) -> int:
            raise StoreError("the disk says no")

        with monkeypatch.context() as broken:
            broken.setattr("bot.app.announce_updates", refuses)
            await fails(app)
            await fails(app)
            assert "the disk says no" in await fault_of(app.store)
        app._beats.clear()
        monkeypatch.setattr(app.store.pulse, "beat", refuses)
        await app.read()
        assert await fault_of(app.store) == ""


class Reader:
    """Stands before the workers that read: it dies at these tries, counted from 1, and else hands on."""

    def __init__(self, workers: Workers, dies: Container[int]) -> None:
        self._workers = workers
        self._dies = dies
        self.tries = 0
        self.seen: list[bool] = []
        self.app: App | None = None

    async def run(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the workers take it
        self.tries += 1
        if self.app is not None:
            self.seen.append(self.app.understanding.goes_on())
        if self.tries in self._dies:
            raise WorkerError("the reader died")
        return await self._workers.run(*given, **named)


async def waiting(app: App, count: int) -> None:
    feed = await app.store.feeds.add("https://harbour.example/feed", name="Harbour", every=15 * MINUTE)
    made = (replace(make_entry(f"barge{n}"), feed=feed.number) for n in range(count))
    await app.store.entries.add(tuple(made))


async def test_a_reader_that_dies_at_each_try_is_told(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(NOTHING, tmp_path, empty_database) as app:
        await app.read()
        await waiting(app, 1)
        monkeypatch.setattr(understanding, "SAID_AFTER", 0.0)
        monkeypatch.setattr(app.watcher._batches, "_readers", Reader(app.understanding.readers, range(99)))
        for _ in range(2):
            with pytest.raises(WorkerError):
                await app.read()
            assert not app.understanding.goes_on()
        assert "the reader died" in await fault_of(app.store)


async def test_a_round_that_reads_on_after_one_that_failed_counts_before_it_is_on_record(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(NOTHING, tmp_path, empty_database) as app:
        await app.read()
        await waiting(app, 100)
        reader = Reader(app.understanding.readers, {1, 2})
        monkeypatch.setattr(app.watcher._batches, "_readers", reader)
        with pytest.raises(WorkerError):
            await app.read()
        monkeypatch.setattr(understanding, "SAID_AFTER", 0.0)
        assert not app.understanding.goes_on()
        reader.app = app
        await app.read()
        assert reader.seen[0] is False
        assert len(reader.seen) > 2
        assert all(reader.seen[1:]), "a batch of this round was read"
        assert await app.store.entries.count_unread() == 0
