"""Compare two values of one kind: one within a rounding, or excluding each other."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from watchers.types import Count, Money, Period, Share

if TYPE_CHECKING:
    from watchers.types import Fact

ROUNDING = Decimal("0.01")  # 367 and 370 million are one price, told twice
ROUNDED = Decimal("0.06")  # and 8 is 8.4 rounded, but only if it has fewer digits
# Values further apart than this are parts of different things (three of eleven ships), unless one is the
# other times ten, a hundred or a thousand: then somebody slipped.
NEAREST_SCOPE = Decimal("0.5")
SLIPS = (Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000))
_CROWNS = frozenset({"CZK", "DKK", "ISK", "NOK", "SEK"})
_DOLLARS = frozenset({"AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "USD"})
_AMERICAN = re.compile(r"US|U\.S\.|[Aa]merica|ABD|Amerikan|米")
_YEAR = re.compile(r"(?:FY)?(\d{4})")


def edge(fact: Fact) -> str:
    """Return which end of a span of time a date gives."""
    return "start" if fact.bound in {"start", "min"} else "end"  # "in 2028" and "by 2028" both name the end


def agree(left: Fact, right: Fact) -> bool:
    """Tell whether two values are one, told twice."""
    match left.value, right.value:
        case Money() as a, Money() as b:
            return a.currency == b.currency and _near(a.low, b.low) and _near(a.high, b.high)
        case Share(percent=a), Share(percent=b):
            return _near(a, b)
        case Count() as a, Count() as b:
            return (a.low, a.high) == (b.low, b.high)
        case Period(text=a), Period(text=b):
            return a.startswith(b) or b.startswith(a)
        case _:
            return False


def differ(left: Fact, right: Fact) -> bool:
    """Tell whether two values contradict each other as statements about one thing."""
    match left.value, right.value:
        case Money() as a, Money() as b:
            if a.currency != b.currency:  # one number in two currencies: one of them is the wrong unit
                return (a.low, a.high) == (b.low, b.high) and not _one_name(left, right, a, b)
            return _apart(left, right, (a.low, a.high), (b.low, b.high))
        case Share(percent=a), Share(percent=b):
            return not _near(a, b) and not _is_rounded(a, b)
        case Count() as a, Count() as b:
            ends = (Decimal(a.low), Decimal(a.high)), (Decimal(b.low), Decimal(b.high))
            return min(a.low, b.low) > 1 and _apart(left, right, *ends)
        case Period(text=a), Period(text=b):
            return _years(a) != _years(b) and edge(left) == edge(right)
        case _:
            return False


def _apart(left: Fact, right: Fact, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]) -> bool:
    """Tell whether two amounts of comparable size exclude each other; ends are given as (low, high)."""
    small, large = sorted((a, b))
    lower, upper = (left, right) if a <= b else (right, left)
    if small[0] <= 0:
        return False
    if lower.bound == upper.bound and any(_near(small[0] * slip, large[0]) for slip in SLIPS):
        return True
    if lower.bound == "min" or upper.bound == "max":  # "more than 5.5" and 7.1 may both be true
        return False
    if small[1] >= large[0] or _is_rounded(small[0], large[0]):  # one lies in the other's range
        return False
    tolerance = Decimal("0.05") if lower.approx or upper.approx else ROUNDING
    return small[0] / large[0] > NEAREST_SCOPE and large[0] - small[0] > tolerance * large[0]


def _one_name(left: Fact, right: Fact, a: Money, b: Money) -> bool:
    """Tell whether two currencies may be one that papers call by half its name: crowns, dollars."""
    both = {a.currency, b.currency}
    if both <= _CROWNS:
        return True
    plain = next((fact for fact, money in ((left, a), (right, b)) if money.currency == "USD"), None)
    return plain is not None and both <= _DOLLARS and _AMERICAN.search(plain.mention) is None


def _near(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= ROUNDING * max(abs(a), abs(b))


def _is_rounded(a: Decimal, b: Decimal) -> bool:
    """Tell whether one number is the other with fewer digits: 48 for 48.2, 8 for 8.4."""
    coarse, fine = sorted((a, b), key=lambda n: len(n.normalize().as_tuple().digits))
    exponent = coarse.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or abs(a - b) > ROUNDED * max(abs(a), abs(b)):
        return False
    step = Decimal(1).scaleb(exponent)
    return len(coarse.normalize().as_tuple().digits) < len(fine.normalize().as_tuple().digits) and (
        abs(coarse - fine) < step
    )


def _years(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_YEAR.findall(text)))
