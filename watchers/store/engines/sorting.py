"""Let PostgreSQL compare text as SQLite and Python do: letter by letter, whatever the server's language is.

Server collations differ between machines and change with their libraries, which breaks indexes unnoticed; and
an index in one of them serves no search for a beginning. So every text column of ours is COLLATE "C".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_SORTED: Final = 'COLLATE "C"'
_OTHERWISE: Final = text(
    "SELECT table_name, column_name, data_type, character_maximum_length FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name = ANY(:ours)"
    " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
    " ORDER BY table_name, ordinal_position"
)
_NOT_OF_THE_METADATA: Final = ("entry_fts",)


def sort_by_letters(connection: Connection) -> None:
    """Give the text columns that revisions made that order; nothing on another database."""
    if connection.dialect.name != "postgresql":
        return
    from watchers.store.store import Rooms  # noqa: PLC0415 - every room's tables are known then

    del Rooms
    from watchers.store.columns import metadata  # noqa: PLC0415

    changes: dict[str, list[str]] = {}
    ours = [*metadata.tables, *_NOT_OF_THE_METADATA]
    for table, column, kind, size in connection.execute(_OTHERWISE, {"ours": ours}).all():
        what = f"varchar({size})" if kind == "character varying" and size else "text"
        changes.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE {what} {_SORTED}')
    for table, some in changes.items():
        connection.execute(text(f'ALTER TABLE "{table}" {", ".join(some)}'))
