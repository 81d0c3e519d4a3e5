"""A server that neither answers nor hangs up: every process still ends when it is told to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from tests.bot.roles.test_role_commands import config, database
from tests.contracts.store.postgres_server import postgres

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.contracts.store.postgres_server import Server

__all__ = ["config", "database", "postgres"]  # fixtures

ROOT = Path(__file__).parents[3]
PROMISED = 10.0  # seconds from SIGTERM to the end
WITHIN = 150.0  # seconds for a process to start on a busy machine
STARTED = {"worker": "Leading as reader", "bot": "Leading as bot", "scheduler": "Leading as scheduler"}


class Relay:
    """Stands between the processes and the server, and stops passing anything on when told to."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._passes = asyncio.Event()
        self._passes.set()
        self._tasks: set[asyncio.Task[None]] = set()

    def freeze(self) -> None:
        """Pass nothing on any more, and close nothing."""
        self._passes.clear()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[int]:
        """Relay while the context lasts; gives the port."""
        server = await asyncio.start_server(self._come, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in (ending := tuple(self._tasks)):
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_connection("127.0.0.1", self._port)
        for one in (self._pass(reader, outer), self._pass(inner, writer)):
            task = asyncio.create_task(one)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                await self._passes.wait()
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def started(role: str, config: Path, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a role and wait until it leads."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("VEDETTE_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", role, "-c", str(config)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "VEDETTE_DATABASE_URL": url},
    )
    assert process.stderr is not None
    heard: list[str] = []
    try:
        async with asyncio.timeout(WITHIN):
            while not heard or STARTED[role] not in heard[-1]:
                line = await process.stderr.readline()
                assert line, "".join(heard)
                heard.append(line.decode())
        drained = asyncio.create_task(process.stderr.read())
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    await drained


@pytest.mark.long
@pytest.mark.timeout(400)
async def test_every_role_ends_in_time_while_the_server_hangs(
    config: Path, database: str, postgres: Server
) -> None:
    relay = Relay(postgres.url.port or 5432)
    async with AsyncExitStack() as held:
        port = await held.enter_async_context(relay.open())
        url = make_url(postgres.address(database)).set(port=port).render_as_string(hide_password=False)
        roles = {role: await held.enter_async_context(started(role, config, url)) for role in STARTED}
        relay.freeze()
        began = time.monotonic()
        for process in roles.values():
            process.send_signal(signal.SIGTERM)
        took = {}
        for role, process in roles.items():
            async with asyncio.timeout(WITHIN):
                await process.wait()
            took[role] = time.monotonic() - began
        assert max(took.values()) <= PROMISED, took
