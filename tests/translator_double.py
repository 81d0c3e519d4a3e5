"""An OpenAI-compatible endpoint on loopback: answers by headline, and a log of what it was asked."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]

PATH = "/v1/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request that arrived."""

    headline: str
    task: str
    model: str
    authorization: str  # empty where there was no such header

    @property
    def language(self) -> str:
        """Return the language that was asked for."""
        return self.task.partition(" to ")[2].partition(".")[0]


@dataclass(slots=True)
class TranslatorDouble:
    """Answers with `says[headline, language]`, else the headline itself; `behaviour` takes over if set.

    The language is the English name of the one that was asked for.
    """

    says: dict[tuple[str, str], str] = field(default_factory=dict)
    behaviour: Behaviour | None = None
    questions: list[Question] = field(default_factory=list)
    at_once: int = 0  # the most requests that were under way together
    port: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)  # lets go of those that hang
    _under_way: int = 0

    @property
    def url(self) -> str:
        """Return the address as it stands in a configuration."""
        return f"http://127.0.0.1:{self.port}/v1"

    def asked(self) -> list[tuple[str, str]]:
        """Return the headlines and languages that were asked for, in order of both."""
        return sorted((question.headline, question.language) for question in self.questions)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Log a request and answer it."""
        asked = await request.json()
        system, user = asked["messages"]
        question = Question(
            headline=user["content"],
            task=system["content"],
            model=asked["model"],
            authorization=request.headers.get("Authorization", ""),
        )
        self.questions.append(question)
        self._under_way += 1
        self.at_once = max(self.at_once, self._under_way)
        try:
            await asyncio.sleep(0)
            if self.behaviour is not None:
                return await self.behaviour(request)
            return completion(self.says.get((question.headline, question.language), question.headline))
        finally:
            self._under_way -= 1

    async def hang(self, _: web.Request) -> web.StreamResponse:
        """Answer nothing until the double is closed."""
        await self.released.wait()
        return web.Response(status=500)


def completion(text: str) -> web.Response:
    """Return an answer of the usual shape."""
    said = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}}]}
    return web.Response(body=json.dumps(said).encode(), content_type="application/json")


def fixed(body: bytes, *, status: int = 200, location: str = "") -> Behaviour:
    """Answer everything alike."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        headers = {"Location": location} if location else {}
        return web.Response(status=status, body=body, headers=headers)

    return answer


@asynccontextmanager
async def translator_double() -> AsyncIterator[TranslatorDouble]:
    """Start an endpoint on a free port; stop it without waiting for anybody."""
    double = TranslatorDouble()
    application = web.Application()
    application.router.add_post(PATH, double.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        double.port = int(runner.addresses[0][1])
        yield double
    finally:
        double.released.set()
        await runner.cleanup()
