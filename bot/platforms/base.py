"""The port that every platform fills: take a neutral message, post it once, say where it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where a message went: the platform's own id of the post, and its address, empty if it has none."""

    id: str
    url: str = ""


class Platform(Protocol):
    """A place with channels."""

    @property
    def name(self) -> str:
        """Return the word that channels of this platform begin with, such as "preview"."""
        ...

    async def send(self, channel: str, message: Message, *, key: str) -> Receipt:
        """Post a message; a second call with the same key posts nothing and returns the first receipt.

        Raises DeliveryError when the platform did not take it.
        """
        ...
