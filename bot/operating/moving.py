"""`vedette migrate-data`: carry the database file over to a server, and say what was carried."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bot.config import load
from bot.database import where
from bot.errors import ConfigError
from bot.operating.health import URL
from bot.operating.setup import beside
from bot.replay.progress import Progress
from watchers.store.moving import move

if TYPE_CHECKING:
    from pathlib import Path

    from watchers.store.moving import Moved

_FILE: Final = "sqlite:///"


def move_here(config: Path, *, source: str = "", target: str = "") -> str:
    """Carry a database over and return what to say; empty addresses are those of the configuration.

    Raises ConfigError where it names none, and the store's errors.
    """
    if not source:
        file = beside(config, load(config).database.path)
        if not file.exists():
            raise ConfigError(f"{file}: not there; name the file with --from sqlite:///path")
        source = f"{_FILE}{quote(str(file))}"
    configured = "" if target else where(load(config), config).url
    target = target or configured
    if target.startswith(_FILE):
        raise ConfigError(f"no server is named; set {URL}, or [database] url, or use --to")
    moved = asyncio.run(move(source, target, tell=_Told().at))
    return "\n".join(_said(moved, named=bool(configured))) + "\n"


class _Told:
    """Says how far each table is, on a line of its own."""

    def __init__(self) -> None:
        self._what = ""
        self._progress = Progress(sys.stderr)

    def at(self, what: str, done: int, total: int) -> None:
        """Say it."""
        if what != self._what:
            self._what, self._progress = what, Progress(sys.stderr, f"rows of {what}")
        self._progress.at(done, total)


def _said(moved: Moved, *, named: bool) -> list[str]:
    lines = [f"Carried over: {moved.source} to {moved.target}"]
    lines += [f"  {count:>9,}  {name}" for name, count in moved.tables if count]
    lines.append(
        f"{moved.rows:,} rows in {len(moved.tables)} tables, each compared and the same on both sides."
    )
    if moved.cleaned:
        lines.append(f"{moved.cleaned:,} rows lost a NUL character, which PostgreSQL keeps in no text.")
    start = "start vedette run, or scheduler, worker and bot. The file is as it was."
    lines.append(f"Now {start}" if named else f"Now set {URL}, or [database] url, and {start}")
    return lines
