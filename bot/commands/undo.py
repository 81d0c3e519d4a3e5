"""Take a change back: run the command that was kept for it, held to the presser's rights."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands import reach
from bot.commands.forms import FORMS
from bot.commands.handlers import AT_ONCE, HANDLERS, only_asks
from bot.commands.parse import parse, shown
from bot.commands.replies import ALL, EVERY, OWN, Change
from bot.commands.rules import zone_of
from bot.errors import BotError, CommandError
from bot.wording.values import moment
from watchers.store.find import short_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.commands.desk import Desk
    from bot.commands.parse import Command, Form
    from watchers.store.rows_chat import Audit
    from watchers.store.store import Store

AUDIT: Final = "/watch settings audit"
MOST_SHOWN: Final = 200  # code points of a line or command in a refusal
MOST_NAMED: Final = 3  # things, of a change that was made elsewhere
_SHARED: Final = frozenset({"source", "rule", "like", "exemplar", "mute"})  # with the channels bound to one


async def named(command: Command, desk: Desk) -> Audit:
    """Return the change a person means. Raises CommandError for none, and for one that is final."""
    number = short_id(command.values[0], "u")
    home = await reach.told_of(desk)
    change = await desk.store.audits.get(desk.channel, number, home=home) if number is not None else None
    if change is None:
        raise CommandError(f'There is no change "{shown(command.values[0])}" here.', example=AUDIT)
    if not change.undo:
        raise CommandError(
            f"u{change.number} cannot be taken back in one step; change it anew instead.",
            example="/watch help settings",
        )
    if change.home not in {"", desk.home}:
        raise CommandError(
            f"u{change.number} changed what this channel shared then and does not share now; take it back "
            "where that is.",
            example=AUDIT,
        )
    if change.channel != desk.channel and any(thing.startswith(OWN) for thing in change.about):
        raise CommandError(
            f"u{change.number} also changed what is of another channel alone; take it back there.",
            example=AUDIT,
        )
    return change


def way_back(change: Audit) -> tuple[Form, Command]:
    """Return the command that takes a change back, with its form."""
    return parse(change.undo, FORMS)


def shared(form: Form, change: Change) -> bool:
    """Tell whether a change is one in every channel that shares its rules and sources."""
    return form.noun in _SHARED or any(not thing.startswith((OWN, ALL)) for thing in change.about)


@asynccontextmanager
async def at_once(form: Form, command: Command, desk: Desk, store: Store) -> AsyncIterator[Desk]:
    """Open one transaction for a command that neither asks around nor reckons; the others open their own.

    A form is opened without one: whoever waits for it would wait for every writer before.
    """
    if form.name not in AT_ONCE or only_asks(form, command):
        yield desk
        return
    async with store.transaction() as rooms:
        yield replace(desk, store=rooms)


async def take_back(change: Audit, desk: Desk) -> Change:
    """Take a change back; of two presses one does it. Raises CommandError if that cannot be done now."""
    form, back = way_back(change)
    await _refuse_overtaken(change, form, desk)
    if not await desk.store.audits.take_back(change.channel, change.number, at=desk.clock.now()):
        raise CommandError("That was taken back already.", example=AUDIT)
    try:
        done = await HANDLERS[form.name](back, replace(desk, undoing=change))
    except BaseException as error:  # whatever it was, the change stands: also when the time is up
        if form.name not in AT_ONCE:  # those take the note back with all else
            await asyncio.shield(desk.store.audits.reopen(change.channel, change.number))
        if not isinstance(error, CommandError):
            raise
        raise CommandError(
            f"u{change.number} cannot be taken back as things stand now: {error.message}", example=AUDIT
        ) from error
    if not isinstance(done, Change):
        raise BotError(f"{form.name} changes nothing and cannot take anything back")
    return replace(done, line=f"took back u{change.number}: {done.line}")


async def _refuse_overtaken(change: Audit, form: Form, desk: Desk) -> None:
    """Raise CommandError if what a change was about was changed since, and say who did and how to go on."""
    later = await desk.store.audits.later(change.number)
    if change.undone_at is not None or any(one.takes_back == change.number for one in later):
        return  # what follows says better, also of two presses at once, that it was taken back
    by_number = {one.number: one for one in later}
    newer = next(
        (
            one
            for one in later
            if one.undone_at is None and overlap(change, one) and _in_force(one, by_number)
        ),
        None,
    )
    if newer is None:
        return
    home = await reach.told_of(desk)
    known = newer.channel == desk.channel or (home and newer.home == home)
    by = f"{newer.asker_name or 'somebody'} {shown(newer.line, MOST_SHOWN)} (u{newer.number})"
    when = moment(newer.at, await zone_of(desk), "en")
    gone = any(part.startswith(f"{whole}.") for part in change.about for whole in newer.about)
    typed = not (gone or form.hidden or len(change.undo) > MOST_SHOWN)
    here = newer.channel == desk.channel and newer.undo
    raise CommandError(
        f"What u{change.number} changed was changed since, {when}: "
        f"{by if known else _elsewhere(change, newer)}."
        + (" Take that back first." if here else "")
        + (f" To set it back all the same: /watch {change.undo}" if typed else ""),
        example=f"/watch undo u{newer.number}" if here else AUDIT,
    )


def _elsewhere(change: Audit, newer: Audit) -> str:
    """Return what of a change another channel changed, of whose own words and people nothing is told here."""
    things = [a for a in change.about if any(_same(a, b, change, newer) for b in newer.about)]
    named = [
        f"how often {one.removesuffix(EVERY)} is asked"
        if one.endswith(EVERY)
        else one.removeprefix(ALL).partition(".")[0]
        for one in things
    ]
    return f"another channel changed {' and '.join(list(dict.fromkeys(named))[:MOST_NAMED])}"


def overlap(one: Audit, other: Audit) -> bool:
    """Tell whether two changes were about the same thing, or one about a part of what the other was about."""
    both = {_whole(a) for a in one.about} & {_whole(b) for b in other.about}  # a story may have 1,000 reports
    mine, theirs = ([thing for thing in it.about if _whole(thing) in both] for it in (one, other))
    return any(_same(a, b, one, other) for a in mine for b in theirs)


def _whole(thing: str) -> str:
    """Return the thing that a change was about a part of: "all.t1" of "all.t1.t2"."""
    spread = next((mark for mark in (OWN, ALL) if thing.startswith(mark)), "")
    return spread + thing.removeprefix(spread).partition(".")[0]


def _same(a: str, b: str, one: Audit, other: Audit) -> bool:
    if a == b and a.endswith(EVERY):
        return True
    together = (
        one.channel == other.channel if a.startswith(OWN) else a.startswith(ALL) or one.home == other.home
    )
    return together and (a == b or a.startswith(f"{b}.") or b.startswith(f"{a}."))


def _in_force(one: Audit, by_number: Mapping[int, Audit]) -> bool:
    """Tell whether a change that stands leaves things other than they were before all of these.

    What takes one of these back does not, and what takes that back does.
    """
    turns = 0
    while one.takes_back is not None:
        if one.takes_back not in by_number:
            return True  # what it took back is older
        one = by_number[one.takes_back]
        turns += 1
    return turns % 2 == 0
