"""The one client that asks feeds and pages, as the configuration's `[poll]` has it."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from watchers.feeds.guard import open_client

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bot.settings.watching import Poll
    from watchers.feeds.guard import Client


def client_of(poll: Poll) -> AbstractAsyncContextManager[Client]:
    """Open the guarded client, with the contact, the permitted addresses and the limits of the file."""
    return open_client(
        contact=poll.contact, version=version("vedette"), allow=poll.allowed, limits=poll.limits
    )
