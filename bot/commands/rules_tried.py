"""`rule test`: what an expression, a rule or a likeness would have found, and what it would have missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import forecast, reach, values
from bot.commands.expressions import as_value, names, read, read_typed
from bot.commands.forecast import JUDGED, LOOKED_AT, MOST_DAYS
from bot.commands.replies import MOST_BUTTON, reply
from bot.commands.rules import daily, rule_named, zone_of
from bot.errors import CommandError
from bot.messages import Actions, Button, Text
from watchers.types import Watch

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.forecast import Archive
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.matching.known import Known
    from watchers.relevance.forecast import Foreseen

OTHER_DAYS: Final = (1, 7, 14, 30)
_TEST: Final = "/watch rule test Baykar days:7"


async def answer(command: Command, desk: Desk) -> Message:
    """Show what an expression, or a rule, would have found."""
    days = _days(command.options.get("days", "7"))
    known = await names(desk)
    watch, again = await _tested(command, desk, known)
    addable = "" if watch.number else as_value(watch.expression)
    most = JUDGED if watch.kind == "like" else LOOKED_AT
    archive = await forecast.look_back(desk, days, most=most, expression=watch.expression)
    if not archive.rows:
        none = forecast.unfit(archive, _what(watch), _span(days))
        return reply(
            none,
            Text(text=none),
            Text(text="What was added a moment ago is read within a minute: /watch source list"),
            *_offered(again, days, addable),
        )
    found = await _found(archive, watch, known, desk)
    told = _told(found, watch, archive, days)
    zone = await zone_of(desk)
    moments = [one.entry.when for one in found.met]
    charts = (
        (daily("Matches a day", "It", moments, now=archive.now, zone=zone, days=days),)
        if moments and days > 1
        else ()
    )
    return reply(
        told,
        Text(text=told),
        *((Text(text=forecast.sentence(found, watch), tone="small"),) if found.met else ()),
        *charts,
        *forecast.examples(found, best=watch.kind == "like"),
        *(forecast.missed(found) if watch.kind == "rule" else ()),
        *_offered(again, days, addable),
    )


async def _found(archive: Archive, watch: Watch, known: Known, desk: Desk) -> Foreseen:
    if watch.kind != "like":
        return await forecast.of_words(archive, watch, known)
    given = await desk.store.exemplars.listed(desk.home, watch_number=watch.number)
    return await forecast.of_likeness(archive, watch, tuple(one.exemplar for one in given), desk)


def _told(found: Foreseen, watch: Watch, archive: Archive, days: int) -> str:
    newest = "the newest " if archive.cut else ""
    verb = "found" if watch.kind == "like" else "matched"
    return (
        f"{_what(watch)} would have {verb} {len(found.met)} of {newest}{found.read} articles "
        f"published in the last {_span(days)}."
    )


def _what(watch: Watch) -> str:
    return f"Likeness to the articles of “{watch.name}”" if watch.kind == "like" else watch.expression


def _span(days: int) -> str:
    return "day" if days == 1 else f"{days} days"


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


async def _tested(command: Command, desk: Desk, known: Known) -> tuple[Watch, str]:
    """Return the rule to test, number 0 for an expression, and how it is typed again."""
    words = " ".join(command.values)
    wanted = words.strip('"').lower()
    rules = [one.watch for one in await reach.rules_shown(desk, command)]
    named = next((watch for watch in rules if watch.name.lower() == wanted), None)
    if words[:1] in "rR" and words[1:].isdigit():
        named = (await rule_named(command, desk)).watch
    if named is not None:
        # Raises for one that names somebody who is known no longer.
        read(named.expression, command=f"rule edit r{named.number} expression:", known=known)
        return named, f"r{named.number}"
    expression = read_typed(command, known)
    watch = Watch(number=0, channel=desk.home, name="test", expression=expression, kind="rule")
    return watch, as_value(expression)


def _days(text: str) -> int:
    days = values.whole(text, most=MOST_DAYS)
    if days is None:
        raise CommandError(
            f"days takes a number from 1 to {MOST_DAYS}.", nearest="days:7", example=_TEST, typed=text
        )
    return days
