"""Say in our own terms why a call to Slack failed: for good, for now, or perhaps not at all."""

from __future__ import annotations

from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import DeliveryError
from bot.platforms.slack.quiet import error_code

# All that a call of the SDK may raise; it trips over answers that are no JSON object or no UTF-8.
TROUBLE: Final = (SlackClientError, aiohttp.ClientError, OSError, ValueError, AttributeError)
UNFIT: Final = frozenset(  # the message itself is wrong
    ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text")
)
UNREADABLE: Final = frozenset(  # reading back is not allowed there, or the place is unknown
    (
        "access_denied",
        "channel_not_found",
        "method_not_supported_for_channel_type",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_in_channel",
        "thread_not_found",
    )
)
_CLOSED: Final = frozenset(  # the channel takes nothing from us until somebody changes that
    (
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
    )
)
_LOCKED_OUT: Final = frozenset(  # the whole workspace refuses us
    (
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "is_inactive",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_not_found",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    )
)
_HOPELESS: Final = frozenset(  # this message, or this change of one, can never go through
    (
        "as_user_not_supported",
        "cannot_reply_to_message",
        "cant_delete_message",
        "cant_update_message",
        "compliance_exports_prevent_deletion",
        "edit_window_closed",
        "invalid_arguments",
        "invalid_thread_ts",
        "metadata_too_large",
        "method_not_supported_for_channel_type",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "thread_not_found",
        "user_not_found",
    )
)
_BUSY: Final = frozenset(("ratelimited", "rate_limited", "message_limit_exceeded"))
_HALF_DONE: Final = frozenset(("fatal_error", "internal_error"))  # docs: some of it may have been done


def failure(error: Exception, *, uncertain: bool = False) -> DeliveryError:
    """Return the DeliveryError for a failed call; `uncertain` says that an earlier one may have arrived.

    Its message has Slack's code or the kind of exception, nothing that was sent or answered.
    """
    if isinstance(error, SlackApiError):
        return _refusal(error, uncertain=uncertain)
    if isinstance(error, aiohttp.ClientConnectorError):
        return DeliveryError("Slack cannot be reached", uncertain=uncertain)
    if isinstance(error, TimeoutError):
        return DeliveryError("Slack did not answer in time", uncertain=True)
    return DeliveryError(f"the connection to Slack broke: {type(error).__name__}", uncertain=True)


def _refusal(error: SlackApiError, *, uncertain: bool) -> DeliveryError:
    code, status = error_code(error), _status(error)
    if code in _BUSY or status == 429:
        wait = _retry_after(error)
        return DeliveryError("Slack asks to wait", retry_after=wait, uncertain=uncertain)
    if code in UNFIT:
        return DeliveryError(f"Slack finds the message wrong: {code}", unfit=True, permanent=True)
    if status >= 500 or not code or code in _HALF_DONE:
        return DeliveryError(f"Slack failed: {code or f'status {status}'}", uncertain=True)
    if code in _LOCKED_OUT:
        return DeliveryError(
            f"Slack refuses the app: {code}",
            everywhere=True,
            uncertain=uncertain,
        )
    return DeliveryError(
        f"Slack refused: {code}",
        closed=code in _CLOSED,
        permanent=code in _HOPELESS,
        uncertain=uncertain,
    )


def _status(error: SlackApiError) -> int:
    """Return the HTTP status; the SDK puts aiohttp's response there when it could not read the body."""
    found = getattr(error.response, "status_code", None) or getattr(error.response, "status", None)
    return found if isinstance(found, int) else 0


def _retry_after(error: SlackApiError) -> float | None:
    headers = getattr(error.response, "headers", None) or {}
    named = str(headers.get("Retry-After", ""))
    return float(named) if named.isascii() and named.isdigit() else None
