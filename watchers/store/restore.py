"""Put a backup in the place of the present database, which is kept; until the last step nothing changes."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from watchers.errors import StoreError
from watchers.store.backup import copy, inspect, sync, sync_folder, workshop
from watchers.store.carried import Carried, carry_over, without
from watchers.store.lock import run_lock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from watchers.clock import Clock
    from watchers.store.backup import Inspected

_PRIVATE: Final = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was done. `kept` is where the database from before is now, None if there was none."""

    backup: Inspected
    held: Inspected
    carried: Carried
    kept: Path | None


def restore(database: Path, backup: Path, *, clock: Clock) -> Restored:
    """Replace a database by a backup and keep the old one beside it, under the date; see `carried`.

    Raises StoreBusyError while a bot runs on it, and CorruptError or StoreError for a file that will not do;
    then nothing has changed.
    """
    if database.exists() and backup.exists() and backup.samefile(database):
        raise StoreError(f"{backup} is the database itself; name the backup")
    found = inspect(backup)
    real = database.resolve()  # a link stays one; the lock is where `run` looks for it
    with run_lock(database), workshop(real.parent, real.name) as folder:
        made = folder / "restored"
        copy(backup, made, still=True)
        asyncio.run(_brought_up(made, clock))
        carried = carry_over(real, made) if _is_there(real) else without(made)
        with closing(sqlite3.connect(made)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        held = inspect(made)
        sync(made)
        kept = _keep(real, f"{clock.now():%Y-%m-%d-%H%M%S}") if real.exists() else None
        _allow(made, as_=kept)
        made.replace(real)
        sync_folder(real.parent)
    return Restored(backup=found, held=held, carried=carried, kept=kept)


async def _brought_up(made: Path, clock: Clock) -> None:
    """Bring a database into this release's form, as every opening does."""
    async with open_store(f"sqlite:///{quote(str(made))}", clock=clock):
        pass


def _is_there(database: Path) -> bool:
    return database.exists() and database.stat().st_size > 0


def _keep(database: Path, mark: str) -> Path:
    """Give a database a second name, and its log; only then take the log from beside the first.

    A log that is left there would be read into the restored database and spoil it.
    """
    kept = _free(database, mark)
    log, index = (database.with_name(database.name + end) for end in ("-wal", "-shm"))
    _link(database, kept)
    if log.exists():
        _link(log, kept.with_name(kept.name + "-wal"))
    sync_folder(database.absolute().parent)
    log.unlink(missing_ok=True)
    index.unlink(missing_ok=True)
    return kept


def _free(database: Path, mark: str) -> Path:
    for more in ("", *(f"-{number}" for number in range(2, 100))):
        name = database.with_name(f"{database.name}.{mark}{more}")
        if not name.exists():
            return name
    raise StoreError(f"{database.name}.{mark} is there many times already; move some away")


def _link(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except OSError:  # some file systems know no second names
        shutil.copyfile(file, name)
        sync(name)


def _allow(made: Path, *, as_: Path | None) -> None:
    """Let the restored file be read and written by whom the old one was, but not by everybody."""
    if as_ is None:
        made.chmod(_PRIVATE)
        return
    old = as_.stat()
    made.chmod(stat.S_IMODE(old.st_mode) & ~stat.S_IRWXO)
    with suppress(PermissionError):  # only root gives files away
        os.chown(made, old.st_uid, old.st_gid)
