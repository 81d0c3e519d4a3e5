"""Read the values people type into options; a fault says what is taken, what is near, and an example."""

from __future__ import annotations

import contextlib
import difflib
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from bot.commands.parse import shown
from bot.errors import CommandError
from bot.settings.values import duration, weekdays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

LONGEST_NAME: Final = 80  # code points; the longest that the configuration file allows for any name
MOST_TAGS: Final = 10
MOST_DIGITS: Final = 9  # of a number; Python refuses to read one of some thousands
OFF: Final = frozenset({"off", "none", "no", "-"})
_LIKE_A_WORD: Final = 0.75  # of one word of a name: "limn" is like "liman", "Istambul" like "Istanbul"
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_HOUR: Final = re.compile(r"(\d{1,2})\s*(am|pm|h)?", re.IGNORECASE)
_DATE: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?"
)
# Each mark that the parser takes for a quotation mark.
_QUOTES: Final = str.maketrans(dict.fromkeys('"“”„«»‟「」', '\\"'))
_BEFORE_QUOTE: Final = re.compile(r'\\+(?=["“”„«»‟「」]|\Z)')
_DAY_WORDS: Final = {
    "weekdays": "mon-fri",
    "workdays": "mon-fri",
    "weekend": "sat,sun",
    "everyday": "daily",
    "every": "daily",
}
# What Slack and Discord put into a text where a person or group was picked.
_MENTION: Final = re.compile(
    r"<@&(?P<role>\w+)>|<!subteam\^(?P<group>\w+)(?:\|[^>]*)?>|<@!?(?P<user>\w+)(?:\|[^>]*)?>"
    r"|(?P<stored>(?:role|user):\w+)"
)


def nearest(words: str, names: Iterable[str]) -> str:
    """Return the name that is most like some words, empty if none is."""
    by_fold = {name.lower(): name for name in names}
    wanted = words.strip().lower()
    if near := difflib.get_close_matches(wanted, by_fold, n=1, cutoff=0.5):
        return by_fold[near[0]]
    by_word = {word: name for fold, name in by_fold.items() for word in fold.split()}
    part = difflib.get_close_matches(wanted, by_word, n=1, cutoff=_LIKE_A_WORD)
    return by_word[part[0]] if part else ""


def zone(text: str, *, example: str) -> str:
    """Return an IANA time zone, also of a city; `{}` in the example stands for the nearest."""
    if found := likely_zone(text):
        return found
    cities = {name.rpartition("/")[2]: name for name in available_timezones()}
    city = difflib.get_close_matches(text.strip().title(), cities, n=1, cutoff=_LIKE_A_WORD)
    near = likely_zone(city[0]) if city else nearest(text, available_timezones())
    raise CommandError(
        f'tz takes a time zone such as Europe/Istanbul, not "{shown(text)}".',
        nearest=near,
        example=example.replace("{}", near or "Europe/Istanbul"),
        typed=text,
    )


def likely_zone(text: str) -> str:
    """Return the time zone that is meant by its name or by a city's, empty if there is none."""
    by_fold = {name.lower(): name for name in available_timezones()}
    wanted = text.strip().lower().replace(" ", "_")
    cities = sorted(name for name in by_fold if name.rpartition("/")[2] == wanted)
    europe = [name for name in cities if name.startswith("europe/")]  # Istanbul is also filed under Asia
    return by_fold.get(wanted) or next((by_fold[name] for name in (*europe, *cities)), "")


def at(text: str, *, example: str) -> str:
    """Return a time of day as "08:00"; `{}` in the example stands for the nearest."""
    if found := _TIME.fullmatch(text.strip()):
        return f"{int(found[1]):02d}:{int(found[2]):02d}"
    hour = _HOUR.fullmatch(text.strip())
    number = (int(hour[1]) + (12 if (hour[2] or "").lower() == "pm" else 0)) if hour else 24
    raise CommandError(
        f'at takes a time of day such as 08:00, not "{shown(text)}".',
        nearest=f"{number:02d}:00" if number < 24 else "",
        example=example.replace("{}", f"{number:02d}:00" if number < 24 else "08:00"),
        typed=text,
    )


def likely_time(text: str) -> str:
    """Return the time of day that a word such as "8am" or "08:00" stands for, empty if it is none."""
    try:
        return at(text, example="")
    except CommandError as error:
        return error.nearest


