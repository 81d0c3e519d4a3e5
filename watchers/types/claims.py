"""Claims: what a text says of one thing, in a form that two texts can be compared by; verdicts; promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchers.types.news import Span

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Shape = Literal["exact", "about", "range", "bound", "vague"]
Unit = str  # an ISO 4217 code, or "count", "percent", "points", "minute", "metre", "kilogram", "day" …


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Where a value lies: from `low` to `high`, both included; None is open. Equal ends are one number.

    `step` is the place of the last digit as written (10^8 for 1.4 billion), 0 where nothing is rounded.
    A date is an extent of days counted from year 1 (`date.toordinal`) with the unit "day". `strict` tells
    that a bound itself is left out ("more than").
    """

    low: Decimal | None
    high: Decimal | None
    unit: Unit
    shape: Shape = "exact"
    step: Decimal
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name as a value: who or where. `generic` is one that names nobody, such as "a NATO member"."""

    name: str
    entity: str = ""
    generic: bool = False


ClaimKind = Literal[
    "money",
    "count",
    "share",
    "measure",
    "date",
    "place",
    "party",
    "makes",
    "office",
    "first",
    "purpose",
    "state",
]
Stage = Literal[
    "", "considered", "planned", "negotiated", "requested", "drafted", "approved", "selected", "agreed",
    "signed", "started", "tested", "delivered", "operational", "delayed", "halted", "cancelled",
]  # fmt: skip
Verdict = Literal[
    "same", "consistent", "tighter_value", "different_scope", "superseded", "contradiction", "not_comparable"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Span):
    """What one sentence says of one thing: never a fact, and never shown without its source.

    `head` are the language-free tags of what the value is of (`frigate`, `crew`, `revenue`), `subject` those
    of its sentence, `entities` the gazetteer ids and names there. `period` is the year the value is for
    (2024, FY2026), empty if none is named. `scope` are words that narrow it, as `dimension:word`. `stage`
    says how far the matter is, and `negated` that the sentence denies it. `said_by` and `hedge` are as in a
    Fact. `day` is the report's.
    `turn` tells that the sentence or one beside it says that things have changed.
    """

    kind: ClaimKind
    value: Extent | Label
    head: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    period: str = ""
    scope: tuple[str, ...] = ()
    stage: Stage = ""
    negated: bool = False
    turn: bool = False
    said_by: str = ""
    hedge: Literal["stated", "reported", "alleged", "expected", "denied"] = "stated"
    source: str
    day: date
    lang: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A dated claim about the future: who, what, and the last day on which it would still be kept."""

    who: tuple[str, ...]  # gazetteer ids and names, perhaps none
    what: tuple[str, ...]  # tags and names that later reports are recognised by
    words: str  # the due date as written
    due: date
    sentence: str
    source: str
    day: date
    lang: str


PromiseState = Literal["open", "kept", "slipped", "silent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a promise stands, with its own sentence and the later one that decides; empty where none does."""

    state: PromiseState
    promised: str
    sentence: str = ""
    source: str = ""
    day: date | None = None
    due: date | None = None  # the later date quoted, only of a promise that slipped
