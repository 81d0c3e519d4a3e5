"""Ask an OpenAI-compatible endpoint to complete a chat. What comes back is any text at all, never trusted."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MAX_ANSWER: Final = 64 * 1024  # bytes; what is asked for here is a few hundred to a few thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to ask: the address up to and with `/v1`, a model's name, and how long to wait in seconds."""

    url: str
    model: str
    within: float
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """Return who gets the texts, for people to read."""
        return urlsplit(self.url).hostname or ""


class NoAnswerError(Exception):
    """An endpoint gave nothing. Says what kind of fault it was, in no words of the endpoint's own."""


class Completions:
    """Asks one endpoint. Made by `open_completions`."""

    def __init__(self, session: aiohttp.ClientSession, endpoint: Endpoint) -> None:
        self._session = session
        self._endpoint = endpoint

    async def ask(self, task: str, data: str, *, temperature: float | None = None) -> str:
        """Return what the endpoint answers to a task about data. Raises NoAnswerError if nothing in time."""
        asked: dict[str, object] = {
            "model": self._endpoint.model,
            "messages": [{"role": "system", "content": task}, {"role": "user", "content": data}],
        }
        if temperature is not None:
            asked["temperature"] = temperature
        try:
            async with asyncio.timeout(self._endpoint.within):
                return _content(await self._post(asked)).strip()
        except (TimeoutError, aiohttp.ClientError, ValueError, RecursionError) as error:
            status = f" {error.status}" if isinstance(error, aiohttp.ClientResponseError) else ""
            # the words of an error may quote what was sent
            raise NoAnswerError(f"{type(error).__name__}{status}") from error

    async def _post(self, asked: dict[str, object]) -> bytes:
        headers = {"Accept-Encoding": "identity"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        url = self._endpoint.url.rstrip("/") + "/chat/completions"
        async with self._session.post(url, json=asked, headers=headers, allow_redirects=False) as response:
            response.raise_for_status()
            body = b""
            while len(body) <= MAX_ANSWER and (more := await response.content.read(MAX_ANSWER + 1)):
                body += more
        if len(body) > MAX_ANSWER or response.status != 200:
            raise ValueError("not an answer")
        return body


@asynccontextmanager
async def open_completions(endpoint: Endpoint) -> AsyncIterator[Completions]:
    """Open a client for one endpoint, which the operator named and which may be on this machine."""
    timeout = aiohttp.ClientTimeout(total=endpoint.within)
    async with aiohttp.ClientSession(
        timeout=timeout, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield Completions(session, endpoint)


def _content(body: bytes) -> str:
    """Return the answer's text. Raises ValueError for anything of another shape."""
    answer: object = json.loads(body)
    for step in ("choices", 0, "message", "content"):
        if isinstance(step, str) and isinstance(answer, dict):
            answer = answer.get(step)
        elif isinstance(step, int) and isinstance(answer, list) and len(answer) > step:
            answer = answer[step]
        else:
            raise ValueError("another shape")
    if isinstance(answer, str):
        return answer
    raise ValueError("no text")
