"""Extract in a worker process that can be killed, started when the first page needs it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final, Self

from watchers.pages.extract import EXTRACT_TIMEOUT, begin, extract
from watchers.workers import Workers

if TYPE_CHECKING:
    from types import TracebackType

    from watchers.pages.extract import Extracted, Page

# Bytes the worker may allocate. Of 22 hostile pages of 2 MiB the heaviest that is read took it to 110 MiB.
MEMORY: Final = 384 * 1024 * 1024


class Extractor:
    """Apart from the feeds' parsers: whatever a page does, no feed waits for it."""

    def __init__(self) -> None:
        self._held = AsyncExitStack()
        self._workers: Workers | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._held.aclose()

    async def extract(self, page: Page) -> Extracted:
        """Return what a page says. Raises ParseError for no page of words, WorkerError for one that hangs."""
        async with self._opening:
            if self._workers is None:
                self._workers = await self._held.enter_async_context(
                    Workers(1, initializer=begin, memory=MEMORY)
                )
        return await self._workers.run(extract, page, timeout=EXTRACT_TIMEOUT)
