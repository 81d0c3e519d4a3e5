"""Build everything and hand it over: the one place where parts meet."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.announcing.announce import announce_updates
from bot.announcing.digests import announce_digests
from bot.announcing.notices_feeds import tell_of_feeds
from bot.announcing.promises import follow
from bot.commands.answer import CommandLayer
from bot.jobs.in_process import InProcess
from bot.jobs.planning import Planner
from bot.jobs.polling import Polling
from bot.judging import WatcherJudging
from bot.metrics.meters import SILENT
from bot.opening import open_ground, open_reading, open_telling
from bot.operating.health import BEAT_EVERY
from bot.operating.pruning import Pruner
from bot.reading import FeedReading
from bot.understanding import failing_since
from bot.waking import Wakes
from watchers.batches import READ_TIMEOUT
from watchers.clock import SystemClock
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.articles import ArticlePages
    from bot.clockwatch import ClockWatch
    from bot.commands.request import Commands
    from bot.config import Config
    from bot.delivery.courier import Courier
    from bot.delivery.guard import Lead
    from bot.doors import Doors
    from bot.language_model.extraction import Extraction
    from bot.language_model.glosses import Glosses
    from bot.messages import Message
    from bot.metrics.meters import Meters
    from bot.opening import Ground, Reading, Telling
    from bot.platforms.base import Platform
    from bot.platforms.preview.adapter import Preview, Terminal
    from bot.understanding import Understanding
    from watchers.clock import Clock
    from watchers.lens_spec import LensSpec
    from watchers.pipeline import Watcher
    from watchers.polling import Poller
    from watchers.store.store import Store
    from watchers.workers import Workers

logger = logging.getLogger(__name__)

POLLS_END_WITHIN: Final = 0.5  # seconds; their tick, which waits for them, had its own


@dataclass(slots=True, kw_only=True)
class App:
    """A running bot: each method is one tick of its work, and may be called again at any time."""

    config: Config
    store: Store
    poller: Poller
    watcher: Watcher
    lens: LensSpec  # as the file has it; the watches come from the database
    platforms: Mapping[str, Platform]
    doors: Doors
    commands: Commands
    preview: Preview
    courier: Courier
    clock: Clock
    watch: ClockWatch
    articles: ArticlePages
    pruner: Pruner
    understanding: Understanding
    planner: Planner
    jobs: InProcess
    workers: Mapping[str, Workers] = field(default_factory=dict)  # by what they do
    meters: Meters = SILENT
    wakes: Wakes = field(default_factory=Wakes)
    glosses: Glosses | None = None  # None: nobody is asked for translations
    extraction: Extraction | None = None  # None: no language model is asked for facts
    stopping: bool = False  # set when the process is to end: what waits is left for the next one
    beats_as: str = ""  # the name of all its signs of life; empty: each part has its own
    _beats: dict[str, datetime] = field(default_factory=dict)
    _untold: set[int] = field(default_factory=set)  # updates over which announcing stumbled

    async def poll(self) -> None:
        """Ask the feeds that are due, and store what is new."""
        await self._beat("poll")
        batches = await self.planner.plan()
        while True:
            before = self.poller.concluded
            try:
                async with asyncio.timeout(BEAT_EVERY.total_seconds()):
                    return await self.jobs.done("poll", batches)
            except TimeoutError:  # a round may take minutes, and is alive as long as feed after feed is over
                if self.poller.concluded != before:
                    await self._beat("poll")

    async def read(self) -> None:
        """Understand what was stored, and write down what is to be told of it."""
        await self._beat_reading()
        reading = asyncio.create_task(self.understanding.read(recorded=self.announce))
        try:
            while not reading.done():
                await asyncio.wait({reading}, timeout=BEAT_EVERY.total_seconds())
                await self._beat_reading()
            await reading
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def announce(self) -> None:
        """Write down what is to be told of what was understood."""
        if self.extraction is not None:
            await self.extraction.prepare()
        if self.glosses is not None:
            await self.glosses.prepare()
        if written := await announce_updates(
            self.store, clock=self.clock, aside=self._untold, meters=self.meters
        ):
            self.meters.alerted(written)
            self.wakes.deliver()

    async def pages(self) -> None:
        """Fetch the articles' pages that are wanted, and delete the texts kept long enough."""
        await self.articles.tick()

    async def make_ready(self) -> None:
        """Load the model and take up changed watches; two seconds the first time, then next to nothing."""
        await self.understanding.make_ready()

    async def digest(self) -> None:
        """Write the digests that are due."""
        if await announce_digests(self.store, clock=self.clock, fits=self._fits, meters=self.meters):
            self.wakes.deliver()
        await tell_of_feeds(self.store, now=self.clock.now())

    async def follow(self) -> None:
        """Look for promises and for what became of them, once there is a lens to read through."""
        if self.watcher.ready:
            await follow(self.store, partial(self.watcher.claims_in, within=READ_TIMEOUT), clock=self.clock)

    async def deliver(self) -> None:
        """Send what waits in the outbox."""
        await self._beat_delivery()
        await self.courier.drain(stopping=lambda: self.stopping, beat=self._beat_delivery)

    async def prune(self) -> None:
        """Delete what was kept long enough, and what removed apps and servers left."""
        await self.pruner.tick()

    async def clock_was_set(self) -> bool:
        """Look whether somebody set the machine's clock; then what waits is moved along."""
        return await self.watch.look()

    async def faults(self) -> list[str]:
        """Return what keeps platforms from being asked or told at the moment, in words."""
        since = await failing_since(self.store)
        unread = [f"what comes in waits {since} UTC: vedette doctor says why"] if since else []
        return [*unread, *await self.doors.faults(), *await self.courier.faults()]

    def _fits(self, channel: str, message: Message) -> bool:
        platform = self.platforms.get(channel.partition(":")[0])
        return platform is None or platform.fits(message)

    async def _beat_reading(self) -> None:
        """Give the sign that what comes in is understood: none while each try fails."""
        if self.understanding.goes_on():
            try:
                await self._beat("read")
            except StoreError as error:  # what is being read need not begin anew for that
                logger.warning("No sign of life could be given: %s", error, extra={"action": "no_beat"})

    async def _beat_delivery(self) -> None:
        """Give the sign that messages go out: none while a platform's gateway or socket is away or stuck."""
        if all((await self.doors.connected()).values()):
            await self._beat("deliver")

    async def _beat(self, part: str) -> None:
        now = SystemClock().now()  # the health check knows no other clock
        part = self.beats_as or part
        if part not in self._beats or abs(now - self._beats[part]) >= BEAT_EVERY:
            await self.store.pulse.beat(part, at=now)
            self._beats[part] = now


