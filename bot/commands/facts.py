"""`facts`: every fact of a story or article, with its sentence and link."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from bot.commands.replies import audience_of, only, reply
from bot.errors import CommandError
from bot.keyfacts import quotation
from bot.messages import FactLine, Facts, Heading, Link
from bot.wording import label, value
from watchers.types import FactType

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message

SHOWN = 30


async def answer(command: Command, desk: Desk) -> Message:
    """List the facts of what was named."""
    words = " ".join(command.values)
    kind = command.options.get("type")
    if kind is not None and kind not in get_args(FactType):
        raise CommandError(
            f"type: takes one of {', '.join(get_args(FactType))}.", example="/watch facts t1 type:money"
        )
    wanted = cast("FactType | None", kind)
    stories = (
        await desk.store.find.stories(words) if words[:1].lower() != "a" or not words[1:].isdigit() else ()
    )
    if len(stories) == 1:
        found = await desk.store.stories.facts(story_number=stories[0], kind=wanted, limit=SHOWN)
        name = f"t{stories[0]}"
    else:
        entries = await desk.store.find.entries(words)
        number = only(entries, words, what="story or article", letter="a", example="/watch facts t1")
        found = await desk.store.stories.facts(entry_number=number, kind=wanted, limit=SHOWN)
        name = f"a{number}"
    if not found:
        raise CommandError(f"{name} states no such fact.", example="/watch facts t1")
    lang = (await audience_of(desk)).lang
    lines = tuple(
        FactLine(
            label=label(one.fact, lang),
            value=value(one.fact, lang),
            sentence=quotation(one.fact),
            mention=one.fact.mention,
            source=Link(text=f"{one.outlet} (a{one.entry})", url=one.link),
        )
        for one in found
    )
    return reply(f"Facts of {name}", Heading(text=f"Facts of {name}"), Facts(lines=lines))
