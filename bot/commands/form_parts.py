"""What the forms of commands share: a short way to write one, and the options that occur again and again."""

from __future__ import annotations

from typing import Final, Literal

from bot.commands.parse import Form, Option

SINCE: Final = Option(
    name="since",
    about="how far back, such as 24h or 30d, or a date such as 2026-08-19",
    brief="such as 24h or 2026-08-19",
)
SHOW: Final = Option(
    name="show",
    about="show:channel lets everybody here see the answer",
    brief="let everybody here see it",
    choices=("channel",),
)
PAGE: Final = Option(name="page", about="which page of a long answer, 1 for the first", brief="which page")
LANG: Final = Option(name="lang", about="two letters, such as tr")


def form(
    name: str,
    takes: str,
    does: str,
    example: str,
    *options: Option,
    least: int = 0,
    right: Literal["", "change", "manage"] = "",
    hidden: bool = False,
) -> Form:
    """Return the form of a command; the example is without the slash command's own name."""
    noun, _, verb = name.partition(" ")
    return Form(
        noun=noun,
        verb=verb,
        takes=takes,
        options=options,
        does=does,
        example=f"/watch {example}",
        right=right,
        least=least,
        hidden=hidden,
    )
