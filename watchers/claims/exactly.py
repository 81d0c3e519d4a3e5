"""Find what one report of a story knows only roughly and another exactly: more than 5.5 and 7.154 billion."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from watchers.claims.cues import step_of
from watchers.claims.extents import relation
from watchers.stories.claims import apart_in_scope, gathered
from watchers.types import Count, Disagreement, Money, Share, Side
from watchers.types.claims import Extent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.stories.claims import Held
    from watchers.types import Fact, Report


def known_more_exactly(reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Return what is told as a bound or range by one report and as a value inside it by another.

    The rough side comes first. At most one for each thing that the reports tell, and none where a report
    holds both or the two are narrowed by different words. It is no disagreement to be shown as one.
    """
    found = []
    for (kind, about), claims in gathered(reports).items():
        pair = next((p for p in combinations(claims, 2) if _is_tighter(*p, reports)), None)
        if pair is not None:
            rough, exact = sorted(pair, key=lambda held: not held.fact.bound)
            sides = (_side(rough, reports), _side(exact, reports))
            found.append(Disagreement(about=about, type=kind, sides=sides))
    return tuple(found)


def _is_tighter(left: Held, right: Held, reports: Sequence[Report]) -> bool:
    a, b = extent_of(left.fact), extent_of(right.fact)
    if (
        left.report == right.report
        or a is None
        or b is None
        or bool(left.fact.bound) == bool(right.fact.bound)
    ):
        return False
    year = min(reports[held.report].entry.when.year for held in (left, right))
    return relation(a, b, year=year) == "inside" and not apart_in_scope(left, right, reports)


def extent_of(fact: Fact) -> Extent | None:
    """Return where a fact's number lies, None for a fact without one."""
    match fact.value:
        case Money(low=low, high=high, currency=unit):
            pass
        case Count(low=fewest, high=most):
            low, high, unit = Decimal(fewest), Decimal(most), "count"
        case Share(percent=percent, points=points):
            low, high, unit = percent, percent, "points" if points else "percent"
        case _:
            return None
    step = step_of(high)
    if fact.bound == "min":
        return Extent(low=low, high=None, unit=unit, shape="bound", step=step)
    if fact.bound == "max":
        return Extent(low=None, high=high, unit=unit, shape="bound", step=step)
    if low != high:
        return Extent(low=low, high=high, unit=unit, shape="range", step=step)
    return Extent(low=low, high=high, unit=unit, shape="about" if fact.approx else "exact", step=step)


def _side(held: Held, reports: Sequence[Report]) -> Side:
    return Side(value=str(held.fact.value), facts=(held.fact,), entries=(reports[held.report].entry.key,))
