"""A served preview page and both sides of its door: a guest without a cookie and a reader with one."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import aiohttp
from yarl import URL

from bot.commands.request import Choice, File, Question, Reply, Sheet
from bot.messages import Bar, Chart, Message, Text
from bot.platforms.preview.adapter import Preview
from bot.platforms.preview.page import build_page, serve_page
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from bot.messages import Block

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
        return await self.post("/answer", {"command": command}, **headers)

    async def post(self, path: str, data: dict[str, str], **headers: str) -> aiohttp.ClientResponse:
        return await self.reader.post(
            f"{self.origin}{path}", data=data, headers={"Origin": self.origin, **headers}
        )

    async def html(self, path: str) -> str:
        async with self.reader.get(self.origin + path) as response:
            assert response.status == 200
            return await response.text()


SHEET = Sheet(
    title="Set <this> channel up",
    command="setup",
    questions=(
        Question(name="keywords", label="Words", value="drone", required=True, long=True),
        Question(name="at", label="Digest", hint="such as 08:00"),
        Question(
            name="lang",
            label="Language",
            choices=(Choice(label="English", value="en"), Choice(label="Türkçe", value="tr")),
        ),
    ),
)
CHART = Chart(
    title="Entries <read>",
    summary="Most on Tuesday.",
    bars=(Bar(label="Mon", value=3), Bar(label="Tue", value=9), Bar(label="Wed", value=0)),
)


def say(words: str, *blocks: Block) -> Message:
    return Message(kind="reply", notice="Echo", blocks=(Text(text=words), *blocks))


async def answer(command: str) -> Reply:
    match command:
        case "/watch <b>":
            return Reply(message=say('Unknown command "<b>".'), refused=True, shown="channel")
        case "/watch slow":
            raise TimeoutError
        case "/watch pause":
            return Reply(message=say("paused s12"), shown="channel")
        case "/watch setup":
            return Reply(message=say("Answer these."), sheet=SHEET)
        case "/watch export":
            return Reply(message=say("Here."), file=File(name='a"/ü\r\n.csv', body=b"<b>,1\n"))
        case "/watch status":
            return Reply(message=say("Fine.", CHART))
        case _:
            return Reply(message=say(f"echo {command}"))


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
