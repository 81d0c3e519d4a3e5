"""Tell which facts of an entry are what a `fact:` term asks for; what is denied never is.

A number is held against what the fact says for certain: the low end of a range for > and >=, its high end for
< and <=. "More than 5.5 bn" begins at 5.5 bn and has no high end; "up to 2 bn" counts as 2 bn.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, assert_never

from watchers.facts.rates import rate
from watchers.matching.figures import Days, days_of, read_amount
from watchers.matching.stated import FIELDS, TYPES
from watchers.text import fold, is_cjk
from watchers.types import Count, Money, Named, Period, Share, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from watchers.facts.rates import Rate
    from watchers.gazetteer.entities import Entity
    from watchers.matching.expression import Stated
    from watchers.matching.known import Known
    from watchers.types import Fact, FactType

NEAR: Final = Decimal("0.01")  # of an amount that is asked for with =; 367 and 370 million are one price
# Amounts of money by what they are; any for the others.
_ROLES: Final = {
    "contract": frozenset({"deal_value", "ceiling"}),
    "budget": frozenset({"budget", "requested"}),
    "price": frozenset({"per_unit"}),
}
# What can be met by facts of a type, so that the store need look at no other.
KINDS: Final[dict[str, tuple[FactType, ...]]] = {
    "amount": ("money",),
    "contract": ("money",),
    "budget": ("money",),
    "price": ("money",),
    "quantity": ("quantity",),
    "percent": ("percentage",),
    "deadline": ("delivery_deadline",),
    "date": ("date", "delivery_deadline"),
    "party": ("party",),
    "buyer": ("party",),
    "seller": ("party",),
    "platform": ("platform",),
    "status": ("status",),
}
_NEGATIVE: Final = frozenset({"denied", "not_signed", "no_decision", "not_started", "cancelled"})
_COUNTRY: Final = re.compile(r"loc:[A-Z]{2}\Z")


def kinds_of(term: Stated) -> tuple[FactType, ...]:
    """Return the types of the facts that can be what a term asks for."""
    if term.field == "type":
        return tuple(kind for kind, _ in TYPES[term.value])
    return KINDS[term.field]


def meeting(term: Stated, facts: Sequence[Fact], *, day: date, known: Known | None) -> Iterator[Fact]:
    """Yield the facts that are what a term asks for; `day` is the article's, which rates are taken of."""
    for fact in facts:
        if is_met(term, fact, day=day, known=known):
            yield fact


def is_met(term: Stated, fact: Fact, *, day: date, known: Known | None) -> bool:
    """Tell whether a fact is what a term asks for."""
    if fact.type not in kinds_of(term) or _is_denied(fact):
        return False
    kind = FIELDS[term.field]
    match kind:
        case "money" | "number":
            return _is_amount(term, fact, day)
        case "day":
            return isinstance(fact.value, Period) and _is_day(term, fact.value.text)
        case "name":
            fitting = term.field not in {"buyer", "seller"} or fact.role == term.field
            return fitting and isinstance(fact.value, Named) and _is_name(term.value, fact.value, known)
        case "word" if term.field == "status":
            return fact.type == "status" and isinstance(fact.value, Words) and fact.value.text == term.value
        case "word":
            return any(
                fact.type == of and (not roles or fact.role in roles) for of, roles in TYPES[term.value]
            )
        case _:
            assert_never(kind)


def _is_denied(fact: Fact) -> bool:
    """Tell whether a fact is said not to be so; that a deal was denied is so."""
    said = fact.type == "status" and isinstance(fact.value, Words) and fact.value.text in _NEGATIVE
    return fact.hedge == "denied" and not said


def rate_of(term: Stated, fact: Fact, day: date) -> Rate | None:
    """Return the rate by which an amount is held against what is asked; None without one, or need of one."""
    if FIELDS[term.field] != "money" or not isinstance(fact.value, Money):
        return None
    asked = read_amount(term.value, money=True)
    if asked is None or asked.code == fact.value.currency:
        return None
    return rate(fact.value.currency, asked.code, day)


def _is_amount(term: Stated, fact: Fact, day: date) -> bool:
    """Tell whether a number or an amount of money is on the side of the limit that is asked for."""
    asked = read_amount(term.value, money=FIELDS[term.field] == "money")
    match fact.value:
        case Money(low=low, high=high, currency=code) if asked and asked.code:
            if term.field in _ROLES and fact.role not in _ROLES[term.field]:
                return False
            if code != asked.code:
                exchanged = rate(code, asked.code, day)
                if exchanged is None:
                    return False
                low, high = exchanged.convert(low), exchanged.convert(high)
        case Count() if term.field == "quantity":
            low, high = Decimal(fact.value.low), Decimal(fact.value.high)
        case Share(percent=percent) if term.field == "percent":
            low = high = percent
        case _:
            return False
    return asked is not None and _compares(term.sign, asked.number, low, high, fact.bound)


def _compares(sign: str, limit: Decimal, low: Decimal, high: Decimal, bound: str) -> bool:
    match sign:
        case ">":
            return low > limit or (bound == "min" and low >= limit)
        case ">=":
            return low >= limit
        case "<":
            return bound != "min" and (high < limit or (bound == "max" and high <= limit))
        case "<=":
            return bound != "min" and high <= limit
        case _:
            return low * (1 - NEAR) <= limit <= high * (1 + NEAR)


def _is_day(term: Stated, text: str) -> bool:
    """Compare the last day of a period with what is asked for; a fiscal year's, whosever it is."""
    asked, said = days_of(term.value), days_of(text)
    if asked is None or said is None:
        return False
    return _falls(term.sign, said, asked)


def _falls(sign: str, said: Days, asked: Days) -> bool:
    match sign:
        case "<":
            return said.latest < asked.first
        case "<=":
            return said.latest <= asked.last
        case ">":
            return said.last > asked.latest
        case ">=":
            return said.last >= asked.first
        case _:
            return asked.first <= said.last and said.latest <= asked.latest


def _is_name(wanted: str, named: Named, known: Known | None) -> bool:
    """Tell whether a fact names who is asked for: as an entity, or in its words.

    A country is also its capital where that acts, and what bears the country's name, such as a ministry.
    """
    entity = _bearer(known, wanted) if known is not None else None
    if entity is None:
        return _within((wanted,), named.name)
    if named.entity == entity.id:
        return True
    if _COUNTRY.match(entity.id):
        if named.entity.startswith("loc:"):
            there = _bearer(known, named.entity) if known is not None else None
            return there is not None and there.country == entity.country
        return _within(_names(entity), named.name)
    return not named.entity and _within(_names(entity), named.name)


@lru_cache(maxsize=1024)
def _bearer(known: Known, name: str) -> Entity | None:
    return known.bearer(name)


def _names(entity: Entity) -> tuple[str, ...]:
    return tuple(alias.text for alias in entity.aliases if not alias.text.endswith("*"))


def _within(names: tuple[str, ...], text: str) -> bool:
    return _pattern(names).search(fold(text)) is not None


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of some names as whole words; Japanese has no spaces between."""
    folded = sorted({fold(name) for name in names if name.strip()}, key=len, reverse=True)
    return re.compile(
        "|".join(re.escape(one) if is_cjk(one) else rf"(?<!\w){re.escape(one)}(?!\w)" for one in folded)
        or r"(?!)"
    )
