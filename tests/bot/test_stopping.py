"""Being told to stop ends a process in time, also where something never answers."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHIN = 90.0  # seconds for a process on a busy machine
# Stops when told, but for what is closed then; a worker of its own never ends by itself.
PROGRAM = """
import asyncio, logging, multiprocessing, sys, time
from bot.stopping import stop_signal

async def closing():
    await asyncio.Event().wait()

async def main():
    stop = stop_signal(within=float(sys.argv[1]))
    child = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(600,))
    child.start()
    print("ready", child.pid, flush=True)
    await stop.wait()
    if sys.argv[2] == "hangs":
        await closing()
    child.kill()

if __name__ == "__main__":
    logging.basicConfig()
    asyncio.run(main())
"""


async def told(tmp_path: Path, *given: str) -> tuple[int, str, int]:
    """Start the program, tell it to stop, and return its status, what it said, and its child's number."""
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(file),
        *given,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    async with asyncio.timeout(WITHIN):
        _, child = (await process.stdout.readline()).split()
        process.send_signal(signal.SIGTERM)
        _, said = await process.communicate()
    return process.returncode or 0, said.decode(), int(child)


def wait_until_gone(child: int) -> bool:
    """Wait until a process that somebody else began is no more, or only its status is left."""
    stat, until = Path("/proc") / str(child) / "stat", time.monotonic() + WITHIN
    while stat.exists() and stat.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z":
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
async def test_what_never_answers_holds_up_no_end_and_leaves_no_worker_behind(tmp_path: Path) -> None:
    status, said, child = await told(tmp_path, "0.2", "hangs")
    assert status == 1
    assert "Did not end within 0.2 s" in said
    assert await asyncio.to_thread(wait_until_gone, child)


async def test_who_ends_in_time_is_left_alone(tmp_path: Path) -> None:
    status, said, _ = await told(tmp_path, "60", "ends")
    assert (status, said) == (0, "")
