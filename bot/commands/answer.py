"""Answer a command: parse it, check the right to change things, hand it to its noun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands import digests, exemplars, facts, rules, sources, status, stories, why
from bot.commands.desk import Desk
from bot.commands.forms import FORMS
from bot.commands.help import answer as answer_help
from bot.commands.parse import parse
from bot.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.clock import Clock
    from watchers.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked, where, and whether the asker may change what is watched there."""

    text: str
    channel: str
    may_change: bool


_HANDLERS: Mapping[str, Callable[[Command, Desk], Awaitable[Message]]] = {
    "help": answer_help,
    "status": status.answer,
    "source add": sources.add,
    "source list": sources.listed,
    "source show": sources.show,
    "source pause": sources.pause,
    "source resume": sources.resume,
    "source remove": sources.remove,
    "rule add": rules.add,
    "rule list": rules.listed,
    "rule test": rules.test,
    "rule remove": rules.remove,
    "exemplar list": exemplars.listed,
    "digest preview": digests.preview,
    "digest list": digests.listed,
    "why": why.answer,
    "story show": stories.show,
    "facts": facts.answer,
}


async def answer(request: Request, *, store: Store, clock: Clock) -> Message:
    """Return the reply to a command. Raises CommandError, shown to who asked, and changes nothing then."""
    form, command = parse(request.text, FORMS)
    if form.changes and not request.may_change:
        raise CommandError(
            f'"{form.name}" changes what this channel watches, and you may not do that here.',
            example="/watch help",
        )
    return await _HANDLERS[form.name](command, Desk(store=store, clock=clock, channel=request.channel))
