"""A server of hostile endpoints in a process of its own: `python -m tests.hostile.server`.

Each endpoint and each healthy feed has a port of its own on 127.0.0.1, so that none waits for another's turn.
Ports go to the standard output as one line of JSON; each line on the standard input is answered with a line
that tells what was asked.
"""

from __future__ import annotations

import asyncio
import functools
import json
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from tests.hostile.documents import MADE, RSS, titled
from tests.hostile.talks import TALKS, Asked, Talk, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).parent
HEALTHY: Final = 20
_MOST_HEAD: Final = 200_000  # bytes of a request's head: what we are made to send back is part of the game


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One hostile endpoint as the data has it. `titles` and `entries` are None where nothing is said."""

    family: str
    name: str
    does: str
    outcome: str
    titles: tuple[str, ...] | None = None
    entries: int | None = None
    scheme: str = "http"
    long: bool = False  # it ends at the parser's deadline, which tests have no time for
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    talk: str = ""
    made: str = ""
    title: str | None = None
    items: str | None = None
    body: str = ""

    @property
    def key(self) -> str:
        """Return what it is called among all."""
        return f"{self.family}: {self.name}"


def endpoints() -> tuple[Endpoint, ...]:
    """Return all endpoints of the data, in its order."""
    families = tomllib.loads((HERE / "endpoints.toml").read_text("utf-8"))
    return tuple(
        Endpoint(
            family=family,
            name=name,
            **{**row, **({"titles": tuple(row["titles"])} if "titles" in row else {})},
        )
        for family, rows in families.items()
        for name, row in rows.items()
    )


@dataclass(slots=True)
class Seen:
    """What was asked: moments by endpoint, and connections to the canary."""

    asked: dict[str, list[float]] = field(default_factory=dict)
    canary: int = 0


def _document(endpoint: Endpoint, places: dict[str, str]) -> bytes:
    def filled(text: str) -> bytes:
        for name, place in places.items():
            text = text.replace(f"{{{name}}}", place)
        return text.encode()

    if endpoint.title is not None:
        return titled(filled(endpoint.title))
    if endpoint.items is not None:
        return RSS % filled(endpoint.items)
    return filled(endpoint.body)


def _answering(endpoint: Endpoint, places: dict[str, str]) -> Talk:
    """Return how an endpoint answers."""
    if endpoint.talk:
        return TALKS[endpoint.talk]
    lines = [f"{name}: {value}" for name, value in endpoint.headers.items()]
    for name, place in places.items():
        lines = [line.replace(f"{{{name}}}", place) for line in lines]
    made = functools.lru_cache(maxsize=2)(MADE[endpoint.made]) if endpoint.made else None

    async def talk(writer: asyncio.StreamWriter, asked: Asked) -> None:
        body = made(asked.count if endpoint.made == "churn" else 1) if made else _document(endpoint, places)
        empty = endpoint.status in {204, 304}
        said = [line.encode() for line in lines]
        writer.write(whole(b"" if empty else body, *said, status=b"%d Said" % endpoint.status))
        await writer.drain()

    return talk


async def healthy(writer: asyncio.StreamWriter, asked: Asked) -> None:
    """Answer as a good feed does: with a validator, and 304 to who has it."""
    if asked.headers.get("if-none-match") == '"1"':
        writer.write(whole(b"", b'ETag: "1"', status=b"304 Not Modified"))
    else:
        writer.write(whole(titled(b"Exercise at sea"), b'ETag: "1"'))
    await writer.drain()


async def _head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    """Read a request's head; return its path and headers."""
    text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = text.split("\r\n")
    pairs = (line.split(": ", 1) for line in lines if ": " in line)
    return first.split(" ")[1], {name.lower(): value for name, value in pairs}


async def _listen(key: str, scheme: str, talk: Talk, seen: Seen) -> int:
    """Listen on a free port and answer every request there; return the port."""
    held: set[asyncio.Task[object]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:  # the loop itself keeps no hold of a task that waits for ever
            held.add(task)
            task.add_done_callback(held.discard)
        try:
            path, headers = ("/", {}) if scheme == "https" else await _head(reader)
            times = seen.asked.setdefault(key, [])
            times.append(monotonic())
            await talk(writer, Asked(path=path, headers=headers, count=len(times)))
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client went away, as it should
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=_MOST_HEAD)
    return int(server.sockets[0].getsockname()[1])


async def _canary(seen: Seen) -> int:
    async def sing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.canary += 1
        writer.close()

    server = await asyncio.start_server(sing, "127.0.0.1", 0)
    return int(server.sockets[0].getsockname()[1])


async def serve(rows: Sequence[Endpoint]) -> None:
    """Listen for all, say where, and answer what was asked until the standard input ends."""
    seen = Seen()
    canary = await _canary(seen)
    good = {f"healthy: {i}": await _listen(f"healthy: {i}", "http", healthy, seen) for i in range(HEALTHY)}
    places = {"canary": str(canary), "healthy": f"http://127.0.0.1:{next(iter(good.values()))}/"}
    ports = {row.key: await _listen(row.key, row.scheme, _answering(row, places), seen) for row in rows}
    _say({"canary": canary, "healthy": good, "hostile": ports})
    while await asyncio.to_thread(sys.stdin.readline):
        _say({"canary": seen.canary, "asked": seen.asked})


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(endpoints()))
