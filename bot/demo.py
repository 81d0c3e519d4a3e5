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

from bot.announcing.audiences import audiences
from bot.announcing.leftout import left_out
from bot.app import open_app
from bot.config import Config
from bot.errors import ConfigError
from bot.logs import set_up
from bot.messages import Heading, Message, Table
from bot.newsroom.server import serve
from bot.platforms.inert import one_line
from bot.platforms.preview.adapter import Terminal
from bot.platforms.preview.render_text import render_text
from bot.platforms.preview.wrap import Run, paint, wrap
from bot.run import page_of, run_ticks
from bot.schedule import Ticks
from bot.stopping import stop_signal
from watchers.clock import OffsetClock, SteppedClock

if TYPE_CHECKING:
    from bot.app import App
    from bot.newsroom.server import Newsroom
    from bot.platforms.preview.posts import Posted

START: Final = datetime(2025, 8, 19, 6, 0, tzinfo=UTC)
END: Final = datetime(2025, 8, 20, 8, 1, tzinfo=UTC)  # a minute after the digest
STEP: Final = timedelta(minutes=15)
STEPS: Final = int((END - START) / STEP) + 2  # the last one is at the end, which no whole step reaches
DAY: Final = 4.0  # seconds that the day takes on the page, where the work of its steps is done in less
TICKS: Final = Ticks(poll=0.25, read=0.25, digest=0.25, deliver=0.25, follow=0.25)
LABEL: Final = "sample newsroom, August 2025, outlets invented"
ABOUT: Final = "Nine outlets write in English, Turkish and Japanese; this is what one channel is told of it."
CHANNEL: Final = "preview:demo"
DIM: Final = "2"  # the terminal's code for faint
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
        print(f"{LABEL}\n{ABOUT}\n")
        terminal = _Brief.of(sys.stdout, os.environ)
        app = await held.enter_async_context(
            open_app(config_for(newsroom), folder / "config.toml", clock=clock, terminal=terminal)
        )
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        ) as progress:
            for n in progress.track(range(STEPS), description="The newsroom's day"):
                await _step(n, app, clock)
        for line in render_text(await _left_out(app), width=terminal.width, colour=terminal.colour):
            print(line)


async def _play(*, port: int) -> None:
    stop = stop_signal()
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="vedette-demo-")))
        clock = _Clock()
        newsroom = await held.enter_async_context(serve(clock))
        app = await held.enter_async_context(
            open_app(
                config_for(newsroom),
                folder / "config.toml",
                clock=clock,
                terminal=_Brief.of(sys.stdout, os.environ),
            )
        )
        print(f"{LABEL}\nMaking the model ready …", flush=True)
        await app.make_ready()
        try:
            link = await held.enter_async_context(page_of(app, host="127.0.0.1", port=port, label=LABEL))
        except ConfigError:  # somebody has the usual port
            link = await held.enter_async_context(page_of(app, host="127.0.0.1", port=0, label=LABEL))
        print(f"The page: {link}\n", flush=True)
        hint = asyncio.create_task(_hint(app))
        try:
            await _pass_day(app, clock, stop=stop)
            clock.run()
            await run_ticks(app, TICKS, stop=stop)
        finally:
            hint.cancel()


class _Brief(Terminal):
    """A terminal that tells of a changed card in one line: a day has a dozen, and the updates say why."""

    def note(self, word: str, post: Posted) -> None:
        """Print when and what happened to which card, as far as a line goes."""
        at = (post.edited or post.at).astimezone(self.zone)
        what = f"↳ {at:%H:%M}  {word} {post.message.thread}: {one_line(post.message.notice)}"
        first, *more = wrap([Run(what, DIM)], self.width - 1)
        self._write((paint((*first, Run("…", DIM)) if more else first, colour=self.colour),))


class _Clock:
    """The newsroom's clock: it is moved through the day, and runs like any other from the day's end on.

    It waits for the work of each step, so that the same is told on a slow machine as on a fast one.
    """

    def __init__(self) -> None:
        self._clock: SteppedClock | OffsetClock = SteppedClock(START)

    def move_to(self, moment: datetime) -> None:
        """Set the time."""
        self._clock = SteppedClock(moment)

    def run(self) -> None:
        """Let time pass from now on."""
        self._clock = OffsetClock(self.now())

    def now(self) -> datetime:
        """Return the newsroom's time."""
        return self._clock.now()

    async def sleep(self, seconds: float) -> None:
        """Wait that many of the newsroom's seconds."""
        await self._clock.sleep(seconds)


async def _pass_day(app: App, clock: _Clock, *, stop: asyncio.Event) -> None:
    """Play the day in DAY seconds, or in as many as its work takes."""
    loop = asyncio.get_running_loop()
    for n in range(STEPS):
        if stop.is_set():
            return
        next_at = loop.time() + DAY / STEPS
        await _step(n, app, clock)
        await asyncio.sleep(max(0.0, next_at - loop.time()))


async def _step(n: int, app: App, clock: SteppedClock | _Clock) -> None:
    """Move to the day's step `n`, counted from 0, and do all that is due then.

    Every feed is: how often one is asked is partly drawn by lot, and the day should be the same each time.
    """
    clock.move_to(min(START + n * STEP, END))
    await app.store.feeds.hurry([feed.number for feed in await app.store.feeds.health()])
    for work in (app.poll, app.read, app.follow, app.digest, app.deliver):
        await work()


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
                    "rules": [
                        {"name": "contracts above €100m", "expression": "fact:contract>100mEUR"},
                        {"name": "frigates", "expression": "frigate AND (launch* OR order*)"},
                    ],
                }
            ],
            "feeds": [{"url": url, "name": name, "lang": lang} for name, url, lang in newsroom.feeds],
        }
    )
