"""Is a database file sound? Looked at before anything is written to it; the look may begin ahead.

SQLite looks at every page, a second for 300 MB, and leaves Python alone meanwhile: a program that is still
importing loses nothing by it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from watchers.store.backup import refuse_damaged
from watchers.store.engines.sqlite import read_header

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

_begun: Final[dict[Path, Future[None]]] = {}


def look_ahead(database: Path) -> None:
    """Begin to look at a file that is about to be opened. Returns at once.

    Raises StoreError for one that is no database, or cannot be read or made.
    """
    read_header(database)  # before the look has a connection
    pool = ThreadPoolExecutor(1)
    _begun[database.resolve()] = pool.submit(refuse_damaged, database)
    pool.shutdown(wait=False)


def refuse_unsound(database: Path) -> None:
    """Do `refuse_damaged`, or wait for the look that was begun."""
    begun = _begun.pop(database.resolve(), None)
    if begun is None:
        refuse_damaged(database)
    else:
        begun.result()
