"""What PostgreSQL and the way to it refuse, in our words. No message holds a password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import psycopg
from sqlalchemy.exc import SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from watchers.errors import CorruptError, StoreError, UnstorableError
from watchers.store.lock import StoreBusyError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_KEPT: Final = "nothing of this change was kept"
_AGAIN: Final = f"{_KEPT}, the next attempt goes on"
_RIGHTS: Final = (
    "the database user may not do this ({said}); make it the owner of the database, or GRANT it all on "
    "the schema"
)
_AWAY: Final = f"the database server went away ({{said}}); {_AGAIN} when it is back"
# By the first letters of SQLSTATE, the longest first (PostgreSQL's appendix A).
_SAID: Final = {
    "53100": f"the database server's disk is full; {_KEPT}: make room there, the next attempt goes on",
    "53200": f"the database server is out of memory; {_AGAIN}",
    "53300": "the database server has no connection left; raise its max_connections, or run fewer processes",
    "23503": "the database refused: FOREIGN KEY, something that this belongs to is not there ({said})",
    "25006": f"the database server is read-only, such as one that copies another; {_KEPT}: name the one that "
    "takes changes",
    "25P03": f"the server ended a transaction that stood still for too long; {_AGAIN}",
    "28": "the database server refuses {user}: look at the password, and at pg_hba.conf there",
    "3D000": "there is no database {database} on the server; make it: createdb -E UTF8 {database}",
    "42501": _RIGHTS,
    "42P01": "a table is missing ({said}); was it taken away by hand? Restore a backup",
    "57P01": _AWAY,
    "57P02": _AWAY,
    "57P03": "the database server starts or stops just now; the next attempt goes on",
    "57P05": _AWAY,
    "08": _AWAY,
    "58030": f"the database server's disk fails ({{said}}); {_KEPT}: see to the disk there",
}
_BUSY: Final = {
    "40001": f"two processes changed the same at once; {_AGAIN}",
    "40P01": f"two processes waited for each other; {_AGAIN}",
    "55P03": f"another process held the database for too long; {_AGAIN}",
}
_DAMAGED: Final = ("XX001", "XX002")
# A value that its type does not hold, a row that breaks a rule of its table, or one too large for an index.
_UNSTORABLE: Final = ("22", "23", "54")
# A connection that never was has no SQLSTATE. These words are libpq's or the server's in English; a server of
# another language is told of by `_REACH` with what it said.
_BEGAN: Final = (
    (re.compile(r"password authentication failed|no password supplied|pg_hba\.conf"), "28"),
    (re.compile(r"role .* does not exist"), "28"),
    (re.compile(r"database .* does not exist"), "3D000"),
    (re.compile(r"too many (clients|connections)|connection slots"), "53300"),
    (re.compile(r"the database system is (starting|shutting|in recovery)|not yet accepting"), "57P03"),
)
_REACH: Final = (
    "the database server at {where} cannot be reached ({said}); is it running, and is the address right?"
)
_POOL: Final = (
    "every connection to the database is in use; if that goes on, something holds them: see the log"
)


class Words:
    """Says what went wrong with one database, which is known by its address."""

    def __init__(self, url: URL) -> None:
        host = url.host or url.query.get("host") or "this machine"
        self._names = {
            "user": f'the user "{url.username}"' if url.username else "this user",
            "database": f'"{url.database}"',
            "where": f"{host}:{url.port}" if url.port else str(host),
        }
        self._secret = str(url.password or "")

    def explained(self, error: BaseException) -> StoreError | None:
        """Return the store's error for the library's, None for an error of no library."""
        if isinstance(error, PoolTimeoutError):
            return StoreBusyError(_POOL)
        if not isinstance(error, SQLAlchemyError | psycopg.Error):
            return None
        cause = error.orig if isinstance(error, StatementError) else error
        code = getattr(cause, "sqlstate", None) or _began(str(cause))
        said = self._clean(cause)
        if code in _BUSY:
            return StoreBusyError(_BUSY[code])
        if code in _DAMAGED:
            return CorruptError(f"the database server says its data is damaged ({said}); restore a backup")
        if code is None and isinstance(cause, psycopg.OperationalError):
            return StoreError(_REACH.format(said=said, **self._names))
        told = next((_SAID[code[:n]] for n in (5, 2) if code and code[:n] in _SAID), None)
        kind = UnstorableError if code and code[:2] in _UNSTORABLE else StoreError
        return kind(told.format(said=said, **self._names) if told else f"the database refused: {said}")

    def _clean(self, cause: object) -> str:
        """Return the first line of what was said, the password struck out should anything repeat it."""
        said = next(iter(str(cause).strip().splitlines()), "") or type(cause).__name__
        said = said.removeprefix("connection failed: ")
        return said.replace(self._secret, "…") if self._secret else said


def _began(said: str) -> str | None:
    return next((code for pattern, code in _BEGAN if pattern.search(said)), None)
