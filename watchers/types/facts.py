"""Typed facts: values of each kind, and a fact with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchers.types.news import Span

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in units of an ISO 4217 currency, exact. `low == high` unless it is a range."""

    low: Decimal
    high: Decimal
    currency: str

    def __str__(self) -> str:
        amount = plain(self.low) if self.low == self.high else f"{plain(self.low)}-{plain(self.high)}"
        return f"{amount} {self.currency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people or things."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A percentage, or a difference in percentage points."""

    percent: Decimal
    points: bool = False

    def __str__(self) -> str:
        return plain(self.percent) + ("pp" if self.points else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A date at the precision given: 2025-08-19, 2025-10, 2028-Q4, 2026-H2, 2027, FY2026, 2027-2029.

    Days from one to another are 2026-11-24/2026-11-26.
    """

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A party, platform or place: its English name, and its gazetteer id or empty."""

    name: str
    entity: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a role; `of` is the country or firm. Role and `of` may be empty."""

    name: str
    role: str
    of: str
    entity: str = ""

    def __str__(self) -> str:
        return "; ".join(part for part in (self.name, self.role, self.of) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A status class, a meeting's kind and who met, or the words of an agreement or quotation."""

    text: str

    def __str__(self) -> str:
        return self.text


# What kinds of meeting there are; an earlier release kept an article's words instead.
MEETINGS = frozenset({"talks", "visit"})
FactType = Literal[
    "money",
    "quantity",
    "percentage",
    "date",
    "delivery_deadline",
    "party",
    "platform",
    "location",
    "person_role",
    "status",
    "agreement",
    "meeting",
    "quote",
]
FactValue = Money | Count | Share | Period | Named | Person | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Span):
    """A typed statement with the words it was read from and their whole sentence.

    `role` says which money, quantity or party it is (deal_value, budget, per_unit, buyer …), empty if
    plain. `bound` is min or max for "more than" and "up to", start or end for a period's edge.
    `sentence_start` is the sentence's offset in the same text. `said_by` names who said it, if told.
    """

    type: FactType
    value: FactValue
    sentence: str
    sentence_start: int
    role: str = ""
    bound: Literal["", "min", "max", "start", "end"] = ""
    approx: bool = False
    said_by: str = ""
    hedge: Literal["stated", "reported", "alleged", "expected", "denied"] = "stated"
    rule: str = ""
    confidence: float = 1.0


def plain(number: Decimal) -> str:
    """Write a decimal in full, without exponent or trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
