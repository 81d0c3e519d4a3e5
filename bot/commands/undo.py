"""Take a change back: run the command that was kept for it, held to the presser's rights."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.forms import FORMS
from bot.commands.handlers import AT_ONCE, HANDLERS
from bot.commands.parse import parse, shown
from bot.commands.replies import Change
from bot.errors import BotError, CommandError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.commands.desk import Desk
    from bot.commands.parse import Command, Form
    from watchers.store.rows_chat import Audit
    from watchers.store.store import Store

AUDIT = "/watch settings audit"


async def named(command: Command, desk: Desk) -> Audit:
    """Return the change a person means. Raises CommandError for none, and for one that is final."""
    words = command.values[0].lower().removeprefix("u")
    change = await desk.store.audits.get(desk.channel, int(words)) if words.isdigit() else None
    if change is None:
        raise CommandError(f'There is no change "{shown(command.values[0])}" here.', example=AUDIT)
    if not change.undo:
        raise CommandError(
            f"u{change.number} cannot be taken back in one step; change it anew instead.",
            example="/watch help settings",
        )
    return change


def way_back(change: Audit) -> tuple[Form, Command]:
    """Return the command that takes a change back, with its form."""
    return parse(change.undo, FORMS)


@asynccontextmanager
async def at_once(form: Form, desk: Desk, store: Store) -> AsyncIterator[Desk]:
    """Open one transaction for a command that neither asks around nor reckons; the others open their own."""
    if form.name not in AT_ONCE:
        yield desk
        return
    async with store.transaction() as rooms:
        yield replace(desk, store=rooms)


async def take_back(change: Audit, desk: Desk) -> Change:
    """Take a change back; of two presses one does it. Raises CommandError if that cannot be done now."""
    form, back = way_back(change)
    if not await desk.store.audits.take_back(desk.channel, change.number, at=desk.clock.now()):
        raise CommandError("That was taken back already.", example=AUDIT)
    try:
        done = await HANDLERS[form.name](back, replace(desk, undoing=change.number))
    except BaseException as error:  # whatever it was, the change stands: also when the time is up
        if form.name not in AT_ONCE:  # those take the note back with all else
            await asyncio.shield(desk.store.audits.reopen(desk.channel, change.number))
        if not isinstance(error, CommandError):
            raise
        raise CommandError(
            f"u{change.number} cannot be taken back as things stand now: {error.message}", example=AUDIT
        ) from error
    if not isinstance(done, Change):
        raise BotError(f"{form.name} changes nothing and cannot take anything back")
    return replace(done, line=f"took back u{change.number}: {done.line}")
