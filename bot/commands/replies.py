"""Make replies, and find what a person means by an id or a part of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.audiences import audiences
from bot.commands.parse import shown
from bot.errors import CommandError
from bot.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.alerts import Audience
    from bot.commands.desk import Desk
    from bot.messages import Block
    from watchers.types import Story


def reply(notice: str, *blocks: Block) -> Message:
    """Return a reply of these blocks; the notice is what a screen reader hears first."""
    return Message(kind="reply", notice=notice, blocks=blocks)


async def audience_of(desk: Desk) -> Audience:
    """Return the channel that was asked in. Raises CommandError if it is not in use."""
    for audience in await audiences(desk.store):
        if audience.channel == desk.channel:
            return audience
    raise CommandError(f"There is no channel {desk.channel}.", example="vedette check")


def only(found: Sequence[int], words: str, *, what: str, letter: str, example: str) -> int:
    """Return the one number found. Raises CommandError for none, and for several that it names."""
    if not found:
        raise CommandError(f'There is no {what} "{shown(words)}" here.', example=example)
    if len(found) > 1:
        raise CommandError(
            f'"{shown(words)}" fits several: {", ".join(f"{letter}{n}" for n in found)}.',
            nearest=f"{letter}{found[0]}",
            example=example,
        )
    return found[0]


async def story_named(desk: Desk, words: str, *, example: str) -> Story:
    """Return the story a person means. Raises CommandError if there is none or several."""
    found = await desk.store.find.stories(words)
    story = await desk.store.stories.get(only(found, words, what="story", letter="t", example=example))
    if story is None:
        raise CommandError(f'There is no story "{shown(words)}" here.', example=example)
    return story
