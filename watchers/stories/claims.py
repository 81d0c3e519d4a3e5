"""Find where the reports of one story give different values for the same thing.

Only what a reader should know: no roundings, no bounds that the other value keeps, no sum of another scope.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from watchers.claims.scopes import opposed, scopes
from watchers.stories.counted import counted_class
from watchers.types import Count, Disagreement, Money, Period, Share, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from watchers.types import Fact, FactType, Report

ROUNDING = Decimal("0.01")  # 367 and 370 million are one price, told twice
ROUNDED = Decimal("0.06")  # and 8 is 8.4 rounded, but only if it has fewer digits
# Values further apart than this are parts of different things (three of eleven ships), unless one is the
# other times ten, a hundred or a thousand: then somebody slipped.
NEAREST_SCOPE = Decimal("0.5")
SLIPS = (Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000))
MAX_CLAIMS = 400  # of one story; beyond it only the first are compared
_LEFT_OUT = frozenset({"conversion", "cumulative", "statistic", "disputed", "option", "share_price"})
_ABOUT = {"": "amount", "deal_value": "deal value", "per_unit": "price of one"}
# Dimensions of scope whose words set two values of one story apart.
_SCOPES = frozenset({"part", "per", "firm", "version", "load", "base", "depth", "with"})
_YEAR = re.compile(r"(?:FY)?(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A fact and the number of the report that holds it."""

    report: int
    fact: Fact


