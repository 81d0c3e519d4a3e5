"""What other exemplars would change: which articles of the last days would newly alert here, or no longer."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import ALERTING, decision
from bot.commands import values
from bot.commands.parse import shown
from bot.commands.replies import reply
from bot.commands.request import Reply
from bot.errors import CommandError
from bot.messages import Actions, Button, Link, Links, Table, Text
from watchers.types import Relevance, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block
    from watchers.store.rows_chat import Given
    from watchers.types import Exemplar, Report

LOOKED_AT: Final = 2_000  # reports, the newest; 1 ms each to judge anew
USUAL_DAYS: Final = 7
MOST_DAYS: Final = 30
SHOWN: Final = 5
NEAREST: Final = 5
LEAD: Final = 600  # code points of a body that relevance reads where there is no summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An article that would be decided otherwise, and its score here before and after."""

    report: Report
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a change of exemplars would do to the articles of the last days, those moved furthest first."""

    days: int
    reports: tuple[Report, ...]  # all that was looked at, the last stored first
    alerts: tuple[int, int]  # before and after, without those that rules and likenesses alert in any case
    newly: tuple[Moved, ...]
    no_longer: tuple[Moved, ...]
    ruled: int = 0  # those


def days_of(command: Command, *, example: str) -> int:
    """Return how many days to look back. Raises CommandError."""
    text = command.options.get("days", str(USUAL_DAYS))
    days = values.whole(text, most=MOST_DAYS)
    if days is None:
        raise CommandError(
            f"days takes a number from 1 to {MOST_DAYS}.",
            nearest=f"days:{USUAL_DAYS}",
            example=example,
            typed=text,
        )
    return days


def in_force(own: Sequence[Given], shared: tuple[Exemplar, ...], *, base: bool) -> tuple[Exemplar, ...]:
    """Return what a channel's relevance is measured against: its own exemplars and, with `base`, the shared.

    Without a good one those are no measure, and the shared ones alone count.
    """
    mine = tuple(one.exemplar for one in sorted(own, key=lambda one: one.number))
    found = (*(shared if base else ()), *mine)
    return found if any(one.good for one in found) else shared


async def forecast(
    before: tuple[Exemplar, ...], after: tuple[Exemplar, ...], audience: Audience, desk: Desk, *, days: int
) -> Forecast:
    """Judge by both what this channel's sources brought in the last days. Raises CommandError."""
    since = desk.clock.now() - timedelta(days=days)
    past = await desk.store.reports.past(since, feeds=audience.feeds, limit=LOOKED_AT)
    # As a rule's forecast, by when they were published: a new source hands over its past at once.
    reports = tuple(one.report for one in past if one.report is not None and one.entry.when >= since)
    small = [_small(report) for report in reports]
    old = await desk.judging.judge(before, small)
    new = await desk.judging.judge(after, small) if after != before else old
    return await asyncio.to_thread(_compare, reports, old, new, audience, days)


def _compare(
    reports: tuple[Report, ...],
    old: Sequence[Relevance],
    new: Sequence[Relevance],
    audience: Audience,
    days: int,
) -> Forecast:
    moved, alerts, ruled = [], [0, 0], 0
    by_rules = replace(audience, threshold=math.inf)
    for report, was, now in zip(reports, old, new, strict=True):
        sides = [_as_judged(report, audience, relevance) for relevance in (was, now)]
        if all(decision([side], by_rules) in ALERTING for side in sides):
            ruled += 1
            continue
        told = [decision([side], audience) in ALERTING for side in sides]
        alerts = [alerts[0] + told[0], alerts[1] + told[1]]
        if told[0] != told[1]:
            before, after = (audience.judged(side).score for side in sides)
            moved.append((told[1], Moved(report=report, before=before, after=after)))
    moved.sort(key=lambda pair: (-abs(pair[1].after - pair[1].before), -pair[1].report.entry.number))
    return Forecast(
        days=days,
        reports=reports,
        alerts=(alerts[0], alerts[1]),
        ruled=ruled,
        newly=tuple(one for comes, one in moved if comes),
        no_longer=tuple(one for comes, one in moved if not comes),
    )


def _as_judged(report: Report, audience: Audience, relevance: Relevance) -> Report:
    """Return a report as it would be if the channel's exemplars had given it this relevance."""
    others = (view for view in report.views if view.beat != audience.home)
    return replace(report, views=(View(beat=audience.home, relevance=relevance), *others))


def _small(report: Report) -> Report:
    """Return as much of a report as judging needs: it travels to another process."""
    entry = report.entry
    return replace(
        report,
        entry=replace(entry, body="" if entry.summary else entry.body[:LEAD]),
        relevance=Relevance(score=report.relevance.score, reasons=(), model=report.relevance.model),
        matches=(),
        facts=(),
        views=(),
    )


def asked(what: str, found: Forecast, *, keep: str, again: str, nearest: tuple[Block, ...] = ()) -> Reply:
    """Return the question whether to keep a change; `keep` is the command that does, `again` asks anew."""
    counted = summary(found)
    other = MOST_DAYS if found.days != MOST_DAYS else USUAL_DAYS
    return Reply(
        message=reply(
            f"{what} Not kept yet. {counted}",
            Text(text=f"{what} Nothing is kept yet; only you see this."),
            Text(text=counted),
            *_table("Would newly alert", found.newly),
            *_table("Would alert no longer", found.no_longer),
            *nearest,
            Text(text=f"Keep it: /watch {keep}", tone="small"),
            Actions(
                buttons=(
                    Button(label="Keep", command=keep, style="primary"),
                    Button(label=f"Look back {other} days", command=f"{again} days:{other}"),
                )
            ),
        )
    )


def summary(found: Forecast) -> str:
    """Return in a sentence what would newly alert and what no longer."""
    looked = len(found.reports)
    span = "day" if found.days == 1 else f"{found.days} days"
    if not looked:
        return f"This channel's sources brought nothing in the last {span} to hold it against."
    newest = "newest " if looked == LOOKED_AT else ""
    return (
        f"Of the {newest}{looked} articles of this channel's sources published in the last {span}, "
        f"{len(found.newly)} would newly alert and {len(found.no_longer)} would alert no longer."
    )


def nearest_of(given: Report, reports: Sequence[Report]) -> tuple[Block, ...]:
    """Return the other stored articles that are most like one by their vectors, nothing without a model."""
    mine = given.vector
    if mine is None:
        return ()
    near = [
        (float(mine @ other.vector), other)
        for other in reports
        if other.vector is not None
        and other.vector.shape == mine.shape
        and other.entry.title != given.entry.title
    ]
    near.sort(key=lambda pair: (-pair[0], -pair[1].entry.number))
    links = tuple(
        Link(text=f"{shown(one.entry.title, 80)} (a{one.entry.number}, {like:.2f})", url=one.entry.link)
        for like, one in near[:NEAREST]
    )
    return (Links(label="Nearest articles", links=links),) if links else ()


def _table(header: str, moved: Sequence[Moved]) -> tuple[Block, ...]:
    if not moved:
        return ()
    rows = tuple(
        (f"a{one.report.entry.number} {shown(one.report.entry.title, 90)}", _change(one))
        for one in moved[:SHOWN]
    )
    more = len(moved) - SHOWN
    rest = (Text(text=f"and {more} more", tone="small"),) if more > 0 else ()
    return (Table(header=(header, "Score"), rows=rows), *rest)


def _change(one: Moved) -> str:
    return f"{one.before:.2f} → {one.after:.2f}"
