"""Read the configuration file: every fault at once, with its line, what was expected and what was found."""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from bot.config_faults import lines_of, sentence
from bot.errors import ConfigError
from watchers.errors import ExpressionError
from watchers.matching.grammar import parse_expression
from watchers.relevance.decide import ALERT_AT

if TYPE_CHECKING:
    from pathlib import Path


_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])", re.IGNORECASE)
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def duration(value: object) -> object:
    """Read "15m", "2h", "90s" or "1d"; leave anything else for the type to refuse."""
    if isinstance(value, str) and (found := _DURATION.fullmatch(value.strip())):
        return timedelta(seconds=float(found[1]) * _UNITS[found[2].lower()])
    raise ValueError('a duration such as "15m"')


def _zone(value: str) -> str:
    if value not in available_timezones():
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        raise ValueError(
            'an IANA time zone such as "Europe/Istanbul"' + (f'; did you mean "{near[0]}"?' if near else "")
        )
    return value


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


def _contact(value: str) -> str:
    if not re.fullmatch(r"(mailto:)?[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+", value):
        raise ValueError("an e-mail address or a page where publishers can reach you")
    return value


def _endpoint(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError('an exact "host:port", such as "127.0.0.1:8900"')
    return value


def _expression(value: str) -> str:
    try:
        parse_expression(value)
    except ExpressionError as error:
        raise ValueError(f"a watch expression; {error}") from error
    return value


Duration = Annotated[timedelta, BeforeValidator(duration)]
Zone = Annotated[str, AfterValidator(_zone)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Weekdays = Annotated[str, AfterValidator(weekdays)]
Address = Annotated[str, AfterValidator(_address)]
Contact = Annotated[str, AfterValidator(_contact)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
Expression = Annotated[str, AfterValidator(_expression)]
Language = Literal["en", "tr", "ja"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Poll(_Section):
    """How feeds are asked for."""

    contact: Contact
    every: Duration = timedelta(minutes=15)
    allow: tuple[Endpoint, ...] = ()
    first: int = Field(default=3, ge=0, le=50)


class Defaults(_Section):
    """What a channel gets unless it says otherwise."""

    timezone: Zone = "UTC"
    language: Language = "en"


class Database(_Section):
    """Where everything is kept; a relative path counts from the configuration file."""

    path: str = "vedette.sqlite3"


class Relevance(_Section):
    """What relevance is measured against."""

    embedder: Literal["builtin", "none"] = "builtin"
    exemplars: str = ""
    shipped_exemplars: bool = True
    gazetteer: str = ""


class Page(_Section):
    """The preview page."""

    enabled: bool = True
    port: int = Field(default=8750, ge=0, le=65535)


class DigestSettings(_Section):
    """When a channel gets its digest."""

    at: ClockTime = time(8, 0)
    days: Weekdays = "daily"
    empty: Literal["say", "skip"] = "say"


class Rule(_Section):
    """A watch written in the watch language."""

    name: str = Field(min_length=1, max_length=60)
    expression: Expression
    alert: Literal["", "now", "digest"] = ""
    threshold: float | None = Field(default=None, ge=0, le=1)


class Channel(_Section):
    """A place where people read: `preview:NAME`."""

    id: str = Field(pattern=r"^preview:[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=60)
    language: Language | None = None
    timezone: Zone | None = None
    threshold: float = Field(default=ALERT_AT, ge=0, le=1)
    keywords: tuple[Annotated[str, Field(min_length=2, max_length=100)], ...] = ()
    rules: tuple[Rule, ...] = ()
    tags: tuple[str, ...] = ()
    digest: DigestSettings | None = DigestSettings()


class FeedSettings(_Section):
    """One source. `seen` says where and when its address was found, `terms` where its terms of use stand."""

    url: Address
    name: str = Field(min_length=1, max_length=80)
    owner: str = ""
    lang: Annotated[str, Field(pattern=r"^[a-z]{2}$|^$")] = ""
    tags: tuple[str, ...] = ()
    every: Duration | None = None
    terms: str = ""
    seen: str = ""


class Config(_Section):
    """The whole file."""

    poll: Poll
    defaults: Defaults = Defaults()
    database: Database = Database()
    relevance: Relevance = Relevance()
    page: Page = Page()
    channels: tuple[Channel, ...]
    feeds: tuple[FeedSettings, ...]

    @model_validator(mode="after")
    def _whole(self) -> Config:
        if not self.channels or not self.feeds:
            raise ValueError("at least one [[channels]] and one [[feeds]]")
        for what, values in (
            ("channels: an id", [c.id for c in self.channels]),
            ("feeds: an address", [f.url for f in self.feeds]),
        ):
            if twice := next((v for v in values if values.count(v) > 1), None):
                raise ValueError(f"{what} that occurs once; {twice} occurs twice")
        return self

    def zone(self, channel: Channel) -> ZoneInfo:
        """Return the time zone a channel's clock times are in."""
        return ZoneInfo(channel.timezone or self.defaults.timezone)


def load(path: Path) -> Config:
    """Read a configuration. Raises ConfigError with every fault in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); `vedette init` writes one") from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: expected UTF-8 text, got a byte it cannot hold at {error.start}"
        ) from error
    return parse(text, path)


def parse(text: str, path: Path) -> Config:
    """Read a configuration's text; `path` is for messages. Raises ConfigError with every fault in it."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: this is not TOML: {error}") from error
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        lines = lines_of(text)
        raise ConfigError(*(sentence(path, lines, fault, Config) for fault in error.errors())) from error
