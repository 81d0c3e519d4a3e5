"""Every command there is: what help shows, what the parser takes, and who may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.form_parts import PAGE, SHOW, form
from bot.commands.forms_exemplars import EXEMPLARS
from bot.commands.forms_reading import DIGESTS, FILES, MUTES, PROMISES, QUESTIONS
from bot.commands.forms_watching import LIKENESSES, RULES, SOURCES
from bot.commands.parse import Option

if TYPE_CHECKING:
    from bot.commands.parse import Form

_FIRST: Final[tuple[Form, ...]] = (
    form("help", "TOPIC", "Say what can be asked, and how.", "help source"),
    form(
        "setup",
        "",
        "Set this channel up: what it is for, language, time zone, digest, sources.",
        'setup keywords:"drone procurement, frigate" tz:Europe/Istanbul at:08:00 sources:all',
        Option(
            name="keywords",
            about="words to mark, with commas between; off for none",
            brief="with commas between, or off",
        ),
        Option(
            name="lang",
            about="the language the bot speaks here",
            brief="of what the bot tells here",
            choices=("en", "tr", "ja"),
        ),
        Option(name="tz", about="time zone, such as Europe/Istanbul", brief="such as Europe/Istanbul"),
        Option(
            name="at",
            about="time of the daily digest, such as 08:00; off for none",
            brief="daily digest: 08:00, or off",
        ),
        Option(
            name="sources",
            about="a tag of the sources the bot knows, all, or none",
            brief="a tag, all, or none",
        ),
        Option(
            name="editors",
            about="who may change what is watched here",
            brief="who may change things here",
            choices=("managers", "everyone"),
        ),
        right="change",
    ),
    form(
        "status",
        "",
        "Say how this channel, its feeds or delivery are doing.",
        "status of:feeds",
        Option(name="of", about="what to look at", choices=("channel", "feeds", "delivery")),
        SHOW,
    ),
)

_SETTINGS: Final[tuple[Form, ...]] = (
    form("settings show", "", "Show this channel's settings.", "settings show", SHOW),
    form(
        "settings set",
        "SETTING VALUE",
        "Change a setting: language, tz, threshold, budget, quiet, lull, layout, editors, visibility, name.",
        "settings set threshold 0.65",
        least=2,
        right="change",
    ),
    form("settings audit", "", "List who changed what here.", "settings audit", PAGE, SHOW),
    form(
        "settings forget-me",
        "",
        "Delete what is kept of you.",
        "settings forget-me",
        Option(name="confirm", about="yes does it, for good", choices=("yes",)),
    ),
)

_UNDO: Final = form(
    "undo", "CHANGE", "Take a change back, as its Undo does.", "undo u1", least=1, right="change"
)

# Asked by buttons; help does not list them.
_HIDDEN: Final[tuple[Form, ...]] = (
    form(
        "vote up", "STORY", "Say that a story is what this channel wants.", "vote up t1", least=1, hidden=True
    ),
    form(
        "vote down",
        "STORY",
        "Say that a story is not what this channel wants.",
        "vote down t1",
        least=1,
        hidden=True,
    ),
)

FORMS: Final[tuple[Form, ...]] = (
    *_FIRST,
    *SOURCES,
    *RULES,
    *LIKENESSES,
    *DIGESTS,
    *EXEMPLARS,
    *QUESTIONS,
    *PROMISES,
    *MUTES,
    *_SETTINGS,
    _UNDO,
    *FILES,
    *_HIDDEN,
)
