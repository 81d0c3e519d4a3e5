"""Database addresses: which kind each names, and how one is shown without its password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from watchers.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from watchers.store.engines.base import Database

_EXAMPLES = '"sqlite:///path/to/file" or "postgresql://user:password@host/database"'


def database(url: str) -> Database:
    """Return the database at an address. Raises StoreError, which never repeats it, for one of no use."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        from watchers.store.engines.sqlite import Sqlite  # noqa: PLC0415 - of two one is used

        return Sqlite(parsed)
    try:
        from watchers.store.engines.postgresql import Postgresql  # noqa: PLC0415 - an extra: it may be absent
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "psycopg":
            raise
        raise StoreError(
            "PostgreSQL needs a driver that is not here; docs/postgresql.md says how to install it"
        ) from error
    return Postgresql(parsed)


def parse(url: str) -> URL:
    """Return an address in parts. Raises StoreError for one that names no database that we can use."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Without its cause: the library's error repeats the whole address, password and all.
        raise StoreError(f"the database address is not one; write {_EXAMPLES}") from None
    kind = parsed.drivername.partition("+")[0]
    if kind == "postgres":  # what hosts and containers often write
        kind, parsed = "postgresql", parsed.set(drivername="postgresql")
    if kind == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StoreError('the database needs a file; write "sqlite:///path/to/file"')
    if kind == "postgresql" and not parsed.database:
        raise StoreError(
            'the database address names no database; write "postgresql://user:password@host/database"'
        )
    if kind not in ("sqlite", "postgresql"):
        raise StoreError(f'databases of the kind "{kind}" are not supported; use {_EXAMPLES}')
    return parsed


def shown(url: str) -> str:
    """Return an address without its password, for people. Raises StoreError for one that is none."""
    return public(parse(url))


def public(parsed: URL) -> str:
    """Return an address in parts as text without its password and without its options."""
    bare = parsed._replace(password=None).set(query={})  # `set` takes None for "as it is"
    host = parsed.query.get("host")
    return bare.render_as_string(hide_password=True) + (f" at {host}" if isinstance(host, str) else "")


def is_server(url: str) -> bool:
    """Tell whether an address names a server, and no file. Raises StoreError for one that is none."""
    return parse(url).get_backend_name() == "postgresql"
