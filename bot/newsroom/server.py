"""Serve the sample newsroom on loopback: feeds that fill as the clock goes on, a page for each article."""

from __future__ import annotations

import hashlib
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from aiohttp import web
from aiohttp.helpers import ETag

from bot.newsroom.content import load
from bot.newsroom.render import CONTENT_TYPES, article, changed, front, published, render

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.newsroom.content import Outlet
    from watchers.clock import Clock

HOST: Final = "127.0.0.1"
# Nothing on these pages runs or is fetched from elsewhere.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class FeedAddress(NamedTuple):
    """Where an outlet's feed is."""

    name: str
    url: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """A newsroom that is up. `origin` is its host:port, for the list of addresses that may be fetched."""

    origin: str
    feeds: tuple[FeedAddress, ...]


@asynccontextmanager
async def serve(clock: Clock, *, port: int = 0) -> AsyncIterator[Newsroom]:
    """Serve on 127.0.0.1 until left; port 0 takes a free one. Raises OSError where the port is taken."""
    outlets = {outlet.slug: outlet for outlet in load()}
    listener = socket.create_server((HOST, port))
    origin = f"{HOST}:{listener.getsockname()[1]}"
    desk = _Desk(outlets, clock, origin)
    app = web.Application()
    app.add_routes(
        [
            web.get("/{outlet}", desk.front),
            web.get("/{outlet}/feed.xml", desk.feed),
            web.get("/{outlet}/{slug}", desk.article),
        ]
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    try:
        await runner.setup()
        await web.SockSite(runner, listener).start()
        yield Newsroom(
            origin=origin,
            feeds=tuple(
                FeedAddress(outlet.name, f"http://{origin}/{outlet.slug}/feed.xml", outlet.lang)
                for outlet in outlets.values()
            ),
        )
    finally:
        await runner.cleanup()
        listener.close()


class _Desk:
    """Answers requests with what is out by the clock."""

    def __init__(self, outlets: Mapping[str, Outlet], clock: Clock, origin: str) -> None:
        self._outlets = outlets
        self._clock = clock
        self._origin = origin

    async def feed(self, request: web.Request) -> web.Response:
        """Answer with the outlet's feed, or 304 where the reader has it."""
        outlet, now = self._outlet(request), self._clock.now()
        body = render(outlet, now, origin=self._origin)
        tag = hashlib.sha256(body).hexdigest()[:32]
        last = changed(published(outlet, now))
        known = request.if_none_match
        if known is not None:
            fresh = any(mark.value in (tag, "*") for mark in known)
        else:  # a validator that names bytes beats one that names a second (RFC 9110, 13.1.3)
            since = request.if_modified_since
            fresh = since is not None and last <= since
        if fresh:
            response = web.Response(status=304)
        else:
            response = web.Response(body=body, content_type=CONTENT_TYPES[outlet.format], charset="utf-8")
        response.etag = ETag(value=tag)
        response.last_modified = last
        return response

    async def article(self, request: web.Request) -> web.Response:
        """Answer with an article's page; 404 until it is out."""
        outlet, slug = self._outlet(request), request.match_info["slug"]
        for item in published(outlet, self._clock.now()):
            if item.slug == slug:
                return _html(article(outlet, item))
        raise web.HTTPNotFound

    async def front(self, request: web.Request) -> web.Response:
        """Answer with an outlet's front page."""
        outlet = self._outlet(request)
        return _html(front(outlet, self._clock.now(), origin=self._origin))

    def _outlet(self, request: web.Request) -> Outlet:
        outlet = self._outlets.get(request.match_info["outlet"])
        if outlet is None:
            raise web.HTTPNotFound
        return outlet


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": _POLICY})
