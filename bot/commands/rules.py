"""`rule`: what a channel watches for in words, what it found, and what an expression would find."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.announcing.alerts import alike
from bot.commands import forecast, reach
from bot.commands.expressions import ADD_EXAMPLE, names
from bot.commands.forecast import MOST_DAYS
from bot.commands.replies import reply
from bot.commands.suggest import pick
from bot.messages import Actions, Bar, Button, Chart, Heading, Link, Links, Table, Text
from bot.wording.counting import counted
from watchers.errors import ExpressionError
from watchers.matching.explain import explain
from watchers.matching.expression import either, longer_of
from watchers.matching.grammar import parse_expression
from watchers.matching.wider import wider
from watchers.relevance.decide import ALERT_AT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.matching.known import Known
    from watchers.store.rows import ListedWatch
    from watchers.types import Watch

SHOWN: Final = 10
LEAST_DRAWN: Final = 7  # days of a chart
# How the alerts of a rule are called, by what is stored of it.
_ALERTS: Final = {
    ("rule", "now"): "now",
    ("rule", ""): "usual",
    ("rule", "digest"): "digest",
    ("keywords", ""): "off",
}
MEANING: Final = {
    "now": "alerts at once, also in quiet hours",
    "usual": "alerts",
    "digest": "goes into the digest",
    "off": "only marks the words; relevance alone decides",
}


def alert_of(watch: Watch) -> str:
    """Return what a match of a watch does, in the word that is typed for it."""
    return _ALERTS.get((watch.kind, watch.alert), watch.alert or "usual")


async def listed(command: Command, desk: Desk) -> Message:
    """List what this channel watches for."""
    rows = tuple(
        (
            f"r{one.watch.number}",
            one.watch.name,
            ("news like its article; marks " if one.watch.kind == "like" else "") + one.watch.expression,
            alert_of(one.watch)
            + (f" from {one.watch.threshold:g}" if one.watch.threshold is not None else ""),
            state_of(one) + (", internal" if one.watch.internal else ""),
        )
        for one in await reach.rules_shown(desk, command)
    )
    if not rows:
        return reply(
            "This channel has no rule",
            Text(text=f"This channel has no rule and no keywords yet. Add one: {ADD_EXAMPLE}"),
        )
    return reply(
        f"{counted(len(rows), 'rule')}",
        Heading(text="Rules and keywords"),
        Table(header=("Id", "Name", "Watches for", "Alert", "State"), rows=rows),
        Text(text=f"What a match does: {'; '.join(f'{k} {v}' for k, v in MEANING.items())}.", tone="small"),
    )


def state_of(one: ListedWatch) -> str:
    """Return in a word or two how a rule stands."""
    if one.taken_out:
        return "no longer in the configuration file"
    return "paused" if one.paused else "on"


async def show(command: Command, desk: Desk) -> Message:
    """Show one rule: what it does, and what it matched in the last thirty days."""
    one = await rule_named(command, desk)
    watch = one.watch
    now = desk.clock.now()
    zone = await zone_of(desk)
    found = await (_alike(watch, desk) if watch.kind == "like" else _matched(watch, desk))
    ref = f"r{watch.number}"
    rows = (
        ("State", state_of(one)),
        *await _looked_for(watch, desk),
        ("Pings", watch.mention or "nobody"),
        ("Told", "in internal channels only" if watch.internal else "wherever this channel's news goes"),
    )
    links = tuple(link for _, link in found[:SHOWN])
    turn = "Pause" if one.active else "Resume"
    meant = await asyncio.to_thread(_expanded, watch.expression, await names(desk))
    chart = daily(
        f"Matches of {ref} a day", f"{ref} “{watch.name}”", [when for when, _ in found], now=now, zone=zone
    )
    return reply(
        chart.summary,
        Heading(text=f"{ref} {watch.name}"),
        Table(header=("What", "How it stands"), rows=rows),
        *(Text(text=line, tone="small") for line in meant),
        *((chart,) if found else (Text(text=chart.summary),)),
        *((Links(label="Latest matches", links=links),) if links else ()),
        Actions(
            buttons=(
                Button(label=turn, command=f"rule {turn.lower()} {ref}"),
                Button(label="Edit", command=f"rule edit {ref}"),
                Button(label="Test", command=f"rule test {ref} days:30"),
            )
        ),
    )


async def _looked_for(watch: Watch, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return what a rule looks for, what that does, and what it needs."""
    does = MEANING.get(alert_of(watch), watch.alert)
    needs = "" if watch.threshold is None else f"{watch.threshold:g}"
    if watch.kind != "like":
        return (
            ("Watches for", watch.expression),
            ("A match", does),
            ("Relevance it also needs", needs or "none"),
        )
    given = await desk.store.exemplars.listed(desk.home, watch_number=watch.number)
    titles = [f"{'' if one.good else 'not '}“{one.title}” (x{one.number})" for one in given]
    return (
        ("Watches for", f"likeness to {', '.join(titles) or 'nothing any more'}"),
        ("Likeness it needs", needs or f"{ALERT_AT:g}, as usual"),
        ("Such an article", does),
        ("Words that it marks", watch.expression),
    )


