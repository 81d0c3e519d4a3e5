"""Measure what `vedette replay` needs of memory and time, over few entries and over many.

From the checkout, `python -m tests.bot.replay.measure_replay` replays 5,000 and 50,000 stored entries,
without a model unless `--embedder builtin` is given, each in a process of its own as people start it, and
prints the peak of what its processes hold together. The exit status is 1 where many take a fifth more than
few.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.bot.replay.replay_stock import CHANNEL, fill_quickly
from watchers.clock import SystemClock
from watchers.store.store import open_store

ROOT: Final = Path(__file__).parents[3]
FLAT: Final = 1.2
LOOK_EVERY: Final = 0.2  # seconds
CONFIG: Final = f"""\
[poll]
contact = "mailto:desk@example.org"

[relevance]
embedder = "{{embedder}}"

[[channels]]
id = "{CHANNEL}"
name = "desk"
"""


def held(root: int) -> int:
    """Return the bytes that a process and those it started hold in memory now."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # it ended
        number = int(status.parent.name)
        parents[number] = int(fields["PPid"])
        sizes[number] = int(fields.get("VmRSS", "0 kB").split()[0]) * 1024

    def mine(number: int) -> bool:
        while number > 1 and number != root:
            number = parents.get(number, 0)
        return number == root

    return sum(size for number, size in sizes.items() if mine(number))


def measure(folder: Path, entries: int, *, embedder: str) -> tuple[int, float, str]:
    """Return the peak in bytes, the seconds and the last line of what it said."""
    database = folder / "vedette.sqlite3"

    async def make() -> None:
        async with open_store(f"sqlite:///{database}", clock=SystemClock()) as store:
            await fill_quickly(store, entries)

    asyncio.run(make())
    config = folder / "config.toml"
    config.write_text(CONFIG.format(embedder=embedder), encoding="utf-8")
    began, peak = time.monotonic(), 0
    told = folder / "told.txt"
    with told.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "replay", "--config", str(config)], stdout=out, cwd=ROOT
        )
        while process.poll() is None:
            peak = max(peak, held(process.pid))
            time.sleep(LOOK_EVERY)
    if process.returncode:
        raise SystemExit(f"the replay ended with {process.returncode}")
    return peak, time.monotonic() - began, told.read_text("utf-8")


def main() -> int:
    """Measure and print; the exit status is 1 where memory grows with the entries."""
    options = argparse.ArgumentParser(description="Measure what a replay needs.")
    options.add_argument("--few", type=int, default=5_000)
    options.add_argument("--many", type=int, default=50_000)
    options.add_argument("--embedder", default="none")
    given = options.parse_args()
    peaks = []
    for entries in (given.few, given.many):
        with tempfile.TemporaryDirectory(prefix="measure-replay-") as folder:
            peak, seconds, told = measure(Path(folder), entries, embedder=given.embedder)
        peaks.append(peak)
        sys.stdout.write(f"{entries:,} entries: {peak / 1e6:.0f} MB at most, {seconds:.0f} s\n{told}\n")
        sys.stdout.flush()
    return 0 if peaks[1] <= FLAT * peaks[0] else 1


if __name__ == "__main__":
    sys.exit(main())
