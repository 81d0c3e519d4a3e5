"""How far somebody's word and eyes reach: what holds in several channels, and what was done in others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.status import OPERATORS
from bot.wording.counting import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.commands.request import Asker
    from watchers.store.rows import ListedWatch
    from watchers.types import Story

WHO: Final = "whoever runs the bot and those it names in its configuration as editors or roles"
_SLACK: Final = "slack:"  # one workspace, whose admins manage all of it
_PAGE: Final = "preview:"  # what whoever runs the bot reads by themselves, and can always set right


async def beyond(feeds: Collection[int], desk: Desk, *, told: Collection[str] = ()) -> int:
    """Return how many channels in use that somebody does not manage read some sources, or were told of them.

    One that shares its rules with the channel asked in is managed with it: each change there is one here. The
    page is nobody's in chat, and no other team reads it: it stands in no one's way.
    """
    if desk.asker.everywhere or desk.asker.id.startswith(OPERATORS):
        return 0
    reading = {
        link.channel for link in await desk.store.channels.feeds() if link.active and link.feed in feeds
    }
    return sum(
        channel.active
        and not channel.id.startswith(_PAGE)
        and (channel.id in told or (channel.bound_to or channel.id) in reading)
        and (channel.bound_to or channel.id) != desk.home
        and not _in_workspace(channel.id, desk.asker)
        for channel in await desk.store.channels.all()
    )


async def beyond_of(desk: Desk, *stories: Story) -> int:
    """Return how many channels in use that somebody does not manage were told of stories, or could be."""
    entries = [report.entry for story in stories for report in story.reports]
    told: set[str] = set()
    for story in stories:
        for number in await desk.store.hands.family(story.number):
            told.update(post.channel for post in await desk.store.outbox.posts_of(number))
    return await beyond({feed for entry in entries for feed in (entry.feed, *entry.also_in)}, desk, told=told)


async def told_of(desk: Desk) -> str:
    """Return the home whose changes somebody may read here, whichever channel made them; empty: none.

    Another channel's line may hold what outsiders, or those who do not manage, are not to know.
    """
    return desk.home if desk.asker.manages and not await _outsiders_read(desk) else ""


async def rules_shown(desk: Desk, command: Command | None = None) -> tuple[ListedWatch, ...]:
    """Return the rules that somebody may see here: where outsiders read, internal ones are for who manages.

    Of a command that asks for an answer to everybody, they are for nobody there.
    """
    rules = await desk.store.watches.listed(desk.home)
    for_all = command is not None and command.options.get("show") == "channel"
    if (desk.asker.manages and not for_all) or not await _outsiders_read(desk):
        return rules
    return tuple(one for one in rules if not one.watch.internal)


async def _outsiders_read(desk: Desk) -> bool:
    channel = await desk.store.channels.get(desk.channel)
    return desk.public or (channel is not None and channel.public)


def said(others: int) -> str:
    """Return how many channels are somebody else's, and for whom it is then."""
    return f"{counted(others, 'channel')} that you do not manage; it is for {WHO}."


def _in_workspace(channel: str, asker: Asker) -> bool:
    return asker.manages and channel.startswith(_SLACK) and asker.id.startswith(_SLACK)
