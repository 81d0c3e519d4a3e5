"""A bot that takes over is heard all the while: until its doors are open, it says that it stands by."""

from __future__ import annotations

from contextlib import asynccontextmanager
from shutil import copyfile
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.config import load
from bot.roles import talking
from bot.roles.opening import Role
from bot.roles.talking import TALKS, Talking
from watchers.clock import SteadyClock, SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CONFIG = """
[poll]
contact = "mailto:desk@example.org"
[page]
enabled = false
[http]
enabled = true
port = {port}
"""


async def state_at(port: int) -> str:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/readyz") as said,
    ):
        return str((await said.json())["state"])


async def test_it_answers_while_its_doors_open_and_after_they_would_not(
    tmp_path: Path, empty_database: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, database = tmp_path / "config.toml", tmp_path / "vedette.sqlite3"
    config.write_text(CONFIG.format(port=unused_tcp_port), encoding="utf-8")
    copyfile(empty_database, database)
    heard: list[str] = []

    @asynccontextmanager
    async def opening(*_: object, **__: object) -> AsyncIterator[None]:
        heard.append(await state_at(unused_tcp_port))
        raise OSError("a door would not open")
        yield

    monkeypatch.setattr(talking, "open_app", opening)
    async with open_store(f"sqlite:///{database}", clock=SystemClock()) as store:
        role = Role(name="bot", store=store, clock=SteadyClock(), sign="bot/a:1:x-1")
        bot = Talking(load(config), config, role, page_bind="127.0.0.1", page_hosts=())
        await bot.stand_by()
        async with store.leader(TALKS) as leader:
            with pytest.raises(OSError, match="a door would not open"):
                async with bot.lead(leader):
                    pass
        heard.append(await state_at(unused_tcp_port))
        await bot.shut()
    assert heard == ["standing by", "standing by"]
