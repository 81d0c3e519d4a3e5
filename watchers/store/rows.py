"""Values that only the store knows of, complete when they leave it. Times are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from watchers.store.rows_feeds import FeedHealth, Polled

if TYPE_CHECKING:
    from datetime import date, datetime

    from watchers.relevance.decide import Decision
    from watchers.types import Entry, Fact, Report, StoryUpdate, Watch

__all__ = ["FeedHealth", "Polled"]  # in a file of their own, and still to be had here

Origin = Literal["file", "chat"]
OutboxState = Literal["queued", "delivered", "dead"]
Empty = Literal["skip", "say"]
Editors = Literal["managers", "everyone"]
Op = Literal["post", "edit", "delete"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place to tell people things. `active` is False while the configuration file no longer has it."""

    id: str  # such as "preview:main"
    name: str
    lang: str = "en"
    timezone: str = "UTC"
    threshold: float = 0.7  # relevance that alerts, in [0, 1]
    origin: Origin = "file"
    active: bool = True
    editors: Editors = "managers"  # who may change things
    quiet: str = ""  # local hours without alerts such as "22:00-07:00"; empty: never
    layout: str = ""  # parts of a card with commas between; empty: all of them
    public: bool = False  # people outside the team can read it
    bound_to: str = ""  # another channel's id, whose watches, sources and scores it shares; empty: its own
    budget: int = 8  # alerts a local day by relevance, the rest waits for the digest; 0: no limit
    base: bool = True  # the shared exemplars count beside its own
    lull: int = 0  # minutes without talk that what is not urgent waits for; 0: it waits for none
    lull_most: int = 60  # minutes that it waits at most
    unreachable: str = ""  # why the platform lets nothing in; empty: it does
    unreachable_at: datetime | None = None  # since when nothing came through; None: it does


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFeed:
    """A channel's link to a source, under a name of its own or the source's."""

    channel: str
    feed: int
    url: str
    name: str
    tags: tuple[str, ...] = ()
    origin: Origin = "file"
    paused: bool = False
    taken_out: bool = False

    @property
    def active(self) -> bool:
        """Tell whether the channel reads the source now."""
        return not (self.paused or self.taken_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWatch:
    """A watch with its standing."""

    watch: Watch
    origin: Origin
    paused: bool
    taken_out: bool

    @property
    def active(self) -> bool:
        """Tell whether the watch is used now."""
        return not (self.paused or self.taken_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One digest schedule of a channel.

    `at` is local time such as "08:00"; `days` is "daily", a range such as "mon-fri" or a list. `next_run_at`
    is None until somebody computes it. `delivered_to` is the end of the window of the last digest that
    arrived, or None.
    """

    number: int
    channel: str
    name: str
    at: str
    days: str
    timezone: str
    empty: Empty = "say"
    origin: Origin = "file"
    paused: bool = False
    taken_out: bool = False
    next_run_at: datetime | None = None
    delivered_to: datetime | None = None

    @property
    def active(self) -> bool:
        """Tell whether digests are made for it now."""
        return not (self.paused or self.taken_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRun:
    """A digest of one local day. `outbox` is the post that completes it, None if nothing was sent."""

    number: int
    subscription: int
    local_date: date
    window_start: datetime
    window_end: datetime
    at: datetime
    outbox: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Another feed that carried a stored entry."""

    feed: int
    link: str
    seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All that is known of an entry's way: how far it came, and with what result."""

    entry: Entry
    sightings: tuple[Sighting, ...]
    report: Report | None  # None: not read yet, or left unread on purpose
    decision: Decision | None
    story: int | None
    told: tuple[str, ...]  # channels that have or will get its story's card


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFact:
    """A fact with the entry it was read from."""

    fact: Fact
    entry: int
    title: str
    link: str
    outlet: str
    day: date  # the outlet's local day, see `Entry.day`


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The report of an earlier text of an entry, and the number of the story it is in, None if in none."""

    report: Report
    story: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An update of a story that nobody was told of yet."""

    id: int
    update: StoryUpdate


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A story's card in a channel. `receipt` is the platform's id of the post, empty until it arrived."""

    story: int
    channel: str
    outbox: int
    facts: tuple[str, ...]
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message on its way into the outbox. `key` is unique for ever; `payload` is JSON for the bot alone.

    `target` is the outbox id of the post to edit or delete, `parent` that of the post in whose thread it is.
    """

    channel: str
    key: str
    kind: str
    payload: str
    version: int
    story: int | None = None
    urgent: bool = False
    not_before: datetime | None = None  # None: at once
    op: Op = "post"
    target: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """A message in the outbox. While it is leased, `lease_token` is the proof of whose it is.

    `attempts` counts this lease too. `uncertain` says that an earlier attempt may have reached the platform.
    The receipts are those of the posts named by `target` and `parent`, empty where none arrived. `retracted`
    says that it posts a story that was taken back since: it is not to be sent, only to be looked for.
    """

    id: int
    channel: str
    key: str
    kind: str
    payload: str = field(repr=False)
    version: int
    story: int | None
    urgent: bool
    created: datetime
    not_before: datetime
    attempts: int
    uncertain: bool
    asked: bool  # the platform named the time in `not_before`
    rank: int
    leased_until: datetime | None
    lease_token: str | None
    state: OutboxState
    delivered_at: datetime | None
    receipt: str
    repeat: bool  # the post says that it may be a repeat
    last_error: str
    op: Op = "post"
    target: int | None = None
    parent: int | None = None
    target_receipt: str = ""
    target_repeat: bool = False
    parent_receipt: str = ""
    retracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCount:
    """How many messages of a channel are in a state, and when the oldest of them was written."""

    channel: str
    state: OutboxState
    items: int
    oldest: datetime
