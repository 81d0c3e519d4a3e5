"""Pages of a long answer, with buttons to the next and the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.messages import Actions, Button, Table, Text
from bot.wording.phrases import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.parse import Command
    from bot.messages import Block

ROWS: Final = 20  # rows on a page: what one post of either platform shows without scrolling twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which page of how many, counted from 1, and where it begins, counted from 0."""

    number: int
    of: int
    start: int


def chosen(command: Command, rows: int, *, example: str) -> Page:
    """Return the page that a command asks for; one past the end is the last."""
    of = max(1, -(-rows // ROWS))
    number = min(values.page(command.options.get("page", "1"), example=example), of)
    return Page(number=number, of=of, start=(number - 1) * ROWS)


def table(
    command: Command, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, again: str, example: str
) -> tuple[Block, ...]:
    """Return one page of rows and the buttons to others; `again` is the command without its page."""
    page = chosen(command, len(rows), example=example)
    shown = Table(header=header, rows=tuple(rows[page.start : page.start + ROWS]))
    return (shown, *footer(page, again=again))


def footer(page: Page, *, again: str, lang: str = "en") -> tuple[Block, ...]:
    """Return the line that names the page and its buttons, nothing for a single page."""
    if page.of == 1:
        return ()
    buttons = []
    if page.number > 1:
        buttons.append(Button(label=say("button_back", lang), command=f"{again} page:{page.number - 1}"))
    if page.number < page.of:
        buttons.append(Button(label=say("button_next", lang), command=f"{again} page:{page.number + 1}"))
    return (
        Text(text=say("page", lang, number=page.number, of=page.of), tone="small"),
        Actions(buttons=tuple(buttons)),
    )
