"""Start a peer, drive it through the states of a farm, and measure each: CPU, wall, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tests.bench.machine import Peak, cpu, family

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.bench.farm import Farm

State = Literal["cold", "steady", "changed"]
STATES: Final[tuple[State, ...]] = ("cold", "steady", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What polling all feeds once cost, in seconds, and what the farm answered."""

    cpu: float
    wall: float
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A peer's way through all states: each one's cost, the memory at its highest, the items stored.

    `peak` counts pages that processes share for each of them, `proportional` once.
    """

    costs: Mapping[State, Cost]
    peak: int
    proportional: int
    items: int


def run(name: str, farm: Farm) -> Run:
    """Start a peer with nothing stored and measure it: all new, all as before, some changed."""
    with tempfile.TemporaryDirectory(prefix="vedette-bench-") as folder:
        urls = Path(folder) / "urls.txt"
        urls.write_text("\n".join(farm.urls))
        farm.epoch(0)
        peer = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.peer", name, folder, str(urls)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _heard(peer)
            even(peer.pid)
            costs: dict[State, Cost] = {}
            with Peak(peer.pid) as peak:
                for state in STATES:
                    if state == "changed":
                        farm.epoch(1)
                    _told(peer, "ready")
                    costs[state] = _cost(peer, farm)
            items = int(_told(peer, "ready"))
            return Run(costs=costs, peak=peak.bytes, proportional=peak.proportional, items=items)
        finally:
            if peer.stdin is not None:
                peer.stdin.close()
            peer.wait(timeout=120)


def even(root: int) -> None:
    """Give a peer's workers the priority of the others, if we may: the wait is shorter, CPU as it is."""
    for pid in family(root):
        with suppress(PermissionError, ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, 0))


def _cost(peer: subprocess.Popen[str], farm: Farm) -> Cost:
    farm.reset()
    before, began = cpu(peer.pid), time.perf_counter()
    _told(peer, "go")
    wall = time.perf_counter() - began
    return Cost(cpu=cpu(peer.pid) - before, wall=wall, answers=farm.counted())


def _told(peer: subprocess.Popen[str], what: str) -> str:
    if peer.stdin is None:
        raise SystemExit("The peer takes no orders.")
    peer.stdin.write(f"{what}\n")
    peer.stdin.flush()
    return _heard(peer)


def _heard(peer: subprocess.Popen[str]) -> str:
    line = peer.stdout.readline() if peer.stdout is not None else ""
    if not line:
        raise SystemExit("A peer ended early; what it wrote stands above.")
    return line.strip()
