"""The `[poll]` section of the configuration: how feeds are asked for, and what one exchange may cost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.settings.values import Contact, Duration, Endpoint
from watchers.feeds.exchange import Limits

_SIZE: Final = re.compile(r"(\d{1,6})\s*(KiB|MiB)")
_UNITS: Final = {"KiB": 1024, "MiB": 1024 * 1024}
_KIB: Final = _UNITS["KiB"]
_MIB: Final = _UNITS["MiB"]
_USUAL: Final = Limits()


def size(value: object) -> object:
    """Read "64KiB" or "16MiB" as bytes; raises ValueError for anything else."""
    if isinstance(value, str) and (found := _SIZE.fullmatch(value.strip())):
        return int(found[1]) * _UNITS[found[2]]
    raise ValueError('a size such as "64KiB" or "16MiB"')


def _sized(low: int, high: int, said: str) -> BeforeValidator:
    """Return what reads a size of at least `low` and at most `high` bytes; `said` names both for people."""

    def read(value: object) -> object:
        found = size(value)
        if not isinstance(found, int) or not low <= found <= high:
            raise ValueError(f"a size from {said}")
        return found

    return BeforeValidator(read)


def _short(value: timedelta) -> timedelta:
    if not _SHORTEST <= value <= _LONGEST:
        raise ValueError("a time from 1s to 5m")
    return value


# The bounds leave room for odd networks and none for a bot that hangs or is filled up.
_SHORTEST: Final = timedelta(seconds=1)
_LONGEST: Final = timedelta(minutes=5)
_Wait = Annotated[Duration, AfterValidator(_short)]


class Poll(BaseModel):
    """How feeds are asked for.

    From `deadline` on it is what one exchange may cost: `size` of a feed and `page` of a web page are those
    after decompression, `parse` is for one document, `entries` are the newest of one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    contact: Contact
    every: Duration = timedelta(minutes=15)
    allow: tuple[Endpoint, ...] = ()
    first: int = Field(default=3, ge=0, le=50)
    deadline: _Wait = timedelta(seconds=_USUAL.deadline)
    parse: _Wait = timedelta(seconds=_USUAL.parse)
    size: Annotated[int, _sized(64 * _KIB, 64 * _MIB, "64KiB to 64MiB")] = _USUAL.body
    page: Annotated[int, _sized(64 * _KIB, 64 * _MIB, "64KiB to 64MiB")] = _USUAL.page
    headers: Annotated[int, _sized(4 * _KIB, _MIB, "4KiB to 1MiB")] = _USUAL.headers
    redirects: int = Field(default=_USUAL.redirects, ge=0, le=20)
    entries: int = Field(default=_USUAL.entries, ge=10, le=20_000)
    per_host: int = Field(default=_USUAL.per_host, ge=1, le=8)
    connections: int = Field(default=_USUAL.connections, ge=1, le=512)

    @model_validator(mode="after")
    def _fitting(self) -> Poll:
        if self.per_host > self.connections:
            raise ValueError("per_host up to connections, which counts all hosts' together")
        return self

    @property
    def allowed(self) -> frozenset[tuple[str, int]]:
        """Return the exact private hosts and ports that may be asked."""
        pairs = (pair.rpartition(":") for pair in self.allow)
        return frozenset((host, int(port)) for host, _, port in pairs)

    @property
    def limits(self) -> Limits:
        """Return what one exchange may cost, as the client takes it."""
        return Limits(
            deadline=self.deadline.total_seconds(),
            body=self.size,
            headers=self.headers,
            redirects=self.redirects,
            per_host=self.per_host,
            connections=self.connections,
            parse=self.parse.total_seconds(),
            page=self.page,
            entries=self.entries,
        )
