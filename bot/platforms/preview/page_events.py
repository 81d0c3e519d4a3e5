"""Keep open tabs up to date: new posts, changed ones and ones taken back, as server-sent events."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.platforms.preview import page_html
from bot.platforms.preview.page_state import PAGE, SHOWN
from bot.platforms.preview.posts import threads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.platforms.preview.page_html import Frame
    from bot.platforms.preview.posts import Posted

logger = logging.getLogger(__name__)

MAX_TABS = 32  # open at once; a person has one or two, a loop in a script has hundreds
HEARTBEAT: Final = 15.0  # seconds between signs of life, so that a dead tab is noticed


async def events(request: web.Request) -> web.StreamResponse:
    """Stream what came after the post that the tab has last, then every new one, until either side goes."""
    page = request.app[PAGE]
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
            await _catch_up(response, posts, newest, await page.framed(request))
            await _pump(request, response, fresh, {post.id for post in posts})
    except ConnectionResetError:
        logger.debug("A tab was closed.")
    finally:
        page.tabs.discard(task)
    return response


async def _catch_up(
    response: web.StreamResponse, posts: tuple[Posted, ...], newest: str, frame: Frame
) -> None:
    """Send the posts that the tab has not, and how those stand now that changed while it was away."""
    known = [post.id for post in posts]
    seen = known.index(newest) + 1 if newest in known else 0
    for post in posts[:seen]:
        if post.edited or post.gone:
            await response.write(_event(post, posts, frame))
    for post in posts[seen:]:
        if not post.gone:
            await response.write(_event(post, posts, frame, name="post"))


async def _pump(
    request: web.Request, response: web.StreamResponse, fresh: AsyncIterator[Posted], sent: set[str]
) -> None:
    """Send each new post, and a sign of life when there is none, until the feed ends or the page closes."""
    page = request.app[PAGE]
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
            if post.edited or post.gone or post.id not in sent:
                frame = await page.framed(request)  # its zone may have been set since the last post
                await response.write(_event(post, await page.feed.history(SHOWN), frame))
            upcoming = asyncio.ensure_future(_next(fresh))
    finally:
        closing.cancel()
        upcoming.cancel()
        await asyncio.gather(closing, upcoming, return_exceptions=True)


async def _next(posts: AsyncIterator[Posted]) -> Posted | None:
    return await anext(posts, None)


def _event(post: Posted, posts: tuple[Posted, ...], frame: Frame, *, name: str = "") -> bytes:
    """Return a post as an event; its HTML is empty if nothing of it is to be seen any more."""
    local = post.at.astimezone(frame.zone)
    name = name or ("gone" if post.gone else "edit" if post.edited else "post")
    data = {"id": post.id, "parent": "", "day": f"{local:%Y-%m-%d}", "dayLine": page_html.day_line(local)}
    data["html"] = ""
    for thread in threads(posts):
        if any(reply.id == post.id for reply in thread.replies):
            data |= {"parent": thread.post.id, "html": page_html.reply_html(post, frame)}
        elif post.id == thread.post.id:
            data["html"] = page_html.thread_html(thread, frame)
    # A tab that comes back names the newest post it has, which a changed one need not be.
    number = f"id: {post.id}\n" if name == "post" else ""
    return f"event: {name}\n{number}data: {json.dumps(data)}\n\n".encode()
