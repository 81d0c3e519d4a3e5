"""Who publishes and owns an outlet, from a data file in which every label has its source and date."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watchers.errors import KnowledgeError
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OWNERSHIPS = frozenset({"state", "public", "private", "cooperative", "foundation", "listed"})
TIERS = frozenset({"agency", "national", "trade", "official", "maker"})
_WEB = re.compile(r"https?://[^/\s]+\.[^/\s]+")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet with the labels the data file gives it. `owner` is who stands behind the publisher."""

    name: str
    aliases: tuple[str, ...]
    hosts: tuple[str, ...]
    publisher: str
    owner: str
    tier: str
    ownership: str
    source: str  # the page that says so
    seen: str  # the day it was read, YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Outlets:
    """Look outlets up by name or by the host of a link."""

    by_name: Mapping[str, Outlet]
    by_host: Mapping[str, Outlet]

    def find(self, name: str, link: str = "") -> Outlet | None:
        """Return the outlet of that name or link, None if the file does not hold it."""
        known = self.by_name.get(outlet_key(name))
        if known is not None or not link:
            return known
        host = (urlsplit(link).hostname or "") if "[" not in link else ""
        while host:
            if host in self.by_host:
                return self.by_host[host]
            host = host.partition(".")[2]
        return None


def outlet_key(name: str) -> str:
    """Return an outlet's name as it is compared: folded, letters and digits only."""
    return _NOT_LETTERS.sub("", fold(name))


@cache
def shipped_outlets() -> Outlets:
    """Return the outlets of the shipped file; read once."""
    return read_outlets(resources.files(__package__).joinpath("outlets.toml").read_text("utf-8"))


def read_outlets(document: str) -> Outlets:
    """Read outlets from TOML; raises KnowledgeError that names the outlet with a missing or unknown label."""
    try:
        rows = tomllib.loads(document).get("outlet", [])
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"The outlets file cannot be read: {error}.") from error
    return _indexed(_outlet(row) for row in rows)


def _outlet(row: dict[str, str | list[str]]) -> Outlet:
    name = str(row.get("name", ""))
    missing = [
        key
        for key in ("name", "publisher", "owner", "tier", "ownership", "source", "seen")
        if not row.get(key)
    ]
    if missing:
        raise KnowledgeError(f"outlets.toml: {name or 'an outlet'} lacks {', '.join(missing)}.")
    if not _WEB.match(str(row["source"])) or not _is_day(str(row["seen"])):
        raise KnowledgeError(f"outlets.toml: {name} lacks the page that says so, or the day it was read.")
    if row["tier"] not in TIERS or row["ownership"] not in OWNERSHIPS:
        raise KnowledgeError(f"outlets.toml: {name} has an unknown tier or ownership.")
    return Outlet(
        name=name,
        aliases=tuple(row.get("aliases", ())),
        hosts=tuple(row.get("hosts", ())),
        publisher=str(row["publisher"]),
        owner=str(row["owner"]),
        tier=str(row["tier"]),
        ownership=str(row["ownership"]),
        source=str(row["source"]),
        seen=str(row["seen"]),
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _indexed(outlets: Iterable[Outlet]) -> Outlets:
    by_name: dict[str, Outlet] = {}
    by_host: dict[str, Outlet] = {}
    for outlet in outlets:
        for name in (outlet.name, *outlet.aliases):
            if by_name.setdefault(outlet_key(name), outlet) is not outlet:
                raise KnowledgeError(f"outlets.toml: {name} stands for two outlets.")
        by_host.update(dict.fromkeys(outlet.hosts, outlet))
    return Outlets(MappingProxyType(by_name), MappingProxyType(by_host))
