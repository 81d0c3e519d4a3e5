"""Discord stays connected whatever else goes wrong beside it."""

from __future__ import annotations

import asyncio
from shutil import copyfile
from typing import TYPE_CHECKING

import aiohttp
import pytest_asyncio

from bot.config import Discord as Settings
from bot.platforms.discord import asking, rights, standing
from bot.platforms.discord.standing import open_discord
from tests.bot.platforms.discord_commands import FakeCommands
from tests.discord_double import TOKEN, DiscordDouble
from watchers.clock import SystemClock
from watchers.errors import StoreError
from watchers.store.kept import Kept
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from watchers.store.store import Store

WITHIN = 30.0  # seconds, on a busy machine


@pytest_asyncio.fixture
async def store(tmp_path: Path, empty_database: Path) -> AsyncIterator[Store]:
    path = tmp_path / "vedette.sqlite3"
    await asyncio.to_thread(copyfile, empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=SystemClock()) as opened:
        yield opened


async def test_a_database_that_was_away_when_discord_was_asked_keeps_it_away_for_a_moment_only(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    usual, asked = Kept.get, 0

    async def get(self: Kept, name: str) -> str | None:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise StoreError("the database is away")
        return await usual(self, name)

    monkeypatch.setattr(Kept, "get", get)
    monkeypatch.setattr(standing, "FIRST_WAIT", 0.05)
    async with asyncio.timeout(WITHIN), DiscordDouble() as place:
        settings = Settings(api=place.api)
        environ = {"DISCORD_TOKEN": TOKEN}
        async with open_discord(settings, FakeCommands(), store=store, environ=environ) as opened:
            while await opened.fault():  # noqa: ASYNC110 - it is asked, as `/readyz` does
                await asyncio.sleep(0.05)
    assert asked > 1
    assert "the database is away" in caplog.text


async def test_a_change_goes_on_although_the_line_broke_while_it_was_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(FakeCommands):
        async def answer(self, request: object) -> None:
            assert request is None
            await broken.wait()
            changed.set()

    class Response:
        def is_done(self) -> bool:
            return False

        async def defer(self, **_: object) -> None:
            broken.set()
            raise aiohttp.ServerDisconnectedError

    class Interaction:
        response = Response()

    broken, changed = asyncio.Event(), asyncio.Event()
    monkeypatch.setattr(rights, "request", lambda *_, **__: None)
    monkeypatch.setattr(asking, "ANSWER_WITHIN", 0.01)
    await asking.Asking(Slow()).ask(Interaction(), "source pause s1")  # type: ignore[arg-type]  # as much of one
    assert changed.is_set()
