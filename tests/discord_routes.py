"""The routes that the Discord double knows: the log's name of each, its method, path and query parameters."""

from __future__ import annotations

from typing import Final

BASE: Final = "/api/v10"
ROUTES: Final[dict[str, tuple[str, ...]]] = {
    "get_me": ("GET /users/@me",),
    "get_application": ("GET /oauth2/applications/@me", "GET /applications/@me"),
    "get_gateway": ("GET /gateway", "GET /gateway/bot"),
    "commands": (
        "PUT /applications/{application_id}/commands",
        "PUT /applications/{application_id}/guilds/{guild_id}/commands",
    ),
    "get_commands": (
        "GET /applications/{application_id}/commands",
        "GET /applications/{application_id}/guilds/{guild_id}/commands",
    ),
    "create_message": ("POST /channels/{channel_id}/messages",),
    "edit_message": ("PATCH /channels/{channel_id}/messages/{message_id}",),
    "delete_message": ("DELETE /channels/{channel_id}/messages/{message_id}",),
    "get_message": ("GET /channels/{channel_id}/messages/{message_id}",),
    "list_messages": ("GET /channels/{channel_id}/messages",),
    "start_thread": ("POST /channels/{channel_id}/messages/{message_id}/threads",),
    "create_thread": ("POST /channels/{channel_id}/threads",),
    "get_channel": ("GET /channels/{channel_id}",),
    "edit_channel": ("PATCH /channels/{channel_id}",),
    "create_dm": ("POST /users/@me/channels",),
    "get_guild": ("GET /guilds/{guild_id}",),
    "get_channels": ("GET /guilds/{guild_id}/channels",),
    "get_roles": ("GET /guilds/{guild_id}/roles",),
    "get_member": ("GET /guilds/{guild_id}/members/{user_id}",),
    "get_user": ("GET /users/{user_id}",),
    "interaction_callback": ("POST /interactions/{interaction_id}/{token}/callback",),
    "execute_webhook": ("POST /webhooks/{application_id}/{token}",),
    "get_original": ("GET /webhooks/{application_id}/{token}/messages/{message_id}",),
    "edit_original": ("PATCH /webhooks/{application_id}/{token}/messages/{message_id}",),
    "delete_original": ("DELETE /webhooks/{application_id}/{token}/messages/{message_id}",),
}
# Routes whose path is the credential, or that need none.
OPEN: Final = frozenset(
    {
        "interaction_callback",
        "execute_webhook",
        "get_original",
        "edit_original",
        "delete_original",
        "get_gateway",
    }
)
QUERIES: Final[dict[str, set[str]]] = {
    "list_messages": {"limit", "before", "after", "around"},
    "interaction_callback": {"with_response"},
    "execute_webhook": {"wait", "with_components", "thread_id"},
    "edit_original": {"with_components", "thread_id"},
    "get_original": {"thread_id"},
    "delete_original": {"thread_id"},
    "create_thread": {"use_nested_fields"},
    "get_commands": {"with_localizations"},
    "get_guild": {"with_counts"},
}
