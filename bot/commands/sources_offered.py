"""Keep what a button asks behind a short name: a platform's button holds a hundred bytes, an address more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bot.commands.parse import shown
from bot.errors import CommandError

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command

SHORT: Final = 90  # bytes of a command that every platform's button holds, Discord's hundred with its marks
KEPT: Final = 60  # commands of a channel; who presses an older button is asked to try the address again
_OFFERS: Final = "source.offers."  # and a channel's id
_EXAMPLE: Final = "/watch source add https://example.org/"


async def offered(command: str, desk: Desk) -> str:
    """Return a command that a button holds and that does the same; a long one is kept under a number."""
    if len(command.encode()) <= SHORT:
        return command
    async with desk.store.transaction() as rooms:
        kept: dict[str, str] = json.loads(await rooms.kept.get(_OFFERS + desk.home) or "{}")
        for number, known in kept.items():
            if known == command:
                return f"source save {number}"
        number = str(max(map(int, kept), default=0) + 1)
        newest = dict(list((kept | {number: command}).items())[-KEPT:])
        await rooms.kept.put(_OFFERS + desk.home, json.dumps(newest))
    return f"source save {number}"


async def kept(command: Command, desk: Desk) -> str:
    """Return the command that is kept under a number. Raises CommandError if it is not there any more."""
    offers: dict[str, str] = json.loads(await desk.store.kept.get(_OFFERS + desk.home) or "{}")
    found = offers.get(command.values[0])
    if found is None:
        raise CommandError(
            f'What "{shown(command.values[0])}" stood for is not at hand any more; try the address again.',
            example=_EXAMPLE,
        )
    return found
