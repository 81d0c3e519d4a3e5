"""The port that every platform fills: post, edit and delete neutral messages, and say where they went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where a message went: the platform's own id of the post, and its address, empty if it has none.

    `repeat` tells that the post says of itself that it may be a repeat.
    """

    id: str
    url: str = ""
    repeat: bool = False


class Platform(Protocol):
    """A place with channels. Channel ids begin with the platform's name and a colon, such as "slack:C012"."""

    @property
    def name(self) -> str:
        """Return the word that channels of this platform begin with, such as "preview"."""
        ...

    def fits(self, message: Message) -> bool:
        """Tell whether one post holds the whole message within the platform's limits. Pure."""
        ...

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        """Post a message, in the thread of the post `parent` if one is named.

        A second call with the same key posts nothing and returns the first receipt, as far as the platform
        can tell; `since` says that an attempt made after that moment may have arrived, so look for it first.
        Where that is impossible the post says that it may be a repeat. Raises DeliveryError when the platform
        did not take it.
        """
        ...

    async def find(
        self, channel: str, message: Message, *, key: str, since: datetime, parent: str = ""
    ) -> Receipt | None:
        """Return where a message sent after a moment went, None if it is not there or nobody can tell.

        Posts nothing. Raises DeliveryError.
        """
        ...

    async def last_talk(self, channel: str) -> datetime | None:
        """Return when somebody other than the bot last wrote in a channel, None if nobody did or can tell.

        Looks at the last few posts only. Raises DeliveryError.
        """
        ...

    async def edit(self, channel: str, post: str, message: Message) -> None:
        """Change a post to another message; a post that is gone is left alone. Raises DeliveryError."""
        ...

    async def delete(self, channel: str, post: str) -> None:
        """Take a post back; one that is gone already is well. Raises DeliveryError."""
        ...
