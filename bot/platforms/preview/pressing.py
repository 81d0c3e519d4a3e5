"""Draw what can be pressed and what is a picture, the same in every look."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.messages import Actions
from bot.platforms.inert import one_line
from bot.platforms.preview.payload import unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.messages import Button, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Where the page keeps a message's charts: under `base`, numbered in order; empty for nowhere."""

    base: str
    numbers: Iterator[int] = field(default_factory=count)

    def next(self) -> str:
        """Return the next chart's address."""
        return f"{self.base}/{next(self.numbers)}" if self.base else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """A message's buttons, and where its pictures are."""

    buttons: tuple[Button, ...] = ()
    pictures: Pictures

    def button(self, label: str, told: str, style: str) -> Markup:
        """Return a platform's button, which asks what the message's own button asks.

        `told` is what the platform hands back when it is pressed. A button that belongs to none of the
        message's would do nothing when pressed, so it shows as unsupported.
        """
        named = [button for button in self.buttons if one_line(button.command) in told]
        named = named or [button for button in self.buttons if one_line(button.label) == one_line(label)]
        if not named:
            return unsupported(f"a button of no command, {label}")
        best = max(named, key=lambda button: len(button.command))
        return ask(label, best.command, style=style, confirm=best.confirm)


def pressing(message: Message, pictures: str) -> Pressing:
    """Return what the message's looks need; `pictures` is where its charts are, empty for nowhere."""
    buttons = tuple(
        button for block in message.blocks if isinstance(block, Actions) for button in block.buttons
    )
    return Pressing(buttons=buttons, pictures=Pictures(base=pictures))


def ask(label: str, command: str, *, style: str, confirm: str = "") -> Markup:
    """Return a form of one button that asks a command; with `confirm` it goes by way of that question."""
    question = Markup('<input type="hidden" name="question" value="{}">').format(one_line(confirm))
    return Markup(
        '<form method="post" action="{}" class="press">{}'
        '<button class="button {}" name="command" value="{}">{}</button></form>'
    ).format(
        "/confirm" if confirm else "/answer",
        question if confirm else Markup(""),
        style,
        one_line(command),
        one_line(label),
    )


def picture(words: str, pictures: Pictures) -> Markup:
    """Return a message's next picture, or its description where the page has none."""
    address = pictures.next()
    if not address:
        return Markup('<span class="no-picture">{}</span>').format(one_line(words))
    return Markup('<img src="{}" alt="{}" class="picture">').format(address, one_line(words))
