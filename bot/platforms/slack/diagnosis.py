"""Ask Slack what keeps the app from its work: its tokens, its scopes, and each channel it is to write in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.operating.findings import Diagnosis, failure, warning, well
from bot.operating.machine import ahead
from bot.platforms.slack.manifest import SCOPES
from bot.platforms.slack.quiet import FAILURES, error_code, reason, vendor_logger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.config import Slack as Settings
    from bot.operating.findings import Finding
    from watchers.clock import Clock

WITHIN: Final = 10  # seconds for one answer
_NEEDED: Final = frozenset(("chat:write", "commands"))  # without these there is no bot
_MEANS: Final = {  # what a person notices when a scope is missing
    "channels:history": "an uncertain send may show twice in a public channel",
    "channels:read": "every public channel counts as one that outsiders read, and is not looked at here",
    "chat:write": "nothing can be told",
    "chat:write.public": "the bot has to be invited wherever it is to write",
    "commands": "there is no slash command",
    "files:write": "charts and exports cannot be handed over",
    "groups:history": "an uncertain send may show twice in a private channel",
    "groups:read": "private channels cannot be looked at",
    "im:write": "exports cannot be sent to who asked",
    "usergroups:read": "user groups named under editors count for nothing",
    "users:read": "admins are not known, so only editors may change things",
}
_TOKEN_REFUSED: Final = frozenset(
    (
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    )
)
_REINSTALL: Final = (
    "press Reinstall under Install App (api.slack.com/apps), copy the Bot User OAuth Token anew into "
    "SLACK_BOT_TOKEN and restart"
)
_SCOPES_CURE: Final = (
    "paste what `vedette slack manifest` prints under App Manifest, or add the scopes under OAuth & "
    "Permissions; then press Reinstall to Workspace"
)
_AWAY: Final = "see that this machine reaches slack.com over HTTPS, and status.slack.com; then try again"


async def diagnose(
    settings: Settings, channels: Iterable[str], *, bot_token: str, app_token: str, clock: Clock
) -> Diagnosis:
    """Ask about each token that is given, and about the channels, such as "slack:C0123ABCD".

    An empty token is passed over: that it is missing was said before.
    """
    client = AsyncWebClient(base_url=settings.api, retry_handlers=[], logger=vendor_logger(), timeout=WITHIN)
    findings: list[Finding] = []
    skew: float | None = None
    if bot_token:
        client.token = bot_token
        try:
            answer = await client.auth_test()
        except FAILURES as error:
            findings.append(_refused("slack bot token", error, _REINSTALL))
        else:
            headers = _lowered(answer.headers)
            skew = ahead(headers.get("date", ""), now=clock.now())
            said = f'{answer.get("user")} in the workspace "{answer.get("team")}"'
            findings.append(well("slack bot token", f"Slack knows it: {said}"))
            granted = headers.get("x-oauth-scopes")
            scopes = None if granted is None else frozenset(scope.strip() for scope in granted.split(","))
            findings.append(_scopes(scopes))
            known = scopes or frozenset(SCOPES)
            findings.extend([await _channel(client, channel, known) for channel in channels])
    if app_token:
        findings.append(await _app_token(client, app_token))
    return Diagnosis(findings=tuple(findings), skew=skew)


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _scopes(granted: frozenset[str] | None) -> Finding:
    """Judge the scopes that Slack names with every answer; None: it named none."""
    if granted is None:
        return warning("slack scopes", "Slack did not name them", _SCOPES_CURE)
    missing = [scope for scope in SCOPES if scope not in granted]
    if not missing:
        return well("slack scopes", f"all {len(SCOPES)} that the manifest asks for")
    said = "missing: " + "; ".join(f"{scope} ({_MEANS[scope]})" for scope in missing)
    judge = failure if _NEEDED.intersection(missing) else warning
    return judge("slack scopes", said, _SCOPES_CURE)


async def _app_token(client: AsyncWebClient, app_token: str) -> Finding:
    """Ask for a WebSocket address and leave it unused; a running bot's connections are not touched."""
    check = "slack app token"
    try:
        await client.apps_connections_open(app_token=app_token)
    except FAILURES as error:
        cure = (
            "switch Socket Mode on, make a token under Basic Information, App-Level Tokens, with the scope "
            "connections:write, put it into SLACK_APP_TOKEN and restart"
        )
        return _refused(check, error, cure)
    return well(check, "Slack opens its socket for it")


async def _channel(client: AsyncWebClient, channel: str, scopes: frozenset[str]) -> Finding:
    """Judge one channel: there, open, and one that the bot may write and look back in."""
    number = channel.removeprefix("slack:")
    if number.startswith("D"):
        return well(channel, "a direct conversation, which needs no invitation")
    try:
        answer = await client.conversations_info(channel=number)
    except FAILURES as error:
        return _unseen(channel, error)
    room = answer.get("channel") or {}
    name = f"#{room.get('name', number)}"
    if room.get("is_archived") is True:
        return failure(channel, f"{name} is archived", "unarchive it in Slack, or take it out of config.toml")
    if room.get("is_member") is True:
        return well(channel, f"the bot is in {name}")
    invite = f"type /invite @Vedette in {name} (the name is the app's)"
    if room.get("is_private") is True or "chat:write.public" not in scopes:
        return failure(channel, f"the bot is not in {name} and may not write there", invite)
    said = f"the bot may write in {name} without being in it, but not look there"
    return warning(channel, f"{said}, so that an uncertain send may show twice", invite)


def _unseen(channel: str, error: BaseException) -> Finding:
    code = error_code(error)
    if code == "channel_not_found":
        return failure(
            channel,
            "Slack finds no such channel, or it is private and the bot is not in it",
            "type /invite @Vedette in the channel; its id stands at the end of its details (click its name)",
        )
    if code == "missing_scope":
        return warning(channel, "could not be looked at: a scope is missing", _SCOPES_CURE)
    if code in _TOKEN_REFUSED:
        return _refused(channel, error, _REINSTALL)
    return warning(channel, f"could not be looked at ({reason(error)})", "try again in a minute")


def _refused(check: str, error: BaseException, cure: str) -> Finding:
    """Tell a refusal, which needs its cure, from a Slack that is away; only Slack's code is shown."""
    code = error_code(error)
    if code in _TOKEN_REFUSED or code == "missing_scope":
        return failure(check, f"Slack refuses it ({code})", cure)
    if code in ("ratelimited", "rate_limited"):
        return warning(check, "Slack asks to wait", "try again in a minute")
    if isinstance(error, SlackApiError) and code:
        return failure(check, f"Slack answers {code}", cure)
    return failure(check, f"Slack could not be asked ({reason(error)})", _AWAY)
