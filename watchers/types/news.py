"""What comes in and what people look for in it: feeds, entries, mentions, watches, exemplars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from watchers.types.watching import NO_WISHES, UNKNOWN, Rhythm, SourceKind, Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server needs to answer "not modified", and what we compare when it cannot.

    Empty strings mean the server gave none, or the feed was never fetched.
    """

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One source row. `name` and `owner` are the publisher's; a channel may use a name of its own.

    `every` is the interval while nothing is known of its rhythm, and the one kept to if `fixed`.
    `selector` is the CSS selector of the links of a listing page, empty for the other kinds.
    """

    number: int
    url: str
    name: str
    owner: str = ""
    lang: str = ""
    every: timedelta = timedelta(minutes=15)
    validators: Validators = Validators()
    polled_at: datetime | None = None
    failures: int = 0
    kind: SourceKind = "feed"
    selector: str = ""
    fixed: bool = False
    rhythm: Rhythm = UNKNOWN
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The bytes of a feed that changed. `url` is where they finally came from, after redirects.

    `known` are the hashes of items that an earlier document of the feed held just so; they need no reading.
    """

    feed: Feed
    url: str
    body: bytes
    content_type: str
    validators: Validators
    at: datetime
    moved_to: str = ""  # a permanent redirect's target, checked by the guard; empty if there was none
    known: frozenset[int] = frozenset()
    most: int = 2_000  # entries that are read of it, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as a feed told of it.

    `key` identifies it across polls (16 hex digits); `number` is shown to people as `a88`, 0 until stored.
    `title`, `summary` and `body` are plain text; the last two may be empty. `outlet` is who published it,
    which for a news-search feed is not the feed. `published` is None when the feed gave no usable date.
    """

    key: str
    feed: int
    guid: str
    link: str
    title: str
    summary: str
    body: str
    lang: str
    outlet: str
    published: datetime | None
    seen: datetime
    number: int = 0
    offset: int = 0  # minutes that the outlet's own clock is ahead of UTC, as its dates show
    archive: bool = False  # older than its feed's first poll, or perhaps; only a few such are ever announced
    also_in: frozenset[int] = frozenset()  # other feeds that carry it, known once it is read from the store

    @property
    def text(self) -> str:
        """Title and summary, else title and the body's start: what relevance and stories read."""
        lead = self.summary or self.body[:600]
        return f"{self.title}\n{lead}" if lead else self.title

    @property
    def when(self) -> datetime:
        """The time to sort and resolve dates by: never later than when we saw it."""
        return min(self.published, self.seen) if self.published else self.seen

    @property
    def day(self) -> date:
        """The outlet's local day, which "on Tuesday" and "last year" in its text count from."""
        return (self.when + timedelta(minutes=self.offset)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a document holds. `beyond` counts the entries that were more than are kept of one document.

    `hashes` are those of all its items as written; `entries` leaves out those that were known. `shared` are
    links that several of all its items have.
    """

    entries: tuple[Entry, ...] = ()
    title: str = ""
    wishes: Wishes = NO_WISHES
    beyond: int = 0
    hashes: frozenset[int] = frozenset()
    shared: frozenset[str] = frozenset()


def fact_text(entry: Entry) -> str:
    """Return the text that facts are read from and whose code points their offsets count."""
    return "\n\n".join(part for part in (entry.title, entry.body or entry.summary) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of code points of a text, with the words there: `text[start:end] == mention`."""

    start: int
    end: int
    mention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """A known person, organisation, platform, place or concept, named in a text."""

    entity: str  # language-free id such as "org:baykar", "per:gen-nakatani", "pla:tb2", "loc:JP", "con:uav"
    name: str  # its English name


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A term of a watch that occurred, in which field, and where."""

    term: str
    scope: Literal["title", "summary", "body"]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A rule, keyword list or likeness of one channel. `expression` is written in the watch language.

    A likeness ("like") is met by what resembles its own exemplars; `threshold` is then how much, None for the
    usual, and the expression only says which words of it to mark.
    """

    number: int
    channel: str
    name: str
    expression: str
    kind: Literal["keywords", "rule", "like"] = "keywords"
    alert: Literal["", "now", "digest"] = ""
    threshold: float | None = None  # relevance it also needs, in [0, 1]; None: the words are enough
    mention: str = ""  # whom its alerts call, such as "role:123"; empty: nobody
    internal: bool = False  # what it finds is told in no channel that people outside the team can read


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A watch whose expression an entry meets, with the words that did it (none for a pure NOT)."""

    watch: int
    channel: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemplar:
    """An article that shows what a channel wants (or does not). `text` is plain, title first."""

    key: str
    title: str
    text: str
    lang: str
    good: bool = True
    note: str = ""  # why somebody gave it, in their words


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What a channel or a likeness measures relevance against.

    `key` is the channel's id, or "r" and the likeness's number. `exemplars` are all of them, the shared ones
    too.
    """

    key: str
    exemplars: tuple[Exemplar, ...]
