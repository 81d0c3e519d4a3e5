"""`rule`, the part that changes what is watched for: add, edit, pause, resume."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from bot.commands import forecast, values
from bot.commands.expressions import ADD_EXAMPLE, as_option, in_a_row, names, read, read_typed
from bot.commands.parse import MAX_LENGTH, shown
from bot.commands.replies import Change, reply
from bot.commands.request import Choice, Question, Reply, Sheet
from bot.commands.rules import MEANING, alert_of, rule_named
from bot.errors import CommandError
from bot.messages import Text
from watchers.matching.grammar import parse_expression
from watchers.matching.wider import wider
from watchers.relevance.decide import ALERT_AT
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.desk import Desk
    from bot.commands.parse import Command

LONGEST_OWN_NAME: Final = 60  # code points of an expression that serve as its name
LONGEST_TOLD: Final = 300  # of one in the line that everybody sees; rule show has it whole
_OPTIONS: Final = frozenset({"expression", "name", "alert", "threshold", "mention", "audience"})
_FIELDS: Final = ("expression", "name", "kind", "alert", "threshold", "mention", "internal")
_STORED: Final[dict[str, tuple[Literal["keywords", "rule"], Literal["", "now", "digest"]]]] = {
    "now": ("rule", "now"),
    "usual": ("rule", ""),
    "digest": ("rule", "digest"),
    "off": ("keywords", ""),
}


async def add(command: Command, desk: Desk) -> Change:
    """Watch for an expression here."""
    known = await names(desk)
    expression = read_typed(command, known)
    blank = Watch(
        number=0,
        channel=desk.home,
        name=shown(expression.replace('"', "'"), LONGEST_OWN_NAME),
        expression=expression,
        kind="rule",
    )
    watch = await changed(blank, command.options, desk, example=ADD_EXAMPLE)
    paused = command.options.get("state") == "paused"
    async with desk.store.transaction() as rooms:
        await refuse_taken(watch, replace(desk, store=rooms))  # also by who added it at the same time
        saved = await rooms.watches.add(watch, origin="chat")
        if paused:
            await rooms.watches.pause(desk.home, saved.number, paused=True)
    archive = await forecast.look_back(desk, expression=saved.expression)
    found = await forecast.of_words(archive, saved, known)
    more = [*filter(None, [in_a_row(expression)]), *wider(parse_expression(saved.expression), known)[:1]]
    now = f"From now on a match {MEANING[alert_of(saved)]}. " + (
        f"How it would have been: /watch rule test r{saved.number}"
        if archive.rows
        else forecast.unfit(archive, "it", f"{forecast.MOST_DAYS} days")
    )
    return Change(
        line=f"added r{saved.number} “{saved.name}”, which watches for {told(saved)}"
        + (", paused" if paused else ""),
        undo=f"rule remove r{saved.number}",
        about=(f"r{saved.number}",),
        details=(
            *(Text(text=line, tone="small") for line in (now, *more)),
            *(forecast.summary(found, saved) if archive.rows else ()),
        ),
    )


def told(watch: Watch) -> str:
    """Return what a rule watches for, short enough for a line."""
    return shown(watch.expression, LONGEST_TOLD)


async def edit(command: Command, desk: Desk) -> Change | Reply:
    """Change a rule; without any option, open a form."""
    old = (await rule_named(command, desk)).watch
    ref = f"r{old.number}"
    if not command.options.keys() & _OPTIONS:
        return _sheet(old)
    example = f"/watch rule edit {ref} alert:digest"
    new = await changed(old, command.options, desk, example=example)
    said, undo = _differences(old, new)
    if not said:
        raise CommandError(f"{ref} “{old.name}” is like that already.", example=f"/watch rule show {ref}")
    if new.name != old.name:
        await refuse_taken(new, desk)
    await desk.store.watches.edit(new)
    back = f"rule edit {ref} {' '.join(undo)}"
    return Change(
        line=f"changed {ref} “{old.name}”: {', '.join(said)}",
        undo=back if all(undo) and len(back) <= MAX_LENGTH else "",
        about=tuple(f"{ref}.{name}" for name in _FIELDS if getattr(old, name) != getattr(new, name)),
    )


def _differences(old: Watch, new: Watch) -> tuple[list[str], list[str]]:
    """Return what is different in words, and the options that bring the old values back."""
    said, undo = [], []
    if new.expression != old.expression:
        said.append(f"it watches for {told(new)}, no longer for {told(old)}")
        undo.append(f"expression:{text}" if (text := as_option(old.expression)) else "")
    if new.name != old.name:
        said.append(f"it is called “{new.name}”")
        undo.append(f"name:{values.quoted(old.name)}")
    if alert_of(new) != alert_of(old):
        said.append(f"a match {MEANING[alert_of(new)]}")
        undo.append(f"alert:{alert_of(old)}")
    if new.threshold != old.threshold:
        said.append(f"it needs {_needed(new)}")
        undo.append(f"threshold:{number(old.threshold)}")
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
    return Change(line=f"paused {ref} “{name}”", undo=f"rule resume {ref}", about=(f"{ref}.state",))


async def resume(command: Command, desk: Desk) -> Change:
    """Use a paused rule again."""
    one = await rule_named(command, desk)
    ref, name = f"r{one.watch.number}", one.watch.name
    if one.active:
        raise CommandError(f"{ref} “{name}” is not paused.", example=f"/watch rule show {ref}")
    if one.watch.internal:
        await refuse_public(desk)
    await desk.store.watches.pause(desk.home, one.watch.number, paused=False)
    return Change(line=f"resumed {ref} “{name}”", undo=f"rule pause {ref}", about=(f"{ref}.state",))


async def changed(watch: Watch, given: Mapping[str, str], desk: Desk, *, example: str) -> Watch:
    """Return a watch with the options given. Raises CommandError for a value that cannot be."""
    new = watch
    if "expression" in given:
        change = f"rule edit r{watch.number} expression:"
        known = await names(desk)
        new = replace(new, expression=read(given["expression"], command=change, known=known))
    if "name" in given:
        new = replace(new, name=values.named(given["name"], example=example))
    if "alert" in given:
        new = _alerting(new, given["alert"])
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


def _alerting(watch: Watch, word: str) -> Watch:
    """Return a watch that does with a match what a word says; a likeness stays one."""
    kind, alert = _STORED[word]
    if watch.kind != "like":
        return replace(watch, kind=kind, alert=alert)
    if kind == "keywords":
        raise CommandError(
            "A likeness alerts now, as usual, or in the digest; to stop it, pause it.",
            example=f"/watch rule pause r{watch.number}" if watch.number else "/watch like a1 alert:digest",
        )
    return replace(watch, alert=alert)


async def refuse_public(desk: Desk) -> None:
    """Raise CommandError if what this channel's rules find can be read by people outside the team."""
    channels = await desk.store.channels.all()
    reached = [c for c in channels if desk.home in {c.id, c.bound_to} or c.id == desk.channel]
    if desk.public or any(c.public for c in reached):
        raise CommandError(
            "internal cannot be bound to a public channel: people outside the team read what is told here.",
            example=f"{ADD_EXAMPLE} audience:any",
        )


