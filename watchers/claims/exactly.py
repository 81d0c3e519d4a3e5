"""Find what one report of a story knows only roughly and another exactly: more than 5.5 and 7.154 billion."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from watchers.claims.cues import step_of
from watchers.claims.extents import relation
from watchers.claims.scopes import opposed, scopes
from watchers.claims.stages import turned
from watchers.claims.subjects import LANGUAGES, meet
from watchers.stories.claims import TOTAL, apart_in_scope, gathered
from watchers.stories.totals import sums
from watchers.types import Count, Disagreement, Money, Period, Share, Side
from watchers.types.claims import Extent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.stories.claims import Held
    from watchers.types import Fact, Report

MOST: Final = 4  # of one story; a card shows fewer
MOST_PAIRS: Final = 400  # of one thing that are held against each other, 20 µs each
# A value less than half or more than twice a bound is of another thing: nobody writes "up to 8.8" for 0.3.
FURTHEST: Final = Decimal(2)


def known_more_exactly(reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Return what is told as a bound or range by one report and as a value inside it by another.

    The rough side comes first. At most one for each thing that the reports tell and MOST in all, and none
    where a report holds both, where their words or years narrow the two differently, or where one of them
    says that the figure has changed. It is no disagreement to be shown as one.
    """
    found = []
    for (kind, about), claims in gathered(reports).items():
        if any(extent_of(held.fact) is None for held in claims[:1]):
            continue
        rough = [held for held in claims if held.fact.bound]
        exact = [held for held in claims if not held.fact.bound]
        pairs = islice(product(rough, exact), MOST_PAIRS)
        pair = next((p for p in pairs if _is_tighter(*p, total=about == TOTAL, reports=reports)), None)
        if pair is not None:
            sides = (_side(pair[0], reports), _side(pair[1], reports))
            found.append(Disagreement(about=about, type=kind, sides=sides))
    return tuple(found[:MOST])


def _is_tighter(rough: Held, exact: Held, *, total: bool, reports: Sequence[Report]) -> bool:
    a, b = extent_of(rough.fact), extent_of(exact.fact)
    if rough.report == exact.report or a is None or b is None or not _comparable(a, b):
        return False
    year = min(reports[held.report].entry.when.year for held in (rough, exact))
    if relation(a, b, year=year) != "inside" or _holds_both(rough, exact, reports):
        return False
    return _one_scope(rough, exact, total=total, reports=reports)


def _comparable(a: Extent, b: Extent) -> bool:
    """Tell whether a bound's end and a value are of one size; amounts in two currencies never are."""
    ends = [extent.low if extent.low is not None else extent.high for extent in (a, b)]
    if a.unit != b.unit or any(end is None or end <= 0 for end in ends):
        return False
    small, large = sorted(end for end in ends if end is not None)
    return large <= FURTHEST * small


def _holds_both(rough: Held, exact: Held, reports: Sequence[Report]) -> bool:
    """Tell whether a report gives both values: then it speaks of two things, or has settled it itself."""
    values = {str(rough.fact.value), str(exact.fact.value)}
    return any(values <= {str(fact.value) for fact in reports[held.report].facts} for held in (rough, exact))


def _one_scope(rough: Held, exact: Held, *, total: bool, reports: Sequence[Report]) -> bool:
    """Tell whether the sentences of two values narrow them alike; a total needs its year and subject told."""
    sentences = [(held.fact.sentence, reports[held.report].entry.lang) for held in (rough, exact)]
    if any(lang not in LANGUAGES for _, lang in sentences) or any(turned(*one) for one in sentences):
        return False
    if apart_in_scope(rough, exact, reports) or opposed(*(scopes(*one) for one in sentences)):
        return False
    years = [_years(held, reports) for held in (rough, exact)]
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    subjects = [sums(*one) for one in sentences]
    if total:
        return bool(years[0] & years[1]) and meet(*subjects)
    return rough.fact.type != "money" or not (subjects[0] and subjects[1]) or meet(*subjects)


def _years(held: Held, reports: Sequence[Report]) -> frozenset[str]:
    """Return the years, FY2026 apart from 2026, that the sentence of a fact names."""
    return frozenset(
        fact.value.text[: 6 if fact.value.text.startswith("FY") else 4]
        for fact in reports[held.report].facts
        if isinstance(fact.value, Period) and fact.sentence_start == held.fact.sentence_start
    )


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
