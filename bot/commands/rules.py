"""`rule`: what a channel watches for in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, cast

from bot.commands.replies import only, reply
from bot.errors import CommandError
from bot.messages import Heading, Link, Links, Table, Text
from watchers.errors import ExpressionError
from watchers.matching.grammar import parse_expression
from watchers.matching.match import compile_watches, match
from watchers.types import Watch

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message

_EXAMPLE: Final = '/watch rule add "drone procurement" name:drones'
LOOKED_AT: Final = 5000  # entries that a test runs over, the newest; a second's work
SHOWN: Final = 10


async def add(command: Command, desk: Desk) -> Message:
    """Watch for an expression here."""
    expression = _read(" ".join(command.values))
    alert = command.options.get("alert", "now")
    if alert not in {"now", "digest"}:
        raise CommandError(f'alert: takes now or digest, not "{alert[:40]}".', example=_EXAMPLE)
    watch = Watch(
        number=0,
        channel=desk.channel,
        name=command.options.get("name") or expression[:60],
        expression=expression,
        kind="rule",
        alert=cast("Literal['now', 'digest']", alert),
        threshold=_threshold(command.options.get("threshold")),
    )
    saved = await desk.store.watches.add(watch, origin="chat")
    return reply(
        f"Rule r{saved.number} added",
        Text(
            text=f"r{saved.number} “{saved.name}” watches for {saved.expression} from now on. "
            f"Take it out: /watch rule remove r{saved.number}"
        ),
    )


async def listed(_command: Command, desk: Desk) -> Message:
    """List what this channel watches for."""
    rows = tuple(
        (
            f"r{one.watch.number}",
            one.watch.name,
            one.watch.expression,
            one.watch.alert or ("with relevance" if one.watch.kind == "keywords" else "now"),
            "paused" if not one.active else "on",
        )
        for one in await desk.store.watches.listed(desk.channel)
    )
    if not rows:
        raise CommandError("This channel has no rule and no keywords.", example=_EXAMPLE)
    return reply(
        f"{len(rows)} rules",
        Heading(text="Rules and keywords"),
        Table(header=("Id", "Name", "Watches for", "Alerts", "State"), rows=rows),
    )


async def test(command: Command, desk: Desk) -> Message:
    """Show what an expression, or a rule named by id, would have matched."""
    words = " ".join(command.values)
    found = (
        await desk.store.find.watches(desk.channel, words)
        if words[:1] in "rR" and words[1:].isdigit()
        else ()
    )
    rules = {one.watch.number: one.watch for one in await desk.store.watches.listed(desk.channel)}
    expression = rules[found[0]].expression if found else _read(words)
    days = command.options.get("days", "7")
    if not days.isdigit() or not 1 <= int(days) <= 366:
        raise CommandError("days: takes a number from 1 to 366.", example="/watch rule test Baykar days:7")
    watchlist = compile_watches(
        (Watch(number=0, channel=desk.channel, name="test", expression=expression, kind="rule"),)
    )
    since = desk.clock.now() - timedelta(days=int(days))
    entries = await desk.store.entries.since(since, limit=LOOKED_AT)
    hits = [entry for entry in entries if match(entry, watchlist)]
    links = tuple(Link(text=f"{e.title} ({e.outlet}, a{e.number})", url=e.link) for e in hits[:SHOWN])
    told = f"{expression} would have matched {len(hits)} of {len(entries)} entries of the last {days} days"
    return reply(told, Text(text=told + "."), *((Links(label="The newest", links=links),) if links else ()))


async def remove(command: Command, desk: Desk) -> Message:
    """Take a rule out of this channel."""
    words = " ".join(command.values)
    found = await desk.store.find.watches(desk.channel, words)
    number = only(found, words, what="rule", letter="r", example="/watch rule list")
    rule = next(
        one.watch for one in await desk.store.watches.listed(desk.channel) if one.watch.number == number
    )
    await desk.store.watches.remove(desk.channel, number)
    return reply(
        f"Rule r{number} taken out",
        Text(text=f"r{number} “{rule.name}” is taken out. Back: /watch rule add {rule.expression}"),
    )


def _read(text: str) -> str:
    try:
        return str(parse_expression(text))
    except ExpressionError as error:
        raise CommandError(str(error), example=_EXAMPLE) from error


def _threshold(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise CommandError("threshold: takes a number from 0 to 1.", example=f"{_EXAMPLE} threshold:0.6")
    return value
