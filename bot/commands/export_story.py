"""`export story`: all the evidence of one story as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.dossier import written
from bot.commands.dossier_records import Dossier
from bot.commands.replies import reply, story_named
from bot.commands.request import File, Reply
from bot.errors import CommandError
from bot.messages import Text

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command

EXAMPLE: Final = "/watch export story t1"
USUAL: Final = "md"


async def answer(command: Command, desk: Desk) -> Reply:
    """Hand over a story's file to the asker alone: the same bytes until something of it changes."""
    words = " ".join(command.values[1:]) or command.options.get("story", "")
    if not words:
        raise CommandError("Which story?", example=EXAMPLE)
    story = await story_named(desk, words, example=EXAMPLE)
    store, kind = desk.store, command.options.get("as", USUAL)
    dossier = Dossier(
        story=story,
        corrections=await store.stories.corrected(story.number),
        earlier=await store.storylines.earlier(story.number),
        later=await store.storylines.later(story.number),
        hands=await store.hands.of(story.number),
        retraction=await store.retractions.get(story.number),
    )
    name = f"vedette-t{story.number}.{kind}"
    count = len(story.reports)
    text = (
        f"{name}: t{story.number}, {count} report{'' if count == 1 else 's'}, with facts and content hashes."
    )
    return Reply(message=reply(text, Text(text=text)), file=File(name=name, body=written(dossier, kind)))
