"""Put in order how far a story's reports say that it is: what came of it before what led there. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.stories.storyline import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.types import Fact, Report

_DECIDED: Final = STAGES["approved"]  # what is below is thought of, asked for or negotiated


def latest_first(ranked: Sequence[tuple[Fact, Report]]) -> list[tuple[Fact, Report]]:
    """Return facts in their order, but with the statuses among them changing places.

    A decision (signed, denied) comes before what only lies ahead (planned, negotiated), and of either what
    the later report says first. Whose words stand for it is as before, and statuses of one moment keep their
    order: there the reports differ, and none follows another.
    """
    statuses = [pair for pair in ranked if pair[0].type == "status"]
    if len({report.entry.when for _, report in statuses}) < 2:
        return list(ranked)
    last: dict[str, float] = {}
    for fact, report in statuses:
        value = str(fact.value)
        last[value] = max(last.get(value, 0.0), report.entry.when.timestamp())
    statuses.sort(key=lambda pair: (is_ahead(pair[0]), -last[str(pair[0].value)]))
    in_order = iter(statuses)
    return [next(in_order) if pair[0].type == "status" else pair for pair in ranked]


def is_ahead(fact: Fact) -> bool:
    """Tell whether a status is of something that is not decided yet."""
    return STAGES.get(str(fact.value), _DECIDED) < _DECIDED


def overtaking(report: Report, others: Iterable[Report]) -> tuple[Report, ...]:
    """Return the later reports that tell of a decision where one knows only of what lies ahead."""
    statuses = [fact for fact in report.facts if fact.type == "status"]
    if not statuses or not all(map(is_ahead, statuses)):
        return ()
    return tuple(
        other
        for other in others
        if other.entry.when > report.entry.when
        and any(fact.type == "status" and not is_ahead(fact) for fact in other.facts)
    )
