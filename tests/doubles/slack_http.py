"""HTTP mode from Slack's side: signed requests to the app's address, and every wrong kind of them."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

import aiohttp

from tests.doubles.slack_people import People

if TYPE_CHECKING:
    from tests.doubles.slack import SlackDouble
    from tests.doubles.slack_socket import Delivery
    from tests.doubles.slack_wire import Payload

How = Literal["signed", "wrong secret", "old", "future", "unsigned", "changed", "oversized", "no time"]
OLD_SECONDS = 600  # twice the window of slack_sdk.signature
OVERSIZED_BYTES = 5 * 1024 * 1024


def body_of(kind: str, payload: Payload) -> tuple[bytes, str]:
    """Return the body and content type that Slack sends a payload with."""
    if kind == "event":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "command" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return Slack's v0 signature of a body."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def request_of(
    kind: str, payload: Payload, *, secret: str, how: How = "signed", now: float | None = None
) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of a request, rightly signed or wrong in one way; `now` is the app's time."""
    body, content_type = body_of(kind, payload)
    if how == "oversized":
        body += (b" " if kind == "event" else b"&pad=") + b" " * OVERSIZED_BYTES
    shift = {"old": -OLD_SECONDS, "future": OLD_SECONDS}.get(how, 0)
    timestamp = str(int((time.time() if now is None else now) + shift))
    signed = signature(f"{secret}x" if how == "wrong secret" else secret, timestamp, body)
    if how == "changed":
        body = body.replace(b"U1", b"U9") + b" "
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signed,
    }
    for name in {"unsigned": ["X-Slack-Signature"], "no time": ["X-Slack-Request-Timestamp"]}.get(how, []):
        del headers[name]
    return body, headers | {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}


@dataclass(slots=True)
class HttpPeople(People):
    """What people do, carried by HTTP requests to `url`; `how` says in which way they are signed."""

    slack: SlackDouble
    url: str
    how: How = "signed"

    def __post_init__(self) -> None:
        self.space = self.slack.space

    def url_of(self, reply: str) -> str:
        """Return the whole response_url for the name of one."""
        return self.slack.url_of(reply)

    async def send(self, delivery: Delivery, *, within: float) -> Delivery:
        """Post a delivery; status and body are the app's answer, status None if none came in time."""
        secret, now = self.slack.signing_secret, self.space.clock.now()
        body, headers = request_of(delivery.kind, delivery.payload, secret=secret, how=self.how, now=now)
        if delivery.attempt:
            headers |= {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": "http_timeout"}
        try:
            async with (
                _session(within) as session,
                session.post(self.url, data=io.BytesIO(body), headers=headers) as said,
            ):
                delivery.status, delivery.body = said.status, await said.text()
                content_type = said.content_type
        except (aiohttp.ClientError, TimeoutError) as fault:
            delivery.problem = type(fault).__name__
            return delivery
        if delivery.status == 200:
            delivery.acknowledge(_read_ack(delivery.body, content_type))
            self.slack.after_ack(delivery)
        return delivery


def _session(within: float) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=within))


def _read_ack(body: str, content_type: str) -> Payload:
    if content_type == "application/json" and body:
        read = json.loads(body)
        return read if isinstance(read, dict) else {}
    return {"text": body} if body else {}
