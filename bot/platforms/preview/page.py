"""Serve the preview as a local web page: posts as they come, and a box that takes commands."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.commands.forms import FORMS
from bot.errors import ConfigError
from bot.platforms.preview import page_replies
from bot.platforms.preview.guard import add_headers, guard
from bot.platforms.preview.page_events import events
from bot.platforms.preview.page_html import Frame, Suggestion
from bot.platforms.preview.page_state import PAGE, PageState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection
    from datetime import tzinfo

    from bot.platforms.preview.page_state import Answer, Place
    from bot.platforms.preview.posts import PageFeed

MAX_BODY = 64 * 1024  # bytes of a request; a pasted text has at most 8,500 characters

DEFAULT_SUGGESTIONS: Final = (
    Suggestion(command="/watch help", about="how to start, and what you can ask"),
    Suggestion(command="/watch setup", about="the channel's words, language, time zone and digest"),
    Suggestion(command="/watch status", about="feeds, stories and deliveries"),
    *(
        Suggestion(command=form.example, about=form.does)
        for form in FORMS
        if not form.hidden and form.noun not in {"help", "setup", "status"}
    ),
)
_ASSETS: Final = {
    "page.css": "text/css",
    "plain.css": "text/css",
    "slack.css": "text/css",
    "discord.css": "text/css",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


_TOKEN: Final = web.AppKey("_TOKEN", str)


def build_page(
    *,
    token: str,
    title: str,
    label: str,
    feed: PageFeed,
    answer: Answer,
    allowed_hosts: Collection[str],
    zone: tzinfo = UTC,
    suggestions: tuple[Suggestion, ...] = DEFAULT_SUGGESTIONS,
    place: Place | None = None,
) -> web.Application:
    """Return the application; `answer` gets a typed command and returns the reply.

    `title` is the channel's name and `zone` its time zone, unless `place` tells them anew for each request;
    `label`, shown under it, may be empty. `answer` does not raise: a refusal is a reply too. The first three
    suggestions are offered as buttons, all of them while typing.
    """
    app = web.Application(client_max_size=MAX_BODY, middlewares=[guard(token, allowed_hosts)])
    frame = Frame(title=title, label=label, suggestions=suggestions, zone=zone)
    app[PAGE] = PageState(frame, feed, answer, place)
    app[_TOKEN] = token
    app.router.add_get("/", page_replies.show)
    app.router.add_get("/events", events)
    app.router.add_post("/answer", page_replies.answer)
    app.router.add_post("/confirm", page_replies.confirm)
    app.router.add_post("/sheet/{name}", page_replies.sheet)
    app.router.add_get("/file/{name}", page_replies.file)
    app.router.add_get("/chart/{name}", page_replies.chart)
    app.router.add_get("/chart/{name}/{index:[0-9]}", page_replies.chart)
    for name, kind in _ASSETS.items():
        app.router.add_get(f"/assets/{name}", _asset(name, kind))
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_close)
    return app


@asynccontextmanager
async def serve_page(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Serve a page while the context lasts, and give the link to open, with its token; port 0 is any free.

    Raises ConfigError when the address cannot be bound. Requests are not logged: the link is a secret.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise ConfigError(
                f"page: {host}:{port} cannot be opened ({error.strerror}); set another port under [page], or "
                "another --page-bind"
            ) from error
        bound = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{bound}/?token={app[_TOKEN]}"
    finally:
        await runner.cleanup()


async def _close(app: web.Application) -> None:
    app[PAGE].closing.set()


def _asset(name: str, kind: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    body = files("bot.platforms.preview").joinpath("assets", name).read_bytes()

    async def asset(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type=kind, charset="utf-8")

    return asset
