"""Play the sample newsroom: the real walk over feeds of our own, on loopback, in a temporary folder."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.app import open_app
from bot.audiences import audiences
from bot.config import Config
from bot.errors import ConfigError
from bot.leftout import left_out
from bot.logs import set_up
from bot.messages import Heading, Message, Table
from bot.newsroom.server import serve
from bot.platforms.preview.adapter import Terminal
from bot.platforms.preview.render_text import render_text
from bot.run import page_of, run_ticks, stop_signal
from bot.schedule import Ticks
from watchers.clock import FastClock, SteppedClock

if TYPE_CHECKING:
    from bot.app import App
    from bot.newsroom.server import Newsroom

START: Final = datetime(2025, 8, 19, 6, 0, tzinfo=UTC)
END: Final = datetime(2025, 8, 20, 8, 1, tzinfo=UTC)  # a minute after the digest
STEP: Final = timedelta(minutes=15)
SPEED: Final = (END - START).total_seconds() / 4  # the day passes in four seconds
TICKS: Final = Ticks(poll=0.25, read=0.25, digest=0.25, deliver=0.25, follow=0.25)
LABEL: Final = "sample newsroom, August 2025, outlets invented"
CHANNEL: Final = "preview:demo"
TRY: Final = ("/watch why {entry}", "/watch story show {story}", "/watch digest preview since:24h")


def play_once() -> None:
    """Play the newsroom through step by step, print everything, and end."""
    set_up(level=logging.WARNING)
    asyncio.run(_play_once())


def play(*, port: int) -> None:
    """Play the newsroom, then stay up and take commands on the page until stopped."""
    set_up(level=logging.WARNING)
    asyncio.run(_play(port=port))


async def _play_once() -> None:
    clock = SteppedClock(START)
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="vedette-demo-")))
        newsroom = await held.enter_async_context(serve(clock))
        print(f"{LABEL}\n")
        terminal = Terminal.of(sys.stdout, os.environ)
        app = await held.enter_async_context(
            open_app(config_for(newsroom), folder / "config.toml", clock=clock, terminal=terminal)
        )
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        ) as progress:
            steps = int((END - START) / STEP) + 1
            for n in progress.track(range(steps + 1), description="The newsroom's day"):
                clock.move_to(min(START + n * STEP, END))
                await app.poll()
                await app.read()
                await app.follow()
                await app.digest()
                await app.deliver()
        for line in render_text(await _left_out(app), width=terminal.width, colour=terminal.colour):
            print(line)


async def _play(*, port: int) -> None:
    stop = stop_signal()
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="vedette-demo-")))
        clock = _Held(START)
        newsroom = await held.enter_async_context(serve(clock))
        app = await held.enter_async_context(
            open_app(
                config_for(newsroom),
                folder / "config.toml",
                clock=clock,
                terminal=Terminal.of(sys.stdout, os.environ),
            )
        )
        print(f"{LABEL}\nMaking the model ready …", flush=True)
        await app.make_ready()
        try:
            link = await held.enter_async_context(page_of(app, host="127.0.0.1", port=port, label=LABEL))
        except ConfigError:  # somebody has the usual port
            link = await held.enter_async_context(page_of(app, host="127.0.0.1", port=0, label=LABEL))
        print(f"The page: {link}\n", flush=True)
        clock.go()
        hint = asyncio.create_task(_hint(app))
        try:
            await run_ticks(app, TICKS, stop=stop)
        finally:
            hint.cancel()


class _Held:
    """A clock that waits at the start until everything is ready, then runs fast."""

    def __init__(self, start: datetime) -> None:
        self._clock: SteppedClock | FastClock = SteppedClock(start)
        self._start = start

    def go(self) -> None:
        """Let time pass."""
        self._clock = FastClock(self._start, speed=SPEED, until=END)

    def now(self) -> datetime:
        """Return the newsroom's time."""
        return self._clock.now()

    async def sleep(self, seconds: float) -> None:
        """Wait that many of the newsroom's seconds."""
        await self._clock.sleep(seconds)


async def _hint(app: App) -> None:
    """Print what was left out and three commands to try once the digest has come."""
    async with app.preview.subscribe() as posts:
        async for post in posts:
            if post.message.kind == "digest":
                break
    stories = await app.store.stories.ranked(start=START, end=app.clock.now(), limit=1)
    out = await _left_out(app)
    for line in render_text(out, width=100, colour=False):
        print(line)
    rows = out.blocks[-1].rows if isinstance(out.blocks[-1], Table) else ()
    entry = rows[0][0] if rows else "a1"
    story = f"t{stories[0].number}" if stories else "t1"
    print("Try in the page's box, or stop with Ctrl-C:")
    for line in TRY:
        print("  " + line.format(entry=entry, story=story))
    sys.stdout.flush()


async def _left_out(app: App) -> Message:
    """Return what named a watched word and was left out all the same, each with the reason."""
    audience = (await audiences(app.store))[0]
    left = await left_out(app.store, audience, start=START, end=app.clock.now())
    rows = tuple((f"a{one.entry.number}", one.entry.title, one.why) for one in left)
    title = "Left out, although they name a watched word"
    return Message(
        kind="reply",
        notice=title,
        blocks=(Heading(text=title), Table(header=("Id", "Headline", "Why"), rows=rows)),
    )


def config_for(newsroom: Newsroom) -> Config:
    """Return the demo's configuration: the newsroom's feeds and the founding watch words in one channel."""
    return Config.model_validate(
        {
            "poll": {"contact": "mailto:demo@vedette.example", "every": "10m", "allow": [newsroom.origin]},
            "articles": {"enabled": False},  # the newsroom's links are invented
            "channels": [
                {
                    "id": CHANNEL,
                    "name": "Defence desk",
                    "digest": {"days": "wed"},  # the story's second morning
                    "keywords": ["Baykar", "Nakatani", "中谷", "drone procurement", "İHA tedariki", "無人機"],
                }
            ],
            "feeds": [{"url": url, "name": name, "lang": lang} for name, url, lang in newsroom.feeds],
        }
    )
