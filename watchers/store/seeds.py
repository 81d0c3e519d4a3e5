"""What a configuration file says, as the store takes it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

SeedKind = Literal["channel", "feed", "link", "watch", "subscription"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSeed:
    """A channel as the configuration file has it."""

    id: str
    name: str
    lang: str = "en"
    timezone: str = "UTC"
    threshold: float = 0.7
    budget: int = 8  # alerts a local day; 0: no limit
    bound_to: str = ""  # the id of the channel whose watches and sources it shares; empty: its own


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSeed:
    """A source as the configuration file has it, with the channels that read it."""

    url: str
    name: str
    owner: str = ""
    lang: str = ""
    every: timedelta = timedelta(minutes=15)
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSeed:
    """A watch as the configuration file has it; `name` is unique in its channel.

    `said` is what the file itself says, where the expression is made of that and may be made otherwise by
    another release; empty: the expression is what the file says.
    """

    channel: str
    name: str
    expression: str
    said: str = ""
    kind: Literal["keywords", "rule"] = "keywords"
    alert: Literal["", "now", "digest"] = ""
    threshold: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionSeed:
    """A digest schedule as the configuration file has it; `name` is unique in its channel."""

    channel: str
    at: str
    days: str = "daily"
    timezone: str = "UTC"
    empty: Literal["skip", "say"] = "say"
    name: str = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """What a configuration file changed: its entries by kind and key, such as ("feed", "https://…")."""

    added: tuple[tuple[SeedKind, str], ...] = ()
    changed: tuple[tuple[SeedKind, str], ...] = ()
    taken_out: tuple[tuple[SeedKind, str], ...] = ()
    returned: tuple[tuple[SeedKind, str], ...] = ()
