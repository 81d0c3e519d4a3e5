"""The hostile server as a caller has it: started, asked what it saw, stopped."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.hostile.server import Endpoint, endpoints

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

ROOT: Final = Path(__file__).parent.parent.parent
_WITHIN: Final = 120.0  # seconds, on a busy machine
_LINE: Final = 4_000_000  # bytes of one answer


@dataclass(slots=True, kw_only=True)
class Farm:
    """Hostile endpoints, healthy feeds and a canary, and what was asked of them so far."""

    rows: tuple[Endpoint, ...]
    canary: int
    healthy: dict[str, int]
    hostile: dict[str, int]
    _process: Process

    @property
    def process(self) -> int:
        """Return the server's process, which is none of the bot's."""
        return self._process.pid

    @property
    def pairs(self) -> frozenset[tuple[str, int]]:
        """What an allow-list needs to let a client in: everything but the canary."""
        return frozenset(("127.0.0.1", port) for port in (*self.healthy.values(), *self.hostile.values()))

    def url(self, row: Endpoint) -> str:
        """Return the link of an endpoint."""
        return f"{row.scheme}://127.0.0.1:{self.hostile[row.key]}/"

    def healthy_urls(self) -> tuple[str, ...]:
        """Return the links of the healthy feeds."""
        return tuple(f"http://127.0.0.1:{port}/" for port in self.healthy.values())

    async def seen(self) -> tuple[int, dict[str, list[float]]]:
        """Return the connections that the canary saw, and the moments at which each feed was asked."""
        if self._process.stdin is None:
            raise RuntimeError("the server has no ear")
        self._process.stdin.write(b"\n")
        answer = await _line(self._process)
        return answer["canary"], answer["asked"]  # type: ignore[return-value]


async def _line(process: Process) -> dict[str, object]:
    if process.stdout is None:
        raise RuntimeError("the server has no voice")
    async with asyncio.timeout(_WITHIN):
        line = await process.stdout.readline()
    found: dict[str, object] = json.loads(line)
    return found


@asynccontextmanager
async def farm() -> AsyncIterator[Farm]:
    """Start the server, and end it with the context."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.hostile.server",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        limit=_LINE,
    )
    try:
        places = await _line(process)
        yield Farm(
            rows=endpoints(),
            canary=places["canary"],  # type: ignore[arg-type]
            healthy=places["healthy"],  # type: ignore[arg-type]
            hostile=places["hostile"],  # type: ignore[arg-type]
            _process=process,
        )
    finally:
        process.kill()
        await process.wait()
        # the pipe's transport says it is closed at the loop's next turn
        await asyncio.sleep(0)
