"""What reports said of how far a matter is: each claim dated, with its source, none replacing another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Fact, Report, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One claim of how far a matter is, such as "signed", by the first report that made it."""

    fact: Fact
    report: Report
    story: int
    also: tuple[str, ...] = ()  # further outlets that said so before something else was said


def progress(stories: Iterable[Story]) -> tuple[Stand, ...]:
    """Return the claims of stories, the steps of one affair, oldest first.

    A status is told again when another was claimed in between: signed, denied, signed are three claims.
    """
    reports = sorted(
        ((report, story.number) for story in stories for report in story.reports),
        key=lambda pair: (pair[0].entry.when, pair[0].entry.number, pair[0].entry.key),
    )
    found: list[Stand] = []
    standing: dict[str, int] = {}  # statuses claimed since the last turn, to their place in `found`
    for report, number in reports:
        mine = _statuses(report)
        if any(status not in standing for status in mine):
            standing = {status: place for status, place in standing.items() if status in mine}
        for status, fact in mine.items():
            if status not in standing:
                standing[status] = len(found)
                found.append(Stand(fact=fact, report=report, story=number))
            else:
                found[standing[status]] = _joined(found[standing[status]], report)
    return tuple(found)


def _statuses(report: Report) -> dict[str, Fact]:
    """Return a report's statuses, each with the first fact that gives it, in the order of the text."""
    statuses: dict[str, Fact] = {}
    for fact in sorted(report.facts, key=lambda one: one.start):
        if fact.type == "status":
            statuses.setdefault(str(fact.value), fact)
    return statuses


def _joined(stand: Stand, report: Report) -> Stand:
    outlet = report.entry.outlet
    if outlet in {stand.report.entry.outlet, *stand.also}:
        return stand
    return Stand(fact=stand.fact, report=stand.report, story=stand.story, also=(*stand.also, outlet))
