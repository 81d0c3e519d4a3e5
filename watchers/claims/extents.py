"""Compare where two values lie: one number, one inside the other's bound, touching, or apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from watchers.facts.rates import in_dollars
from watchers.types.claims import Extent

if TYPE_CHECKING:
    from datetime import date

Relation = Literal["equal", "near", "inside", "apart", "unlike"]

ANY_CROWN = "XKR"  # no currency: crowns of a country that the text does not name
CROWNS = frozenset({"NOK", "SEK", "DKK", "CZK", "ISK"})
SAME = Decimal("0.01")  # 8.8 trillion and 8,845.4 billion are one sum, told twice
SAME_ABOUT = Decimal(
    "0.007"
)  # "about 2.7 trillion" and 2.718 are one sum; "close to 50" and 49.6 are not quite
ROUNDED = Decimal("0.04")  # further than this a number with fewer digits is another number
ABOUT = Decimal("0.10")  # what "about" and "nearly" leave open
# Yearly means of rates differ this much from the rate of a day or the one an outlet used.
EXCHANGE = Decimal("0.10")
AT_THE_BOUND = Decimal("0.02")  # "more than 40" and 40 itself tell the same
# Small counts are exact; from here on a round figure may stand for a count.
ROUND_COUNT = Decimal(1000)
# "Early 2027" holds the first quarter but says hardly less; a summer says much less than a day of it.
FUZZY_RATIO = Decimal("2.5")
# Two deadlines this close are one plan told by calendar and by fiscal year; in days.
DEADLINE = 100
# A day or month that ends more than this before a deadline tells more than the deadline; in days.
WELL_BEFORE, MONTH = 7, 31


def relation(left: Extent, right: Extent, *, year: int) -> Relation:
    """Return how two values relate; amounts in two currencies by the mean rates of a year."""
    if left.unit == "day" and right.unit == "day":
        return _days(left, right)
    exchanged = False
    left, right = _crowned(left, right), _crowned(right, left)
    if left.unit != right.unit:
        converted = _in_dollars(left, year), _in_dollars(right, year)
        if converted[0] is None or converted[1] is None:
            return "unlike"
        left, right = converted[0], converted[1]
        exchanged = True
    if _is_point(left) and _is_point(right):
        return _points(left, right, exchanged=exchanged)
    if _is_point(left) or _is_point(right):
        point, extent = (left, right) if _is_point(left) else (right, left)
        return _point_in(point, extent)
    return _extents(left, right)


def _crowned(extent: Extent, other: Extent) -> Extent:
    """Take a sum in crowns of no named country for the other side's."""
    return replace(extent, unit=other.unit) if extent.unit == ANY_CROWN and other.unit in CROWNS else extent


def _is_point(extent: Extent) -> bool:
    return extent.low is not None and extent.low == extent.high


def _in_dollars(extent: Extent, year: int) -> Extent | None:
    rate = in_dollars(extent.unit, year)
    if rate is None:
        return None
    return replace(
        extent,
        low=None if extent.low is None else extent.low * rate,
        high=None if extent.high is None else extent.high * rate,
        unit="USD",
        step=extent.step * rate,
    )


def _apart_by(a: Decimal, b: Decimal) -> Decimal:
    """Return the distance of two numbers as a share of the larger."""
    largest = max(abs(a), abs(b))
    return abs(a - b) / largest if largest else Decimal(0)


def _points(left: Extent, right: Extent, *, exchanged: bool) -> Relation:
    a, b = _value(left), _value(right)
    about = "about" in (left.shape, right.shape)
    apart = _apart_by(a, b)
    if exchanged:
        return "near" if apart <= EXCHANGE else "apart"
    if a == b:
        return "equal"
    if about:
        return "equal" if apart <= SAME_ABOUT else "near" if apart <= ABOUT else "apart"
    if left.unit == "count" and max(a, b) < ROUND_COUNT:
        return "apart"
    step = max(left.step, right.step)
    if left.step != right.step and abs(a - b) <= step / 2 and apart <= ROUNDED:
        return "equal" if apart <= SAME else "near"
    return "apart"


