"""Find where the reports of one story give different values for the same thing.

Only what a reader should know: no roundings, no bounds that the other value keeps, no sum of another scope.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING, Final

from watchers.claims.scopes import opposed, scopes
from watchers.stories.counted import counted_class
from watchers.stories.dated import dated
from watchers.stories.totals import is_flow
from watchers.stories.values import agree, differ, edge
from watchers.types import Count, Disagreement, Money, Period, Share, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchers.types import Fact, FactType, Report

# A story of fifty reports has some 200 claims; each pair of different values costs 5 µs. Beyond these numbers
# only the first are compared, so that neither a flood of reports nor one report's table holds up a card.
MAX_CLAIMS: Final = 400  # of one story
MAX_OF_REPORT: Final = 60
MAX_VALUES: Final = 40  # different ones of one thing
MOST: Final = 12  # disagreements of one story
_LEFT_OUT = frozenset({"conversion", "cumulative", "disputed", "option", "share_price"})
TOTAL: Final = "statistic"  # a year's or sector's sum: no two outlets count the same, so no disagreement
_ABOUT = {"": "amount", "deal_value": "deal value", "per_unit": "price of one"}
# Dimensions of scope whose words set two values of one story apart.
_SCOPES = frozenset({"part", "per", "firm", "version", "load", "base", "depth", "with"})
_NO_DEADLINE = re.compile(r"FY|\d{4}-\d\d-\d\d")
_NARROW = frozenset({"who:top", "per:unit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A fact and the number of the report that holds it."""

    report: int
    fact: Fact


def disagreements(story_reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """Return what the reports disagree on, each side with its facts and the keys of its entries.

    Values are compared within one kind of thing: money by role and currency, counts by what is counted,
    percentages, deadlines. The side that most reports take comes first. Two values that their sentences
    narrow differently, a batch and the whole, the price of one and of all, are no disagreement. At most MOST.
    """
    found: list[Disagreement] = []
    for (kind, about), claims in gathered(story_reports).items():
        if about != TOTAL:
            found += _compare(kind, about, claims, story_reports)
    return tuple(found[:MOST])


def gathered(story_reports: Sequence[Report]) -> Mapping[tuple[FactType, str], list[Held]]:
    """Return the facts that are compared, by their type and what they are of; at most MAX_CLAIMS."""
    groups: dict[tuple[FactType, str], list[Held]] = defaultdict(list)
    for held, kind, about in islice(_claims(story_reports), MAX_CLAIMS):
        groups[kind, about].append(held)
    return groups


def _claims(story_reports: Sequence[Report]) -> Iterator[tuple[Held, FactType, str]]:
    for number, report in enumerate(story_reports):
        compared = ((fact, about) for fact in report.facts if (about := _about(fact, report)))
        for fact, about in islice(compared, MAX_OF_REPORT):
            yield Held(report=number, fact=fact), _type(fact), about


def apart_in_scope(left: Held, right: Held, reports: Sequence[Report]) -> bool:
    """Tell whether the sentences of two facts narrow what they give by different words of one dimension.

    A word that leaves most out, such as "the ten largest firms", narrows also where the other has none.
    """
    words = [scopes(held.fact.sentence, reports[held.report].entry.lang) for held in (left, right)]
    sides = [[word for word in side if word.partition(":")[0] in _SCOPES] for side in words]
    return opposed(*sides) or bool((set(words[0]) ^ set(words[1])) & _NARROW)


def _type(fact: Fact) -> FactType:
    return "delivery_deadline" if fact.type == "date" else fact.type


def _about(fact: Fact, report: Report) -> str:
    """Return what a fact's value is of, in words; empty if it is not compared."""
    if fact.role in _LEFT_OUT or fact.hedge == "denied":
        return ""
    match fact.value:
        case Money():
            return _sum(fact, report)
        case Share(points=points):
            return "difference in points" if points else "percentage"
        case Count():
            counted = counted_class(fact.mention)
            return f"number of {counted}" if counted else ""
        case Period():
            # the fiscal year that a budget is for is nobody's deadline, nor the day of a visit
            due = fact.bound or fact.type != "date" or not _NO_DEADLINE.match(fact.value.text)
            kind = dated(fact, report.entry.lang) or edge(fact)  # a decision and a hand-over never differ
            return f"{kind} date" if due and _is_ahead(fact.value.text, report) else ""
        case _:
            return ""


def _sum(fact: Fact, report: Report) -> str:
    """Return what an amount is: a price, a part, or a total of exports and the like."""
    if fact.role == TOTAL or (not fact.role and is_flow(fact.sentence, report.entry.lang)):
        return TOTAL
    return _ABOUT.get(_money_role(fact.role), fact.role.replace("_", " "))


def _is_ahead(text: str, report: Report) -> bool:
    """Tell whether a period lies wholly after the report; what is past is no promise to disagree on."""
    calendar = text.removeprefix("FY")
    return calendar[:10] > report.entry.when.date().isoformat()[: len(calendar)]


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
        if differ(sides[a][0].fact, sides[b][0].fact)
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
    """Gather claims of one value; the first stated stands for it. At most MAX_VALUES."""
    sides: list[list[Held]] = []
    for claim in claims:
        for side in sides:
            if agree(side[0].fact, claim.fact):
                side.append(claim)
                break
        else:
            if len(sides) < MAX_VALUES:
                sides.append([claim])
    return sides


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