async def refuse_taken(watch: Watch, desk: Desk) -> None:
    """Raise CommandError if another rule of the channel has a watch's name."""
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
        questions=_questions(watch),
    )
    words = (
        f"{ref} “{watch.name}” watches for {watch.expression}; a match {MEANING[alert_of(watch)]}. "
        f"Change its expression:, name:, alert:, threshold:, mention: or audience:, such as "
        f"/watch rule edit {ref} alert:digest"
    )
    return Reply(message=reply(f"Edit {ref}", Text(text=words)), sheet=sheet)


def _questions(watch: Watch) -> tuple[Question, ...]:
    meanings = [pair for pair in MEANING.items() if watch.kind != "like" or pair[0] != "off"]
    return (
        Question(
            name="expression",
            label="Words that it marks" if watch.kind == "like" else "Watches for",
            value=watch.expression,
            stands=True,
            hint='frigate AND (contract OR "sea power") -opinion',
            long=True,
        ),
        Question(
            name="name",
            label="Name",
            value=watch.name,
            stands=True,
            hint="Alerts give it as their reason",
        ),
        Question(
            name="alert",
            label="What a match does",
            value=alert_of(watch),
            stands=True,
            choices=tuple(Choice(label=f"{word}: {does}", value=word) for word, does in meanings),
        ),
        Question(
            name="threshold",
            label="Likeness it needs" if watch.kind == "like" else "Relevance it also needs",
            value=number(watch.threshold),
            stands=True,
            hint="0 to 1, or off",
        ),
    )


def number(threshold: float | None) -> str:
    """Return a relevance as it is typed."""
    return "off" if threshold is None else repr(threshold)


def _needed(watch: Watch) -> str:
    """Return what a watch needs besides its words, or instead of them."""
    if watch.kind == "like":
        return f"likeness {f'{ALERT_AT:g}, as usual' if watch.threshold is None else f'{watch.threshold:g}'}"
    return "no relevance" if watch.threshold is None else f"relevance {watch.threshold:g}"


def _audience(*, internal: bool) -> str:
    return "internal" if internal else "any"
