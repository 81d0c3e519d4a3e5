"""Read the configuration file: every fault at once, with its line, what was expected and what was found."""

from __future__ import annotations

import tomllib
from datetime import time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from bot.announcing.budget import BUDGET, MOST_BUDGET
from bot.errors import ConfigError
from bot.settings.articles import Articles
from bot.settings.delivery import Delivery
from bot.settings.faults import MisplacedError, line_of, lines_of, not_toml, sentence, spread
from bot.settings.retention import Retention
from bot.settings.roles import Roles
from bot.settings.values import (
    Address,
    ClockTime,
    Duration,
    Embedder,
    Expression,
    Language,
    Weekdays,
    Zone,
    base,
    base_or_nothing,
)
from bot.settings.watching import Poll
from watchers.relevance.decide import ALERT_AT

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings.faults import Location


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Defaults(_Section):
    """What a channel gets unless it says otherwise."""

    timezone: Zone = "UTC"
    language: Language = "en"


class Database(_Section):
    """Where everything is kept: a file, whose path counts from the configuration file, or a server.

    `url` may hold a password; VEDETTE_DATABASE_URL in the environment goes before either.
    """

    path: str = "vedette.sqlite3"
    url: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _one(self) -> Database:  # of the whole section, whose faults show no value
        url = self.url.get_secret_value()
        if url and "path" in self.model_fields_set:
            raise ValueError("path, a file, or url, a server, and not both")
        if url and not url.startswith(("postgresql://", "postgres://", "sqlite:///")):
            raise ValueError('url to be such as "postgresql://user:password@host/database"')
        return self


class Relevance(_Section):
    """What relevance is measured against, and with which model.

    `endpoint` is the address up to and with `/v1` that an `openai:` embedder asks; its key comes from the
    environment.
    """

    embedder: Embedder = "builtin"
    endpoint: Annotated[str, AfterValidator(base_or_nothing)] = ""
    exemplars: str = ""
    shipped_exemplars: bool = True
    gazetteer: str = ""

    @model_validator(mode="after")
    def _asked(self) -> Relevance:
        remote = self.embedder.startswith("openai:")
        if remote and not self.endpoint:
            raise ValueError('endpoint, the address that "openai:" asks, such as "http://127.0.0.1:11434/v1"')
        if self.endpoint and not remote:
            raise ValueError('embedder = "openai:MODEL" beside endpoint, or no endpoint')
        return self


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


class Slack(_Section):
    """The Slack app. Its secrets come from the environment, never from this file.

    `editors` are people (U…) and user groups (S…) who may change what is watched, besides admins.
    """

    mode: Literal["socket", "http"] = "socket"
    command: str = Field(default="/watch", pattern=r"^/[a-z0-9_-]{1,31}$")
    editors: tuple[Annotated[str, Field(pattern=r"^[UWS][A-Z0-9]{2,20}$")], ...] = ()
    api: Address = "https://slack.com/api/"


class Discord(_Section):
    """The Discord bot. `roles` may change what is watched, besides those with Manage Channels."""

    command: str = Field(default="watch", pattern=r"^[a-z0-9_-]{1,32}$")
    roles: tuple[Annotated[str, Field(pattern=r"^\d{5,20}$")], ...] = ()
    api: Address = "https://discord.com/api/v10"


class Http(_Section):
    """What the network may ask: health, readiness, metrics and, in Slack's http mode, its requests.

    `metrics` says who may ask for those; None: see `bot.metrics.opening.access_to`.
    """

    enabled: bool = False
    bind: str = "127.0.0.1"
    port: int = Field(default=8751, ge=0, le=65535)
    metrics: Literal["open", "token", "off"] | None = None


class Translation(_Section):
    """Who translates headlines: an OpenAI-compatible endpoint. Its key comes from the environment.

    `endpoint` is the address up to and with `/v1`; `within` is how long an answer may take.
    """

    endpoint: Annotated[Address, AfterValidator(base)]
    model: str = Field(min_length=1, max_length=200)
    within: Duration = Field(default=timedelta(seconds=8), ge=timedelta(seconds=1), le=timedelta(seconds=30))


