"""Values of what was made of stories: put together and taken apart by hand, linked, corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.types import Fact

HandKind = Literal["merge", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What somebody decided about stories. No later report undoes it.

    A merge brought the reports of `other` to `story`, a split took them out of `story` into `other`.
    `entries` are the numbers of those that changed their story.
    """

    number: int
    kind: HandKind
    story: int
    other: int
    entries: tuple[int, ...]
    at: datetime
    by_name: str
    undone_at: datetime | None = None  # None: it holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A change of figures in one outlet's report: what it gave before, and what it gives now.

    `now` is what of it the report still gives today, `at` when the change was read.
    """

    entry: int
    at: datetime
    was: tuple[Fact, ...]
    now: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A story as another step of an affair."""

    story: int
    title: str  # its first report's
    at: datetime  # when that report came out
