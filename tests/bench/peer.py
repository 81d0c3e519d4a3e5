"""One program under measurement: `python -m tests.bench.peer NAME FOLDER URLS`, told on its input what to do.

"ready" makes all feeds due again and answers how many items are stored; "go" polls them all once.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager


class Peer(Protocol):
    """A program that polls the farm's feeds and keeps what they hold."""

    async def ready(self) -> int:
        """Make every feed due, outside what is measured; return the items stored so far."""
        ...

    async def go(self) -> None:
        """Poll every feed once."""
        ...


def opened(name: str, folder: Path, urls: list[str]) -> AbstractAsyncContextManager[Peer]:
    """Return a peer by name; each loads only what it needs itself."""
    if name.startswith("ours"):
        from tests.bench.peer_ours import ours  # noqa: PLC0415

        return ours(folder, urls, reading=name == "ours-reading")
    from tests.bench import peer_others  # noqa: PLC0415

    if name == "reader":
        return peer_others.reader(folder, urls)
    return peer_others.naive(folder, urls) if name == "naive" else peer_others.bare(folder, urls)


NAMES: Final = ("ours", "reader", "naive", "bare")


async def _serve(name: str, folder: Path, urls: list[str]) -> None:
    async with opened(name, folder, urls) as peer:
        print("open", flush=True)  # noqa: T201 -- the measuring process reads it
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip() == "ready":
                print(await peer.ready(), flush=True)  # noqa: T201
            else:
                await peer.go()
                print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]).read_text().split()))
