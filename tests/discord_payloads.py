"""The JSON that Discord sends for users, channels, posts and guilds, made from the double's world."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.discord_check import EPHEMERAL
from tests.discord_world import DM, FORUM, THREAD, Channel, Member, Post, Role, World

if TYPE_CHECKING:
    from datetime import datetime

    from tests.discord_json import JsonObject

KEPT_FLAGS: Final = EPHEMERAL | 1 << 2 | 1 << 7 | 1 << 12 | 1 << 15  # what a post's flags may say of it
UPLOAD_LIMIT: Final = 10 * 1024 * 1024  # bytes of one file, as interactions tell it


def user_json(member: Member) -> JsonObject:
    """Return a user."""
    return {
        "id": member.id,
        "username": member.name,
        "global_name": None if member.bot else member.name.title(),
        "discriminator": "0000" if member.bot else "0",
        "avatar": None,
        "bot": member.bot,
        "public_flags": 0,
        "flags": 0,
    }


def member_json(world: World, member: Member, channel: Channel | None = None) -> JsonObject:
    """Return a member; with a channel, also what they may do there."""
    data: JsonObject = {
        "user": user_json(member),
        "nick": None,
        "avatar": None,
        "roles": [role.id for role in member.roles],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "premium_since": None,
        "communication_disabled_until": None,
    }
    if channel is not None:
        data["permissions"] = str(world.permissions(member, channel))
    return data


def role_json(world: World, role: Role) -> JsonObject:
    """Return a role."""
    return {
        "id": role.id,
        "name": role.name,
        "permissions": str(role.permissions),
        "position": world.roles.index(role),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_json(world: World, channel: Channel, member: Member | None = None) -> JsonObject:
    """Return a channel; with a member, also what they may do there, as interactions tell it."""
    last = channel.posts[-1].id if channel.posts else None
    data: JsonObject = {"id": channel.id, "type": channel.kind, "last_message_id": last, "flags": 0}
    if channel.kind == DM:
        person = channel.person
        return {**data, "recipients": [user_json(person)] if person is not None else []}
    data |= {"guild_id": world.guild_id, "name": channel.name, "rate_limit_per_user": 0}
    if member is not None:
        data["permissions"] = str(world.permissions(member, channel))
    if channel.parent is not None:
        return {**data, **_thread_json(channel)}
    overwrites = [
        {
            "id": mark,
            "type": int(all(role.id != mark for role in world.roles)),
            "allow": "0",
            "deny": str(denied),
        }
        for mark, denied in channel.denied.items()
    ]
    data |= {
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "position": world.channels.index(channel),
        "permission_overwrites": overwrites,
    }
    if channel.kind == FORUM:
        tags = [{"id": str(number), "name": name} for number, name in enumerate(channel.tags, start=1)]
        data["available_tags"] = [
            {**tag, "moderated": False, "emoji_id": None, "emoji_name": None} for tag in tags
        ]
    return data


def _thread_json(thread: Channel) -> JsonObject:
    parent = thread.parent
    return {
        "parent_id": parent.id if parent is not None else None,
        "owner_id": thread.owner,
        "message_count": len(thread.shown()),
        "member_count": 1,
        "total_message_sent": len(thread.posts),
        "applied_tags": thread.tags,
        "thread_metadata": {
            "archived": thread.archived,
            "auto_archive_duration": thread.minutes,
            "archive_timestamp": thread.at,
            "locked": thread.locked,
            "create_timestamp": thread.at,
        },
    }


def guild_json(world: World, *, everyone: bool) -> JsonObject:
    """Return the guild as GUILD_CREATE tells it; without the members intent the bot is the only member."""
    members = world.members if everyone else [world.bot]
    plain = [channel for channel in world.channels if channel.kind not in (DM, THREAD)]
    threads = [channel for channel in world.channels if channel.kind == THREAD and not channel.archived]
    owner = next((member for member in world.members if not member.bot), world.bot)
    return {
        "id": world.guild_id,
        "name": "The watch floor",
        "owner_id": owner.id,
        "icon": None,
        "member_count": len(world.members),
        "large": False,
        "unavailable": False,
        "joined_at": "2026-01-01T00:00:00+00:00",
        "preferred_locale": "en-GB",
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "afk_timeout": 300,
        "system_channel_flags": 0,
        "features": [],
        "emojis": [],
        "stickers": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "roles": [role_json(world, role) for role in world.roles],
        "members": [member_json(world, member) for member in members],
        "channels": [channel_json(world, channel) for channel in plain],
        "threads": [channel_json(world, channel) for channel in threads],
    }


def message_json(
    world: World, channel: Channel, author: Member, payload: JsonObject, *, mark: str, at: datetime
) -> JsonObject:
    """Return a message made of what was sent; embeds and components get the fields Discord adds."""
    data: JsonObject = {
        "id": mark,
        "channel_id": channel.id,
        "type": 0,
        "author": user_json(author),
        "timestamp": at.isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "mention_roles": [],
        "application_id": world.application_id if author.bot else None,
        "content": "",
        "embeds": [],
        "components": [],
        "attachments": [],
        "flags": 0,
        "_allowed": None,
    }
    if payload.get("nonce") is not None:
        data["nonce"] = payload["nonce"]
    return changed(data, payload)


def changed(data: JsonObject, payload: JsonObject) -> JsonObject:
    """Return a message's JSON with the fields of an edit put in; null empties a field."""
    new = dict(data)
    if "content" in payload:
        new["content"] = str(payload["content"] or "").strip()
    if "embeds" in payload:
        new["embeds"] = [{"type": "rich", **embed} for embed in payload["embeds"] or []]
    if "components" in payload:
        new["components"] = _numbered(payload["components"] or [])
    if "flags" in payload:
        kept = data["flags"] & KEPT_FLAGS & ~(1 << 2)
        new["flags"] = kept | ((payload["flags"] or 0) & KEPT_FLAGS)
    if "allowed_mentions" in payload:
        new["_allowed"] = payload["allowed_mentions"]
    new["_pings"] = pings(new)
    new["mentions"] = []
    new["mention_everyone"] = bool({"everyone", "here"} & set(new["_pings"]))
    return new


