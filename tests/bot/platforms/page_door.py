"""A served preview page and both sides of its door: a guest without a cookie and a reader with one."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import aiohttp
from yarl import URL

from bot.errors import CommandError
from bot.messages import Message, Text
from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.page import build_page, serve_page
from watchers.clock import SteppedClock
from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

TOKEN = "a-token-made-up-for-this-test"
START = datetime(2025, 8, 19, 22, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Door:
    """A served page, its feed, and a browser's side of it, with the cookie or without."""

    preview: Preview
    link: str
    guest: aiohttp.ClientSession
    reader: aiohttp.ClientSession

    @property
    def origin(self) -> str:
        return str(URL(self.link).origin())

    async def ask(self, command: str, **headers: str) -> aiohttp.ClientResponse:
        return await self.reader.post(
            f"{self.origin}/answer", data={"command": command}, headers={"Origin": self.origin, **headers}
        )


async def answer(command: str) -> Message:
    match command:
        case "/watch <b>":
            raise CommandError('Unknown command "<b>".', nearest="help", example="/watch help")
        case "/watch store":
            raise StoreError("The database is locked; try again.")
        case "/watch crash":
            raise RuntimeError("a secret detail")
        case _:
            return Message(kind="reply", notice="Echo", blocks=(Text(text=f"echo {command}"),))


def make_page(preview: Preview, *, token: str = TOKEN, host: str = "127.0.0.1") -> web.Application:
    return build_page(
        token=token,
        title="#news",
        label="a label",
        feed=preview,
        answer=answer,
        allowed_hosts=(host,),
        zone=ZoneInfo("Europe/Istanbul"),
    )


@asynccontextmanager
async def open_door() -> AsyncIterator[Door]:
    preview = Preview(clock=SteppedClock(START))
    app = make_page(preview)
    async with AsyncExitStack() as stack:
        link = await stack.enter_async_context(serve_page(app, "127.0.0.1", 0))
        unsafe = (aiohttp.CookieJar(unsafe=True), aiohttp.CookieJar(unsafe=True))  # cookies for an IP address
        guest, reader = [
            await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar)) for jar in unsafe
        ]
        async with reader.get(link) as response:
            assert response.status == 200
        yield Door(preview, link, guest, reader)
