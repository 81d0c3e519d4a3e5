"""What the Slack double refuses, and how it breaks when it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles import slack_faults as faults
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_client import BUTTON, FORM, ROW, client_of, refusal, section

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.slack_wire import Payload

pytestmark = pytest.mark.unrecorded  # what the double itself is tried with is not ours to send


@pytest_asyncio.fixture
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackDouble]:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with SlackDouble() as double:
        yield double


OPTION = {"text": {"type": "plain_text", "text": "o"}, "value": "1"}
BAD_BLOCKS: list[tuple[str, list[Payload], str]] = [
    ("51 blocks", [{"type": "divider"}] * 51, "0 to 50 items"),
    ("unknown type", [{"type": "wat"}], "unsupported type"),
    ("unknown field", [section("x", colour="red")], "no such field"),
    ("empty section", [{"type": "section"}], "text or fields"),
    ("section of 3,001", [section("a" * 3_001)], "less than 3001"),
    ("empty text", [section(" ")], "more than 0"),
    ("11 fields", [{"type": "section", "fields": [{"type": "mrkdwn", "text": "f"}] * 11}], "1 to 10"),
    ("markup in header", [{"type": "header", "text": {"type": "mrkdwn", "text": "h"}}], "type plain_text"),
    ("header of 151", [{"type": "header", "text": {"type": "plain_text", "text": "h" * 151}}], "than 151"),
    ("26 buttons", [{**ROW, "elements": [{**BUTTON, "action_id": f"a{i}"} for i in range(26)]}], "1 to 25"),
    ("same action_id", [{**ROW, "elements": [BUTTON, BUTTON]}], "used twice"),
    ("same block_id", [ROW, ROW], "used twice"),
    ("button value of 2,001", [{**ROW, "elements": [{**BUTTON, "value": "v" * 2_001}]}], "less than 2001"),
    ("script in url", [{**ROW, "elements": [{**BUTTON, "url": "javascript:alert(1)"}]}], "invalid url"),
    ("style", [{**ROW, "elements": [{**BUTTON, "style": "green"}]}], "primary or danger"),
    ("11 in a context", [{"type": "context", "elements": [{"type": "mrkdwn", "text": "c"}] * 11}], "1 to 10"),
    ("image without words", [{"type": "image", "image_url": "https://example.org/i.png"}], "alt_text"),
    ("alert in a message", [{"type": "alert", "text": {"type": "mrkdwn", "text": "!"}}], "not allowed"),
    (
        "overflow of 6",
        [section("x", accessory={"type": "overflow", "action_id": "o", "options": [OPTION] * 6})],
        "1 to 5",
    ),
    ("what only the SDK's models know", [{"type": "card"}], "slack_sdk"),
]


@pytest.mark.parametrize(("blocks", "why"), [case[1:] for case in BAD_BLOCKS], ids=[c[0] for c in BAD_BLOCKS])
async def test_blocks_over_the_limits_are_refused_with_the_reason(
    slack: SlackDouble, blocks: list[Payload], why: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client_of(slack).chat_postMessage(channel="C1", text="x", blocks=blocks)
    assert caught.value.response["error"] == "invalid_blocks"
    assert why in " ".join(caught.value.response["response_metadata"]["messages"])
    assert not slack.messages("C1")


async def test_blocks_that_are_long_only_together_are_refused(slack: SlackDouble) -> None:
    client = client_of(slack)
    await client.chat_postMessage(channel="C1", text="x", blocks=[section("a" * 3_000)] * 3)
    long = client.chat_postMessage(channel="C1", text="x", blocks=[section("a" * 2_500)] * 4)
    assert await refusal(long) == "msg_blocks_too_long"


async def test_a_rate_limit_holds_one_channel_as_often_as_asked_for(slack: SlackDouble) -> None:
    client = client_of(slack)
    slack.inject("chat.postMessage", faults.rate_limited(5), channel="C1", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C1", text="x")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "5"
        await client.chat_postMessage(channel="C2", text="x")
    await client.chat_postMessage(channel="C1", text="x")
    assert [len(slack.messages(name)) for name in ("C1", "C2")] == [1, 2]


@pytest.mark.parametrize(
    ("fault", "kept", "raised"),
    [
        (faults.server_error(503), 0, SlackApiError),
        (faults.html_page(), 0, SlackApiError),
        (faults.refused("token_revoked"), 0, SlackApiError),
        (faults.dropped(), 0, ClientError),
        (faults.accepted_then_dropped(), 1, ClientError),
        (faults.accepted_then_error(), 1, SlackApiError),
        (faults.accepted_then_hanging(), 1, TimeoutError),
        (faults.slow(0.05), 1, None),
    ],
    ids=["503", "html", "token revoked", "drop", "accept, drop", "accept, 500", "accept, hang", "slow"],
)
async def test_a_fault_strikes_before_or_after_acceptance(
    slack: SlackDouble, fault: faults.Fault, kept: int, raised: type[Exception] | None
) -> None:
    client = client_of(slack, timeout=1)
    slack.inject("chat.postMessage", fault)
    if raised is None:
        await client.chat_postMessage(channel="C1", text="x")
    else:
        with pytest.raises(raised):
            await client.chat_postMessage(channel="C1", text="x")
    assert len(slack.messages("C1")) == kept
    await client.chat_postMessage(channel="C1", text="y")
    assert [call.method for call in slack.calls] == ["chat.postMessage"] * 2


async def test_a_stock_client_posts_twice_when_the_connection_drops_after_acceptance(
    slack: SlackDouble,
) -> None:
    stock = AsyncWebClient(token=slack.bot_token, base_url=slack.api)
    slack.inject("chat.postMessage", faults.accepted_then_dropped())
    await stock.chat_postMessage(channel="C1", text="x")
    assert len(slack.messages("C1")) == 2


async def test_a_trigger_opens_one_form_within_three_seconds(slack: SlackDouble) -> None:
    client = client_of(slack)
    used, late = slack.space.trigger("U1"), slack.space.trigger("U1")
    broken = {**FORM, "title": {"type": "plain_text", "text": "t" * 25}}
    assert await refusal(client.views_open(trigger_id=used, view=broken)) == "invalid_arguments"
    await client.views_open(trigger_id=used, view=FORM)
    assert await refusal(client.views_open(trigger_id=used, view=FORM)) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.3", view=FORM)) == "invalid_trigger_id"
    slack.clock.advance(3.1)
    assert await refusal(client.views_open(trigger_id=late, view=FORM)) == "expired_trigger_id"


@pytest.mark.parametrize(
    "change",
    [{"title": None}, {"submit": None}, {"blocks": []}, {"colour": "red"}, {"private_metadata": "p" * 3_001}],
    ids=["no title", "input without submit", "no blocks", "unknown field", "long metadata"],
)
async def test_a_view_over_the_limits_is_refused(slack: SlackDouble, change: dict[str, object]) -> None:
    view = {key: value for key, value in {**FORM, **change}.items() if value is not None}
    asked = client_of(slack).views_open(trigger_id=slack.space.trigger("U1"), view=view)
    assert await refusal(asked) == "invalid_arguments"
