"""Articles' own pages: which are to be fetched, what came of it, and when each is looked at again."""

from __future__ import annotations

from watchers.store.connections import Room
from watchers.store.schema_articles import article

__all__ = ["Articles", "article"]


class Articles(Room):
    """The pages of entries whose feed gives too little."""
