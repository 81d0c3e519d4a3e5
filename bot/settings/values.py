"""Values a configuration is written in: durations, time zones, times of day, addresses, expressions."""

from __future__ import annotations

import difflib
import re
from contextlib import suppress
from datetime import time, timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator
from yarl import URL

from watchers.errors import ExpressionError, KnowledgeError
from watchers.feeds.addresses import unfit
from watchers.matching.grammar import parse_expression
from watchers.relevance.embedders.names import choice, written

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])", re.IGNORECASE)
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_HOST = re.compile(r"\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})")
_OFFSET = re.compile(r"(?:utc|gmt|z)?\s*[+-]\s*\d{1,2}(?::?\d{2})?", re.IGNORECASE)
_LIKE = 0.75  # of a zone or its city: "Istambul" is like "Istanbul", "Ankara" like none
_NO_PLACES = ("Etc/", "SystemV/", "posix/", "right/")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def duration(value: object) -> object:
    """Read "15m", "2h", "90s" or "1d"; leave anything else for the type to refuse."""
    if isinstance(value, str) and (found := _DURATION.fullmatch(value.strip())):
        with suppress(OverflowError):  # longer than three million years
            return timedelta(seconds=float(found[1]) * _UNITS[found[2].lower()])
    raise ValueError('a duration such as "15m"')


def spelled(length: timedelta) -> str:
    """Write a duration as the file has it: "15m" for a quarter of an hour; below a second nothing is told."""
    seconds = int(length.total_seconds())
    unit, size = next((u, s) for u, s in reversed(_UNITS.items()) if seconds % s == 0)
    return f"{seconds // int(size)}{unit}"


def _zone(value: str) -> str:
    if value in available_timezones():
        return value
    if _OFFSET.fullmatch(value.strip()):
        raise ValueError('the time zone of a city, which knows its summer time, such as "Europe/Istanbul"')
    near = _near_zone(value)
    raise ValueError(
        'an IANA time zone such as "Europe/Istanbul"' + (f'; did you mean "{near}"?' if near else "")
    )


def _near_zone(text: str) -> str:
    """Return the zone that was likely meant, empty if none is near; "GMT+0" and its like are nobody's."""
    from bot.commands.values import likely_zone  # noqa: PLC0415 - it reads durations with this module

    places = [zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NO_PLACES)]
    names = {name: zone for zone in sorted(places) for name in (zone, zone.rpartition("/")[2])}
    near = difflib.get_close_matches(text.strip().replace(" ", "_"), names, n=1, cutoff=_LIKE)
    return likely_zone(text) or (likely_zone(near[0]) if near else "")


def _clock_time(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        hour, minute = value.split(":")
        return time(int(hour), int(minute))
    raise ValueError('a time of day such as "08:00"')


def clock_time(text: str) -> time:
    """Return the time of day of "08:00"."""
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def weekdays(value: str) -> str:
    """Accept "daily", "mon-fri" or "mon,wed"; return it tidied. Raises ValueError for anything else."""
    text = value.strip().lower().replace(" ", "")
    if text == "daily":
        return text
    for part in text.split(","):
        ends = part.split("-")
        if len(ends) > 2 or any(day not in _DAYS for day in ends):
            raise ValueError('"daily", a range such as "mon-fri" or a list such as "mon,thu"')
    return text


def _address(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise ValueError("an address that begins with http:// or https://")
    return value


def base(value: str) -> str:
    """Accept an address to which paths are added. Raises ValueError for one with more than host and path."""
    parts = urlsplit(value)
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("an address up to its path, such as https://llm.example.org/v1, without a key")
    return value


def _contact(value: str) -> str:
    if not re.fullmatch(r"(mailto:)?[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+", value):
        raise ValueError("an e-mail address or a page where publishers can reach you")
    return value


def _endpoint(value: str) -> str:
    """Accept one host and one port; a network, a pattern or another spelling would never be met."""
    host, _, port = value.rpartition(":")
    number = int(port) if re.fullmatch(r"[0-9]{1,5}", port) else 0
    spelled = unfit(URL.build(scheme="http", host=host.strip("[]"))) if _HOST.fullmatch(host) else "no host"
    if spelled or not 0 < number < 65536:
        raise ValueError('an exact "host:port", such as "127.0.0.1:8900" or "[::1]:8900"')
    return value


def _expression(value: str) -> str:
    try:
        parse_expression(value)
    except ExpressionError as error:
        raise ValueError(f"a watch expression; {error}") from error
    return value


def _embedder(value: str) -> str:
    try:
        found = choice(value)
    except KnowledgeError as error:
        raise ValueError(f"one of {written()}") from error
    if found.endpoint:
        raise ValueError("openai:MODEL alone; its address stands in endpoint")
    return str(found)


def base_or_nothing(value: str) -> str:
    """Accept an address to which paths are added, or nothing. Raises ValueError for anything else."""
    return base(_address(value)) if value else value


Duration = Annotated[timedelta, BeforeValidator(duration)]
Zone = Annotated[str, AfterValidator(_zone)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Weekdays = Annotated[str, AfterValidator(weekdays)]
Address = Annotated[str, AfterValidator(_address)]
Contact = Annotated[str, AfterValidator(_contact)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
Embedder = Annotated[str, AfterValidator(_embedder)]
Expression = Annotated[str, AfterValidator(_expression)]
Language = Literal["en", "tr", "ja"]