def disagreements(story_reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Return what the reports disagree on, each side with its facts and the keys of its entries.

    Values are compared within one kind of thing: money by role and currency, counts by what is counted,
    percentages, deadlines. The side that most reports take comes first. Two values that their sentences
    narrow differently, a batch and the whole, the price of one and of all, are no disagreement.
    """
    found: list[Disagreement] = []
    for (kind, about), claims in gathered(story_reports).items():
        found += _compare(kind, about, claims, story_reports)
    return tuple(found)


def gathered(story_reports: Sequence[Report]) -> Mapping[tuple[FactType, str], list[Held]]:
    """Return the facts that are compared, by their type and what they are of."""
    groups: dict[tuple[FactType, str], list[Held]] = defaultdict(list)
    count = 0
    for number, report in enumerate(story_reports):
        for fact in report.facts:
            about = _about(fact, report)
            if about and count < MAX_CLAIMS:
                groups[_type(fact), about].append(Held(report=number, fact=fact))
                count += 1
    return groups


def apart_in_scope(left: Held, right: Held, reports: Sequence[Report]) -> bool:
    """Tell whether the sentences of two facts narrow what they give by different words of one dimension."""
    sides = [
        [
            word
            for word in scopes(held.fact.sentence, reports[held.report].entry.lang)
            if word.partition(":")[0] in _SCOPES
        ]
        for held in (left, right)
    ]
    return opposed(*sides)


def _type(fact: Fact) -> FactType:
    return "delivery_deadline" if fact.type == "date" else fact.type


def _about(fact: Fact, report: Report) -> str:
    """Return what a fact's value is of, in words; empty if it is not compared."""
    if fact.role in _LEFT_OUT or fact.hedge == "denied":
        return ""
    match fact.value:
        case Money():
            return _ABOUT.get(_money_role(fact.role), fact.role.replace("_", " "))
        case Share(points=points):
            return "difference in points" if points else "percentage"
        case Count():
            counted = counted_class(fact.mention)
            return f"number of {counted}" if counted else ""
        case Period():
            return f"{_edge(fact)} date" if _is_ahead(fact.value.text, report) else ""
        case _:
            return ""


def _is_ahead(text: str, report: Report) -> bool:
    """Tell whether a period lies wholly after the report; what is past is no promise to disagree on."""
    calendar = text.removeprefix("FY")
    return calendar[:10] > report.entry.when.date().isoformat()[: len(calendar)]


def _edge(fact: Fact) -> str:
    return "start" if fact.bound in {"start", "min"} else "end"  # "in 2028" and "by 2028" both name the end


def _money_role(role: str) -> str:
    # A headline's bare sum and the text's "contract worth" are the same price.
    return "deal_value" if role in {"", "deal_value", "ceiling", "budget", "estimate"} else role


def _compare(
    kind: FactType, about: str, claims: Sequence[Held], reports: Sequence[Report]
) -> Iterable[Disagreement]:
    sides = _sides(claims)
    holders = [frozenset(claim.report for claim in side) for side in sides]
    values_of: dict[int, set[int]] = defaultdict(set)
    for number, held in enumerate(holders):
        for report in held:
            values_of[report].add(number)
    differing = [
        (a, b)
        for a, b in combinations(range(len(sides)), 2)
        if _differ(sides[a][0].fact, sides[b][0].fact)
        and not holders[a] & holders[b]
        and _alone(holders[a], holders[b], values_of, several=kind in {"money", "quantity"})
        and not apart_in_scope(sides[a][0], sides[b][0], reports)
        and not (kind == "quantity" and _is_part(sides[a], sides[b], reports))
    ]
    for group in _joined(differing):
        ordered = sorted(group, key=lambda n: (-len(holders[n]), min(holders[n])))
        yield Disagreement(about=about, type=kind, sides=tuple(_side(sides[n], reports) for n in ordered))


def _alone(
    left: frozenset[int], right: frozenset[int], values_of: dict[int, set[int]], *, several: bool
) -> bool:
    """Tell whether a report of each side states this value as its own.

    Two reports that agree on one sum and differ on another speak of two parts of it. Percentages and dates
    are compared only between reports that give a single one.
    """
    for a in left:
        for b in right:
            if values_of[a] & values_of[b]:
                continue
            if several or len(values_of[a]) == len(values_of[b]) == 1:
                return True
    return False


def _is_part(left: Sequence[Held], right: Sequence[Held], reports: Sequence[Report]) -> bool:
    """Tell whether a report splits the larger count: 68 fighters and 29 trainers are 97 jets."""
    part, whole = sorted((left, right), key=_size)
    total = _count(whole[0].fact)
    for claim in part:
        others = {_count(fact) for fact in reports[claim.report].facts} - {0}
        if total - _count(claim.fact) in others or sum(others) == total:
            return True
    return False


def _size(side: Sequence[Held]) -> int:
    return _count(side[0].fact)


def _count(fact: Fact) -> int:
    return fact.value.low if isinstance(fact.value, Count) else 0


def _sides(claims: Sequence[Held]) -> list[list[Held]]:
    """Gather claims of one value; the first stated stands for it."""
    sides: list[list[Held]] = []
    for claim in claims:
        for side in sides:
            if _agree(side[0].fact, claim.fact):
                side.append(claim)
                break
        else:
            sides.append([claim])
    return sides


def _agree(left: Fact, right: Fact) -> bool:
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


def _differ(left: Fact, right: Fact) -> bool:
    """Tell whether two values contradict each other as statements about one thing."""
    match left.value, right.value:
        case Money() as a, Money() as b:
            if a.currency != b.currency:  # one number in two currencies: one of them is the wrong unit
                return a.low == b.low and a.high == b.high
            return _apart(left, right, (a.low, a.high), (b.low, b.high))
        case Share(percent=a), Share(percent=b):
            return not _near(a, b) and not _is_rounded(a, b)
        case Count() as a, Count() as b:
            ends = (Decimal(a.low), Decimal(a.high)), (Decimal(b.low), Decimal(b.high))
            return min(a.low, b.low) > 1 and _apart(left, right, *ends)
        case Period(text=a), Period(text=b):
            return _years(a) != _years(b) and _edge(left) == _edge(right)
        case _:
            return False


def _apart(left: Fact, right: Fact, a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]) -> bool:
    """Tell whether two amounts of comparable size exclude each other; ends are given as (low, high)."""
    small, large = sorted((a, b))
    if small[0] <= 0:
        return False
    if any(_near(small[0] * slip, large[0]) for slip in SLIPS):
        return True
    if small[1] >= large[0] or _is_rounded(small[0], large[0]):  # one lies in the other's range
        return False
    lower, upper = (left, right) if a <= b else (right, left)
    if lower.bound == "min" or upper.bound == "max":  # "more than 5.5" and 7.1 may both be true
        return False
    tolerance = Decimal("0.05") if lower.approx or upper.approx else ROUNDING
    return small[0] / large[0] > NEAREST_SCOPE and large[0] - small[0] > tolerance * large[0]


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
    return tuple(_YEAR.findall(text))


def _joined(pairs: Sequence[tuple[int, int]]) -> Iterable[set[int]]:
    """Gather pairs that share a member."""
    groups: list[set[int]] = []
    for pair in pairs:
        touching = [group for group in groups if group & set(pair)]
        merged = set(pair).union(*touching)
        groups = [group for group in groups if group not in touching] + [merged]
    return groups


def _side(claims: Sequence[Held], reports: Sequence[Report]) -> Side:
    numbers = sorted({claim.report for claim in claims})
    return Side(
        value=str(claims[0].fact.value),
        facts=tuple(claim.fact for claim in claims),
        entries=tuple(reports[number].entry.key for number in numbers),
    )
