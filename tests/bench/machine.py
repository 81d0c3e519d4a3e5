"""What a process and all it started cost: CPU seconds and memory, as Linux counts them."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

_TICK: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_EVERY: Final = 0.1  # seconds between two looks at the memory; each reads every process there is, 5 ms
_SELDOM: Final = 5  # of them, one that tells what is shared, which the kernel has to add up


def family(root: int, *, but: int = 0) -> list[int]:
    """Return the ids of a process and of all that descend from it, without one child and its descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            fields = _stat(int(folder.name))
            if fields:
                children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [root]
    for one in found:
        found += [child for child in children.get(one, []) if child != but]
    return found


def cpu(root: int, *, but: int = 0) -> float:
    """Return the CPU seconds of a process, of its descendants, and of those of them that ended."""
    total = 0.0
    for pid in family(root, but=but):
        fields = _stat(pid)
        if fields:
            # the exact clock of a living process (clock_getcpuclockid(3)); of the ended ones ticks are kept
            total += time.clock_gettime((~pid << 3) | 2) + (int(fields[13]) + int(fields[14])) / _TICK
    return total


def resident(root: int, *, but: int = 0) -> int:
    """Return the bytes in memory of a process and its descendants; what they share counts for each."""
    total = 0
    for pid in family(root, but=but):
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def proportional(root: int, *, but: int = 0) -> int:
    """Return the bytes in memory of a process and its descendants; what they share counts once in all."""
    total = 0
    for pid in family(root, but=but):
        try:
            told = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        total += sum(int(line.split()[1]) * 1024 for line in told if line.startswith("Pss:"))
    return total


class Peak:
    """Watches the memory of a process and its descendants while the context lasts.

    `bytes` counts what they share for each of them, `proportional` once; the latter is looked at less often.
    """

    def __init__(self, root: int, *, but: int = 0) -> None:
        self._root = root
        self._but = but
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.bytes = 0
        self.proportional = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        looks = 0
        while not self._over.wait(_EVERY):
            self.bytes = max(self.bytes, resident(self._root, but=self._but))
            if looks % _SELDOM == 0:
                self.proportional = max(self.proportional, proportional(self._root, but=self._but))
            looks += 1


def _stat(pid: int) -> list[str]:
    """Return the fields of a process's line from the state on, none if it has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
