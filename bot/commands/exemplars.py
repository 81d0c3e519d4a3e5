"""`exemplar`: the articles that relevance is measured against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.replies import reply
from bot.messages import Heading, Table
from watchers.relevance.exemplars import SHIPPED, load_exemplars

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message


async def listed(_command: Command, desk: Desk) -> Message:
    """List the shared exemplars and this channel's own."""
    own = [one.exemplar for one in await desk.store.exemplars.listed(desk.home)]
    rows = [(e.key, e.title, e.lang, "good" if e.good else "bad") for e in own]
    rows += [("shared", e.title, e.lang, "good" if e.good else "bad") for e in load_exemplars(SHIPPED)]
    return reply(
        f"{len(rows)} exemplars",
        Heading(text="Exemplars"),
        Table(header=("Id", "Title", "Language", "Kind"), rows=tuple(rows)),
    )
