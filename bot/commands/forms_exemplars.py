"""The forms of what relevance is measured against: the exemplars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.form_parts import SHOW, form
from bot.commands.parse import Option

if TYPE_CHECKING:
    from bot.commands.parse import Form

# Short words: all of Discord's commands together have 8,000 characters.
_DAYS: Final = Option(name="days", about="days to look back")
_KEEP: Final = Option(name="keep", about="yes skips the preview", choices=("yes",))

EXEMPLARS: Final[tuple[Form, ...]] = (
    form(
        "exemplar add",
        "ARTICLE, STORY, EXEMPLAR or TEXT",
        "Give an article that shows what this channel wants, or not.",
        "exemplar add a1 good",
        Option(name="bad", about="yes: what is not wanted"),
        Option(name="good", about="yes: what is wanted"),
        Option(name="note", about="why, for the list"),
        Option(name="text", about="a text to paste"),
        Option(name="title", about="its headline"),
        _DAYS,
        _KEEP,
        right="change",
    ),
    form(
        "exemplar list",
        "",
        "List what relevance is measured against.",
        "exemplar list",
        Option(name="from", about="what feedback taught", choices=("feedback",)),
        SHOW,
    ),
    form(
        "exemplar check",
        "",
        "Show how well the exemplars fit together.",
        "exemplar check days:7",
        _DAYS,
        SHOW,
    ),
    form(
        "exemplar remove",
        "EXEMPLAR",
        "Take an exemplar out of use here.",
        "exemplar remove x1",
        _DAYS,
        _KEEP,
        least=1,
        right="change",
    ),
)
