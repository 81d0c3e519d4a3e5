"""What our tables are made of: kinds of columns, and names for constraints."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time as the database keeps it: SQLite knows no zones, so UTC without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the time {value.isoformat()} has no zone; the store takes aware times only")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def number() -> Column[int]:
    """Return the column that numbers rows as people see them."""
    return Column("number", Integer, primary_key=True, autoincrement=True)


def words(name: str) -> Column[str]:
    """Return a text column; empty where nothing is known."""
    return Column(name, Text, nullable=False, server_default="")


def flag(name: str) -> Column[bool]:
    """Return a yes-or-no column; no at first."""
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def time(name: str, *, required: bool = False) -> Column[datetime]:
    """Return a column of aware times."""
    return Column(name, UtcDateTime, nullable=not required)


def reference(name: str, target: str, *, key: bool = False, optional: bool = False) -> Column[int]:
    """Return a column that points at another table's row."""
    return Column(name, ForeignKey(target), primary_key=key, nullable=optional)


def one_of(name: str, *allowed: str, first: str | None = None) -> Column[str]:
    """Return a column that holds one of some words; `first` is what a new row has, None if it must say."""
    words = ", ".join(f"'{word}'" for word in allowed)
    size = max(map(len, allowed))
    check = CheckConstraint(f"{name} IN ({words})", name=name)
    return Column(name, String(size), check, nullable=False, server_default=first)


def where_null(name: str, column: str, absent: str) -> Index:
    """Return an index of only the rows where `absent` holds nothing: a short list of what is still to do."""
    condition = text(f"{absent} IS NULL")
    return Index(name, column, sqlite_where=condition, postgresql_where=condition)


def where_set(name: str, column: str) -> Index:
    """Return an index of a column that leaves out the rows where it holds nothing."""
    condition = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=condition, postgresql_where=condition)


def where_said(name: str, column: str) -> Index:
    """Return an index of a text column that leaves out the rows where it is empty."""
    condition = text(f"{column} != ''")
    return Index(name, column, sqlite_where=condition, postgresql_where=condition)
