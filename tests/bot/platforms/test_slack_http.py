"""The door over HTTP: what Slack signed comes in, and nothing else does."""

from __future__ import annotations

import io
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.errors import ConfigError
from bot.platforms.slack import manifest
from bot.platforms.slack.door import MAX_BODY, PATHS, SlackApp, http_routes
from tests.bot.platforms.slack_desk import START, WITHIN, FakeCommands, app_of
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_http import How, request_of, signature
from tests.doubles.slack_people import ACK_SECONDS
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Every way a request can be wrong that the double knows, and what we answer.
WRONG: dict[How, int] = {
    "wrong secret": 401,
    "old": 401,
    "future": 401,
    "unsigned": 401,
    "no time": 401,
    "changed": 401,
    "oversized": 413,
}
TYPED = {"command": "/watch", "text": "why t7", "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2.a"}


@dataclass(frozen=True)
class Served:
    """The double, our routes on loopback, and the command layer behind."""

    slack: SlackDouble
    app: SlackApp
    commands: FakeCommands
    origin: str

    async def post(self, body: bytes, headers: dict[str, str], path: str = "/slack/events") -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.origin + path, data=io.BytesIO(body), headers=headers) as said,
        ):
            return said.status

    async def nothing_ran(self) -> bool:
        await self.app.jobs.finish(WITHIN)
        return not self.commands.requests and not self.slack.calls


@asynccontextmanager
async def serving(*, limit: int = 1024) -> AsyncIterator[Served]:
    async with SlackDouble() as slack:
        commands = FakeCommands()
        app = app_of(slack, commands, SteppedClock(START), signing_secret=slack.signing_secret)
        site = web.Application(client_max_size=limit)
        site.add_routes(http_routes(app))
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield Served(slack, app, commands, f"http://127.0.0.1:{runner.addresses[0][1]}")
        finally:
            await runner.cleanup()
            await app.jobs.finish(WITHIN)


@pytest_asyncio.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as opened:
        yield opened


@pytest.mark.parametrize("path", PATHS)
async def test_what_slack_signed_is_acknowledged_and_answered_at_each_address(
    served: Served, path: str
) -> None:
    delivery = await served.slack.http(served.origin + path).command("/watch why t7", user="U1")
    assert (delivery.status, delivery.body) == (200, "")
    assert delivery.seconds is not None
    assert delivery.seconds < ACK_SECONDS
    assert (await served.commands.asked()).asker.manages
    await served.app.jobs.finish(WITHIN)
    assert ["echo why t7" in str(m.blocks) for m in served.slack.ephemerals("U1")] == [True]


async def test_events_and_forms_come_in_too(served: Served) -> None:
    people = served.slack.http(served.origin + "/slack/events")
    assert (await people.home_opened("U2")).status == 200
    await served.app.jobs.finish(WITHIN)
    assert served.slack.home_of("U2") is not None
    assert (await people.event({"type": "of_a_kind_we_never_asked_for"})).status == 200


async def test_slack_can_check_the_address(served: Served) -> None:
    body, headers = request_of(
        "event", {"type": "url_verification", "challenge": "abc"}, secret=served.slack.signing_secret
    )
    async with (
        aiohttp.ClientSession() as session,
        session.post(served.origin + "/slack/events", data=body, headers=headers) as said,
    ):
        assert await said.json() == {"challenge": "abc"}


def test_the_manifest_sends_everything_to_an_address_we_serve() -> None:
    assert manifest.EVENTS in PATHS


