"""`digest now` and `digest preview`: a digest on demand, for everybody or only for the asker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcing.digests import gather
from bot.commands.parse import shown
from bot.commands.replies import audience_of
from bot.commands.request import Reply
from bot.commands.times import moment_of
from bot.errors import CommandError
from bot.wording import digest
from watchers.text import fold

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.types import Story

_EXAMPLE: Final = "/watch digest preview since:12h"
MOST: Final = 40  # stories that can be asked for


async def preview(command: Command, desk: Desk) -> Message:
    """Return the digest as it would be now; nothing is marked as told."""
    return replace(await _digest(command, desk), kind="reply")


async def now(command: Command, desk: Desk) -> Reply:
    """Post a digest for everybody; the next one on schedule still tells its whole window."""
    return Reply(message=await _digest(command, desk), shown="channel")


async def _digest(command: Command, desk: Desk) -> Message:
    audience = await audience_of(desk)
    at = desk.clock.now()
    start = moment_of(command, "since", audience, now=at, example=_EXAMPLE)
    if start is None:
        schedules = await desk.store.subscriptions.listed(desk.channel)
        delivered = [s.delivered_to for s in schedules if s.delivered_to]
        start = digest.window_start(max(delivered, default=None), at)
    if start >= at:
        raise CommandError("since lies in the future.", example=_EXAMPLE)
    content = await gather(audience, start, at, desk.store, of=at.astimezone(audience.zone).date())
    topic = command.options.get("topic", "")
    if topic:
        content = replace(content, stories=tuple(s for s in content.stories if _names(s, topic)), left_out=())
        content = replace(content, became=(), due=())
    return digest.compose(replace(content, most=_limit(command)))


def _limit(command: Command) -> int:
    text = command.options.get("limit", str(digest.MOST_STORIES))
    if not text.isdigit() or not 1 <= int(text[:9]) <= MOST:
        raise CommandError(
            f'limit takes a number from 1 to {MOST}, not "{shown(text)}".', example=f"{_EXAMPLE} limit:5"
        )
    return int(text)


def _names(story: Story, topic: str) -> bool:
    """Tell whether a report of the story has every word of a topic."""
    wanted = fold(topic).split()
    return any(all(word in fold(report.entry.text) for word in wanted) for report in story.reports)
