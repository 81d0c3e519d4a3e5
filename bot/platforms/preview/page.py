"""Serve the preview as a local web page: posts as they come, and a box that takes commands."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from aiohttp import web
from markupsafe import Markup

from bot.errors import BotError, CommandError, ConfigError
from bot.messages import Message, Text
from bot.platforms.preview import page_html
from bot.platforms.preview.guard import add_headers, guard
from bot.platforms.preview.page_html import Frame, Suggestion
from bot.platforms.preview.posts import threads
from watchers.errors import WatchersError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection
    from datetime import tzinfo

    from bot.platforms.preview.posts import PageFeed, Posted

    Answer = Callable[[str], Awaitable[Message]]

logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024  # bytes of a request; a command has at most 3,000 characters
SHOWN = 100  # posts on the page, 300 kB of HTML made in 53 ms when new; the rest is in the archive
MAX_TABS = 32  # open at once; a person has one or two, a loop in a script has hundreds
ANSWER_WITHIN = 30.0  # seconds; the slowest command, a digest on demand, takes about one
BODY_WITHIN = 10.0  # seconds for a request's body to arrive
HEARTBEAT = 15.0  # seconds between signs of life, so that a dead tab is noticed

DEFAULT_SUGGESTIONS: Final = (
    Suggestion(command="/watch help", about="what you can ask"),
    Suggestion(command="/watch status", about="feeds, stories and deliveries"),
    Suggestion(command="/watch digest preview", about="the next digest, only for you"),
)
_ASSETS: Final = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class _Page:
    frame: Frame
    feed: PageFeed
    answer: Answer
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    tabs: set[asyncio.Task[object] | None] = field(default_factory=set)


_PAGE: Final = web.AppKey("_PAGE", _Page)
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
) -> web.Application:
    """Return the application; `answer` gets a typed command and returns what only its writer sees.

    `title` is the channel's name and `zone` its time zone; `label`, shown under it, may be empty. A command
    that `answer` refuses with CommandError is answered with its words. The first three suggestions are
    offered as buttons, all of them while typing.
    """
    app = web.Application(client_max_size=MAX_BODY, middlewares=[guard(token, allowed_hosts)])
    frame = Frame(title=title, label=label, suggestions=suggestions, zone=zone)
    app[_PAGE] = _Page(frame, feed, answer)
    app[_TOKEN] = token
    app.router.add_get("/", _show)
    app.router.add_get("/events", _events)
    app.router.add_post("/answer", _answer)
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
            fault = f"page: {host}:{port} cannot be opened ({error.strerror}); choose another address"
            raise ConfigError(fault) from error
        bound = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{bound}/?token={app[_TOKEN]}"
    finally:
        await runner.cleanup()


async def _close(app: web.Application) -> None:
    app[_PAGE].closing.set()


def _asset(name: str, kind: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    body = files("bot.platforms.preview").joinpath("assets", name).read_bytes()

    async def asset(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type=kind, charset="utf-8")

    return asset


async def _show(request: web.Request) -> web.Response:
    page = request.app[_PAGE]
    return _document(page.frame, await page.feed.history(SHOWN), Markup(""))


def _document(frame: Frame, posts: tuple[Posted, ...], answer: Markup) -> web.Response:
    return web.Response(text=page_html.page(frame, posts, answer), content_type="text/html")


async def _answer(request: web.Request) -> web.Response:
    """Answer a command: as JSON to the page's script, as a whole page to a browser without scripts."""
    page = request.app[_PAGE]
    try:
        async with asyncio.timeout(BODY_WITHIN):
            form = await request.post()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout(text="The command did not arrive in time.\n") from error
    command = form.get("command")
    if not isinstance(command, str) or not command.strip():
        raise web.HTTPBadRequest(text="Type a command first.\n")
    html = page_html.answer_html(command, await _message(page, command.strip()))
    if "application/json" in request.headers.get("Accept", ""):
        return web.json_response({"html": html})
    return _document(page.frame, await page.feed.history(SHOWN), html)


async def _message(page: _Page, command: str) -> Message:
    """Return the command layer's answer, or what kept it from answering, in words."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            return await page.answer(command)
    except CommandError as error:
        return _refusal(error)
    except (BotError, WatchersError) as error:
        return _warning(str(error))
    except TimeoutError:
        return _warning("That took too long and was given up. Try again, or ask for less.")
    except Exception:
        logger.exception("A command failed.", extra={"action": "command_failed"})
        return _warning("Something went wrong on our side; the log says what.")


def _refusal(error: CommandError) -> Message:
    nearest = f" Did you mean {error.nearest}?" if error.nearest else ""
    blocks = [Text(text=error.message + nearest, tone="warning")]
    if error.example:
        blocks.append(Text(text=f"Try: {error.example}"))
    return Message(kind="reply", notice=error.message, blocks=tuple(blocks))


def _warning(words: str) -> Message:
    return Message(kind="reply", notice=words, blocks=(Text(text=words, tone="warning"),))


async def _events(request: web.Request) -> web.StreamResponse:
    """Stream what came after the post that the tab has last, then every new one, until either side goes."""
    page = request.app[_PAGE]
    if len(page.tabs) >= MAX_TABS:
        raise web.HTTPServiceUnavailable(text="Too many tabs are open.\n")
    newest = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    task = asyncio.current_task()
    page.tabs.add(task)
    try:
        async with page.feed.subscribe() as fresh:
            await response.prepare(request)
            await response.write(b"retry: 2000\n\n")
            posts = await page.feed.history(SHOWN)
            known = [post.id for post in posts]
            seen = known.index(newest) + 1 if newest in known else 0
            for post in posts[seen:]:
                await response.write(_event(post, posts, page.frame))
            await _pump(page, response, fresh, {*known})
    except ConnectionResetError:
        logger.debug("A tab was closed.")
    finally:
        page.tabs.discard(task)
    return response


async def _pump(
    page: _Page, response: web.StreamResponse, fresh: AsyncIterator[Posted], sent: set[str]
) -> None:
    """Send each new post, and a sign of life when there is none, until the feed ends or the page closes."""
    closing = asyncio.ensure_future(page.closing.wait())
    upcoming = asyncio.ensure_future(_next(fresh))
    try:
        while not closing.done():
            await asyncio.wait((closing, upcoming), timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
            if not upcoming.done():
                await response.write(b": still here\n\n")
                continue
            post = upcoming.result()
            if post is None:
                return
            if post.id not in sent:
                await response.write(_event(post, await page.feed.history(SHOWN), page.frame))
            upcoming = asyncio.ensure_future(_next(fresh))
    finally:
        closing.cancel()
        upcoming.cancel()
        await asyncio.gather(closing, upcoming, return_exceptions=True)


async def _next(posts: AsyncIterator[Posted]) -> Posted | None:
    return await anext(posts, None)


def _event(post: Posted, posts: tuple[Posted, ...], frame: Frame) -> bytes:
    local = post.at.astimezone(frame.zone)
    data = {"id": post.id, "parent": "", "day": f"{local:%Y-%m-%d}", "dayLine": page_html.day_line(local)}
    for thread in threads(posts):
        if post in thread.replies:
            data |= {"parent": thread.post.id, "html": page_html.reply_html(post, frame)}
        elif post == thread.post:
            data["html"] = page_html.thread_html(thread, frame)
    return f"event: post\nid: {post.id}\ndata: {json.dumps(data)}\n\n".encode()
