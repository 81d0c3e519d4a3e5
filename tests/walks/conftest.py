"""A whole bot over the sample newsroom: real HTTP, database and workers, a clock that is moved by hand."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from shutil import copyfile
from typing import TYPE_CHECKING, Protocol

import pytest

from bot.app import App, open_app
from bot.config import Database
from bot.demo import START, config_for
from bot.newsroom.server import serve
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.newsroom.server import Newsroom
    from bot.platforms.preview.adapter import Preview

DATABASE = Database().path


@dataclass
class Walk:
    """A bot and the clock that moves it."""

    app: App
    preview: Preview
    clock: SteppedClock
    newsroom: Newsroom

    async def until(self, moment: datetime, *, step: timedelta = timedelta(hours=1)) -> None:
        """Let time pass, with a round of every kind at each step."""
        while self.clock.now() < moment:
            self.clock.move_to(min(self.clock.now() + step, moment))
            await self.round()

    async def round(self) -> None:
        await self.app.poll()
        await self.app.read()
        await self.app.follow()
        await self.app.digest()
        await self.app.deliver()


class Begin(Protocol):
    """Opens a walk."""

    def __call__(self, *, at: datetime = START, model: bool = False) -> AbstractAsyncContextManager[Walk]: ...


@pytest.fixture(autouse=True)
def with_tables(request: pytest.FixtureRequest) -> None:
    """Put an empty database where a bot in `tmp_path` looks for its own: making the tables takes a while.

    That a bot makes them by itself is held where it runs as a process of its own, and by the store's tests.
    """
    if "tmp_path" in request.fixturenames:
        folder = request.getfixturevalue("tmp_path")
        copyfile(request.getfixturevalue("empty_database"), folder / DATABASE)


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """Open a walk, without the model unless asked; called again, it goes on with the same database."""

    @asynccontextmanager
    async def opened(*, at: datetime = START, model: bool = False) -> AsyncIterator[Walk]:
        clock = SteppedClock(at)
        async with serve(clock) as newsroom:
            config = config_for(newsroom)
            if not model:  # loading it takes seconds, and most of the walk is the same without
                none = config.relevance.model_copy(update={"embedder": "none"})
                config = config.model_copy(update={"relevance": none})
            async with open_app(config, tmp_path / "config.toml", clock=clock, terminal=None) as app:
                yield Walk(app=app, preview=app.preview, clock=clock, newsroom=newsroom)

    return opened
