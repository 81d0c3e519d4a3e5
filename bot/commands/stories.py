"""`story`: its reports, facts and origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.alerts import standing
from bot.commands.replies import audience_of, reply, story_named
from bot.keyfacts import key_facts, lines
from bot.messages import Facts, Heading, Table
from bot.wording import moment

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message


async def show(command: Command, desk: Desk) -> Message:
    """Show a story as it stands."""
    story = await story_named(desk, " ".join(command.values), example="/watch story show t1")
    audience = await audience_of(desk)
    rows = tuple(
        (
            f"a{r.entry.number}",
            r.entry.outlet,
            r.entry.lang,
            moment(r.entry.when, audience.zone, audience.lang),
            r.entry.title,
        )
        for r in story.reports
    )
    facts = lines(key_facts(story), audience.lang)
    return reply(
        f"t{story.number}: {story.lead.entry.title}",
        Heading(text=f"t{story.number} {story.lead.entry.title}", url=story.lead.entry.link),
        Table(header=("Id", "Outlet", "Language", "Published", "Headline"), rows=rows),
        *((Facts(lines=facts),) if facts else ()),
        *standing(story, audience.lang),
    )
