"""`vedette bot`: tell channels and answer them. One talks; others stand by with their doors shut."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.app import open_app
from bot.delivery.guard import Lead
from bot.errors import ConfigError
from bot.http import build_http, serve_http, standing_by
from bot.logs import set_up
from bot.metrics.opening import open_metrics
from bot.operating.called import called_as
from bot.platforms.preview.adapter import Terminal
from bot.roles.opening import SHUTDOWN_WITHIN, beating, leading_in_turn, open_role, side_by_side
from bot.run import page_of
from bot.schedule import USUAL, Kind, ticking
from bot.stopping import stop_signal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app import App
    from bot.config import Config
    from bot.roles.opening import Role
    from bot.schedule import Ticks
    from watchers.store.store import Leader

logger = logging.getLogger(__name__)

TALKS: Final = "bot"  # the lease of the one that does
ANNOUNCE_EVERY: Final = 1.0  # seconds


def run_bot(config: Config, path: Path, *, page_bind: str, page_hosts: tuple[str, ...]) -> None:
    """Talk, or stand by, until SIGTERM or SIGINT."""
    set_up()
    asyncio.run(_talk(config, path, page_bind=page_bind, page_hosts=page_hosts))


async def _talk(config: Config, path: Path, *, page_bind: str, page_hosts: tuple[str, ...]) -> None:
    stop = stop_signal()
    async with AsyncExitStack() as held:
        role = await held.enter_async_context(open_role("bot", config, path, os.environ))
        talking = Talking(config, path, role, page_bind=page_bind, page_hosts=page_hosts)
        await talking.stand_by()
        held.push_async_callback(talking.shut)
        logger.info("Standing by to talk", extra={"action": "started"})
        await side_by_side(
            beating(role, talking.stands_by, stop),
            leading_in_turn(role, TALKS, config.roles.lease, talking.lead, stop),
        )
        logger.info("Stopping", extra={"action": "stopping"})


class Talking:
    """What the bot does that leads, and what one that stands by answers over HTTP."""

    def __init__(
        self, config: Config, path: Path, role: Role, *, page_bind: str, page_hosts: tuple[str, ...]
    ) -> None:
        self._config = config
        self._path = path
        self._role = role
        self._page_bind = page_bind
        self._page_hosts = page_hosts
        self._by = AsyncExitStack()  # what is open while it stands by
        self._leads = False

    async def stands_by(self) -> bool:
        """Tell whether signs of life are to be given here: one that leads gives them as it delivers."""
        return not self._leads

    async def stand_by(self) -> None:
        """Open the address at which a stand-by says what it is."""
        http = self._config.http
        if http.enabled:
            await self._by.enter_async_context(serve_http(standing_by(), http.bind, http.port))

    async def shut(self) -> None:
        """Close what is open while it stands by."""
        await self._by.aclose()

    @asynccontextmanager
    async def lead(self, leader: Leader) -> AsyncIterator[None]:
        """Open the doors, tell and answer, through the leader's store, while the context lasts."""
        lead = Lead(store=leader.store, lease=leader.lease, beats_as=self._role.sign)
        self._leads = True
        try:
            async with self._open(lead) as app, _telling(app, USUAL):
                yield
                app.stopping = True
        finally:
            self._leads = False
            await self.shut()  # where opening the doors failed, it is open still
            await self.stand_by()

    @asynccontextmanager
    async def _open(self, lead: Lead) -> AsyncIterator[App]:
        config = self._config
        metrics = open_metrics(config, self._path, os.environ)
        several = called_as(os.environ) if len(config.channels) > 1 else ""
        zone = ZoneInfo(config.defaults.timezone)
        terminal = Terminal.of(sys.stdout, os.environ, zone=zone, called=several)
        async with AsyncExitStack() as held:
            app = await held.enter_async_context(
                open_app(
                    config,
                    self._path,
                    clock=self._role.clock,
                    terminal=terminal,
                    environ=os.environ,
                    meters=metrics.meters,
                    lead=lead,
                )
            )
            if config.page.enabled:
                await self._open_page(app, held)
            if config.http.enabled:
                routes = [*app.doors.routes, *metrics.routes(app)]
                http = build_http(app.store, faults=app.faults, routes=routes, parts=(lead.beats_as,))
                await self.shut()  # as late as that, so that whoever looks after it hears of it all the while
                await held.enter_async_context(serve_http(http, config.http.bind, config.http.port))
            yield app

    async def _open_page(self, app: App, held: AsyncExitStack) -> None:
        """Open the page; where a frozen bot on this machine still has its port, channels are told without."""
        try:
            link = await held.enter_async_context(
                page_of(app, host=self._page_bind, port=self._config.page.port, names=self._page_hosts)
            )
        except ConfigError as error:
            logger.warning("The page is not shown: %s", error, extra={"action": "page_closed"})
            return
        sys.stdout.write(f"The preview page: {link}\n")
        sys.stdout.flush()


@asynccontextmanager
async def _telling(app: App, ticks: Ticks) -> AsyncIterator[None]:
    """Run the ticks of a bot that others work for."""

    async def announce() -> None:
        await app.make_ready()
        await app.announce()

    kinds = (
        Kind("announce", announce, ANNOUNCE_EVERY),
        Kind("digest", app.digest, ticks.digest),
        Kind("follow", app.follow, ticks.follow),
        Kind("deliver", app.deliver, ticks.deliver),
    )
    async with ticking(
        kinds,
        within=SHUTDOWN_WITHIN,
        clock_was_set=app.clock_was_set,
        wakes=app.wakes,
        meters=app.meters,
    ):
        yield
