"""Draw a message as one of the platforms shows it, from the very payload that platform would get."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeGuard, assert_never, get_args

from markupsafe import Markup

from bot.messages import Chart
from bot.platforms.preview.look_discord import look_discord
from bot.platforms.preview.look_slack import look_slack
from bot.platforms.preview.pressing import pressing
from bot.platforms.preview.render_html import language, render_html
from bot.wording.fit import parts

if TYPE_CHECKING:
    from bot.messages import Message

Look = Literal["slack", "discord", "plain"]
LOOKS: Final[tuple[Look, ...]] = get_args(Look)
_EMPTY: Final = Markup("")
REMEMBERED: Final = 1_024  # messages in a look, about 4 MB; a page of 100 took 450 ms without, 36 with


def is_look(word: str) -> TypeGuard[Look]:
    """Tell whether a word names a look."""
    return word in LOOKS


@lru_cache(maxsize=REMEMBERED)
def render(message: Message, look: Look, *, pictures: str = "") -> Markup:
    """Return one `<div class="look">`; `pictures` is where the page keeps the message's charts."""
    return Markup('<div class="look {}" data-look="{}" lang="{}">{}</div>').format(
        look, look, language(message.lang), _drawn(message, look, pictures)
    )


def _drawn(message: Message, look: Look, pictures: str) -> Markup:
    # A platform's renderer is imported when its look is first asked for, not when the program starts.
    match look:
        case "plain":
            return render_html(message)
        case "slack":
            from bot.platforms.slack import render as slack  # noqa: PLC0415 - see above

            # Slack names a picture by the id of its upload; here every chart has one, to be shown.
            charts = {block: block.title for block in message.blocks if isinstance(block, Chart)}
            press = pressing(message, pictures)
            posts = (slack.payload(part, pictures=charts) for part in parts(message, slack.fits))
            return _EMPTY.join(look_slack({"text": p.text, "blocks": p.blocks}, press) for p in posts)
        case "discord":
            from bot.platforms.discord import render as discord  # noqa: PLC0415 - see above

            press = pressing(message, pictures)
            return _EMPTY.join(
                look_discord(discord.payload(part), press) for part in parts(message, discord.fits)
            )
        case _:
            assert_never(look)
