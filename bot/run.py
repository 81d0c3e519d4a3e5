"""Run the bot until it is told to stop: the ticks, the page, and what the network may ask."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.app import open_app
from bot.commands.request import Asker, Request
from bot.http import build_http, serve_http
from bot.logs import set_up
from bot.metrics.opening import open_metrics
from bot.operating.called import called_as
from bot.platforms.preview.adapter import Terminal
from bot.platforms.preview.named import Named
from bot.platforms.preview.page import build_page, serve_page
from bot.schedule import USUAL, scheduled
from bot.stopping import stop_signal
from bot.wording.counting import counted
from watchers.clock import SteadyClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import tzinfo
    from pathlib import Path

    from bot.app import App
    from bot.commands.request import Reply
    from bot.config import Config
    from bot.schedule import Ticks

logger = logging.getLogger(__name__)

SHUTDOWN_WITHIN: Final = 6.0  # seconds that work in hand may take to end; a container is killed after 10
OPERATOR: Final = Asker(id="page:operator", name="The operator", manages=True)


def run_until_stopped(config: Config, path: Path, *, page_bind: str, page_hosts: tuple[str, ...]) -> None:
    """Run the bot until SIGTERM or SIGINT."""
    set_up()
    asyncio.run(_run(config, path, page_bind=page_bind, page_hosts=page_hosts))


async def _run(config: Config, path: Path, *, page_bind: str, page_hosts: tuple[str, ...]) -> None:
    stop = stop_signal()
    zone = ZoneInfo(config.defaults.timezone)
    several = called_as(os.environ) if len(config.channels) > 1 else ""
    terminal = Terminal.of(sys.stdout, os.environ, zone=zone, called=several)
    async with AsyncExitStack() as held:
        metrics = open_metrics(config, path, os.environ)
        app = await held.enter_async_context(
            open_app(
                config,
                path,
                clock=SteadyClock(),
                terminal=terminal,
                environ=os.environ,
                meters=metrics.meters,
            )
        )
        if config.page.enabled:
            link = await held.enter_async_context(
                page_of(app, host=page_bind, port=config.page.port, names=page_hosts)
            )
            print(f"The preview page: {link}", flush=True)
        if config.http.enabled:
            routes = [*app.doors.routes, *metrics.routes(app)]
            http = build_http(app.store, faults=app.faults, routes=routes)
            await held.enter_async_context(serve_http(http, config.http.bind, config.http.port))
        states = await app.store.feeds.states(now=app.clock.now())  # with those that people added
        asked = sum(states.values()) - states.get("paused", 0)
        logger.info("Running: %s", counted(asked, "feed"), extra={"action": "started"})
        await run_ticks(app, USUAL, stop=stop)
        logger.info("Stopped", extra={"action": "stopped"})


@asynccontextmanager
async def page_of(
    app: App, *, host: str, port: int, label: str = "", names: tuple[str, ...] = ()
) -> AsyncIterator[str]:
    """Serve the page of the first channel and give the link; `names` may be asked for besides localhost."""
    channel = app.config.first_channel
    usual = "Preview", ZoneInfo(app.config.defaults.timezone)

    async def called() -> dict[str, str]:
        return {one.id: one.name for one in await app.store.channels.all()}

    async def place() -> tuple[str, tzinfo]:
        shown = await app.store.channels.get(channel)
        return (shown.name, ZoneInfo(shown.timezone)) if shown else usual

    async def reply(text: str) -> Reply:
        request = Request(text=text, channel=channel, asker=OPERATOR, channel_name="Preview")
        answered = await app.commands.answer(request)
        if answered is None:
            raise RuntimeError("the page names no event, so nothing can be answered before")
        return answered

    page = build_page(
        token=secrets.token_urlsafe(24),
        title=usual[0],
        label=label,
        feed=Named(app.preview, called),
        answer=reply,
        allowed_hosts={"127.0.0.1", "localhost", host, *names},
        place=place,
    )
    async with serve_page(page, host, port) as link:
        yield link


async def run_ticks(app: App, ticks: Ticks, *, stop: asyncio.Event) -> None:
    """Keep the ticks going until told to stop, then let work in hand end."""
    async with scheduled(app, ticks, within=SHUTDOWN_WITHIN, wakes=app.wakes, meters=app.meters):
        await stop.wait()
        app.stopping = True
