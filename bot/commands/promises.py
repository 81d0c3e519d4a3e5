"""`promises` and `promise`: what was said to come and when, how it stands, and wrong readings taken out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from bot.commands import pages, reach, values
from bot.commands.expressions import names
from bot.commands.parse import shown
from bot.commands.replies import ALL, Change, audience_of, reply
from bot.errors import CommandError
from bot.messages import Facts, Heading, Text
from bot.wording.phrases import say
from bot.wording.promised import rows
from bot.wording.values import shorten
from watchers.ledger.cues import found_by
from watchers.store.find import short_id

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows_promises import Tracked
    from watchers.types.claims import PromiseState

EXAMPLE: Final = "/watch promises due:90d"
DROP: Final = "/watch promise drop p1"
ROWS: Final = 8  # on a page: each has one or two sentences
LONGEST: Final = timedelta(days=3660)
MOST_SENTENCE: Final = 90  # code points of one in the line that everybody sees


async def listed(command: Command, desk: Desk) -> Message:
    """List promises, the first due first: the open ones unless a state or a name is asked for."""
    audience = await audience_of(desk)
    today = desk.clock.now().astimezone(audience.zone).date()
    state, of = command.options.get("state"), command.options.get("of", "")
    due = _due(command.options["due"], today) if "due" in command.options else None
    number = values.page(command.options.get("page", "1"), example=f"{EXAMPLE} page:2")
    asked = partial(
        desk.store.ledgers.listed,
        state=cast("PromiseState | None", state or (None if of else "open")),
        first=today if due is not None else None,
        last=due,
        named=await _groups(of, desk) if of else (),
        limit=ROWS,
    )
    count, found = await asked(offset=(number - 1) * ROWS)
    title = say("promises_one" if count == 1 else "promises", audience.lang, count=count)
    if not count:
        return reply(title, Text(text=say("promises_none", audience.lang)), lang=audience.lang)
    of_pages = -(-count // ROWS)
    if number > of_pages:  # one past the end is the last
        number = of_pages
        count, found = await asked(offset=(number - 1) * ROWS)
    page = pages.Page(number=number, of=of_pages, start=(number - 1) * ROWS)
    lines = tuple(line for one in found for line in rows(one, audience.lang))
    others = pages.footer(page, again=_again(command), lang=audience.lang)
    return reply(title, Heading(text=title), Facts(lines=lines), *others, lang=audience.lang)


async def drop(command: Command, desk: Desk) -> Change:
    """Take a wrong reading out of the ledger: it is told no more and in no list."""
    one = await _named(command, desk)
    await _refuse_beyond(one, desk)
    if not await desk.store.promises.drop(one.number, at=desk.clock.now()):
        raise CommandError(f"p{one.number} was taken out before.", example=EXAMPLE)
    return Change(
        line=f"took p{one.number} out of the ledger: {_quote(one)}",
        undo=f"promise restore p{one.number}",
        about=(f"{ALL}p{one.number}",),
    )


async def restore(command: Command, desk: Desk) -> Change:
    """Follow a promise again that was taken out."""
    one = await _named(command, desk)
    await _refuse_beyond(one, desk)
    if not await desk.store.promises.restore(one.number):
        raise CommandError(f"p{one.number} is followed already.", example=EXAMPLE)
    return Change(
        line=f"follows p{one.number} again: {_quote(one)}",
        undo=f"promise drop p{one.number}",
        about=(f"{ALL}p{one.number}",),
    )


async def _refuse_beyond(one: Tracked, desk: Desk) -> None:
    """Raise CommandError where channels that the asker does not manage hear of a promise's story."""
    story = await desk.store.stories.get(one.story)
    if story is not None and (others := await reach.beyond_of(desk, story)):
        raise CommandError(
            f"p{one.number} of t{one.story} would change in {reach.said(others)}",
            example=f"/watch story show t{one.story}",
        )


async def _named(command: Command, desk: Desk) -> Tracked:
    words = " ".join(command.values)
    number = short_id(words, "p")
    one = await desk.store.promises.get(number) if number is not None else None
    if one is None:
        raise CommandError(f'There is no promise "{shown(words)}"; their ids look like p1.', example=EXAMPLE)
    return one


def _due(text: str, today: date) -> date:
    """Return the last day that is asked for: so many days from today, or a date."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        low = timedelta(days=1)
        return today + values.span(text, "due", low=low, high=LONGEST, example=EXAMPLE)


async def _groups(of: str, desk: Desk) -> tuple[frozenset[str], ...]:
    """Return what a promise of somebody is found by: any of the tokens of each group."""
    known = (await names(desk)).bearer(of)
    if known is not None:
        return (frozenset({known.id, f"in:{known.id}", *found_by([(known.name, "")], asking=True)}),)
    groups = tuple(found_by([(word, "")]) for word in of.split())
    sought = tuple(group for group in groups if group)
    if not sought:
        raise CommandError(f'"{shown(of)}" names too many; give a name.', example="/watch promises of:Baykar")
    return sought


def _quote(one: Tracked) -> str:
    return f"“{shown(shorten(one.promise.sentence, MOST_SENTENCE), MOST_SENTENCE)}”"


def _again(command: Command) -> str:
    """Return the command without its page, as a button asks it again."""
    options = (
        f"{name}:{values.quoted(value) if ' ' in value else value}"
        for name, value in command.options.items()
        if name not in {"page", "show"}
    )
    return " ".join(["promises", *options])
