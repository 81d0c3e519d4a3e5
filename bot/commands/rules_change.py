"""`rule`, the part that changes what is watched for: add, edit, pause, resume, remove."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from bot.commands import values
from bot.commands.expressions import ADD_EXAMPLE, as_option, as_value, read, typed
from bot.commands.parse import MAX_LENGTH, shown
from bot.commands.replies import Change, reply
from bot.commands.request import Choice, Question, Reply, Sheet
from bot.commands.rules import LOOKED_AT, MEANING, alert_of, matching, rule_named
from bot.errors import CommandError
from bot.messages import Text
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.desk import Desk
    from bot.commands.parse import Command

LONGEST_OWN_NAME: Final = 60  # code points of an expression that serve as its name
FORECAST_DAYS: Final = 7
_OPTIONS: Final = frozenset({"expression", "name", "alert", "threshold", "mention", "audience"})
_STORED: Final[dict[str, tuple[Literal["keywords", "rule"], Literal["", "now", "digest"]]]] = {
    "now": ("rule", "now"),
    "usual": ("rule", ""),
    "digest": ("rule", "digest"),
    "off": ("keywords", ""),
}


async def add(command: Command, desk: Desk) -> Change:
    """Watch for an expression here."""
    expression = read(typed(command.values))
    blank = Watch(
        number=0,
        channel=desk.home,
        name=shown(expression.replace('"', "'"), LONGEST_OWN_NAME),
        expression=expression,
        kind="rule",
    )
    watch = await _changed(blank, command.options, desk, example=ADD_EXAMPLE)
    await _refuse_taken(watch, desk)
    paused = command.options.get("state") == "paused"
    async with desk.store.transaction() as rooms:
        saved = await rooms.watches.add(watch, origin="chat")
        if paused:
            await rooms.watches.pause(desk.home, saved.number, paused=True)
    since = desk.clock.now() - timedelta(days=FORECAST_DAYS)
    entries = await desk.store.entries.since(since, limit=LOOKED_AT)
    hits = len(matching(entries, expression, kind=saved.kind))
    forecast = f"From now on a match {MEANING[alert_of(saved)]}." + (
        f" In the last {FORECAST_DAYS} days {hits} of {len(entries)} articles would have matched: "
        f"/watch rule test r{saved.number}"
        if entries
        else " Nothing was read yet to hold it against."
    )
    return Change(
        line=f"added r{saved.number} “{saved.name}”, which watches for {saved.expression}"
        + (", paused" if paused else ""),
        undo=f"rule remove r{saved.number}",
        details=(Text(text=forecast, tone="small"),),
    )


async def edit(command: Command, desk: Desk) -> Change | Reply:
    """Change a rule; without any option, open a form."""
    old = (await rule_named(command, desk)).watch
    ref = f"r{old.number}"
    if not command.options.keys() & _OPTIONS:
        return _sheet(old)
    example = f"/watch rule edit {ref} alert:digest"
    new = await _changed(old, command.options, desk, example=example)
    said, undo = _differences(old, new)
    if not said:
        raise CommandError(f"{ref} “{old.name}” is like that already.", example=f"/watch rule show {ref}")
    if new.name != old.name:
        await _refuse_taken(new, desk)
    await desk.store.watches.edit(new)
    back = f"rule edit {ref} {' '.join(undo)}"
    return Change(
        line=f"changed {ref} “{old.name}”: {', '.join(said)}",
        undo=back if all(undo) and len(back) <= MAX_LENGTH else "",
    )


def _differences(old: Watch, new: Watch) -> tuple[list[str], list[str]]:
    """Return what is different in words, and the options that bring the old values back."""
    said, undo = [], []
    if new.expression != old.expression:
        said.append(f"it watches for {new.expression}, no longer for {old.expression}")
        undo.append(f"expression:{text}" if (text := as_option(old.expression)) else "")
    if new.name != old.name:
        said.append(f"it is called “{new.name}”")
        undo.append(f"name:{values.quoted(old.name)}")
    if alert_of(new) != alert_of(old):
        said.append(f"a match {MEANING[alert_of(new)]}")
        undo.append(f"alert:{alert_of(old)}")
    if new.threshold != old.threshold:
        said.append(
            "it needs no relevance" if new.threshold is None else f"it needs relevance {new.threshold:g}"
        )
        undo.append(f"threshold:{_number(old.threshold)}")
    if new.mention != old.mention:
        said.append("it pings somebody with its alerts" if new.mention else "it pings nobody")
        undo.append(f"mention:{old.mention or 'off'}")
    if new.internal != old.internal:
        said.append("it is internal" if new.internal else "it is told in public channels too")
        undo.append(f"audience:{_audience(internal=old.internal)}")
    return said, undo


async def pause(command: Command, desk: Desk) -> Change:
    """Stop using a rule for now."""
    one = await rule_named(command, desk)
    ref, name = f"r{one.watch.number}", one.watch.name
    if not one.active:
        raise CommandError(f"{ref} “{name}” is paused already.", example=f"/watch rule resume {ref}")
    await desk.store.watches.pause(desk.home, one.watch.number, paused=True)
    return Change(line=f"paused {ref} “{name}”", undo=f"rule resume {ref}")


async def resume(command: Command, desk: Desk) -> Change:
    """Use a paused rule again."""
    one = await rule_named(command, desk)
    ref, name = f"r{one.watch.number}", one.watch.name
    if one.active:
        raise CommandError(f"{ref} “{name}” is not paused.", example=f"/watch rule show {ref}")
    if one.watch.internal:
        await refuse_public(desk)
    await desk.store.watches.pause(desk.home, one.watch.number, paused=False)
    return Change(line=f"resumed {ref} “{name}”", undo=f"rule pause {ref}")


async def remove(command: Command, desk: Desk) -> Change:
    """Take a rule out of this channel."""
    one = await rule_named(command, desk)
    watch = one.watch
    await desk.store.watches.remove(desk.home, watch.number)
    back = again(watch, paused=not one.active)
    lost = (Text(text="It is too long to be brought back by a button.", tone="small"),) if not back else ()
    return Change(line=f"took out r{watch.number} “{watch.name}”", undo=back, details=lost)


def again(watch: Watch, *, paused: bool = False) -> str:
    """Return the command that adds a rule just as it is; empty if it cannot be typed."""
    expression = as_value(watch.expression)
    options = [f"name:{values.quoted(watch.name)}", f"alert:{alert_of(watch)}"]
    if watch.threshold is not None:
        options.append(f"threshold:{_number(watch.threshold)}")
    if watch.mention:
        options.append(f"mention:{watch.mention}")
    if watch.internal:
        options.append("audience:internal")
    if paused:
        options.append("state:paused")
    command = " ".join(["rule add", expression, *options])
    return command if expression and len(command) <= MAX_LENGTH else ""


async def _changed(watch: Watch, given: Mapping[str, str], desk: Desk, *, example: str) -> Watch:
    """Return a watch with the options given. Raises CommandError for a value that cannot be."""
    new = watch
    if "expression" in given:
        new = replace(
            new, expression=read(given["expression"], command=f"rule edit r{watch.number} expression:")
        )
    if "name" in given:
        new = replace(new, name=values.named(given["name"], example=example))
    if "alert" in given:
        kind, alert = _STORED[given["alert"]]
        new = replace(new, kind=kind, alert=alert)
    if "threshold" in given:
        text = given["threshold"]
        off = text.strip().lower() in values.OFF
        new = replace(
            new, threshold=None if off else values.threshold(text, example=f"{example} threshold:0.6")
        )
    if "mention" in given:
        new = replace(new, mention=values.mention(given["mention"], example=f"{example} mention:off"))
    if "audience" in given:
        new = replace(new, internal=given["audience"] == "internal")
        if new.internal:
            await refuse_public(desk)
    return new


async def refuse_public(desk: Desk) -> None:
    """Raise CommandError if what this channel's rules find can be read by people outside the team."""
    channels = await desk.store.channels.all()
    reached = [c for c in channels if desk.home in {c.id, c.bound_to} or c.id == desk.channel]
    if desk.public or any(c.public for c in reached):
        raise CommandError(
            "internal cannot be bound to a public channel: people outside the team read what is told here.",
            example=f"{ADD_EXAMPLE} audience:any",
        )


