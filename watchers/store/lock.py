"""One `run` at a time on one SQLite file: an advisory lock on a file beside it, gone with the process."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from watchers.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class StoreBusyError(StoreError):
    """Another process has the database to itself just now."""


@contextmanager
def run_lock(database: Path) -> Iterator[None]:
    """Hold the right to run on a database file, or to upgrade it; StoreBusyError if another process has it.

    The lock file stays: removing it would let a third process lock a new file while a second waits on the
    old.
    """
    path = database.with_name(database.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be opened ({error.strerror}); make its folder, or allow writing there"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            raise StoreBusyError(
                f"another vedette (process {holder}) runs on {database}; stop it, or name another database"
            ) from error
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
