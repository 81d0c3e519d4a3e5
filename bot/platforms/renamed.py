"""Post under another slash command's name, as `bot.commands.renamed` answers under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.wording.called import called

if TYPE_CHECKING:
    from datetime import datetime

    from bot.messages import Message
    from bot.platforms.base import Platform, Receipt


class Renamed:
    """A platform whose posts name the command that people type there, such as "/defence"."""

    def __init__(self, platform: Platform, name: str) -> None:
        self._platform = platform
        self._command = name

    @property
    def name(self) -> str:
        """Return the word that channels of the platform begin with."""
        return self._platform.name

    def fits(self, message: Message) -> bool:
        """Tell whether one post holds the whole message."""
        return self._platform.fits(called(message, self._command))

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        """Post a message. Raises DeliveryError."""
        told = called(message, self._command)
        return await self._platform.send(channel, told, key=key, parent=parent, since=since)

    async def find(
        self, channel: str, message: Message, *, key: str, since: datetime, parent: str = ""
    ) -> Receipt | None:
        """Return where a message went. Raises DeliveryError."""
        told = called(message, self._command)
        return await self._platform.find(channel, told, key=key, since=since, parent=parent)

    async def last_talk(self, channel: str) -> datetime | None:
        """Return when a person last wrote in a channel. Raises DeliveryError."""
        return await self._platform.last_talk(channel)

    async def edit(self, channel: str, post: str, message: Message) -> None:
        """Change a post. Raises DeliveryError."""
        await self._platform.edit(channel, post, called(message, self._command))

    async def delete(self, channel: str, post: str) -> None:
        """Take a post back. Raises DeliveryError."""
        await self._platform.delete(channel, post)
