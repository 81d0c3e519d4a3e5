"""Read `since:` and `until:` as people type them: how far back, or a date."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.parse import shown
from bot.errors import CommandError
from bot.settings.values import duration

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from bot.commands.parse import Command

_DAYS: Final = {"": 1, "day": 1, "w": 7, "week": 7, "mo": 30, "month": 30, "y": 365, "year": 365}
_LENGTH: Final = re.compile(r"(\d{1,4}) ?(|day|w|week|mo|month|y|year)s?")
LONGEST: Final = timedelta(days=3660)  # ten years: longer than any archive


def moment_of(
    command: Command, name: str, audience: Audience, *, now: datetime, example: str
) -> datetime | None:
    """Return the moment that an option names: so long ago, or a date on the channel's clock; None without."""
    text = command.options.get(name)
    if text is None:
        return None
    if text[:4].isdigit() and "-" in text:
        return values.instant(text, audience.zone, example=example)
    try:
        back = duration(text)
    except ValueError as error:
        raise CommandError(
            f'{name} takes how far back (24h, 30d) or a date (2026-08-19), not "{shown(text)}".',
            nearest=f"{name}:{near}" if (near := _near(text)) else "",
            example=example,
            typed=text,
        ) from error
    if not isinstance(back, timedelta) or back > LONGEST:
        raise CommandError(
            f"{name} goes back ten years at most.", nearest=f"{name}:365d", example=example, typed=text
        )
    return now - back


def _near(text: str) -> str:
    """Return in days what was given in weeks, months or years, or without a unit; empty for anything else."""
    found = _LENGTH.fullmatch(text.strip().lower())
    return f"{int(found[1]) * _DAYS[found[2]]}d" if found else ""
