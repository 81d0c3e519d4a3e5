"""`rule remove`, and the way back: under the rule's own number, with the mutes and matches of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import values
from bot.commands.expressions import as_option
from bot.commands.parse import MAX_LENGTH
from bot.commands.replies import Change
from bot.commands.rules import alert_of, rule_named
from bot.commands.rules_change import changed, number, refuse_taken, told
from bot.errors import CommandError
from bot.messages import Text
from watchers.store.find import short_id
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from watchers.store.rows import ListedWatch


async def remove(command: Command, desk: Desk) -> Change:
    """Take a rule out of this channel."""
    one = await rule_named(command, desk)
    watch = one.watch
    given = await desk.store.exemplars.listed(desk.home, watch_number=watch.number)
    await desk.store.watches.remove(desk.home, watch.number)
    back = _back(one, [article.number for article in given])
    lost = (Text(text="It is too long to be brought back by a button.", tone="small"),) if not back else ()
    ref = f"r{watch.number}"
    return Change(line=f"took out {ref} “{watch.name}”", undo=back, details=lost, about=(ref,))


async def restore(command: Command, desk: Desk) -> Change:
    """Bring a rule back that was taken out; only Undo does, which knows that the number was its own."""
    given = command.options
    known = short_id(" ".join(command.values), "r")
    if known is None or not desk.undoing:
        raise CommandError(
            "A rule comes back by Undo, on the line that says it was taken out.",
            example="/watch settings audit",
        )
    blank = Watch(
        number=known,
        channel=desk.home,
        name="",
        expression="",
        kind="like" if "exemplars" in given else "rule",
    )
    watch = await changed(blank, given, desk, example=f"/watch rule show r{known}")
    await refuse_taken(watch, desk)
    if not await desk.store.watches.restore(watch, paused=given.get("state") == "paused"):
        raise CommandError(f"r{known} is there already.", example=f"/watch rule show r{known}")
    for exemplar in given.get("exemplars", "").split():
        aside = short_id(exemplar, "x")
        if aside is None or not await desk.store.exemplars.restore(desk.home, aside, watch_number=known):
            raise CommandError(f"{exemplar} is in use already.", example="/watch rule list")
    return Change(
        line=f"brought back r{known} “{watch.name}”, which watches for {told(watch)}",
        undo=f"rule remove r{known}",
        about=(f"r{known}",),
    )


def _back(one: ListedWatch, exemplars: Sequence[int]) -> str:
    """Return the command that brings a rule back just as it is; empty if it cannot be typed.

    `exemplars` are the numbers of a likeness's articles.
    """
    watch, expression = one.watch, as_option(one.watch.expression)
    options = [f"expression:{expression}", f"name:{values.quoted(watch.name)}", f"alert:{alert_of(watch)}"]
    if watch.threshold is not None:
        options.append(f"threshold:{number(watch.threshold)}")
    if watch.mention:
        options.append(f"mention:{watch.mention}")
    if watch.internal:
        options.append("audience:internal")
    if not one.active:
        options.append("state:paused")
    if watch.kind == "like":
        options.append(f"exemplars:{values.quoted(' '.join(f'x{n}' for n in exemplars))}")
    command = f"rule restore r{watch.number} {' '.join(options)}"
    typable = expression and (watch.kind != "like" or exemplars)
    return command if typable and len(command) <= MAX_LENGTH else ""