def _value(extent: Extent) -> Decimal:
    return extent.low if extent.low is not None else extent.high or Decimal(0)


def _point_in(point: Extent, extent: Extent) -> Relation:
    """Relate one number to a bound, a range or a vague amount."""
    value = _value(point)
    edges = [edge for edge in (extent.low, extent.high) if edge is not None]
    inside = (extent.low is None or value >= extent.low) and (extent.high is None or value <= extent.high)
    at_edge = any(_apart_by(value, edge) <= AT_THE_BOUND for edge in edges)
    if extent.shape == "vague":
        return "inside" if inside else "apart"
    if at_edge:
        return "near"
    if not inside:
        loose = point.shape == "about" and any(_apart_by(value, edge) <= ABOUT for edge in edges)
        return "near" if loose else "apart"
    return "near" if point.shape == "about" and extent.shape == "range" else "inside"


def _extents(left: Extent, right: Extent) -> Relation:
    """Relate two bounds or ranges."""
    if (left.low, left.high) == (right.low, right.high):
        return "equal"
    lows = [e.low for e in (left, right) if e.low is not None]
    highs = [e.high for e in (left, right) if e.high is not None]
    if lows and highs and max(lows) > min(highs):
        return "apart"
    if "vague" in (left.shape, right.shape) and left.shape != right.shape:
        return "inside"
    widths = sorted(w for w in (_width(left), _width(right)) if w is not None)
    nested = len(widths) == 2 and widths[0] * 2 <= widths[1] and _holds(left, right)
    return "inside" if nested else "near"


def _width(extent: Extent) -> Decimal | None:
    return None if extent.low is None or extent.high is None else extent.high - extent.low


def _holds(left: Extent, right: Extent) -> bool:
    """Tell whether one of two closed ranges lies in the other."""
    (a, b), (c, d) = _ends(left), _ends(right)
    return (a <= c and d <= b) or (c <= a and b <= d)


def _ends(extent: Extent) -> tuple[Decimal, Decimal]:
    return extent.low or Decimal(0), extent.high or Decimal(0)


def _days(left: Extent, right: Extent) -> Relation:  # noqa: PLR0911 - bounds, ranges and blurs differ
    """Relate two dates, which are ranges of days; one without a beginning is a deadline."""
    if (left.low, left.high) == (right.low, right.high):
        return "equal"
    if left.low is None and right.low is None:
        return "near" if abs(_ends(left)[1] - _ends(right)[1]) <= DEADLINE else "apart"
    if left.low is None or right.low is None:
        deadline, other = (left, right) if left.low is None else (right, left)
        if other.high is None or deadline.high is None:
            return "near"
        if _ends(other)[0] > deadline.high:
            return "apart"
        well_before = deadline.high - other.high > WELL_BEFORE and _ends(other)[1] - _ends(other)[0] <= MONTH
        return "inside" if well_before else "near"
    if left.high is None or right.high is None:
        return "near" if (left.high or left.low) >= right.low or right.high is None else "apart"
    (a, b), (c, d) = _ends(left), _ends(right)
    if b < c or d < a:
        return "apart"
    if not _holds(left, right):
        return "near"
    narrow, wide = sorted((left, right), key=lambda e: _width(e) or Decimal(0))
    ratio = ((_width(wide) or 0) + 1) / ((_width(narrow) or 0) + 1)
    return "near" if wide.shape == "about" and ratio < FUZZY_RATIO else "inside"


def days(first: date, last: date, *, about: bool = False) -> Extent:
    """Return the extent of the days from one to another."""
    return Extent(
        low=Decimal(first.toordinal()),
        high=Decimal(last.toordinal()),
        unit="day",
        shape="about" if about else "exact",
        step=Decimal(0),
    )