def public(post: Post) -> JsonObject:
    """Return a post's JSON as Discord sends it, without the double's own notes."""
    return {name: value for name, value in post.data.items() if not name.startswith("_")}


def remembered(post: Post) -> JsonObject:
    """Return a post's JSON as it is read later: Discord keeps no nonce with it."""
    return {name: value for name, value in public(post).items() if name != "nonce"}


def pings(data: JsonObject) -> list[str]:
    """Return whom a message pings, by its text and what it allows; embeds never ping."""
    words = [data["content"]]
    stack = list(data["components"])
    while stack:
        node = stack.pop()
        stack += [*(node.get("components") or []), *filter(None, [node.get("accessory")])]
        words += [node["content"]] if node.get("type") == 10 else []
    said = "\n".join(words)
    allowed = data["_allowed"]
    if allowed is None:
        allowed = {"parse": ["users", "roles", "everyone"]}
    parse = allowed.get("parse") or []
    found = [word for word in ("everyone", "here") if "everyone" in parse and f"@{word}" in said]
    for kind, pattern in (("users", r"<@!?(\d+)>"), ("roles", r"<@&(\d+)>")):
        listed = set(map(str, allowed.get(kind) or []))
        found += [hit[0] for hit in re.finditer(pattern, said) if kind in parse or hit[1] in listed]
    return list(dict.fromkeys(found))


def _numbered(components: list[JsonObject]) -> list[JsonObject]:
    """Return components with an id each, as Discord gives them, counting from 1."""
    count = 0

    def number(node: JsonObject) -> JsonObject:
        nonlocal count
        count += 1
        new = {"id": count, **{key: value for key, value in node.items() if value is not None}}
        for key in ("accessory", "component"):
            if isinstance(new.get(key), dict):
                new[key] = number(new[key])
        if isinstance(new.get("components"), list):
            new["components"] = [number(child) for child in new["components"]]
        return new

    return [number(node) for node in components]