async def _refuse_taken(watch: Watch, desk: Desk) -> None:
    for one in await desk.store.watches.listed(desk.home):
        if one.watch.name == watch.name and one.watch.number != watch.number:
            ref = f"r{one.watch.number}"
            raise CommandError(
                f"There is a rule “{watch.name}” here already ({ref}); give this one another name:.",
                nearest=f"rule edit {ref}",
                example=f"/watch rule show {ref}",
            )


def _sheet(watch: Watch) -> Reply:
    ref = f"r{watch.number}"
    sheet = Sheet(
        title=f"Edit {ref}",
        command=f"rule edit {ref}",
        questions=(
            Question(
                name="expression",
                label="Watches for",
                value=watch.expression,
                hint='frigate AND (contract OR "sea power") -opinion',
                long=True,
            ),
            Question(name="name", label="Name", value=watch.name, hint="Alerts give it as their reason"),
            Question(
                name="alert",
                label="What a match does",
                value=alert_of(watch),
                choices=tuple(Choice(label=f"{word}: {does}", value=word) for word, does in MEANING.items()),
            ),
            Question(
                name="threshold",
                label="Relevance it also needs",
                value=_number(watch.threshold),
                hint="0 to 1, or off",
            ),
        ),
    )
    words = (
        f"{ref} “{watch.name}” watches for {watch.expression}; a match {MEANING[alert_of(watch)]}. "
        f"Change its expression:, name:, alert:, threshold:, mention: or audience:, such as "
        f"/watch rule edit {ref} alert:digest"
    )
    return Reply(message=reply(f"Edit {ref}", Text(text=words)), sheet=sheet)


def _number(threshold: float | None) -> str:
    return "off" if threshold is None else repr(threshold)


def _audience(*, internal: bool) -> str:
    return "internal" if internal else "any"
