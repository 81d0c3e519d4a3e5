"""`source save`: do what a button stands for whose command is longer than a button holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import sources_add, sources_offered
from bot.commands.forms import FORMS
from bot.commands.parse import parse

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.commands.replies import Change
    from bot.commands.request import Reply


async def answer(command: Command, desk: Desk) -> Change | Reply:
    """Add the source, or go on with it, as the kept command says."""
    _, meant = parse(await sources_offered.kept(command, desk), FORMS)
    return await sources_add.add(meant, desk)