@pytest.mark.parametrize("how", list(WRONG))
@pytest.mark.parametrize("path", PATHS)
async def test_row_35_what_slack_did_not_sign_is_refused_and_nothing_runs(
    served: Served, path: str, how: How, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        body, headers = request_of(
            "command",
            TYPED | {"text": "mute add my-secret-word"},
            secret=served.slack.signing_secret,
            how=how,
        )
        assert await served.post(body, headers, path) == WRONG[how]
    assert await served.nothing_ran()
    assert "my-secret-word" not in caplog.text


def test_row_35_every_wrong_way_of_the_double_is_covered() -> None:
    assert set(get_args(How)) == {*WRONG, "signed"}


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("wrong secret", "SLACK_SIGNING_SECRET"),
        ("changed", "another secret"),
        ("old", "clock"),
        ("future", "clock"),
        ("unsigned", "no signature"),
        ("no time", "no signature"),
    ],
)
async def test_the_log_says_why_a_request_was_refused(
    served: Served, how: How, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    body, headers = request_of("command", TYPED, secret=served.slack.signing_secret, how=how)
    await served.post(body, headers)
    (told,) = [one.message for one in caplog.records if one.name == "bot.platforms.slack.door"]
    assert why in told
    assert headers.get("X-Slack-Signature", "v0=") not in told


@pytest.mark.parametrize(
    "spoilt",
    [
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "\u0661\u0662"},
        {"X-Slack-Signature": "v0=\u00fc"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v1=" + "0" * 64},
    ],
    ids=["a word", "negative", "endless", "other digits", "no ASCII", "empty", "another version"],
)
async def test_row_35_a_spoilt_signature_is_refused_not_a_fault(
    served: Served, spoilt: dict[str, str]
) -> None:
    body, headers = request_of("command", TYPED, secret=served.slack.signing_secret)
    assert await served.post(body, headers | spoilt) == 401
    assert await served.nothing_ran()


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"payload={", b'{"type":', b"", b"ssl_check=1&token=x"], ids=repr
)
async def test_row_35_an_unsigned_body_is_not_even_read(served: Served, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert await served.post(body, headers) == 401


@pytest.mark.parametrize("content_type", ["application/json", "text/plain; charset=no-such"])
async def test_a_signed_body_that_cannot_be_read_is_refused(served: Served, content_type: str) -> None:
    _, headers = request_of("event", {}, secret=served.slack.signing_secret)
    body = b'{"type":'
    signed = signature(served.slack.signing_secret, headers["X-Slack-Request-Timestamp"], body)
    assert (
        await served.post(body, headers | {"X-Slack-Signature": signed, "Content-Type": content_type}) == 400
    )
    assert await served.nothing_ran()


async def test_row_35_a_replay_within_its_time_has_one_effect(served: Served) -> None:
    body, headers = request_of("command", TYPED, secret=served.slack.signing_secret)
    assert [await served.post(body, headers) for _ in range(3)] == [200, 200, 200]
    await served.commands.repeated(2)
    assert [r.text for r in served.commands.requests] == ["why t7"]


async def test_a_body_up_to_a_mebibyte_is_taken_and_one_byte_more_is_not() -> None:
    async with serving(limit=10) as served:
        empty, _ = request_of("command", TYPED | {"text": ""}, secret=served.slack.signing_secret)
        room = MAX_BODY - len(empty)
        for size, status in ((room, 200), (room + 1, 413)):
            body, headers = request_of(
                "command", TYPED | {"text": "x" * size}, secret=served.slack.signing_secret
            )
            assert await served.post(body, headers) == status


async def test_only_posts_come_in_and_only_at_our_addresses(served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(served.origin + "/slack/events") as said:
            assert said.status == 405
        async with session.post(served.origin + "/slack/other") as said:
            assert said.status == 404


async def test_without_a_signing_secret_nothing_is_served() -> None:
    async with SlackDouble() as slack:
        app = app_of(slack, FakeCommands(), SteppedClock(START))
        with pytest.raises(ConfigError, match="signing secret"):
            http_routes(app)


async def test_a_press_over_http_asks_the_same_as_over_a_socket(served: Served) -> None:
    ts = served.slack.say("A frigate was ordered.")
    people = served.slack.http(served.origin + "/slack/interactions")
    forged = {"value": "vote up t7"}
    assert (await people.press("ask:0", ts=ts, user="U2", forged=forged)).status == 200
    request = await served.commands.asked()
    assert (request.text, request.asker.id, request.asker.manages) == ("vote up t7", "slack:U2", False)
    assert json.loads(json.dumps(request.event)).startswith(f"slack:pressed:{ts}:U2:")
