"""Let a test that opens a new database find its tables there, copied: to make them takes half a second.

That a new database gets its tables by itself is held by the tests of tests/watchers/store, which ask for it
(`made_anew`), and by all that runs the program as a process of its own.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchers.store.engines.sqlite import Sqlite

_anew = False


@contextmanager
def made_anew() -> Iterator[None]:
    """Let tables be made in every new database while the context lasts."""
    global _anew  # noqa: PLW0603 - one process, one way
    before, _anew = _anew, True
    try:
        yield
    finally:
        _anew = before


def start() -> None:
    """Put tables into new databases from now on; once a process."""
    from watchers.store.engines.sqlite import Sqlite  # noqa: PLC0415 - xdist's controller needs none

    usual = Sqlite.prepare

    @wraps(usual)
    def prepare(self: Sqlite) -> None:
        usual(self)
        if not _anew and not self.path.stat().st_size:  # just made, without a table
            # Whole before it gets its name: a look that was begun ahead may be about to open it.
            made = self.path.with_name(f".{self.path.name}-made")
            shutil.copyfile(_empty(), made)
            shutil.copymode(self.path, made)
            made.replace(self.path)

    setattr(Sqlite, "prepare", prepare)  # noqa: B010 - mypy takes no assignment to a method


@cache
def _empty() -> Path:
    """Make the tables once."""
    from sqlalchemy import create_engine  # noqa: PLC0415 - as above
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    from watchers.store import migrate  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "empty.sqlite3"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        migrate.apply(connection)
    engine.dispose()
    return path
