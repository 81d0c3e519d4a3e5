"""Open Slack as the configuration says it: the way out, and the way in over Socket Mode or HTTP."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.renamed import Renamed
from bot.platforms.slack.adapter import Slack
from bot.platforms.slack.door import build_app, http_routes, socket_mode
from bot.platforms.slack.quiet import vendor_logger
from bot.platforms.slack.rights import Rights
from bot.settings.secrets import required

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from aiohttp import web

    from bot.commands.request import Commands
    from bot.config import Slack as Settings
    from bot.operating.departures import Departures
    from bot.platforms.slack.door import SlackApp
    from watchers.clock import Clock

    Up = Callable[[], Awaitable[bool]]
    WayIn = tuple[tuple[web.RouteDef, ...], Up | None]  # what Slack comes to, whether we can hear it

CLOSE_WITHIN: Final = 5.0  # seconds that answers under way have when the door closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The open platform; `routes` are empty in Socket Mode."""

    platform: Slack
    routes: tuple[web.RouteDef, ...]
    is_up: Up | None  # None: Slack comes to us

    async def fault(self) -> str:
        """Return what is wrong at the moment, empty if nothing is."""
        return "" if self.is_up is None or await self.is_up() else "Slack's socket is not connected"


@asynccontextmanager
async def open_slack(
    settings: Settings,
    commands: Commands,
    *,
    clock: Clock,
    environ: Mapping[str, str],
    call: float,
    departures: Departures | None = None,
    trace: aiohttp.TraceConfig | None = None,
) -> AsyncIterator[Opened]:
    """Open Slack while the context lasts; a call may take `call` seconds. `trace` is told of each request.

    Raises ConfigError for a secret that is missing or refused.
    """
    token = required("SLACK_BOT_TOKEN", environ, why="[slack] needs the bot token, which begins with xoxb-")
    signing = _signing_secret(settings, environ)
    traces = [trace] if trace is not None else []
    async with aiohttp.ClientSession(trace_configs=traces) as session:  # one for all calls of ours
        client = AsyncWebClient(
            token=token,
            base_url=settings.api,
            timeout=call,  # type: ignore[arg-type]  # handed to aiohttp, which takes fractions
            retry_handlers=[],
            logger=vendor_logger(),
            session=session,
        )
        app = build_app(
            client,
            Renamed(commands, settings.command),
            rights=Rights(client, editors=frozenset(settings.editors), clock=clock),
            command=settings.command,
            signing_secret=signing,
            departures=departures,
        )
        async with _way_in(app, settings, environ) as (routes, is_up):
            yield Opened(platform=Slack(client, clock=clock), routes=routes, is_up=is_up)


@asynccontextmanager
async def _way_in(app: SlackApp, settings: Settings, environ: Mapping[str, str]) -> AsyncIterator[WayIn]:
    """Let Slack come to routes of ours over HTTP, or hear it over a socket that we open."""
    if settings.mode == "http":
        try:
            yield tuple(http_routes(app)), None
        finally:
            await app.jobs.finish(CLOSE_WITHIN)
        return
    token = required(
        "SLACK_APP_TOKEN", environ, why="Slack's socket mode needs the app token, which begins with xapp-"
    )
    async with socket_mode(app, token) as is_up:
        yield (), is_up


def _signing_secret(settings: Settings, environ: Mapping[str, str]) -> str:
    """Return what Slack signs requests with; nobody signs what comes over a socket."""
    if settings.mode != "http":
        return ""
    return required("SLACK_SIGNING_SECRET", environ, why="Slack's http mode checks each request with it")
