"""Start the farm of feeds that polling is measured on: a script of its own, which an option names."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED: Final = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[3] / "shared"))
SCRIPT: Final = Path(os.environ.get("VEDETTE_FARM", SHARED / "bench" / "feedfarm.py"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Farm:
    """A running farm: its feeds' addresses, and its epoch to move."""

    urls: tuple[str, ...]
    port: int
    pid: int

    def epoch(self, number: int) -> int:
        """Let every feed be as it is in an epoch; return how many changed."""
        return int(self._asked(f"epoch?n={number}")["changed"])

    def reset(self) -> None:
        """Count requests from nought."""
        self._asked("reset")

    def counted(self) -> dict[str, int]:
        """Return the requests answered since the last reset, by status."""
        told = self._asked("stats")
        return {status: int(told[status]) for status in ("200", "304", "404")}

    def _asked(self, what: str) -> dict[str, float]:
        with urlopen(f"http://127.0.0.1:{self.port}/_control/{what}", timeout=120) as answer:
            told: dict[str, float] = json.load(answer)
            return told


@contextmanager
def farm(
    feeds: int, *, script: Path = SCRIPT, seed: int = 1, change: float = 0.05, items: int = 25
) -> Iterator[Farm]:
    """Run a farm while the context lasts. Raises SystemExit with a sentence if its script is not there."""
    if not script.is_file():
        raise SystemExit(f"{script} is not there; name the farm's script with --farm or VEDETTE_FARM.")
    port = _free_port()
    numbers = [f"--feeds={feeds}", f"--seed={seed}", f"--port={port}", f"--items={items}"]
    urls = subprocess.run(
        [sys.executable, str(script), "urls", *numbers], capture_output=True, text=True, check=True
    ).stdout.split()
    server = subprocess.Popen(
        [sys.executable, str(script), "serve", *numbers, f"--change={change}"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if server.stdout is None or "ready" not in server.stdout.readline():
            raise SystemExit("The farm did not start.")
        yield Farm(urls=tuple(urls), port=port, pid=server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
