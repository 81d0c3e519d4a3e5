"""How far somebody's word reaches: what holds in several channels is for who manages them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.status import OPERATORS
from bot.wording.counting import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.commands.desk import Desk
    from bot.commands.request import Asker

WHO: Final = "whoever runs the bot and those it names in its configuration as editors or roles"
_SLACK: Final = "slack:"  # one workspace, whose admins manage all of it


async def beyond(feeds: Collection[int], desk: Desk, *, told: Collection[str] = ()) -> int:
    """Return how many channels in use that somebody does not manage read some sources, or were told of them.

    One that shares its rules with the channel asked in is managed with it: each change there is one here.
    """
    if desk.asker.everywhere or desk.asker.id.startswith(OPERATORS):
        return 0
    reading = {
        link.channel for link in await desk.store.channels.feeds() if link.active and link.feed in feeds
    }
    return sum(
        channel.active
        and (channel.id in told or (channel.bound_to or channel.id) in reading)
        and (channel.bound_to or channel.id) != desk.home
        and not _in_workspace(channel.id, desk.asker)
        for channel in await desk.store.channels.all()
    )


def said(others: int) -> str:
    """Return how many channels are somebody else's, and for whom it is then."""
    return f"{counted(others, 'channel')} that you do not manage; it is for {WHO}."


def _in_workspace(channel: str, asker: Asker) -> bool:
    return asker.manages and channel.startswith(_SLACK) and asker.id.startswith(_SLACK)