class Extraction(_Section):
    """Which language model is asked for further facts: an OpenAI-compatible endpoint. Its key: environment.

    `endpoint` is the address up to and with `/v1`; `within` is how long an answer may take, `calls` how many
    there are a day (UTC) at most; `summaries`: it also words what a digest says of a story.
    """

    endpoint: Annotated[Address, AfterValidator(base)]
    model: str = Field(min_length=1, max_length=200)
    within: Duration = Field(default=timedelta(seconds=20), ge=timedelta(seconds=1), le=timedelta(seconds=60))
    calls: int = Field(default=100, ge=1, le=10_000)
    summaries: bool = True


class Channel(_Section):
    """A place where people read: `preview:NAME`, `slack:C0123ABCD` or `discord:1234567890`.

    One that is `bound_to` another uses that one's rules, sources, mutes and votes.
    """

    id: str = Field(pattern=r"^(preview:[a-z0-9-]{1,40}|slack:[CDG][A-Z0-9]{1,20}|discord:\d{5,20})$")
    bound_to: str = ""
    name: str = Field(min_length=1, max_length=60)
    language: Language | None = None
    timezone: Zone | None = None
    threshold: float = Field(default=ALERT_AT, ge=0, le=1)
    budget: int = Field(default=BUDGET, ge=0, le=MOST_BUDGET)
    keywords: tuple[Annotated[str, Field(min_length=2, max_length=100)], ...] = ()
    rules: tuple[Rule, ...] = ()
    tags: tuple[str, ...] = ()
    digest: DigestSettings | None = None  # none at all, until somebody asks for one


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
    articles: Articles = Articles()
    delivery: Delivery = Delivery()
    roles: Roles = Roles()
    retention: Retention = Retention()
    relevance: Relevance = Relevance()
    page: Page = Page()
    http: Http = Http()
    slack: Slack | None = None
    discord: Discord | None = None
    translation: Translation | None = None
    extraction: Extraction | None = None
    channels: tuple[Channel, ...] = ()
    feeds: tuple[FeedSettings, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Config:
        faults = [*self._twice("channels", "id"), *self._twice("feeds", "url")]
        whole = {c.id for c in self.channels if not c.bound_to}
        for number, channel in enumerate(self.channels):
            platform, where = channel.id.partition(":")[0], ("channels", number)
            if platform != "preview" and getattr(self, platform) is None:
                faults.append(
                    ((*where, "id"), f"a [{platform}] section, which such a channel needs", channel.id)
                )
            if channel.bound_to and channel.bound_to not in whole:
                wanted = "the id of another channel here, that is bound to none"
                faults.append(((*where, "bound_to"), wanted, channel.bound_to))
        if faults:
            raise MisplacedError(*faults)
        if self.slack and self.slack.mode == "http" and not self.http.enabled:
            raise ValueError("[http] with enabled = true, which Slack's http mode needs")
        return self

    def _twice(self, tables: str, key: str) -> list[tuple[Location, str, str]]:
        """Return a fault for each table whose key another one before it has, too."""
        values = [getattr(table, key) for table in getattr(self, tables)]
        return [
            ((tables, number, key), f"one of its own, not that of {tables}[{values.index(value)}]", value)
            for number, value in enumerate(values)
            if value in values[:number]
        ]

    @property
    def first_channel(self) -> str:
        """Return the channel that the page shows and a command is about when none is named."""
        preview = [channel.id for channel in self.channels if channel.id.startswith("preview:")]
        every = [channel.id for channel in self.channels]
        return (preview or every or ["preview:main"])[0]

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
        raise ConfigError(not_toml(path, str(error))) from error
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        lines = lines_of(text)
        faults = sorted(spread(error.errors()), key=lambda fault: line_of(lines, fault["loc"]))
        raise ConfigError(*(sentence(path, lines, fault, Config) for fault in faults)) from error
