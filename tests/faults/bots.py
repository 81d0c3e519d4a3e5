"""Start, stop and kill bots: real processes, each started anew or forked from one that has its imports."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tests.faults.child import CLOCK, FACTOR, USUAL_FACTOR

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

ROOT: Final = Path(__file__).parents[2]
STOPS_WITHIN: Final = 30.0  # seconds; a bot that takes longer is killed, and the run says so
SAID: Final = 3_000  # characters of a log that are shown where something fails


@dataclass(slots=True, kw_only=True)
class Bot:
    """One process; `ended` is settled with its exit status, negative for the signal that ended it."""

    pid: int
    log: Path
    ended: asyncio.Future[int]

    @property
    def runs(self) -> bool:
        """Tell whether it has not ended."""
        return not self.ended.done()

    def kill(self) -> None:
        """End it at once, as `kill -9` does; its workers notice by themselves."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    async def gone(self, within: float = STOPS_WITHIN) -> int:
        """Wait for its end and return the status. Raises TimeoutError."""
        async with asyncio.timeout(within):
            return await asyncio.shield(self.ended)

    def said(self) -> str:
        """Return the end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-SAID:] if self.log.exists() else ""


class Starter(Protocol):
    """Starts a bot with arguments and an environment; its output goes to a file."""

    async def __call__(self, argv: Sequence[str], environ: Mapping[str, str], log: Path) -> Bot: ...


def environment(
    secrets: Mapping[str, str], *, factor: float = USUAL_FACTOR, clock: Path | None = None
) -> dict[str, str]:
    """Return the environment of a bot: ours, its secrets, how patient it is, and where its clock is set."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        FACTOR: f"{factor:g}",
        **({CLOCK: str(clock)} if clock else {}),
        **secrets,
    }


async def start_anew(argv: Sequence[str], environ: Mapping[str, str], log: Path) -> Bot:
    """Start a bot as people do."""
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.child",
            *argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=dict(environ),
            cwd=ROOT,
            start_new_session=True,
        )
    ended: asyncio.Future[int] = asyncio.ensure_future(process.wait())
    return Bot(pid=process.pid, log=log, ended=ended)


@dataclass(slots=True)
class Warm:
    """The process that forks bots, and those it forked."""

    process: asyncio.subprocess.Process
    _waiting: list[asyncio.Future[int]] = field(default_factory=list)
    _running: dict[int, asyncio.Future[int]] = field(default_factory=dict)

    async def __call__(self, argv: Sequence[str], environ: Mapping[str, str], log: Path) -> Bot:
        """Fork a bot."""
        started: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(started)
        order = {"argv": list(argv), "env": dict(environ), "log": str(log)}
        if self.process.stdin is None:
            raise RuntimeError("it is told through its input")
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        pid = await started
        return Bot(pid=pid, log=log, ended=self._running[pid])

    async def listen(self) -> None:
        """Take what it says, until it ends."""
        if self.process.stdout is None:
            raise RuntimeError("it speaks through its output")
        async for line in self.process.stdout:
            said = json.loads(line)
            if "started" in said:
                self._running[said["started"]] = asyncio.get_running_loop().create_future()
                self._waiting.pop(0).set_result(said["started"])
            elif "ended" in said:
                self._running.pop(said["ended"]).set_result(said["status"])


@asynccontextmanager
async def warm() -> AsyncIterator[Warm]:
    """Import the program once, and fork bots while the context lasts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.warm",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"},
        cwd=ROOT,
    )
    forks = Warm(process)
    if process.stdout is None or process.stdin is None:
        raise RuntimeError("both are pipes")
    await process.stdout.readline()  # that it is ready
    listening = asyncio.create_task(forks.listen())
    try:
        yield forks
    finally:
        process.stdin.close()
        await process.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
