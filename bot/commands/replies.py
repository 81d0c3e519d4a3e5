"""Make replies, and find what a person means by an id or a part of a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.announcing.audiences import audiences
from bot.commands.parse import shown
from bot.commands.request import Reply
from bot.errors import CommandError
from bot.messages import Actions, Button, Message, Text
from bot.wording.phrases import say
from watchers.store.find import short_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command, Form
    from bot.messages import Block
    from watchers.store.rows_chat import Audit
    from watchers.types import Story

OWN: Final = "own."  # before a thing that is its channel's alone
ALL: Final = "all."  # before a thing that is one in every channel, such as a story
EVERY: Final = ".every"  # behind a source: how often it is asked, for all channels that read it
MOST_BUTTON: int = 1_900  # code points of a command behind a button; Slack holds 2,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a command changed. `line` follows the asker's name, such as "paused s12 “Harbour Gazette”".

    `undo` is the command that takes it back, empty if nothing can. `details` follow the line. `about` are the
    things it changed, such as "r3.name", or "r3" for all of it; "own." stands before what is this channel's
    alone, whatever it shares with others, and "all." before what is the same in every channel.
    """

    line: str
    undo: str = ""
    details: tuple[Block, ...] = ()
    about: tuple[str, ...] = ()


def numbers_of(change: Audit, letter: str) -> tuple[int, ...]:
    """Return the numbers of the things of a kind, whole, that a change was about: "r" for its rules."""
    numbers = (short_id(thing.removeprefix(ALL), letter) for thing in change.about)
    return tuple(number for number in numbers if number is not None)


def reply(notice: str, *blocks: Block, lang: str = "en") -> Message:
    """Return a reply of these blocks in a language; the notice is what a screen reader hears first."""
    return Message(kind="reply", notice=notice, blocks=blocks, lang=lang)


def refusal(error: CommandError) -> Reply:
    """Return what a person reads whose command cannot be carried out."""
    nearest = f" Did you mean {error.nearest}?" if error.nearest else ""
    blocks: list[Block] = [Text(text=error.message + nearest, tone="warning")]
    if error.example:
        blocks.append(Text(text=f"Try: {error.example}"))
    return Reply(message=reply(error.message, *blocks), refused=True)


def warning(words: str) -> Reply:
    """Return what a person reads when something else went wrong."""
    return Reply(message=reply(words, Text(text=words, tone="warning")), refused=True)


def visible(change: Change, who: str, number: int) -> Reply:
    """Return the line that everybody in the channel sees of a change, with Undo where it can be undone."""
    line = f"{who or 'Somebody'} {change.line}"
    undo = (Actions(buttons=(Button(label="Undo", command=f"undo u{number}"),)),) if change.undo else ()
    return Reply(message=reply(line, Text(text=line), *change.details, *undo), shown="channel")


def share(message: Message, form: Form, command: Command, text: str) -> Reply:
    """Return an answer for the asker alone with a Share button, or for the channel if that was asked for."""
    if command.options.get("show") == "channel":
        return Reply(message=message, shown="channel")
    shareable = any(option.name == "show" for option in form.options) and len(text) < MOST_BUTTON
    if shareable:
        said = text.strip().removeprefix("/")
        again = said.removeprefix("watch ").strip() if said.lower().startswith("watch ") else said
        button = Button(label=say("button_share", message.lang), command=f"{again} show:channel")
        *rest, last = message.blocks
        blocks = (
            (*rest, Actions(buttons=(*last.buttons, button)))
            if isinstance(last, Actions) and len(last.buttons) < 5
            else (*message.blocks, Actions(buttons=(button,)))
        )
        return Reply(message=replace(message, blocks=blocks))
    return Reply(message=message)


async def audience_of(desk: Desk) -> Audience:
    """Return the channel that was asked in. Raises CommandError if it is not in use."""
    for audience in await audiences(desk.store, now=desk.clock.now()):
        if audience.channel == desk.channel:
            return audience
    raise CommandError("This channel is not in use: the configuration file no longer has it.")


def only(found: Sequence[int], words: str, *, what: str, letter: str, example: str) -> int:
    """Return the one number found. Raises CommandError for none, and for several that it names."""
    if not found:
        raise CommandError(f'There is no {what} "{shown(words)}" here.', example=example)
    if len(found) > 1:
        raise CommandError(
            f'"{shown(words)}" fits several: {", ".join(f"{letter}{n}" for n in found)}.',
            nearest=f"{letter}{found[0]}",
            example=example,
            typed=words,
        )
    return found[0]


async def story_named(desk: Desk, words: str, *, example: str) -> Story:
    """Return the story a person means. Raises CommandError if there is none or several."""
    found = await desk.store.find.stories(words)
    story = await desk.store.stories.get(only(found, words, what="story", letter="t", example=example))
    if story is None:
        raise CommandError(f'There is no story "{shown(words)}" here.', example=example)
    return story
