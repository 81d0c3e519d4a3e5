"""Open the platforms that the configuration names; their libraries are imported only then."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.operating.departures import Departures
from bot.platforms.fence import fence
from bot.platforms.renamed import Renamed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from aiohttp import web

    from bot.commands.request import Commands
    from bot.config import Discord, Slack
    from bot.platforms.base import Platform
    from watchers.clock import Clock
    from watchers.store.store import Store


@dataclass(frozen=True, slots=True)
class Doors:
    """The open platforms by name, what Slack asks over HTTP, and who can say what is wrong."""

    platforms: dict[str, Platform] = field(default_factory=dict)
    routes: list[web.RouteDef] = field(default_factory=list)
    looks: dict[str, Callable[[], Awaitable[str]]] = field(default_factory=dict)

    async def faults(self) -> list[str]:
        """Return why platforms cannot be asked or told at the moment, empty if all can."""
        return [fault for look in self.looks.values() if (fault := await look())]

    async def connected(self) -> dict[str, bool]:
        """Return by name which platforms can be asked at the moment."""
        return {name: not await look() for name, look in self.looks.items()}


@asynccontextmanager
async def open_doors(
    *,
    slack: Slack | None,
    discord: Discord | None,
    commands: Commands,
    store: Store,
    clock: Clock,
    environ: Mapping[str, str],
    call: float,
    may_speak: Callable[[], bool] | None = None,
) -> AsyncIterator[Doors]:
    """Open what is configured while the context lasts. Raises ConfigError for a secret missing or refused.

    `call` is how many seconds a call to Slack may take; Discord's library knows its own. A platform that is
    away is waited for meanwhile; the others do not wait. `may_speak` is asked before each request leaves.
    """
    trace = fence(may_speak) if may_speak is not None else None
    doors, departures = Doors(), Departures(store, clock)
    async with AsyncExitStack() as held:
        if slack is not None:
            from bot.platforms.slack.opening import open_slack

            opening = open_slack(
                slack, commands, clock=clock, environ=environ, call=call, departures=departures, trace=trace
            )
            opened = await held.enter_async_context(opening)
            doors.platforms["slack"] = Renamed(opened.platform, slack.command)
            doors.routes.extend(opened.routes)
            doors.looks["slack"] = opened.fault
        if discord is not None:
            from bot.platforms.discord.standing import open_discord

            connecting = open_discord(
                discord, commands, store=store, environ=environ, departures=departures, trace=trace
            )
            standing = await held.enter_async_context(connecting)
            doors.platforms["discord"] = Renamed(standing, discord.command)
            doors.looks["discord"] = standing.fault
        yield doors
