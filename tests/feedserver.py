"""A real HTTP server on loopback for tests: scripted answers by path, and a log of what was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request that arrived: its path with query, and its headers."""

    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A scripted answer; `headers` are sent as they are."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class FeedServer:
    """Paths and what they answer: an Answer, a handler, or a list of them, of which the last one stays."""

    host: str = "127.0.0.1"
    port: int = 0
    routes: dict[str, Answer | Handler | list[Answer | Handler]] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    at_once: int = 0  # the most requests that were under way together
    _under_way: int = 0

    @property
    def pair(self) -> tuple[str, int]:
        """What an allow-list needs to let a client in."""
        return self.host, self.port

    def url(self, path: str) -> str:
        """Return the link of a path."""
        return f"http://{self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        """Return the requests for a path, oldest first."""
        return [asked for asked in self.log if asked.path == path]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Log a request and answer it as scripted; 404 where nothing is."""
        self.log.append(Asked(path=request.path_qs, headers=dict(request.headers)))
        script = self.routes.get(request.path, Answer(status=404))
        if isinstance(script, list):
            script = script.pop(0) if len(script) > 1 else script[0]
        self._under_way += 1
        self.at_once = max(self.at_once, self._under_way)
        try:
            if isinstance(script, Answer):
                return web.Response(status=script.status, body=script.body, headers=script.headers)
            return await script(request)
        finally:
            self._under_way -= 1


def conditional(body: bytes, *, etag: str = "", last_modified: str = "") -> Handler:
    """Answer 304 to whoever sends the validators back, else the body with them."""

    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {"ETag": etag, "Last-Modified": last_modified}
        headers = {name: value for name, value in headers.items() if value}
        known = (etag and request.headers.get("If-None-Match") == etag) or (
            last_modified and request.headers.get("If-Modified-Since") == last_modified
        )
        return web.Response(status=304 if known else 200, body=b"" if known else body, headers=headers)

    return answer


@asynccontextmanager
async def feed_server(host: str = "127.0.0.1") -> AsyncIterator[FeedServer]:
    """Start a server on a free port of a loopback address; stop it without waiting for anybody."""
    server = FeedServer(host=host)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, 0)
        await site.start()
        server.port = int(runner.addresses[0][1])
        yield server
    finally:
        await runner.cleanup()


@dataclass(slots=True)
class Canary:
    """A listener that nothing may connect to."""

    port: int
    connections: int = 0


@asynccontextmanager
async def canary(host: str = "127.0.0.1") -> AsyncIterator[Canary]:
    """Listen on a free port and count every connection, before a byte is read."""
    bird = Canary(port=0)

    async def sing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bird.connections += 1
        writer.close()

    listener = await asyncio.start_server(sing, host, 0)
    bird.port = int(listener.sockets[0].getsockname()[1])
    try:
        yield bird
    finally:
        listener.close()
        await listener.wait_closed()


@asynccontextmanager
async def raw_server(
    talk: Callable[[asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[tuple[str, int]]:
    """Listen on a free port and let `talk` write whatever it likes after a request's head."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as it should
        finally:
            writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield "127.0.0.1", int(listener.sockets[0].getsockname()[1])
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
