"""Values of the ledger: promises as they are followed, who told them, what decided them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from watchers.types import Report
    from watchers.types.claims import Promise, PromiseState

Called = tuple[tuple[str, str], ...]  # names as written and their gazetteer ids, empty where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A report that the ledger has not looked at, by its story's update.

    `worth` tells whether anybody was or would be told of it. `pursued` are the numbers of the promises of its
    own and linked stories that a report may still decide.
    """

    update: int
    story: int
    report: Report
    worth: bool
    corrected: bool
    pursued: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report's words for a promise."""

    entry: int
    link: str
    words: str
    due: date
    sentence: str
    source: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The report that says how a promise stands, in its own sentence. `new_due` only of one that slipped."""

    entry: int
    feed: int
    link: str
    sentence: str
    source: str
    day: date
    new_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A promise as the ledger follows it.

    `promise` is its first telling. `story` is the one that it belongs to now. `until` is the latest day that
    any report named, `state_at` when the ledger learnt how it stands. `dropped` marks a wrong reading.
    """

    number: int
    promise: Promise
    called: Called
    entry: int
    link: str
    story: int
    until: date
    state: PromiseState
    ruling: Ruling | None = None
    state_at: datetime | None = None
    later: int | None = None
    dropped: bool = False
    near: bool = False  # of the story, or its affair, that was asked about
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A promise to be written down: what it is, what it is called, what it can be found by, who told it."""

    promise: Promise
    called: Called
    tokens: frozenset[str]
    entry: int
