"""Put in order how far a story's reports say that it is: what came of it before what led there. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.stories.storyline import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.types import Fact, Report

_DECIDED: Final = STAGES["approved"]  # what is below is thought of, asked for or negotiated
_OPEN: Final = frozenset({"no_decision", "not_signed", "not_started"})  # nothing came of it up to then


def latest_first(ranked: Sequence[tuple[Fact, Report]]) -> list[tuple[Fact, Report]]:
    """Return facts in their order, but with the statuses among them changing places.

    A decision (signed, denied) comes before what only lies ahead (planned, negotiated), and of either what
    the later report says first. Whose words stand for it is as before, and statuses of several reports of one
    moment keep their order: there the reports differ, and none follows another.
    """
    statuses = [pair for pair in ranked if pair[0].type == "status"]
    reports = {report.entry.key: report.entry.when for _, report in statuses}
    if len(reports) > 1 and len(set(reports.values())) == 1:
        return list(ranked)
    last: dict[str, float] = {}
    for fact, report in statuses:
        value = str(fact.value)
        last[value] = max(last.get(value, 0.0), report.entry.when.timestamp())
    statuses.sort(key=lambda pair: (is_ahead(pair[0]), -last[str(pair[0].value)]))
    in_order = iter(statuses)
    return [next(in_order) if pair[0].type == "status" else pair for pair in ranked]


def decided_early(ranked: Sequence[tuple[Fact, Report]]) -> list[tuple[Fact, Report]]:
    """Return facts in their order, the first decision (signed, denied) right behind the first of them.

    So its sentence is among the few that are quoted, and a plan beside it does not stand for it.
    """
    at = next((n for n, (fact, _) in enumerate(ranked) if fact.type == "status" and not is_ahead(fact)), 0)
    return list(ranked) if at < 2 else [ranked[0], ranked[at], *ranked[1:at], *ranked[at + 1 :]]


def is_ahead(fact: Fact) -> bool:
    """Tell whether a status is of something that is not decided yet."""
    return STAGES.get(str(fact.value), _DECIDED) < _DECIDED


def overtaking(report: Report, others: Iterable[Report]) -> tuple[Report, ...]:
    """Return the later reports that tell of a decision where one knows only of what lies ahead."""
    statuses = [fact for fact in report.facts if fact.type == "status"]
    if not statuses or not all(map(_is_open, statuses)):
        return ()
    return tuple(
        other
        for other in others
        if other.entry.when > report.entry.when
        and any(fact.type == "status" and not _is_open(fact) for fact in other.facts)
    )


def _is_open(fact: Fact) -> bool:
    """Tell whether a status leaves open what comes: it lies ahead, or nothing came of it so far."""
    return is_ahead(fact) or str(fact.value) in _OPEN
