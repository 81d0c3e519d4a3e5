"""Rows about articles' own pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.types import Entry

ArticleState = Literal["wanted", "read", "closed", "failed", "gone", "withdrawn", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry's page as it stands. `why` says what keeps it from being read, empty if nothing does.

    `read_at` is when its text was first taken, None if it never was; `next_at` when it is asked for next,
    None for never; `tries` counts failures in a row.
    """

    entry: int
    state: ArticleState
    url: str = ""
    why: str = ""
    text_hash: str = ""
    etag: str = ""
    last_modified: str = ""
    wanted_at: datetime
    read_at: datetime | None = None
    next_at: datetime | None = None
    tries: int = 0
    looks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """A page whose time has come, with the entry as it is stored and the address of its feed."""

    article: Article
    entry: Entry
    named_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A page's text as it is to be kept. `published` and `lang` fill in what the feed did not say.

    `offset` belongs to `published`, as an entry's does.
    """

    entry: int
    text: str
    url: str
    text_hash: str
    etag: str = ""
    last_modified: str = ""
    published: datetime | None = None
    offset: int = 0
    lang: str = ""
    next_at: datetime | None = None
