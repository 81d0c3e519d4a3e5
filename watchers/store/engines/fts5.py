"""Full-text search on SQLite: FTS5, a virtual table made by the migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import column, func, literal_column, table

from watchers.store.search_words import expression, indexed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

    from watchers.store.search_words import Term

_matches: Final = literal_column("entry_fts").op("MATCH")


class Fts5:
    """The index over titles and bodies. It is in no metadata, for SQLAlchemy knows no such kind of table."""

    table = table("entry_fts", column("rowid"), column("title"), column("body"))

    def has_all(self, terms: Sequence[Term]) -> ColumnElement[bool]:
        """Say in SQL that an entry has all of these words."""
        return _matches(expression(terms, "AND"))

    def has_any(self, terms: Sequence[Term]) -> ColumnElement[bool]:
        """Say in SQL that an entry has one of these words."""
        return _matches(expression(terms, "OR"))

    def rank(self, terms: Sequence[Term], *, title_weight: float) -> ColumnElement[float]:
        """Return what sorts the best first."""
        del terms  # it knows them from the search
        return func.bm25(literal_column("entry_fts"), title_weight, 1.0)

    def columns(self, title: str, body: str) -> dict[str, str]:
        """Return what the index holds of an entry."""
        return {"title": indexed(title), "body": indexed(body)}
