"""Tell which facts of a report a story did not have yet."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.text import fold, is_cjk
from watchers.types import Money, Named, Period, Person, Words
from watchers.types.facts import MEETINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Fact

SAME_MONEY = Decimal("0.005")  # the tolerance of two outlets' rounding, as the evaluation's
SAME_WORDS = 0.6  # Jaccard of the words of two quotations or agreements in one language
MAX_KNOWN = 2_000  # facts a story remembers; a flood of made-up ones ends here
_SILENT_ROLES = frozenset({"conversion"})  # the same amount once more in another currency
_WORD = re.compile(r"\w+")
# What else is said of a meeting than with whom or of what, and who is no more than somebody's.
_ASIDE = re.compile(r"\s(?:in|at|on|for|about|over|during|after|before|ahead|this|last|next)\s")
_WHOSE = re.compile(r"(?:his|her|its|their)\s")
_DAYS = frozenset(fold(name) for name in (*day_name, *month_name))


class Known:
    """The facts of one story so far."""

    def __init__(self) -> None:
        self._facts: dict[str, list[Fact]] = {}
        self._count = 0

    def take(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Return those of the facts that are new, in their order, and remember them."""
        new: list[Fact] = []
        for fact in facts:
            if self._count >= MAX_KNOWN:
                break
            held = self._facts.setdefault(_kind(fact), [])
            if any(says_the_same(old, fact) for old in held):
                continue
            held.append(fact)
            self._count += 1
            if fact.role not in _SILENT_ROLES:
                new.append(fact)
        return tuple(new)


def says_the_same(old: Fact, new: Fact) -> bool:
    """Tell whether a fact adds nothing to one of its type: same value in a role that does not differ."""
    if old.role and new.role and old.role != new.role and not isinstance(new.value, Named | Person):
        return False
    a, b = old.value, new.value
    if isinstance(a, Money) and isinstance(b, Money):
        return same_money(a, b)
    if isinstance(a, Period) and isinstance(b, Period):
        return a.text.startswith(b.text)  # a coarser date adds nothing, a finer one does
    if isinstance(a, Named | Person) and isinstance(b, Named | Person):
        return _same_name(a, b)
    if isinstance(a, Words) and isinstance(b, Words):
        return _same_words(old, new)
    return a == b


def same_money(left: Money, right: Money) -> bool:
    """Tell whether two amounts are one: same currency, both ends within SAME_MONEY."""
    return left.currency == right.currency and all(
        abs(a - b) <= SAME_MONEY * max(abs(a), abs(b))
        for a, b in ((left.low, right.low), (left.high, right.high))
    )


def _kind(fact: Fact) -> str:
    # A date and a deadline may stand for each other: outlets phrase one as the other.
    return "date" if fact.type == "delivery_deadline" else fact.type


def _same_name(left: Named | Person, right: Named | Person) -> bool:
    if left.entity and right.entity:
        return left.entity == right.entity
    names = (fold(left.name), fold(right.name))
    if names[0] == names[1]:
        return True
    short, long = sorted((set(name.split()) for name in names), key=len)
    return bool(short) and short <= long


def _same_words(old: Fact, new: Fact) -> bool:
    if old.type == "status":
        return str(old.value) == str(new.value)
    if old.type == "meeting":
        return _same_meeting(old, new)
    return same_wording(old, new)


def _same_meeting(old: Fact, new: Fact) -> bool:
    """Tell whether a meeting, "talks: A, B", is of a known kind and names nothing the old sentence lacks."""
    kind, _, who = str(new.value).partition(": ")
    known, _, had = str(old.value).partition(": ")
    comparable = is_cjk(old.mention) == is_cjk(new.mention) and {kind, known} <= MEETINGS
    if not comparable and same_wording(old, new):
        return True
    before = fold(f"{had} {old.sentence}")
    words = set(_WORD.findall(before))
    return kind == known and all(
        name in (before if is_cjk(name) else words)
        for part in who.split(", ")
        for name in _names(part, visit=kind == "visit")
    )


def _names(part: str, *, visit: bool) -> set[str]:
    """Return the names in a part of a meeting: none in "his counterpart on Monday", nor where people met."""
    what, *where = _ASIDE.split(part, maxsplit=1)
    found = set() if _WHOSE.match(part) else _capitals(what)
    return found or (_capitals(*where) if visit else set())


def _capitals(text: str = "") -> set[str]:
    return {fold(word) for word in _WORD.findall(text) if word[0].isupper() or is_cjk(word)} - _DAYS


def same_wording(old: Fact, new: Fact) -> bool:
    """Tell whether two facts were read from nearly the same words, or words that cannot be compared."""
    if is_cjk(old.mention) != is_cjk(new.mention):
        return old.said_by == new.said_by  # words of two languages cannot be compared; the speaker can
    return _near(old.mention, new.mention)


def _near(one: str, other: str) -> bool:
    left, right = _pieces(one), _pieces(other)
    return len(left & right) >= SAME_WORDS * len(left | right)


def _pieces(text: str) -> set[str]:
    flat = fold(text)
    return {flat[i : i + 2] for i in range(len(flat) - 1)} if is_cjk(flat) else set(flat.split())
