"""Is the running process polling and delivering? Asked by container engines, so it imports nothing heavy."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Each part beats every few seconds; two missed minutes mean it is stuck, and the engine asks every 30 s.
STALE = timedelta(minutes=2)
PARTS = ("poll", "deliver")


def check_health(config: Path, *, now: datetime | None = None) -> str:
    """Return what is wrong with the process that runs on this configuration, empty if nothing is."""
    try:
        settings = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        return f"{config} cannot be read: {error}"
    database = config.resolve().parent / str(settings.get("database", {}).get("path", "vedette.sqlite3"))
    if not database.is_file():
        return f"{database} is not there yet"
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=3)) as connection:
            beats = dict(connection.execute("SELECT name, at FROM heartbeat"))
    except sqlite3.Error as error:
        return f"{database} cannot be read: {error}"
    moment = now or datetime.now(UTC)
    for part in PARTS:
        if part not in beats:
            return f"{part} has not begun"
        at = datetime.fromisoformat(beats[part]).replace(tzinfo=UTC)
        if abs(moment - at) > STALE:  # a beat of the future was made before the clock was set back
            return f"{part} has been silent since {at:%Y-%m-%d %H:%M:%S} UTC"
    return ""
