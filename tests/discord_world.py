"""What a guild of the Discord double holds: roles, members, channels and posts, and who may do what where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.discord_check import EPHEMERAL, V2
from tests.discord_components import TEXT_DISPLAY
from tests.discord_json import JsonObject, RefusedError, Snowflakes
from tests.discord_shapes import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

# Bits of Discord's permission integer.
PERMISSIONS: Final[dict[str, int]] = {
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "use_application_commands": 1 << 31,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "send_messages_in_threads": 1 << 38,
}
EVERYTHING: Final = sum(PERMISSIONS.values())
ORDINARY: Final = (
    "add_reactions",
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "use_application_commands",
    "create_public_threads",
    "send_messages_in_threads",
)
TEXT, DM, NEWS, THREAD, FORUM = 0, 1, 5, 11, 15


def bits(names: tuple[str, ...]) -> int:
    """Add up permissions by name."""
    return sum(PERMISSIONS[name] for name in names)


@dataclass(slots=True, kw_only=True, eq=False)
class Role:
    """A role and what it allows everywhere."""

    id: str
    name: str
    permissions: int


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    """A person (or the bot) in the guild."""

    id: str
    name: str
    roles: list[Role] = field(default_factory=list)
    bot: bool = False


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Post:
    """A message. `data` is its JSON now, `versions` every JSON it had, oldest first; `files` its uploads."""

    id: str
    channel: Channel
    data: JsonObject
    at: datetime
    versions: list[JsonObject] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<Post {self.id} in {self.channel.name}: {self.text!r}{' (deleted)' if self.deleted else ''}>"

    @property
    def content(self) -> str:
        """The plain content."""
        return str(self.data["content"])

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.data["flags"] & EPHEMERAL)

    @property
    def v2(self) -> bool:
        """Whether it is a layout of components."""
        return bool(self.data["flags"] & V2)

    @property
    def edited(self) -> int:
        """How often it was edited."""
        return max(0, len(self.versions) - 1)

    @property
    def nodes(self) -> list[JsonObject]:
        """All its components, nested ones too, in reading order."""
        return [node for _, node in walk(self.data["components"])]

    @property
    def custom_ids(self) -> list[str]:
        """The ids of what can be pressed or chosen from."""
        return [node["custom_id"] for node in self.nodes if node.get("custom_id")]

    @property
    def text(self) -> str:
        """All that can be read: content, embeds and text displays, a line each."""
        lines: list[str | None] = [self.content]
        for embed in self.data["embeds"]:
            lines += [embed.get("title"), embed.get("description")]
            lines += [part for one in embed.get("fields") or [] for part in (one["name"], one["value"])]
            lines += [(embed.get("footer") or {}).get("text")]
        lines += [node["content"] for node in self.nodes if node.get("type") == TEXT_DISPLAY]
        return "\n".join(line for line in lines if line)

    @property
    def pings(self) -> list[str]:
        """Whom it pinged: "everyone", "here", or mentions such as "<@5>" and "<@&7>"."""
        return list(self.data["_pings"])


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Channel:
    """A text channel, forum, thread or direct conversation."""

    id: str
    name: str
    kind: int = TEXT
    parent: Channel | None = None
    person: Member | None = None  # whom a direct conversation is with
    denied: dict[str, int] = field(default_factory=dict)  # by role or member id
    posts: list[Post] = field(default_factory=list)  # deleted ones too
    archived: bool = False
    locked: bool = False
    tags: list[str] = field(default_factory=list)
    owner: str = ""
    minutes: int = 1_440  # until a quiet thread is archived
    at: str = "2026-01-01T00:00:00+00:00"

    def __repr__(self) -> str:
        return f"<Channel {self.name} {self.id}>"

    def shown(self) -> list[Post]:
        """Return what stands in it, oldest first."""
        return [post for post in self.posts if not post.deleted and not post.ephemeral]


class World:
    """One guild with its people and channels, and the bot."""

    def __init__(self, ids: Snowflakes) -> None:
        self.ids = ids
        self.guild_id = ids.new()
        self.application_id = ids.new()
        self.everyone = Role(id=self.guild_id, name="@everyone", permissions=bits(ORDINARY))
        self.roles: list[Role] = [self.everyone]
        self.members: list[Member] = []
        self.channels: list[Channel] = []
        self.hidden: list[Post] = []  # ephemeral ones
        bot_role = self.add_role("Vedette", ())
        self.bot = self.add_member("vedette", (bot_role.name,))
        self.bot.bot = True
        self.bot.id = self.application_id  # as it is for applications made since 2016

    def add_role(self, name: str, permissions: tuple[str, ...]) -> Role:
        """Make a role."""
        role = Role(id=self.ids.new(), name=name, permissions=bits(permissions))
        self.roles.append(role)
        return role

    def add_member(self, name: str, roles: tuple[str, ...]) -> Member:
        """Let somebody in, with roles by name."""
        given = [next(role for role in self.roles if role.name == wanted) for wanted in roles]
        member = Member(id=self.ids.new(), name=name, roles=given)
        self.members.append(member)
        return member

    def add_channel(self, name: str, kind: int) -> Channel:
        """Open a channel."""
        channel = Channel(id=self.ids.new(), name=name, kind=kind)
        self.channels.append(channel)
        return channel

    def channel(self, mark: str) -> Channel:
        """Return a channel or thread by id; refuses with 10003."""
        for channel in self.channels:
            if channel.id == mark:
                return channel
        raise RefusedError(10003)

    def post(self, channel: Channel, mark: str) -> Post:
        """Return a post that stands in a channel, by id; refuses with 10008."""
        for post in channel.shown():
            if post.id == mark:
                return post
        raise RefusedError(10008)

    def every_post(self) -> Iterator[Post]:
        """Yield all posts ever made."""
        for channel in self.channels:
            yield from channel.posts
        yield from self.hidden

    def permissions(self, member: Member, channel: Channel | None = None) -> int:
        """Return what somebody may do in a channel, overwrites of the channel or its parent included."""
        if channel is not None and channel.kind == DM:
            return bits(ORDINARY)
        allowed = self.everyone.permissions
        for role in member.roles:
            allowed |= role.permissions
        if allowed & PERMISSIONS["administrator"]:
            return EVERYTHING
        place = channel.parent if channel is not None and channel.parent is not None else channel
        if place is not None:
            for mark in (self.guild_id, *(role.id for role in member.roles), member.id):
                allowed &= ~place.denied.get(mark, 0)
        return allowed

    def need(self, channel: Channel, *names: str) -> None:
        """Refuse with 50001 where the bot cannot see a channel, with 50013 where it lacks a permission."""
        if channel.kind == DM:
            return
        allowed = self.permissions(self.bot, channel)
        if not allowed & PERMISSIONS["view_channel"]:
            raise RefusedError(50001)
        if any(not allowed & PERMISSIONS[name] for name in names):
            raise RefusedError(50013)
