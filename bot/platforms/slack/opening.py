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
    from watchers.clock import Clock

CLOSE_WITHIN: Final = 5.0  # seconds that answers under way have when the door closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The open platform; `routes` are empty in Socket Mode."""

    platform: Slack
    routes: tuple[web.RouteDef, ...]
    is_up: Callable[[], Awaitable[bool]] | None  # None: Slack comes to us

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
    by_http = settings.mode == "http"
    signing = (
        required("SLACK_SIGNING_SECRET", environ, why="Slack's http mode checks each request with it")
        if by_http
        else ""
    )
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
        slack = Slack(client, clock=clock)
        if by_http:
            try:
                yield Opened(platform=slack, routes=tuple(http_routes(app)), is_up=None)
            finally:
                await app.jobs.finish(CLOSE_WITHIN)
            return
        app_token = required(
            "SLACK_APP_TOKEN", environ, why="Slack's socket mode needs the app token, which begins with xapp-"
        )
        async with socket_mode(app, app_token) as is_up:
            yield Opened(platform=slack, routes=(), is_up=is_up)
