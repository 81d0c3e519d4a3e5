"""Copies of a database: made while it is written to, looked at without changing anything."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchers.errors import CorruptError, NewerSchemaError, StoreError
from watchers.store.engines.sqlite import BUSY_TIMEOUT_MS, explained
from watchers.store.migrate import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIVATE: Final = 0o600  # a feed's address may hold a key
_FAULTS: Final = 5  # that are named; one is enough to know
_COUNTS: Final = {  # what is counted, and how
    "channels": "SELECT count(*) FROM channel",
    "rules": "SELECT count(*) FROM watch",
    "sources": "SELECT count(*) FROM feed",
    "articles": "SELECT count(*) FROM entry",
    "stories": "SELECT count(*) FROM story",
    "messages delivered": "SELECT count(*) FROM outbox WHERE state = 'delivered'",
    "messages waiting": "SELECT count(*) FROM outbox WHERE state = 'queued'",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What a sound database holds. The times are None where nothing was read or told yet."""

    size: int  # bytes
    revision: str
    counts: tuple[tuple[str, int], ...]
    last_entry: datetime | None
    last_delivery: datetime | None


def back_up(database: Path, target: Path, *, force: bool = False) -> Inspected:
    """Copy a database as it is at one moment, also while others write to it, and return what the copy holds.

    The copy is whole and on the disk before it gets its name; without `force` no file is replaced. Raises
    StoreError, and CorruptError for a database that is damaged: an older copy is worth more than one of it.
    """
    if not database.exists():
        raise StoreError(f"{database} is not there; start `vedette run` once")
    if target.exists() and target.samefile(database):
        raise StoreError(f"{target} is the database itself; name another file")
    if target.exists() and not force:
        raise StoreError(f"{target} is there already; name another file, or replace it with --force")
    if not target.absolute().parent.is_dir():
        raise StoreError(f"{target.absolute().parent} is no folder; make it, or name another file")
    with workshop(target.absolute().parent, target.name) as folder:
        made = folder / "copy"
        copy(database, made, still=False)
        held = inspect(made)
        made.replace(target)
        sync_folder(target.absolute().parent)
    return held


def copy(database: Path, target: Path, *, still: bool) -> None:
    """Copy a database as it is at one moment into a new file of its own, synced, without a journal beside it.

    Raises StoreError.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    with (
        _explained(database),
        read_only(database, still=still) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)  # in one step: it reads one state, and a writer does not make it begin again
        here.execute("PRAGMA journal_mode = DELETE")
    sync(target)


def inspect(database: Path) -> Inspected:
    """Return what a database holds; every page is looked at and nothing is changed.

    Raises CorruptError for a damaged one, NewerSchemaError for a later release's, StoreError for others.
    """
    if not database.is_file():
        raise StoreError(f"{database} is not there, or no file")
    with _explained(database), read_only(database, still=True) as connection:
        if faults := faults_of(connection):
            raise CorruptError(f"{database} is damaged: {'; '.join(faults)}")
        return Inspected(
            size=database.stat().st_size,
            revision=_revision(connection, database),
            counts=tuple((name, _count(connection, query)) for name, query in _COUNTS.items()),
            last_entry=_time(_one(connection, "SELECT max(seen) FROM entry")),
            last_delivery=_time(_one(connection, "SELECT max(delivered_at) FROM outbox")),
        )


def refuse_damaged(database: Path) -> None:
    """Raise CorruptError for a file whose pages do not fit together; it is left as it is.

    It is looked at before anything is written to it. A file that is not there yet is none of its business.
    """
    if not database.exists() or not database.stat().st_size:
        return
    with _explained(database), read_only(database, still=False) as connection:
        fault = str(_one(connection, "PRAGMA quick_check(1)"))
    if fault != "ok":
        raise CorruptError(f"{database} is damaged ({fault}); it was left as it was: restore a backup")


def faults_of(connection: sqlite3.Connection, *, schema: str = "main", table: str = "") -> list[str]:
    """Return what is wrong with a database or one of its tables, empty if it is sound."""
    about = f"('{table}')" if table else f"({_FAULTS})"
    try:
        rows = connection.execute(f"PRAGMA {schema}.integrity_check{about}").fetchmany(_FAULTS)
        faults = [str(row[0]) for row in rows if row[0] != "ok"]
        if not faults and not table:
            missing = connection.execute(f"PRAGMA {schema}.foreign_key_check").fetchmany(_FAULTS)
            faults = [f"a row of {row[0]} points at one of {row[2]} that is not there" for row in missing]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return faults


@contextmanager
def read_only(database: Path, *, still: bool) -> Iterator[sqlite3.Connection]:
    """Open a database to read it, with what its log holds besides, and leave its files as they are.

    `still` says that nobody writes to it meanwhile, so that its folder may be one that cannot be written to.
    """
    with located(database, still=still) as uri:
        timeout = BUSY_TIMEOUT_MS / 1000
        with closing(sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)) as connection:
            yield connection


@contextmanager
def located(database: Path, *, still: bool) -> Iterator[str]:
    """Give the address under which a database is read while the context lasts.

    A log without its index, as in a copy of both files, is read from a copy of that copy: to open it would be
    to change it.
    """
    database = database.resolve()  # beside which SQLite keeps the log, whatever links lead there
    log, index = (database.with_name(database.name + end) for end in ("-wal", "-shm"))
    address = database.as_uri()
    if index.exists():
        yield f"{address}?mode=ro"
    elif not log.exists() or not log.stat().st_size:
        # Where there is no log, opening to write writes nothing; reading alone would leave files behind.
        yield f"{address}?{'mode=ro&immutable=1' if still else 'mode=rw'}"
    else:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "copy"
            for one, end in ((database, ""), (log, "-wal")):
                shutil.copyfile(one, place.with_name(place.name + end))
            yield f"{place.as_uri()}?mode=rw"


def sync(file: Path) -> None:
    """Wait until a file is on the disk."""
    _sync(file, os.O_RDWR)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    with suppress(OSError):  # some file systems do not sync folders, and have nothing to sync then
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def workshop(folder: Path, name: str) -> Iterator[Path]:
    """Give a folder for unfinished files on the same disk, gone afterwards."""
    try:
        made = tempfile.TemporaryDirectory(dir=folder, prefix=f".{name}-")
    except OSError as error:
        raise StoreError(f"{folder} cannot be written to ({error.strerror})") from error
    with made as there:
        yield Path(there)


@contextmanager
def _explained(database: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, database) from error
    except OSError as error:
        raise StoreError(f"{database} cannot be copied or read ({error.strerror})") from error


def _revision(connection: sqlite3.Connection, database: Path) -> str:
    if not _one(connection, "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
        raise StoreError(f"{database} holds no database of vedette")
    revision = str(_one(connection, "SELECT version_num FROM alembic_version"))
    if not (revision.isdecimal() and len(revision) == len(HEAD)) or revision > HEAD:
        raise NewerSchemaError(
            f"{database} has revision {revision}, this release knows {HEAD}; use the newer release with it"
        )
    return revision


def _one(connection: sqlite3.Connection, query: str) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _count(connection: sqlite3.Connection, query: str) -> int:
    (found,) = connection.execute(query).fetchone()
    return int(found)


def _time(stored: object) -> datetime | None:
    return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC) if stored else None
