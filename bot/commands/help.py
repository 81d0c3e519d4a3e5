"""`help`: what can be asked, and how."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from bot.commands.forms import FORMS
from bot.commands.parse import shown
from bot.commands.replies import reply
from bot.errors import CommandError
from bot.messages import Heading, Table, Text

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message


async def answer(command: Command, _desk: Desk) -> Message:
    """Return the commands there are, or all about one noun."""
    if not command.values:
        rows = tuple((f"/watch {form.name}", form.does) for form in FORMS)
        return reply(
            "What you can ask",
            Heading(text="What you can ask"),
            Table(header=("Command", "What it does"), rows=rows),
            Text(
                text="Ids are short: s12 a source, r4 a rule, a88 an article, t7 a story; part of a name or "
                "title works too. /watch help source tells more about one of them.",
                tone="small",
            ),
        )
    topic = command.values[0].lower().rstrip("s")
    forms = [form for form in FORMS if form.noun.rstrip("s") == topic]
    if not forms:
        near = difflib.get_close_matches(topic, sorted({form.noun for form in FORMS}), n=1)
        raise CommandError(
            f'There is no help on "{shown(command.values[0])}".',
            nearest=near[0] if near else "",
            example="/watch help",
        )
    return reply(
        f"About {forms[0].noun}",
        Heading(text=f"/watch {forms[0].noun}"),
        Table(
            header=("Form", "What it does", "For example"),
            rows=tuple((form.usage, form.does, form.example) for form in forms),
        ),
    )