def days(text: str, *, example: str) -> str:
    """Return week days as "daily", "mon-fri" or "mon,thu"."""
    try:
        return weekdays(text)
    except ValueError as error:
        word = text.strip().lower()
        near = _DAY_WORDS.get(word, "") or (word[:3] if word.endswith("day") else "")
        raise CommandError(
            f'days takes daily, a range such as mon-fri or a list such as mon,thu, not "{shown(text)}".',
            nearest=near if near[:3] in {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "dai"} else "",
            example=example,
            typed=text,
        ) from error


def threshold(text: str, *, example: str) -> float:
    """Return relevance from 0 to 1."""
    try:
        value = float(text.strip().removesuffix("%").replace(",", "."))  # a comma is decimal in Turkish
    except ValueError:
        value = -1.0
    if 0 <= value <= 1:
        return value
    percent = 1 < value <= 100
    parts = 10 if value < 10 and "%" not in text else 100  # "7" is more likely meant for 0.7
    raise CommandError(
        f'threshold takes a number from 0 to 1, not "{shown(text)}".',
        nearest=f"{value / parts:g}" if percent else "",
        example=example,
        typed=text,
    )


def span(text: str, name: str, *, low: timedelta, high: timedelta, example: str) -> timedelta:
    """Return a length of time such as "15m"; `low` and `high` bound it."""
    try:
        value = duration(text)
    except ValueError as error:
        hint = f"{text}m" if text.isdigit() else ""
        raise CommandError(
            f'{name} takes a time such as {brief(low)} or {brief(high)}, not "{shown(text)}".',
            nearest=hint,
            example=example,
            typed=text,
        ) from error
    if not isinstance(value, timedelta) or not low <= value <= high:
        raise CommandError(
            f"{name} takes a time between {brief(low)} and {brief(high)}.",
            nearest=brief(low) if isinstance(value, timedelta) and value < low else brief(high),
            example=example,
            typed=text,
        )
    return value


def instant(text: str, local: ZoneInfo, *, example: str) -> datetime:
    """Return the moment of a date or of a date and time; without a zone it is the channel's clock."""
    value = None
    if _DATE.fullmatch(text.strip()):
        # the 30th of February; the last night of the year 9999 west of here
        with contextlib.suppress(ValueError, OverflowError):
            given = datetime.fromisoformat(text.strip())
            value = (given if given.tzinfo else given.replace(tzinfo=local)).astimezone(UTC)
    if value is None:
        raise CommandError(
            f'until takes a date such as 2026-08-20 or 2026-08-20T11:00, not "{shown(text)}".',
            example=example,
        )
    return value


def brief(length: timedelta) -> str:
    """Return a length of time as it is typed, such as "15m"."""
    seconds = round(length.total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def tags(text: str) -> tuple[str, ...]:
    """Return tags, each once; "off" gives none."""
    if text.strip().lower() in OFF:
        return ()
    found = tuple(dict.fromkeys(t.strip() for t in text.split(",") if t.strip()))
    if len(found) > MOST_TAGS or any(len(tag) > LONGEST_NAME for tag in found):
        raise CommandError(
            f"tag takes at most {MOST_TAGS} words of at most {LONGEST_NAME} characters.",
            example="/watch source edit s1 tag:navy,press",
        )
    return found


def named(text: str, *, example: str) -> str:
    """Return a name in one line. Raises CommandError for an empty or long one."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME or not any(c.isalnum() for c in name):
        raise CommandError(
            f"A name has a letter or digit and at most {LONGEST_NAME} characters.", example=example
        )
    return name


def mention(text: str, *, example: str) -> str:
    """Return who is pinged, as "role:123" or "user:U1"; empty for "off"."""
    if text.strip().lower() in OFF:
        return ""
    found = _MENTION.fullmatch(text.strip())
    if found is None:
        raise CommandError(
            f'mention takes a role or person picked from the list that @ opens, or off, not "{shown(text)}".',
            example=example,
        )
    if role := found["role"] or found["group"]:
        return f"role:{role}"
    return f"user:{found['user']}" if found["user"] else found["stored"]


def whole(text: str, *, most: int) -> int | None:
    """Return a whole number from 1 to `most`, None for anything else."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
    return number if 1 <= number <= most else None


def page(text: str, *, example: str) -> int:
    """Return the number of a page, from 1."""
    number = whole(text, most=10_000)
    if number is None:
        raise CommandError(
            f'page takes a number from 1, not "{shown(text)}".', nearest="1", example=example, typed=text
        )
    return number


def quoted(text: str) -> str:
    """Return a value as it is put into a command, in quotes and in one line.

    A typographic quotation mark comes back as a straight one, and a backslash before one not at all.
    """
    line = _BEFORE_QUOTE.sub("", " ".join(text.split()))
    return f'"{line.translate(_QUOTES)}"'
