"""What the page's handlers share while it is served."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import TYPE_CHECKING, Final, TypeAlias

from aiohttp import web

from bot.commands.request import File, Reply, Sheet
from bot.platforms.preview.kept import Kept
from bot.platforms.preview.view import COOKIE, View

if TYPE_CHECKING:
    from bot.messages import Message
    from bot.platforms.preview.page_html import Frame
    from bot.platforms.preview.posts import PageFeed

Answer: TypeAlias = Callable[[str], Awaitable[Reply]]
Place: TypeAlias = Callable[[], Awaitable[tuple[str, tzinfo]]]  # the channel's name and time zone
SHOWN: Final = 100  # posts on the page, 300 kB of HTML made in half a second when new; the archive has all


@dataclass(frozen=True, slots=True)
class PageState:
    """One served page: where posts come from, who answers, who looks, and what was handed out.

    `place` tells the channel's present name and zone, which commands may change; None: as framed.
    """

    frame: Frame
    feed: PageFeed
    answer: Answer
    place: Place | None = None
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    tabs: set[asyncio.Task[object] | None] = field(default_factory=set)
    files: Kept[File] = field(default_factory=Kept)
    sheets: Kept[Sheet] = field(default_factory=Kept)
    answers: Kept[Message] = field(default_factory=Kept)  # whose charts a tab may still fetch

    async def framed(self, request: web.Request) -> Frame:
        """Return the frame as the channel is now, seen as the address says, else as last time."""
        title, zone = await self.place() if self.place else (self.frame.title, self.frame.zone)
        view = View.of(request.query, request.cookies.get(COOKIE, ""))
        return replace(self.frame, title=title, zone=zone, view=view)


PAGE: Final = web.AppKey("PAGE", PageState)