async def _matched(watch: Watch, desk: Desk) -> list[tuple[datetime, Link]]:
    """Return what met a rule lately, newest first."""
    found = await desk.store.reports.matched(watch.number, desk.clock.now() - timedelta(days=MOST_DAYS))
    return [(one.when, Link(text=f"{one.title} (a{one.entry})", url=one.link)) for one in found]


async def _alike(watch: Watch, desk: Desk) -> list[tuple[datetime, Link]]:
    """Return what a likeness found lately, newest first."""
    archive = await forecast.look_back(desk)
    found = []
    for report in (row.report for row in archive.rows if row.report):
        for _, view in alike(report, (watch,)):
            title = f"{view.score:.2f} {report.entry.title} (a{report.entry.number})"
            found.append((report.entry.seen, Link(text=title, url=report.entry.link)))
    return found


def _expanded(expression: str, known: Known) -> tuple[str, ...]:
    """Return what the names, concepts and regular expressions stand for, and which words could be some."""
    try:
        read_back = parse_expression(expression, known)
    except ExpressionError as error:  # kept by an earlier release that read other things, or knew other names
        return (f"It is left out, as it cannot be read: {error}",)
    longer = longer_of(read_back)
    return (*(explain(either(longer), known) if longer else ()), *wider(read_back, known))


def daily(  # a chart and the sentence that says the same
    title: str,
    who: str,
    moments: Sequence[datetime],
    *,
    now: datetime,
    zone: ZoneInfo,
    days: int = MOST_DAYS,
) -> Chart:
    """Return how many of some moments lie on each of the last local days, today the last.

    Days before the first that has any are not drawn, but for a week.
    """
    counts = Counter(at.astimezone(zone).date() for at in moments)
    today = now.astimezone(zone).date()
    shown = [today - timedelta(days=n) for n in range(days - 1, -1, -1)]
    most = max(shown, key=lambda day: (counts[day], day))
    total = sum(counts[day] for day in shown)
    summary = f"{who} matched {total} article{'s' if total != 1 else ''} in the last {days} days"
    if total:
        summary += f", most on {_day(most)} ({counts[most]})"
    first = next((n for n, day in enumerate(shown) if counts[day]), 0)
    drawn = shown[min(first, max(days - LEAST_DRAWN, 0)) :]
    bars = tuple(Bar(label=_day(day), value=counts[day]) for day in drawn)
    return Chart(title=title, summary=f"{summary}.", bars=bars)


def _day(of: date) -> str:
    return format_date(of, "d MMM", locale="en")


async def rule_named(command: Command, desk: Desk) -> ListedWatch:
    """Return the rule of this channel that a person means. Raises CommandError for none and for several."""
    words = " ".join(command.values)
    rules = {one.watch.number: one for one in await reach.rules_shown(desk, command)}
    found = await desk.store.find.watches(desk.home, words)
    called = {number: one.watch.name for number, one in rules.items()}
    whole = tuple(n for n in found if called.get(n, "").lower() == words.strip().lower())
    return rules[pick(whole or found, called, words, what="rule", letter="r")]


async def zone_of(desk: Desk) -> ZoneInfo:
    """Return the time zone of the channel that was asked in."""
    channel = await desk.store.channels.get(desk.channel)
    return ZoneInfo(channel.timezone if channel else "UTC")
