"""The Slack double's workspace: people, channels, messages, views, files, and what lasts only a while."""

from __future__ import annotations

import copy
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.doubles.slack_check import elements_of
from tests.doubles.slack_wire import Clock, Payload, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

TEAM, TEAM_DOMAIN, APP, BOT, BOT_USER = "T1", "vedette-test", "A1", "B1", "UBOT"
TRIGGER_SECONDS = 3.0  # docs: a trigger_id lives three seconds and opens one view
REPLY_USES, REPLY_SECONDS = 5, 1_800.0  # docs: a response_url takes five answers within 30 minutes
_TS = re.compile(r"\d{1,12}\.\d{6}")


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody in the workspace."""

    id: str
    name: str
    is_admin: bool = False
    tz: str = "Europe/Berlin"
    locale: str = "en-GB"
    deleted: bool = False
    team: str = TEAM  # another one's people are here through a shared channel
    stranger: bool = False
    teams: tuple[str, ...] = ()  # of one organisation


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation; `is_member` tells whether the bot is in it, `people` who else is (None: everybody)."""

    id: str
    name: str
    is_private: bool = False
    is_archived: bool = False
    is_member: bool = True
    im_with: str = ""
    people: frozenset[str] | None = None


@dataclass(slots=True, kw_only=True)
class Message:
    """A message as it stands now; `before` holds its earlier wire forms, oldest first."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Payload] = field(default_factory=list)
    attachments: list[Payload] = field(default_factory=list)
    metadata: Payload = field(default_factory=dict)
    files: list[Payload] = field(default_factory=list)
    thread_ts: str = ""
    broadcast: bool = False
    edited: bool = False
    deleted: bool = False
    seen_by: str = ""  # the one person who sees it, where it is ephemeral
    before: list[Payload] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        """Tell whether the bot wrote it."""
        return self.user == BOT_USER

    def wire(self, *, metadata: bool = True) -> Payload:
        """Return the message object as Slack gives it."""
        said: Payload = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": TEAM}
        if self.is_ours:
            said |= {
                "bot_id": BOT,
                "app_id": APP,
                "bot_profile": {"id": BOT, "app_id": APP, "name": "Vedette"},
            }
        for name in ("blocks", "attachments", "files"):
            if getattr(self, name):
                said[name] = copy.deepcopy(getattr(self, name))
        if self.metadata and metadata:
            said["metadata"] = copy.deepcopy(self.metadata)
        if self.thread_ts:
            said |= {"thread_ts": self.thread_ts, "parent_user_id": BOT_USER}
        if self.broadcast:
            said["subtype"] = "thread_broadcast"
        if self.edited and not self.blocks:  # Slack shows no mark where blocks changed
            said["edited"] = {"user": self.user, "ts": self.ts}
        return said


@dataclass(slots=True, kw_only=True)
class Trigger:
    """A trigger_id: to whom it was given, when, and whether it was used."""

    user: str
    at: float
    used: bool = False


@dataclass(slots=True, kw_only=True)
class ReplyAddress:
    """A response_url: where its answers go, and how often it was used. `source` is the message pressed on."""

    channel: str
    user: str
    at: float
    source: Message | None = None
    uses: int = 0


@dataclass(slots=True, kw_only=True)
class Upload:
    """A file: announced with a length, then filled, then completed."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    completed: bool = False
    title: str = ""


@dataclass(slots=True)
class Workspace:
    """All that the double remembers."""

    clock: Clock
    people: dict[str, Person]
    channels: dict[str, Channel]
    groups: dict[str, list[str]] = field(default_factory=dict)
    posts: list[Message] = field(default_factory=list)
    ephemerals: list[Message] = field(default_factory=list)
    views: dict[str, Payload] = field(default_factory=dict)
    homes: dict[str, Payload] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    replies: dict[str, ReplyAddress] = field(default_factory=dict)
    _last: int = 0

    def stamp(self) -> str:
        """Return a ts that is later than every one before."""
        self._last = max(self._last + 1, round(self.clock.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def channel(self, name: object) -> Channel:
        """Return a channel that the bot can know of; a person's id leads to the talk with them."""
        if isinstance(name, str) and name in self.people:
            return self.talk_with(name)
        found = self.channels.get(str(name))
        if found is None or (found.is_private and not found.is_member):
            raise RefusedError("channel_not_found")
        return found

    def writable(self, name: object) -> Channel:
        """Return a channel that can still be written in."""
        found = self.channel(name)
        if found.is_archived:
            raise RefusedError("is_archived")
        return found

    def talk_with(self, user: str) -> Channel:
        """Return the direct talk with a person, opened if need be."""
        name = f"D{user}"
        self.channels.setdefault(name, Channel(id=name, name=user, im_with=user, people=frozenset({user})))
        return self.channels[name]

    def post(self, channel: str, ts: object) -> Message | None:
        """Return the message of a channel with that ts, None if there is none or it is deleted."""
        there = (m for m in self.posts if (m.channel, m.ts) == (channel, ts) and not m.deleted)
        return next(there, None)

    def trigger(self, user: str) -> str:
        """Return a fresh trigger_id for what a person just did."""
        name = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user=user, at=self.clock.now())
        return name

    def spend(self, trigger: object) -> str:
        """Use a trigger_id up and return whose it was. Raises RefusedError where it is no good."""
        found = self.triggers.get(str(trigger))
        if found is None:
            raise RefusedError("invalid_trigger_id")
        if found.used:
            raise RefusedError("exchanged_trigger_id")
        if self.clock.now() - found.at > TRIGGER_SECONDS:
            raise RefusedError("expired_trigger_id")
        found.used = True
        return found.user

    def reply_address(self, channel: str, user: str, source: Message | None = None) -> str:
        """Return the name of a fresh response_url."""
        name = secrets.token_hex(12)
        self.replies[name] = ReplyAddress(channel=channel, user=user, at=self.clock.now(), source=source)
        return name

    def may_reply(self, name: str) -> ReplyAddress:
        """Return where a response_url leads. Raises RefusedError when it is used up or too old."""
        found = self.replies.get(name)
        if found is None:
            raise RefusedError("invalid_url")
        if self.clock.now() - found.at > REPLY_SECONDS:
            raise RefusedError("expired_url")
        if found.uses >= REPLY_USES:
            raise RefusedError("used_url")
        return found


def named_blocks(blocks: Iterable[Payload]) -> list[Payload]:
    """Return the blocks with the block_id and action_id that Slack makes up where none is given."""
    named = copy.deepcopy(list(blocks))
    for block in named:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            if element.get("type") not in ("plain_text", "mrkdwn", "image") and block["type"] != "rich_text":
                element.setdefault("action_id", secrets.token_urlsafe(4))
    return named


def ts_argument(value: str | None, error: str) -> float | None:
    """Return a ts as a number, None for none. Raises RefusedError with that error for what is no ts."""
    if value is None:
        return None
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value):
        raise RefusedError(error)
    return float(value)


def is_ts(value: object) -> bool:
    """Tell whether a value has the form of a message's ts."""
    return isinstance(value, str) and _TS.fullmatch(value) is not None
