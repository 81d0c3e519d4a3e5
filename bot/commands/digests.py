"""`digest now` and `digest preview`: a digest on demand, for everybody or only for the asker.

In chat the answer to `digest now` is the post, for the channel sees it. From the command line, or the page of
a chat's channel, it goes through the outbox, and the running bot posts it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcing.digests import gather
from bot.commands import values
from bot.commands.parse import shown
from bot.commands.replies import audience_of
from bot.commands.request import Reply
from bot.commands.times import moment_of
from bot.errors import CommandError
from bot.letters import post_parts
from bot.messages import Text
from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from bot.wording import digest
from bot.wording.fit import parts
from watchers.text import fold

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.types import Story

_EXAMPLE: Final = "/watch digest preview since:12h"
MOST: Final = 40  # stories that can be asked for
_FITS: Final = {"slack": slack.fits, "discord": discord.fits}
_ON_ITS_WAY: Final = "The running bot posts this in the channel; if none runs, the next one to start."
_ASKED_TWICE: Final = "It was asked for within this minute already and is posted once."


async def preview(command: Command, desk: Desk) -> Message:
    """Return the digest as it would be now; nothing is marked as told."""
    return replace(await _digest(command, desk), kind="reply")


async def now(command: Command, desk: Desk) -> Reply:
    """Post a digest for everybody; the next one on schedule still tells its whole window."""
    message = await _digest(command, desk)
    if not _asks_from_elsewhere(desk):
        return Reply(message=message, shown="channel")
    line = _ON_ITS_WAY if await _enqueue(message, desk) else _ASKED_TWICE
    return Reply(message=replace(message, blocks=(Text(text=line), *message.blocks)), shown="channel")


def _asks_from_elsewhere(desk: Desk) -> bool:
    """Tell whether the channel sees no answer: on the command line, and on the page of a chat's channel."""
    door, platform = desk.asker.id.partition(":")[0], desk.channel.partition(":")[0]
    return door == "shell" or (door == "page" and platform != "preview")


async def _enqueue(message: Message, desk: Desk) -> bool:
    """Put a digest into the channel's outbox, once a minute; what is too long goes on in its thread."""
    key = f"{desk.channel}/digest now/{desk.clock.now():%Y-%m-%dT%H:%M}"
    fits = _FITS.get(desk.channel.partition(":")[0])
    posts = parts(message, fits) if fits else (message,)
    async with desk.store.transaction() as rooms:
        return await post_parts(rooms, desk.channel, key, posts) is not None


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
    limit = values.whole(text, most=MOST)
    if limit is None:
        raise CommandError(
            f'limit takes a number from 1 to {MOST}, not "{shown(text)}".', example=f"{_EXAMPLE} limit:5"
        )
    return limit


def _names(story: Story, topic: str) -> bool:
    """Tell whether a report of the story has every word of a topic."""
    wanted = fold(topic).split()
    return any(all(word in fold(report.entry.text) for word in wanted) for report in story.reports)
