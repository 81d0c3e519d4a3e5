"""Values of what people did in chat, complete when they leave the store. Times are aware UTC.

Who did it is the platform's id with its name in front, such as "slack:U0123".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchers.types import Exemplar

if TYPE_CHECKING:
    from datetime import date, datetime

    from watchers.relevance.decide import Decision
    from watchers.types import Entry, Mention, Relevance, Report, Vector, View

MuteKind = Literal["story", "source", "rule", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Something a channel does not want to hear of; shown to people as `m3`.

    `target` is the number of a story, source or rule, or the words. `until` None: no end.
    """

    number: int
    channel: str
    kind: MuteKind
    target: str
    until: datetime | None
    by: str
    by_name: str
    at: datetime
    ended_at: datetime | None = None  # None: nobody ended it by hand

    def runs(self, now: datetime) -> bool:
        """Tell whether it keeps things quiet at a time."""
        return self.ended_at is None and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A story that a mute kept quiet, and since when."""

    mute: int
    story: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An exemplar somebody gave a channel, shown to people as `x9`; `watch` is the likeness it is of."""

    number: int
    channel: str
    title: str
    text: str
    lang: str
    good: bool
    at: datetime
    watch: int | None = None
    note: str = ""
    by_name: str = ""
    removed: bool = False

    @property
    def exemplar(self) -> Exemplar:
        """The article as relevance takes it."""
        return Exemplar(
            key=f"x{self.number}",
            title=self.title,
            text=self.text,
            lang=self.lang,
            good=self.good,
            note=self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """A story that people voted on, as the report that opened it was judged."""

    story: int
    key: str  # of the entry
    title: str
    relevance: Relevance  # to the shared exemplars
    views: tuple[View, ...]
    mentions: tuple[Mention, ...]
    vector: Vector | None
    up: int
    down: int

    def seen_by(self, beat: str) -> Relevance:
        """Return the relevance to a beat; to the shared exemplars if it was not read for that one."""
        return next((view.relevance for view in self.views if view.beat == beat), self.relevance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How people of a channel voted on a story, and the score it had to the shared exemplars."""

    story: int
    key: str  # of the entry that opened it
    score: float
    up: int
    down: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """How many people of a channel found a story useful, and how many did not."""

    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One person's vote on a story, which is named by the report that opened it. `value` is +1 or -1."""

    story: int
    title: str
    link: str
    asker: str
    value: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A change somebody made in chat; shown to people as `u17`. `undo` is a command, empty if it is final.

    `home` is the channel whose rules, sources and the like it changed, empty if it was of its own channel
    alone. `about` are the things it changed, such as "r3.name"; `takes_back` is the change that it undid.
    """

    number: int
    channel: str
    at: datetime
    asker: str
    asker_name: str
    command: str
    line: str
    undo: str = ""
    undone_at: datetime | None = None
    home: str = ""
    about: tuple[str, ...] = ()
    takes_back: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """A story taken back for good. `keys` are those of its entries when that was done."""

    story: int
    at: datetime
    by: str
    reason: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry that a search found.

    `title_spans` and `snippet_spans` are where the words stand: ranges of code points of `title` and of
    `snippet`, which is a piece of the summary or body, empty if there is neither.
    """

    entry: int
    feed: int
    title: str
    link: str
    outlet: str
    lang: str
    when: datetime
    story: int | None
    title_spans: tuple[tuple[int, int], ...]
    snippet: str
    snippet_spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """An entry that met a watch."""

    entry: int
    when: datetime
    title: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """A story that earned an alert over a channel's budget, last at `at`, and waits for its digest."""

    story: int
    channel: str
    budget: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An entry as it was read, without its facts; None where it was not read yet, or is in no story."""

    entry: Entry
    report: Report | None
    story: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An entry with what came of it; None where it was not read yet or is in no story."""

    entry: Entry
    score: float | None
    decision: Decision | None
    story: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDigest:
    """A digest of one local day. `sent` is False if there was nothing to send."""

    subscription: int
    name: str
    local_date: date
    window_start: datetime
    window_end: datetime
    sent: bool
    delivered_at: datetime | None
