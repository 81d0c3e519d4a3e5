"""Run a command and watch its memory: the peak of the sum over the process and all its children."""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
from pathlib import Path

EVERY = 0.2  # seconds between looks


def descendants(root: int) -> list[int]:
    """Return a process and everything below it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(stat.parent.name), stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # it ended while we looked
            continue
        children.setdefault(int(rest[1]), []).append(pid)
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def kilobytes(pid: int, name: str) -> int:
    """Return a process's Rss, or Pss, which counts shared pages once, in kB; 0 if it is gone."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith(f"{name}:")), 0)


def main() -> int:
    """Run the command; exit as it did, or 1 if it took more memory than allowed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--limit", type=float, default=0, help="MB that Rss, summed, may reach; 0: no limit")
    options.add_argument("command", nargs=argparse.REMAINDER)
    given = options.parse_args()
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    process = subprocess.Popen(command)  # noqa: S603 - the caller's own command
    peak = {"Rss": 0, "Pss": 0}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(EVERY):
            pids = descendants(process.pid)
            for name, highest in peak.items():
                peak[name] = max(highest, sum(kilobytes(pid, name) for pid in pids))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    status = process.wait()
    done.set()
    watcher.join()
    print(
        f"memory: peak {peak['Rss'] / 1000:.0f} MB summed, {peak['Pss'] / 1000:.0f} MB shared pages once",
        file=sys.stderr,
    )
    return status or int(bool(given.limit) and peak["Rss"] / 1000 > given.limit)


if __name__ == "__main__":
    sys.exit(main())
