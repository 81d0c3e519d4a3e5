"""Do runs whose database stands on a small disk, without being root: a tmpfs in a user namespace.

`python -m tests.faults.small_disk` is what runs in there: it reads a session and writes what became of it.
The harness itself must be inside: SQLite follows every link, also those of /proc to another namespace.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from tests.faults.bots import ROOT

if TYPE_CHECKING:
    from tests.faults.campaign import Order, Ran

SIZE: Final = "8m"
DISK: Final = "VEDETTE_FAULTS_DISK"  # the folder on the small disk, set inside the namespace
MOUNTED: Final = 'mount -t tmpfs -o size="$0" none "$1" && shift && exec "$@"'
INTO: Final = ("unshare", "--map-root-user", "--mount", "sh", "-c", MOUNTED, SIZE)


async def can_mount() -> bool:
    """Tell whether this machine lets us have a namespace with a disk in it."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            process = await asyncio.create_subprocess_exec(
                *INTO, folder, "true", stderr=asyncio.subprocess.DEVNULL
            )
        except FileNotFoundError:
            return False
        return await process.wait() == 0


async def do_inside(order: Order) -> list[Ran]:
    """Do a session in a namespace of its own and return its runs. Raises RuntimeError if it came to none."""
    with tempfile.TemporaryDirectory(prefix="small-disk-") as folder:
        process = await asyncio.create_subprocess_exec(
            *INTO,
            folder,
            sys.executable,
            "-m",
            "tests.faults.small_disk",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), DISK: folder},
            cwd=ROOT,
        )
        said, _ = await process.communicate(pickle.dumps(order))
    if process.returncode:
        raise RuntimeError(f"the runs on a small disk ended with {process.returncode}")
    return cast("list[Ran]", pickle.loads(said))  # noqa: S301 - from a process of our own


async def _do(order: Order) -> list[Ran]:
    from tests.faults.campaign import bench, do  # noqa: PLC0415 - which imports this module

    async with bench(cold=order.cold) as (empty, start):
        return await do(order, empty=empty, forks=start)


def main() -> None:
    """Do the session that comes over standard input."""
    order: Order = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - as above
    sys.stdout.buffer.write(pickle.dumps(asyncio.run(_do(order))))


def small_disk() -> Path | None:
    """Return the folder on the small disk; None outside of the namespace."""
    return Path(os.environ[DISK]) if DISK in os.environ else None


if __name__ == "__main__":
    main()
