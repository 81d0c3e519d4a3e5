"""The real SDK and the real Bolt, pointed at the Slack double, and what tests say through them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from tests.doubles.slack import SlackDouble
    from tests.doubles.slack_wire import Payload

BUTTON: Payload = {
    "type": "button",
    "action_id": "ask",
    "value": "why a1",
    "text": {"type": "plain_text", "text": "Why?"},
}
ROW: Payload = {"type": "actions", "block_id": "row", "elements": [BUTTON]}
FORM: Payload = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "New rule"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "rule",
            "label": {"type": "plain_text", "text": "Rule"},
            "element": {"type": "plain_text_input", "action_id": "text", "max_length": 20},
        }
    ],
}


def section(text: str, **more: object) -> Payload:
    """Return a section with marked-up text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def client_of(slack: SlackDouble, *, timeout: int = 5, token: str = "") -> AsyncWebClient:
    """Return the SDK's client for the double, which repeats nothing by itself."""
    return AsyncWebClient(
        token=token or slack.bot_token, base_url=slack.api, timeout=timeout, retry_handlers=[]
    )


def app_of(slack: SlackDouble) -> AsyncApp:
    """Return a Bolt app for the double."""
    return AsyncApp(client=client_of(slack), signing_secret=slack.signing_secret)


@asynccontextmanager
async def connected(slack: SlackDouble, app: AsyncApp) -> AsyncIterator[None]:
    """Keep an app connected in Socket Mode."""
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=1)
    try:
        await handler.client.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
        await slack.sockets.connected()
        yield
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped


async def refusal(asked: Awaitable[object]) -> str:
    """Return the error's name with which Slack refuses what is asked."""
    with pytest.raises(SlackApiError) as caught:
        await asked
    return str(caught.value.response["error"])
