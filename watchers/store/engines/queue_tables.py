"""The tables of the queue, Procrastinate's, in a schema of their own beside ours: made, and looked for.

The statements are those of the installed release, read from its package, which is found without an import:
only `bot/jobs` works with it. A release that changes them gets a revision of ours that applies the change;
a test holds the statements to those of the last such revision.

Nothing in these tables need be kept: what is due stands in ours, and is enqueued anew.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from watchers.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

SCHEMA: Final = "vedette_queue"
# SHA-256 of the statements that revision 0007 applies: Procrastinate 3.10.
STATEMENTS: Final = "c70ec4b400a60ad9592787653aae5ae77ae41bf801d56b5bd2712751a07f2009"
# A queue is small and always changing: the server's usual share of a fifth would let it grow by as much.
_BUSY: Final = ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers")
_SWEPT: Final = (
    "autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, "
    "autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 500"
)
_THERE: Final = text(f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs') IS NOT NULL")


def statements() -> str:
    """Return what makes the queue's tables. Raises StoreError where the queue's package is not installed."""
    found = find_spec("procrastinate")
    if found is None or found.origin is None:
        raise StoreError(
            "the queue needs a package that is not here; docs/postgresql.md says how to install it"
        )
    return (Path(found.origin).parent / "sql" / "schema.sql").read_text(encoding="utf-8")


def is_there(connection: Connection) -> bool:
    """Tell whether a server's database has the queue's tables."""
    return bool(connection.scalar(_THERE))


def make(connection: Connection) -> None:
    """Make the queue's tables, if the database is a server's and they are not there."""
    if connection.dialect.name != "postgresql" or is_there(connection):
        return
    raw = connection.execution_options(no_parameters=True)
    before = connection.scalar(text("SHOW search_path"))
    raw.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    raw.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
    raw.exec_driver_sql(statements())
    for table in _BUSY:
        raw.exec_driver_sql(f"ALTER TABLE {table} SET ({_SWEPT})")
        raw.exec_driver_sql(f"ANALYZE {table}")  # a table that was never looked at is planned for badly
    connection.execute(text("SELECT set_config('search_path', :before, true)"), {"before": before})
