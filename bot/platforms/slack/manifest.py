"""The app's manifest: what Slack is told when the app is created, written from code so that it stays true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from bot.platforms.slack.limits import JsonObject

EVENTS: Final = "/slack/events"  # where everything arrives in HTTP mode
SCOPES: Final = (  # in the order of Slack's own list
    "channels:history",  # with groups:history: look whether an uncertain post arrived
    "channels:read",  # with groups:read: tell public from private channels, and who is in which
    "chat:write",
    "chat:write.public",  # post where nobody has invited the app
    "commands",
    "files:write",  # charts, and exports as direct messages
    "groups:history",
    "groups:read",
    "im:write",
    "usergroups:read",  # who may change things
    "users:read",
)
EVENT_TYPES: Final = (
    "app_home_opened",
    "app_uninstalled",  # with the next three: what a removed app or channel leaves is deleted in time
    "channel_deleted",
    "group_deleted",
    "tokens_revoked",
)
SHORTCUTS: Final = (  # callback_id, name, description
    ("more", "More like this", "Tell the channel's watch that this story is wanted"),
    ("less", "Less like this", "Tell the channel's watch that this story is not wanted"),
    ("like", "Watch for such news", "Propose a watch for more of this story; a button saves it"),
    ("why", "Why this?", "Say why this was posted here"),
    ("facts", "Facts", "List the facts of this story, each with its sentence and source"),
    ("mute", "Mute story", "Keep this story quiet in this channel"),
)


def manifest(*, mode: Literal["socket", "http"], command: str = "/watch", url: str = "") -> JsonObject:
    """Return the manifest. `url` is the app's public https address, needed in HTTP mode; EVENTS may end it.

    Raises ValueError for HTTP mode without one, and for a command without its slash.
    """
    if mode == "http" and not url.startswith("https://"):
        raise ValueError("HTTP mode needs the app's public address, beginning with https://")
    if not command.startswith("/") or not 2 <= len(command) <= 32 or " " in command:
        raise ValueError(f"a slash command begins with / and has no space, unlike {command!r}")
    origin = url.rstrip("/").removesuffix(EVENTS)
    request: JsonObject = {} if mode == "socket" else {"request_url": origin + EVENTS}
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Vedette",
            "description": "Defence news as alerts and digests: one story per event, facts you can check.",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,  # exports arrive there
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Vedette", "always_online": True},
            "shortcuts": [
                {"name": name, "type": "message", "callback_id": callback, "description": description}
                for callback, name, description in SHORTCUTS
            ],
            "slash_commands": [_command(command, request)],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(EVENT_TYPES)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }


def _command(command: str, request: JsonObject) -> JsonObject:
    out: JsonObject = {
        "command": command,
        "description": "Watch defence news in this channel",
        "usage_hint": "help | setup | status | source add URL | rule add WORDS | search WORDS | digest now",
        "should_escape": False,
    }
    if "request_url" in request:
        out["url"] = request["request_url"]
    return out
