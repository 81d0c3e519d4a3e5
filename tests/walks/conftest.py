"""A whole bot over the sample newsroom: real HTTP, database and workers, a clock that is moved by hand."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest

from bot.app import App, open_app
from bot.demo import START, config_for
from bot.newsroom.server import serve
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.config import Config
    from bot.newsroom.server import Newsroom
    from bot.platforms.preview.adapter import Preview


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
        await self.app.digest()
        await self.app.deliver()


class Begin(Protocol):
    """Opens a walk."""

    def __call__(
        self, *, at: datetime = START, change: Callable[[Config], Config] = ...
    ) -> AbstractAsyncContextManager[Walk]: ...


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """Open a walk; called again in the same test, it goes on with the same database."""

    @asynccontextmanager
    async def opened(
        *, at: datetime = START, change: Callable[[Config], Config] = lambda config: config
    ) -> AsyncIterator[Walk]:
        clock = SteppedClock(at)
        async with serve(clock) as newsroom:
            config = change(config_for(newsroom))
            async with open_app(config, tmp_path / "config.toml", clock=clock, terminal=None) as (
                app,
                preview,
            ):
                yield Walk(app=app, preview=preview, clock=clock, newsroom=newsroom)

    return opened
