"""What the store keeps of polls and tells of sources: outcomes, health, incidents. Times are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from watchers.types import Rhythm, SourceKind, Validators, Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll of a feed came to. `error` is empty if it went well; None everywhere: as it was.

    `fault` is the kind of failure in a word, see `watchers.feeds.faults`.
    """

    feed: int
    at: datetime
    next_poll_at: datetime
    validators: Validators | None = None
    new: int = 0  # entries not seen before
    error: str = ""
    moved_to: str = ""
    gone: bool = False  # the server says it will not come back
    fault: str = ""
    changed: bool = False  # its bytes were others than before
    beyond: int | None = None  # entries that it held and we did not keep
    rhythm: Rhythm | None = None
    wishes: Wishes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a feed is doing."""

    number: int
    name: str
    url: str
    lang: str
    every: timedelta
    polled_at: datetime | None
    ok_at: datetime | None
    new_at: datetime | None  # when it last brought something new
    next_poll_at: datetime | None
    failures: int
    failing_since: datetime | None
    last_error: str
    gone: bool
    followed: bool  # by at least one channel
    entries: int
    kind: SourceKind
    fixed: bool
    rhythm: Rhythm
    wishes: Wishes
    fault: str  # what kind of failure the last error was; empty: none, or one of no kind
    changed_at: datetime | None  # when its bytes were last others than before
    beyond: int  # entries of its last document that were more than are kept of one
    failed_from: datetime | None  # when the last incident began that is over
    well_at: datetime | None  # and when it was over

    @property
    def state(self) -> Literal["gone", "paused", "failing", "new", "ok"]:
        """Return the state in one word, the gravest that holds."""
        if self.gone:
            return "gone"
        if not self.followed:
            return "paused"
        if self.failures:
            return "failing"
        return "ok" if self.ok_at else "new"
