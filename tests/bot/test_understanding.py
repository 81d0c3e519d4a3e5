"""Reading that fails again and again is no secret, and reading that goes on is no alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import understanding
from bot.operating.stored import look_at_database
from bot.understanding import fault_of
from tests.bot.test_models import running, status
from tests.contracts.store.store_builders import NOON
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.app import App

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
