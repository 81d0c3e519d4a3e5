"""Judge the signs of life of roles: who is there, who is stuck, what is missing. Imports nothing heavy."""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.store.holders import has_ended, shown, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

ROLES: Final = ("scheduler", "worker", "bot")
# What is due, and for how long a feed or a message is somebody's, is told by the machines' own clocks, to
# some seconds: a feed is handed out within five of its time, and a claim lasts for minutes.
AGREE_WITHIN: Final = timedelta(seconds=5)
_APART: Final = (
    "this machine's clock is {by:.0f} s {how} the database server's: let a time server set both (timedatectl)"
)
_NONE: Final = "no {role} is running: start `vedette {role}`"
_HERE: Final = "no {role} is running on {host}: start `vedette {role}`"
_UNREAD: Final = "nothing that comes in is read since {at:%Y-%m-%d %H:%M:%S} UTC; the workers' logs tell why"
_SILENT: Final = "{role} {who} has been silent since {at:%Y-%m-%d %H:%M:%S} UTC: end it and start another"


def are_there(beats: Iterable[str]) -> bool:
    """Tell whether these are signs of roles, and not of one process that does everything."""
    return any(name.partition("/")[0] in ROLES for name in beats)


def as_parts(beats: Mapping[str, datetime]) -> dict[str, datetime]:
    """Return what these signs say of polling and of delivery: where several share them, of the last of each.

    Feeds are asked while there is a scheduler and a worker; messages go out while there is a bot.
    """
    if not are_there(beats):
        return dict(beats)
    last = {role: max(of_it.values(), default=None) for role in ROLES for of_it in (_of(beats, role),)}
    handed, asked, told = (last[role] for role in ROLES)
    found = {}
    if handed is not None and asked is not None:
        found["poll"] = min(handed, asked)
    if told is not None:
        found["deliver"] = told
    if "read" in beats:  # given by the worker that leads in it
        found["read"] = beats["read"]
    return found


def faults(
    beats: Mapping[str, datetime], *, now: datetime, stale: timedelta, role: str = "", host: str | None = None
) -> list[str]:
    """Return what is wrong: who is stuck, and which roles nobody has.

    With a `role` only those of it are judged that run on this machine, or on `host`. Whoever has certainly
    ended is missed by nobody.
    """
    here = host or socket.gethostname()
    ended = _ended(beats, now=now, stale=stale)
    found: list[str] = []
    for one in (role,) if role else ROLES:
        of_it = _of(beats, one, host=here if role else "")
        alive = [name for name, at in of_it.items() if abs(now - at) <= stale]
        found += [
            _SILENT.format(role=one, who=shown(name), at=at)
            for name, at in of_it.items()
            if name not in alive and name not in ended
        ]
        if not alive:
            found.append((_HERE if role else _NONE).format(role=one, host=here))
        elif one == "worker" and not role and "read" in beats and abs(now - beats["read"]) > stale:
            found.append(_UNREAD.format(at=beats["read"]))
    return found


def said(beats: Mapping[str, datetime], *, now: datetime, stale: timedelta) -> list[tuple[str, str]]:
    """Return how many of each role there are, and which of them are silent, as rows for people."""
    rows = []
    ended = _ended(beats, now=now, stale=stale)
    for role in ROLES:
        of_it = {name: at for name, at in _of(beats, role).items() if name not in ended}
        silent = [shown(name) for name, at in of_it.items() if abs(now - at) > stale]
        alive = len(of_it) - len(silent)
        more = f", silent: {', '.join(silent)}" if silent else ""
        rows.append((f"{role.capitalize()}s" if role != "bot" else "Bots", f"{alive} running{more}"))
    return rows


def apart(ahead: timedelta) -> str:
    """Say that this machine's clock and the database's differ, by how much one is ahead; empty if hardly."""
    if abs(ahead) <= AGREE_WITHIN:
        return ""
    return _APART.format(by=abs(ahead).total_seconds(), how="ahead of" if ahead > timedelta() else "behind")


def _ended(beats: Mapping[str, datetime], *, now: datetime, stale: timedelta) -> frozenset[str]:
    """Return the processes that are certainly no more, by name.

    Those are also the silent ones of a machine or container under whose name another start of it lives now.
    """
    alive, silent = set[tuple[str, str]](), set[str]()
    for sign, at in beats.items():
        role, _, name = sign.partition("/")
        if role in ROLES and abs(now - at) <= stale:
            alive.add(start_of(name))
        elif role in ROLES:
            silent.add(name)
    return frozenset(
        name
        for name in silent
        if has_ended(name)
        or any(host == start_of(name)[0] and place != start_of(name)[1] for host, place in alive)
    )


def _of(beats: Mapping[str, datetime], role: str, *, host: str = "") -> dict[str, datetime]:
    """Return the processes of a role by name, those of a host only if one is given."""
    found = {name.partition("/")[2]: at for name, at in beats.items() if name.startswith(f"{role}/")}
    return {name: at for name, at in found.items() if not host or name.startswith(f"{host}:")}
