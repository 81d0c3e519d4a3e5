"""Is the running process polling and delivering? Asked by container engines, so it imports nothing heavy."""

from __future__ import annotations

import os
import sqlite3
import tomllib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from bot.errors import BotError
from bot.roles.signs import apart, are_there, faults
from bot.settings.secrets import secret
from watchers.errors import StoreError, WatchersError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Between two signs of life of one part: each is a write to the disk.
BEAT_EVERY: Final = timedelta(seconds=15)
# Four missed signs mean that a part is stuck. The image asks as often (Dockerfile, HEALTHCHECK), and is
# unhealthy by the second look after a part stood still.
STALE: Final = timedelta(minutes=1)
PARTS: Final = ("poll", "read", "deliver")
_MEANS: Final = {
    "poll": ": no feed is asked",
    "read": ": what comes in is not understood, so nobody is told of it; the log tells why",
    "deliver": ": nothing is sent, or a platform is not connected; the log and `vedette doctor` tell which",
}
URL: Final = "VEDETTE_DATABASE_URL"
_FILE: Final = "sqlite:///"


def check_health(
    config: Path,
    *,
    now: datetime | None = None,
    environ: Mapping[str, str] | None = None,
    role: str = "",
) -> str:
    """Return what is wrong with the process that runs on this configuration, empty if nothing is.

    With a `role` it is the worker, bot or scheduler on this machine; where several share the work and none is
    named, all of them. `environ` None: this process's.
    """
    try:
        settings = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        return f"{config} cannot be read: {error}"
    section = settings.get("database", {})
    try:
        url = secret(URL, os.environ if environ is None else environ) or str(section.get("url", ""))
        if url and not url.startswith(_FILE):
            beats, clocks = _looked_at(url)
        else:
            clocks = ""
            name = unquote(url.removeprefix(_FILE)) or str(section.get("path", "vedette.sqlite3"))
            beats = _beats_in(config.resolve().parent / Path(name).expanduser())
    except (BotError, WatchersError) as error:
        return str(error)
    moment = now or datetime.now(UTC)
    if role or are_there(beats):
        found = faults(beats, now=moment, stale=STALE, role=role)
        # A clock that differs makes others seem silent; by itself it is no fault that a restart would mend.
        return "; ".join([*found, *([clocks] if found and clocks else [])])
    for part in PARTS:
        if part not in beats:
            return f"{part} has not begun"
        at = beats[part]
        if abs(moment - at) > STALE:  # a beat of the future was made before the clock was set back
            return f"{part} has been silent since {at:%Y-%m-%d %H:%M:%S} UTC{_MEANS[part]}"
    return ""


def _beats_in(database: Path) -> dict[str, datetime]:
    """Read a file's heartbeats with nothing but Python's own library: this runs every few seconds."""
    if not database.is_file():
        raise StoreError(f"{database} is not there yet")
    try:
        with closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=3)
        ) as connection:
            rows = connection.execute("SELECT name, at FROM heartbeat").fetchall()
    except sqlite3.Error as error:
        raise StoreError(f"{database} cannot be read: {error}") from error
    return {name: datetime.fromisoformat(at).replace(tzinfo=UTC) for name, at in rows}


def _looked_at(url: str) -> tuple[dict[str, datetime], str]:
    """Return a server's heartbeats, and how far its clock is from ours, in words; empty if hardly."""
    import asyncio  # noqa: PLC0415 - half a second that a file does not cost

    from watchers.store.looked import alive_at  # noqa: PLC0415

    alive = asyncio.run(alive_at(url))
    return alive.beats, apart(alive.ahead)
