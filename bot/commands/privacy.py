"""`settings forget-me`: what is kept of whoever asks, and its removal for good once they confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.replies import reply
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Text
from bot.operating.forgetting import PLATFORMS, removed
from bot.wording.phrases import say
from watchers.store.people import Person

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message


async def forget_me(command: Command, desk: Desk) -> Message:
    """Say what is kept of the asker, in all channels; with confirm:yes remove it and say what was."""
    if desk.asker.id.partition(":")[0] not in PLATFORMS:
        raise CommandError(
            "Forgetting is for people on Slack and Discord. Page and command line are the operator's, "
            "who forgets somebody with `vedette forget`.",
            example="/watch settings show",
        )
    channel = await desk.store.channels.get(desk.channel)
    lang = channel.lang if channel else "en"
    person = Person(id=desk.asker.id)  # the names noted with it are known; today's may be a colleague's
    sure = "confirm" in command.options
    kept = await (desk.store.people.forget(person) if sure else desk.store.people.kept(person))
    elsewhere = Text(text=say("forget_elsewhere", lang), tone="small")
    if not kept.total:
        nothing = say("forget_nothing", lang)
        return reply(nothing, Text(text=nothing), elsewhere)
    lines = Text(text="\n".join(f"• {line}" for line in removed(kept, lang)))
    if sure:
        done = say("forget_done", lang)
        return reply(done, Heading(text=done), lines, elsewhere)
    asked = say("forget_ask", lang)
    button = Button(label=say("forget_button", lang), command="settings forget-me confirm:yes")
    return reply(
        asked,
        Heading(text=asked),
        lines,
        Text(text=say("forget_final", lang), tone="warning"),
        Text(text=say("forget_effects", lang), tone="small"),
        Actions(buttons=(button,)),
    )
