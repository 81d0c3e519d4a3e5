"""The way in from Slack: one Bolt app, served over Socket Mode or HTTP."""

from __future__ import annotations

import asyncio
import hmac
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError
from bot.platforms.slack.jobs import Jobs
from bot.platforms.slack.listeners import Desk, register
from bot.platforms.slack.quiet import vendor_logger
from bot.platforms.slack.reach import Reach
from bot.platforms.slack.replies import Replies

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_sdk.socket_mode.aiohttp import SocketModeClient

    from bot.commands.request import Commands
    from bot.operating.departures import Departures
    from bot.platforms.slack.rights import Rights

logger = logging.getLogger(__name__)

PATHS: Final = ("/slack/events", "/slack/commands", "/slack/interactions")
MAX_BODY: Final = 1024 * 1024  # bytes; a press on the longest message Slack takes is some 100 kB
BODY_WITHIN: Final = 3.0  # seconds for a body to arrive; Slack gives up on us after as many
PING: Final = 5.0  # seconds between signs of life; a silent socket is replaced after four
CONNECT_WITHIN: Final = 10.0  # seconds for one handshake
CLOSE_WITHIN: Final = 5.0  # seconds that answers under way have when the door closes
_NO_SIGNATURE: Final = "it bears no signature of Slack's; somebody else asked"
_OTHER_KEY: Final = (
    "its signature was made with another secret; if all of Slack's are refused so, SLACK_SIGNING_SECRET is "
    "not the app's Signing Secret under Basic Information"
)
_OTHER_TIME: Final = (
    "Slack signed it, but for another time; this machine's clock is more than five minutes wrong, or "
    "somebody sent an old one again"
)


class SlackApp(AsyncApp):
    """Bolt's app, and what it has under way."""

    def __init__(self, client: AsyncWebClient, *, signing_secret: str) -> None:
        self.secret = signing_secret
        self.jobs = Jobs()

        async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
            """Take the one workspace's token; Bolt would ask Slack about it before acknowledging."""
            return AuthorizeResult(
                enterprise_id=context.enterprise_id, team_id=context.team_id, bot_token=client.token
            )

        # Without a token, as each request has one through `authorize`, and with no second tries.
        own = AsyncWebClient(
            base_url=client.base_url,
            timeout=client.timeout,
            ssl=client.ssl,
            proxy=client.proxy,
            session=client.session,
            logger=vendor_logger(),
            retry_handlers=[],
        )
        super().__init__(
            name="vedette",
            logger=vendor_logger(),
            client=own,
            authorize=authorize,
            signing_secret=signing_secret,
            request_verification_enabled=bool(signing_secret),
            raise_error_for_unhandled_request=True,
            attaching_conversation_kwargs_enabled=False,
        )


def build_app(
    client: AsyncWebClient,
    commands: Commands,
    *,
    rights: Rights,
    command: str = "/watch",
    signing_secret: str = "",
    departures: Departures | None = None,
) -> SlackApp:
    """Return the app that answers through `commands`; HTTP needs the signing secret, Socket Mode does not.

    `client` is best built without retry handlers: a repeated call may show twice.
    """
    app = SlackApp(client, signing_secret=signing_secret)
    desk = Desk(
        commands=commands, rights=rights, replies=Replies(client), jobs=app.jobs, departures=departures
    )
    register(app, desk, command=command)
    return app


@asynccontextmanager
async def socket_mode(
    app: SlackApp, app_token: str, *, ping: float = PING
) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """Receive over a WebSocket while the context lasts, and give a function that tells whether it is up.

    Connections that end are replaced, however long it takes. Opens when connected, or 10 s after a handshake
    began: a Slack that is away at the start is waited for meanwhile. Raises ConfigError if it refuses the
    token.
    """
    reach = Reach(app.client, app_token, wait=ping)
    first = await reach.first()
    handler = AsyncSocketModeHandler(app, app_token, logger=vendor_logger(reach), ping_interval=ping)
    client = handler.client
    client.issue_new_wss_url = reach.address  # type: ignore[method-assign]  # the vendor's asks every five seconds
    client.on_message_listeners.append(reach.came)
    await _use_each_address_once(client)
    client.wss_uri = first or None
    connecting = asyncio.ensure_future(client.connect())  # type: ignore[no-untyped-call]  # the vendor's
    try:
        if first:
            await asyncio.wait((connecting,), timeout=CONNECT_WITHIN)
        yield client.is_connected
    finally:
        connecting.cancel()
        await _close(client, connecting)
        await app.jobs.finish(CLOSE_WITHIN)


async def _use_each_address_once(client: SocketModeClient) -> None:
    """Make the client ask for a new address after every handshake.

    It keeps one until a connection stands, but the ticket in it is good for one handshake: a failed one
    would be followed by failures for ever.
    """

    async def used(*_: object) -> None:
        client.wss_uri = None

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(used)
    await client.aiohttp_client_session.close()
    client.aiohttp_client_session = aiohttp.ClientSession(
        trace_configs=[trace], timeout=aiohttp.ClientTimeout(total=CONNECT_WITHIN)
    )


async def _close(client: SocketModeClient, connecting: asyncio.Future[None]) -> None:
    await client.close()  # type: ignore[no-untyped-call]  # the vendor's
    running = (connecting, client.message_processor, client.current_session_monitor, client.message_receiver)
    await asyncio.gather(*(task for task in running if task is not None), return_exceptions=True)


def http_routes(app: SlackApp) -> list[web.RouteDef]:
    """Return the routes that Slack's requests come in by, for an aiohttp application.

    Call `await app.jobs.finish(…)` when the server has closed. Raises ConfigError without a signing secret.
    """
    if not app.secret:
        raise ConfigError(
            "slack: HTTP mode needs the signing secret; without one anybody could send commands"
        )
    verifier = SignatureVerifier(app.secret)

    async def receive(request: web.Request) -> web.StreamResponse:
        # The size is ours to say, whatever the application that serves these routes allows.
        request = request.clone(client_max_size=MAX_BODY)
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body = await request.read()
        except TimeoutError as error:
            raise web.HTTPRequestTimeout from error
        if fault := _unsigned(verifier, request, body):
            logger.warning("Refused a request: %s", fault, extra={"action": "slack_unsigned"})
            raise web.HTTPUnauthorized
        try:
            delivered = await to_bolt_request(request)
        except (ValueError, LookupError) as error:
            raise web.HTTPBadRequest from error
        return await to_aiohttp_response(await app.async_dispatch(delivered))

    return [web.post(path, receive) for path in PATHS]


def _unsigned(verifier: SignatureVerifier, request: web.Request, body: bytes) -> str:
    """Say why a request is not one that Slack signed within the last five minutes; empty if it is.

    Bolt reads a body before it asks.
    """
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    # The verifier raises on what is not a number and on what is not ASCII.
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and signature.isascii() and signature):
        return _NO_SIGNATURE
    try:
        if verifier.is_valid(body, stamp, signature):
            return ""
        made = verifier.generate_signature(timestamp=stamp, body=body) or ""
    except UnicodeDecodeError:
        return _NO_SIGNATURE
    return _OTHER_TIME if hmac.compare_digest(made, signature) else _OTHER_KEY
