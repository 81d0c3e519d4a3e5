"""Listen to the network: health, readiness and what routes are given (metrics, Slack's requests), no more."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.errors import ConfigError
from bot.operating.health import PARTS, STALE
from bot.wording.counting import counted
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    from watchers.store.store import Store

    Faults = Callable[[], Awaitable[list[str]]]

MAX_BODY: Final = 1024 * 1024  # bytes; Slack's largest request, a view with all its state, is far below


def build_http(
    store: Store, *, faults: Faults, routes: Iterable[web.RouteDef] = (), parts: tuple[str, ...] = PARTS
) -> web.Application:
    """Return the application. `faults` tells at any moment what keeps a platform from answering, in words.

    `parts` are those of this process that give signs of life.
    """
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_get("/healthz", _answering(lambda: _alive(store, parts)))
    app.router.add_get("/readyz", _answering(lambda: _ready(store, faults, parts)))
    app.router.add_get("/leading", _says("leading", 200))
    app.add_routes(routes)
    return app


def build_part_http(store: Store, *, part: str, routes: Iterable[web.RouteDef] = ()) -> web.Application:
    """Return what a worker or a scheduler answers: whether it comes round, and what routes it is given."""
    app = web.Application(client_max_size=MAX_BODY)
    for path in ("/healthz", "/readyz"):
        app.router.add_get(path, _answering(lambda: _alive(store, (part,))))
    app.add_routes(routes)
    return app


def standing_by() -> web.Application:
    """Return what a process answers that would take over from another: it is ready for that, and says so.

    Requests of Slack's are for the one that leads: whoever divides them asks /leading.
    """
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_get("/healthz", _says("standing by", 200))
    app.router.add_get("/readyz", _says("standing by", 200))
    app.router.add_route("*", "/{any:.*}", _says("standing by", 503))
    return app


def _says(state: str, status: int) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"state": state, "reasons": []}, status=status)

    return answer


@asynccontextmanager
async def serve_http(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve while the context lasts and give the port; 0 asks for any free one. Raises ConfigError."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise ConfigError(
                f"http: {host}:{port} cannot be opened ({error.strerror}); set another port or bind under "
                "[http], or --http-port where that was given"
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def _answering(
    look: Callable[[], Awaitable[tuple[list[str], list[str]]]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_request: web.Request) -> web.Response:
        faults, flaws = await look()
        state = "failing" if faults else "degraded" if flaws else "ok"
        body = {"state": state, "reasons": [*faults, *flaws]}
        return web.json_response(body, status=503 if faults else 200)

    return answer


async def _alive(store: Store, parts: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return which parts of the process have been silent for longer than they may."""
    now = SystemClock().now()  # heartbeats know no other clock
    beats = await store.pulse.beats()
    return [f"{part} is silent" for part in parts if part in beats and abs(now - beats[part]) > STALE], []


async def _ready(store: Store, faults: Faults, parts: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return what keeps the bot from its work, and what keeps it from doing all of it."""
    silent, _ = await _alive(store, parts)
    failing = (await store.feeds.states(now=SystemClock().now())).get("failing", 0)
    flaws = [f"failing: {counted(failing, 'feed')}"] if failing else []
    return [*silent, *await faults()], flaws
