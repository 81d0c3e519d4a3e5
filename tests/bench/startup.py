"""Measure starting and size: `python -m tests.bench.startup [--rounds 5]`.

Each command is run as people do, in a folder with a configuration and an empty home. The first time is told
apart: it finds no database and nothing that the machine remembers of the files. `run` is measured until
/readyz is well, and to its end. What is installed is what requirements/runtime.lock names, as it is on disk.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.machine import Peak, cpu

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).parents[2]
WITHIN: Final = 120.0  # seconds after which measuring gives up
LARGEST: Final = 8  # packages that are named
COMMANDS: Final = {
    "vedette --help": ("--help",),
    "vedette check": ("check",),
    "vedette status": ("status",),
    "vedette why a1": ("why", "a1"),
    "vedette demo --once": ("demo", "--once"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What one start took: seconds of the wall and of all its processes, bytes with shared pages once."""

    wall: float
    spent: float
    peak: int


def once(arguments: Sequence[str], folder: Path) -> Started:
    """Run a command to its end."""
    began = time.perf_counter()
    spent_before = sum(os.times()[2:4])
    process = _begin(arguments, folder)
    with Peak(process.pid) as peak:
        process.wait(timeout=WITHIN)
        wall = time.perf_counter() - began
    return Started(wall=wall, spent=sum(os.times()[2:4]) - spent_before, peak=peak.proportional)


def until_ready(folder: Path, port: int) -> tuple[Started, float]:
    """Run the bot until it is ready, then stop it; the second value is how long its end took, in seconds."""
    began = time.perf_counter()
    process = _begin(("run",), folder)
    with Peak(process.pid) as peak:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - began > WITHIN:
                raise SystemExit(f"It did not become ready: {(folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)
        ready = Started(wall=time.perf_counter() - began, spent=cpu(process.pid), peak=0)
        time.sleep(2.0)  # the model's worker loads beside it
    ended = time.perf_counter()
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=WITHIN)
    return (
        Started(wall=ready.wall, spent=ready.spent, peak=peak.proportional),
        time.perf_counter() - ended,
    )


def installed() -> dict[str, int]:
    """Return the bytes on disk of each package that the lock of a plain installation names, and of ours."""
    lock = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
    sizes = {}
    for name in re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", lock, flags=re.MULTILINE):
        with suppress(PackageNotFoundError):  # what only another Python needs
            files = [Path(str(file.locate())) for file in distribution(name).files or ()]
            sizes[name] = sum(path.stat().st_size for path in files if path.is_file())
    ours = [path for room in ("bot", "watchers") for path in (ROOT / room).rglob("*")]
    sizes["vedette"] = sum(p.stat().st_size for p in ours if p.is_file() and "__pycache__" not in p.parts)
    return sizes


def main() -> int:
    """Measure, and print tables."""
    options = argparse.ArgumentParser(description="Measure starting and size.")
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    say = sys.stdout.write
    with tempfile.TemporaryDirectory(prefix="vedette-bench-") as name:
        folder, port = Path(name), _free()
        (folder / "config.toml").write_text(
            '[poll]\ncontact = "mailto:desk@example.org"\n'
            f"[page]\nport = 0\n[http]\nenabled = true\nport = {port}\n"
            '[[channels]]\nid = "preview:desk"\nname = "Desk"\n',
            encoding="utf-8",
        )
        say("| command | first, s | then, s | CPU s | MB at the most |\n| --- | --- | --- | --- | --- |\n")
        starts = [until_ready(folder, port) for _ in range(rounds + 1)]
        _tell("vedette run", [one for one, _ in starts])
        for called, arguments in COMMANDS.items():
            _tell(called, [once(arguments, folder) for _ in range(rounds + 1)])
        say(f"\nFrom SIGTERM to the end of `vedette run`: {median(end for _, end in starts):.2f} s\n\n")
    sizes = installed()
    say(f"{len(sizes)} packages, {sum(sizes.values()) / 1e6:.0f} MB without compiled files; the largest:\n")
    for package, size in sorted(sizes.items(), key=lambda one: -one[1])[:LARGEST]:
        say(f"    {package:24} {size / 1e6:6.1f} MB\n")
    return 0


def _tell(called: str, starts: Sequence[Started]) -> None:
    first, *rest = starts
    walls = sorted(one.wall for one in rest)
    peak = max(one.peak for one in starts)  # 0: over before the first look at it
    sys.stdout.write(
        f"| `{called}` | {first.wall:.2f} | {median(walls):.2f} ({walls[0]:.2f}–{walls[-1]:.2f}) "
        f"| {median(one.spent for one in rest):.2f} | {f'{peak / 1e6:.0f}' if peak else 'not seen'} |\n"
    )


def _begin(arguments: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)},
        )


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
