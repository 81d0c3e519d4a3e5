"""Processes by name, across machines: who this one is, and whether another has certainly ended."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import time
from functools import cache
from pathlib import Path
from typing import Final

# A counter that goes on while this process is stopped and while its machine sleeps; not every system has it.
_COUNTER: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_NAMES: Final = Path("/proc/self/ns/pid")  # the space in which process ids mean something: a container's own


def steady() -> float:
    """Return seconds that go on evenly, whatever is done to the clock or to this process."""
    return time.clock_gettime(_COUNTER)


def myself() -> str:
    """Return a new name for this process: host:process id:place-chance-beginning. No two are the same."""
    _, began = _looked_at(os.getpid())
    return f"{socket.gethostname()}:{os.getpid()}:{_place()}-{secrets.token_hex(4)}-{began}"


def shown(name: str) -> str:
    """Return a process's name for people: its host and process id."""
    return name.rpartition(":")[0]


def start_of(name: str) -> tuple[str, str]:
    """Return a process's host, and which start of that machine or container it is of; empty if unknown."""
    host, _, place = (*name.split(":"), "", "")[:3]
    return host, place.partition("-")[0]


def has_ended(name: str) -> bool:
    """Tell whether a process is certainly no more; False for one elsewhere, of which nothing is known."""
    host, pid, told = (*name.split(":"), "", "")[:3]
    place, _, began = (*told.split("-"), "", "")[:3]
    if host != socket.gethostname() or not _place() or place != _place():
        return False
    if not pid.isdigit() or int(pid) == os.getpid():
        return pid.isdigit()  # an earlier one of our id: the same name is never given twice
    try:
        state, begins = _looked_at(int(pid))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    # Ids are given again: one that began at another time is somebody else's by now.
    return state == "Z" or bool(began and begins and began != begins)


def _looked_at(pid: int) -> tuple[str, str]:
    """Return a process's state, and when it began, in ticks since the machine did; both empty if unknown.

    Raises OSError for one that is not there or may not be looked at, where processes can be looked at at all.
    """
    if not _place():
        return "", ""
    stat = (Path("/proc") / str(pid) / "stat").read_text(encoding="ascii", errors="replace")
    fields = stat.rpartition(")")[2].split()  # from the third on: the name before may hold anything
    return fields[0], fields[19]


@cache
def _place() -> str:
    """Return what tells this start of this machine, and this container, from all others; empty if unknown."""
    try:
        told = f"{_BOOT.read_text(encoding='ascii')}{_NAMES.readlink()}"
    except OSError:
        return ""
    return hashlib.blake2b(told.encode(), digest_size=4).hexdigest()
