"""Bring a database's tables to the form this release knows; import Alembic only when there is work for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from watchers.errors import NewerSchemaError, StoreError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

HEAD: Final = "0008"  # the last file in migrations/versions; a test holds it there
MIGRATIONS: Final = Path(__file__).parent / "migrations"


def current(connection: Connection) -> str | None:
    """Return the database's revision, None for an empty database.

    Raises NewerSchemaError for a revision of a later release and StoreError for somebody else's tables.
    """
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise StoreError("the database holds another program's tables; name one of its own for vedette")
        return None
    revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if re.fullmatch(r"\d{4}", revision) is None or revision > HEAD:
        raise NewerSchemaError(
            f"the database has revision {revision}, this release knows {HEAD}; "
            "start the newer release, or restore a backup made before it"
        )
    return revision


def apply(connection: Connection) -> None:
    """Apply every missing revision in the transaction given."""
    from alembic import command  # noqa: PLC0415 - 0.3 s that only a new or an old database pays
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
