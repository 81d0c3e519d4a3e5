"""`rule`: what a channel watches for in words, what it found, and what an expression would find."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.commands.expressions import ADD_EXAMPLE, as_value, read, typed
from bot.commands.replies import MOST_BUTTON, reply
from bot.commands.suggest import pick
from bot.errors import CommandError
from bot.messages import Actions, Bar, Button, Chart, Heading, Link, Links, Table, Text
from watchers.errors import ExpressionError
from watchers.matching.explain import explain
from watchers.matching.expression import either, longer_of
from watchers.matching.grammar import parse_expression
from watchers.matching.match import compile_watches, match
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import ListedWatch
    from watchers.types import Entry

LOOKED_AT: Final = 5000  # entries that a test runs over, the newest; a second's work
SHOWN: Final = 10
MOST_DAYS: Final = 30  # a test looks back; also what a chart of one rule shows
OTHER_DAYS: Final = (1, 7, 14, 30)
_TEST: Final = "/watch rule test Baykar days:7"
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


async def listed(_command: Command, desk: Desk) -> Message:
    """List what this channel watches for."""
    rows = tuple(
        (
            f"r{one.watch.number}",
            one.watch.name,
            one.watch.expression,
            alert_of(one.watch)
            + (f" from {one.watch.threshold:g}" if one.watch.threshold is not None else ""),
            state_of(one) + (", internal" if one.watch.internal else ""),
        )
        for one in await desk.store.watches.listed(desk.home)
    )
    if not rows:
        return reply(
            "This channel has no rule",
            Text(text=f"This channel has no rule and no keywords yet. Add one: {ADD_EXAMPLE}"),
        )
    return reply(
        f"{len(rows)} rules",
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
    found = await desk.store.reports.matched(watch.number, now - timedelta(days=MOST_DAYS))
    ref = f"r{watch.number}"
    rows = (
        ("State", state_of(one)),
        ("Watches for", watch.expression),
        ("A match", MEANING.get(alert_of(watch), watch.alert)),
        ("Relevance it also needs", "none" if watch.threshold is None else f"{watch.threshold:g}"),
        ("Pings", watch.mention or "nobody"),
        ("Told", "in internal channels only" if watch.internal else "wherever this channel's news goes"),
    )
    links = tuple(Link(text=f"{m.title} (a{m.entry})", url=m.link) for m in found[:SHOWN])
    turn = "Pause" if one.active else "Resume"
    meant = await asyncio.to_thread(_expanded, watch.expression)
    chart = daily(
        f"Matches of {ref} a day", f"{ref} “{watch.name}”", [m.when for m in found], now=now, zone=zone
    )
    return reply(
        chart.summary,
        Heading(text=f"{ref} {watch.name}"),
        Table(header=("What", "How it stands"), rows=rows),
        *(Text(text=line, tone="small") for line in meant),
        chart,
        *((Links(label="Latest matches", links=links),) if links else ()),
        Actions(
            buttons=(
                Button(label=turn, command=f"rule {turn.lower()} {ref}"),
                Button(label="Edit", command=f"rule edit {ref}"),
                Button(label="Test", command=f"rule test {ref} days:30"),
            )
        ),
    )


def _expanded(expression: str) -> tuple[str, ...]:
    """Return what the names, concepts and regular expressions of an expression stand for."""
    try:
        longer = longer_of(parse_expression(expression))
    except ExpressionError as error:  # kept by an earlier release that read other things
        return (f"It is left out, as it cannot be read: {error}",)
    return explain(either(longer)) if longer else ()


async def test(command: Command, desk: Desk) -> Message:
    """Show what an expression, or a rule, would have matched."""
    days = _days(command.options.get("days", "7"))
    expression, kept, again = await _tested(command, desk)
    now = desk.clock.now()
    entries = await desk.store.entries.since(now - timedelta(days=days), limit=LOOKED_AT)
    hits = await asyncio.to_thread(matching, entries, expression, kind=kept.watch.kind if kept else "rule")
    span = "day" if days == 1 else f"{days} days"
    newest = "the newest " if len(entries) == LOOKED_AT else ""
    if not entries:
        span = "day" if days == 1 else f"{days} days"
        none = f"Nothing was read in the last {span}, so there is nothing yet to hold {expression} against."
        return reply(
            none,
            Text(text=none),
            Text(text="What was added a moment ago is read within a minute: /watch source list"),
            *_offered(again, days, as_value(expression) if kept is None else ""),
        )
    told = (
        f"{expression} would have matched {len(hits)} of {newest}{len(entries)} articles of the last {span}"
        + (f", {len(hits) / days:.1f} a day" if hits and days > 1 else "")
        + "."
    )
    links = tuple(Link(text=f"{e.title} ({e.outlet}, a{e.number})", url=e.link) for e in hits[:SHOWN])
    zone = await zone_of(desk)
    charts = (
        (daily("Matches a day", "It", [e.seen for e in hits], now=now, zone=zone, days=days),)
        if hits and days > 1
        else ()
    )
    return reply(
        told,
        Text(text=told),
        *charts,
        *((Links(label=f"The newest {len(links)}", links=links),) if links else ()),
        *_offered(again, days, as_value(expression) if kept is None else ""),
    )


def _offered(again: str, days: int, addable: str) -> tuple[Actions, ...]:
    """Return buttons for other lengths of time and for adding the rule, as far as they can be asked."""
    buttons = [
        Button(label="1 day" if n == 1 else f"{n} days", command=f"rule test {again} days:{n}")
        for n in OTHER_DAYS
        if n != days and again
    ][-3:]
    if addable:
        buttons.append(Button(label="Add this rule", command=f"rule add {addable}", style="primary"))
    fitting = tuple(button for button in buttons if len(button.command) < MOST_BUTTON)
    return (Actions(buttons=fitting),) if fitting else ()


async def _tested(command: Command, desk: Desk) -> tuple[str, ListedWatch | None, str]:
    """Return the expression to test, the rule it is of, and how it is typed again."""
    words = " ".join(command.values)
    rules = {one.watch.number: one for one in await desk.store.watches.listed(desk.home)}
    if words[:1] in "rR" and words[1:].isdigit():
        one = await rule_named(command, desk)
        return one.watch.expression, one, f"r{one.watch.number}"
    named = next((one for one in rules.values() if one.watch.name.lower() == words.strip('"').lower()), None)
    if named:
        return named.watch.expression, named, f"r{named.watch.number}"
    expression = read(typed(command.values), command="rule test ")
    return expression, None, as_value(expression)


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text[:4]) <= MOST_DAYS:
        raise CommandError(f"days takes a number from 1 to {MOST_DAYS}.", nearest="days:7", example=_TEST)
    return int(text)


def matching(entries: Iterable[Entry], expression: str, *, kind: str = "rule") -> list[Entry]:
    """Return the entries that an expression matches, in their order."""
    watch = Watch(
        number=0,
        channel="",
        name="test",
        expression=expression,
        kind="keywords" if kind == "keywords" else "rule",
    )
    watchlist = compile_watches((watch,))
    return [entry for entry in entries if match(entry, watchlist)]


def daily(  # a chart and the sentence that says the same
    title: str,
    who: str,
    moments: Sequence[datetime],
    *,
    now: datetime,
    zone: ZoneInfo,
    days: int = MOST_DAYS,
) -> Chart:
    """Return how many of some moments lie on each of the last local days, today the last."""
    counts = Counter(at.astimezone(zone).date() for at in moments)
    today = now.astimezone(zone).date()
    shown = [today - timedelta(days=n) for n in range(days - 1, -1, -1)]
    most = max(shown, key=lambda day: (counts[day], day))
    total = sum(counts[day] for day in shown)
    summary = f"{who} matched {total} article{'s' if total != 1 else ''} in the last {days} days"
    if total:
        summary += f", most on {_day(most)} ({counts[most]})"
    bars = tuple(Bar(label=_day(day), value=counts[day]) for day in shown)
    return Chart(title=title, summary=f"{summary}.", bars=bars)


def _day(of: date) -> str:
    return format_date(of, "d MMM", locale="en")


async def rule_named(command: Command, desk: Desk) -> ListedWatch:
    """Return the rule of this channel that a person means. Raises CommandError for none and for several."""
    words = " ".join(command.values)
    rules = {one.watch.number: one for one in await desk.store.watches.listed(desk.home)}
    found = await desk.store.find.watches(desk.home, words)
    names = {number: one.watch.name for number, one in rules.items()}
    whole = tuple(n for n in found if names.get(n, "").lower() == words.strip().lower())
    return rules[pick(whole or found, names, words, what="rule", letter="r")]


async def zone_of(desk: Desk) -> ZoneInfo:
    """Return the time zone of the channel that was asked in."""
    channel = await desk.store.channels.get(desk.channel)
    return ZoneInfo(channel.timezone if channel else "UTC")