@asynccontextmanager
async def open_app(
    config: Config,
    path: Path,
    *,
    clock: Clock,
    terminal: Terminal | None,
    environ: Mapping[str, str] = MappingProxyType({}),
    meters: Meters = SILENT,
    lead: Lead | None = None,
) -> AsyncIterator[App]:
    """Open a bot on a configuration; `path` is the file's, from which relative paths count.

    `environ` holds the secrets of the platforms that the configuration names. With a `lead` others ask feeds
    and understand entries; without one this process does everything.
    """
    async with AsyncExitStack() as held:
        ground = await open_ground(
            held, config, path, environ, clock=clock, meters=meters, wakes=Wakes(), lead=lead
        )
        reading = await open_reading(ground)
        jobs = await _open_jobs(ground, reading)
        commands = _command_layer(ground, reading)
        telling = await open_telling(ground, commands, terminal=terminal)
        yield _put_together(ground, reading, telling, jobs=jobs, commands=commands)


async def _open_jobs(ground: Ground, reading: Reading) -> InProcess:
    """Open the engine that does jobs in this process's own loop."""
    jobs = InProcess(meters=ground.meters)
    polling = Polling(ground.store, reading.fetching.poller, clock=ground.clock)
    await ground.held.enter_async_context(jobs.working({"poll": polling}, within=POLLS_END_WITHIN))
    return jobs


def _command_layer(ground: Ground, reading: Reading) -> CommandLayer:
    """Return what answers people, who may try a feed or a watch before they keep it."""
    clock, fetching = ground.clock, reading.fetching
    return CommandLayer(
        ground.store,
        clock=clock,
        reading=FeedReading(fetching.client, fetching.parsers, clock=clock, robots=fetching.robots),
        judging=WatcherJudging(reading.understanding.watcher, ground.lens),
        meters=ground.meters,
    )


def _put_together(
    ground: Ground, reading: Reading, telling: Telling, *, jobs: InProcess, commands: Commands
) -> App:
    config, store, clock = ground.config, ground.store, ground.clock
    fetching, understanding = reading.fetching, reading.understanding
    return App(
        config=config,
        store=store,
        poller=fetching.poller,
        watcher=understanding.watcher,
        lens=ground.lens,
        platforms=telling.platforms,
        doors=telling.doors,
        commands=commands,
        preview=telling.preview,
        courier=telling.courier,
        clock=clock,
        watch=telling.watch,
        articles=understanding.articles,
        pruner=Pruner.of(config, store, telling.platforms, clock=clock),
        understanding=understanding,
        planner=Planner(store, jobs, clock=clock, apart=False),
        jobs=jobs,
        workers={"parse": fetching.parsers, "read": understanding.readers},
        meters=ground.meters,
        wakes=ground.wakes,
        glosses=reading.glosses,
        extraction=reading.extraction,
        beats_as=ground.lead.beats_as if ground.lead else "",
    )
