"""Read the times that reading again is asked for: so long ago, or a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.errors import ConfigError

LONGEST: Final = timedelta(days=3650)
UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1)}
_LENGTH: Final = 'a time such as "30d" or "12h", ten years at most'


def span(text: str) -> timedelta:
    """Return the time that words such as "30d" or "12h" name. Raises ConfigError."""
    if (wanted := _length(text)) is not None:
        return wanted
    raise ConfigError(f"--since {text}: takes {_LENGTH}")


def moment(option: str, text: str, *, now: datetime) -> datetime | None:
    """Return when a day such as "2026-03-01" begins (UTC), or so long ago as "30d" says; None for no words.

    Raises ConfigError, which names the option, for other words.
    """
    if not text:
        return None
    if (back := _length(text)) is not None:
        return now - back
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise ConfigError(f'{option} {text}: takes a day such as "2026-03-01", or {_LENGTH}') from error


def _length(text: str) -> timedelta | None:
    number, unit = text[:-1], text[-1:]
    if number.isascii() and number.isdecimal() and unit in UNITS and len(number) <= 5:
        wanted = int(number) * UNITS[unit]
        if timedelta() < wanted <= LONGEST:
            return wanted
    return None
