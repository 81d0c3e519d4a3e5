"""Start, stop and kill bots: real processes, each started anew or forked from one that has its imports."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, Self

from tests.faults.child import CLOCK, FACTOR, NO_NEWS, USUAL_FACTOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    secrets: Mapping[str, str],
    *,
    factor: float = USUAL_FACTOR,
    clock: Path | None = None,
    news: bool = True,
) -> dict[str, str]:
    """Return the environment of a bot: ours, its secrets, how patient it is, and where its clock is set.

    `news` tells whether feeds change while it runs.
    """
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        FACTOR: f"{factor:g}",
        **({CLOCK: str(clock)} if clock else {}),
        **({} if news else {NO_NEWS: "1"}),
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
    """The process that forks bots, and those it forked; loops take turns in listening to it."""

    process: subprocess.Popen[bytes]
    _waiting: list[asyncio.Future[int]] = field(default_factory=list)
    _running: dict[int, asyncio.Future[int]] = field(default_factory=dict)
    _rest: bytes = b""

    async def __call__(self, argv: Sequence[str], environ: Mapping[str, str], log: Path) -> Bot:
        """Fork a bot."""
        started: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(started)
        order = json.dumps({"argv": list(argv), "env": dict(environ), "log": str(log)}).encode() + b"\n"
        into, _ = self._pipes()
        while order:
            order = order[os.write(into, order) :]
        pid = await started
        return Bot(pid=pid, log=log, ended=self._running[pid])

    @contextmanager
    def heard(self) -> Iterator[Self]:
        """Let the running loop take what it says meanwhile; bots of another loop are forgotten."""
        loop = asyncio.get_running_loop()
        _, out = self._pipes()
        self._waiting, self._running = [], {}
        loop.add_reader(out, self._listen, out)
        try:
            yield self
        finally:
            loop.remove_reader(out)

    def _pipes(self) -> tuple[int, int]:
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("it is told through its input, and speaks through its output")
        return self.process.stdin.fileno(), self.process.stdout.fileno()

    def _listen(self, out: int) -> None:
        read = os.read(out, 65_536)
        if not read:
            asyncio.get_running_loop().remove_reader(out)
        *lines, self._rest = (self._rest + read).split(b"\n")
        for line in lines:
            said = json.loads(line)
            if "started" in said and self._waiting:
                self._running[said["started"]] = asyncio.get_running_loop().create_future()
                self._waiting.pop(0).set_result(said["started"])
            elif ended := self._running.pop(said.get("ended"), None):
                ended.set_result(said["status"])


@contextmanager
def warm() -> Iterator[Warm]:
    """Import the program once, and fork bots while the context lasts."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.warm"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"},
        cwd=ROOT,
    ) as process:
        forks = Warm(process)
        if process.stdout is None:
            raise RuntimeError("it is a pipe")
        process.stdout.readline()  # that it is ready
        yield forks  # the end of its input is its end
