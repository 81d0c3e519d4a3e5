"""The Slack double, asked by the real SDK: what it keeps, whom it lets in, what it writes down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_client import ROW, client_of, refusal, section

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.unrecorded  # what the double itself is tried with is not ours to send


@pytest_asyncio.fixture
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackDouble]:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with SlackDouble() as double:
        yield double


async def test_a_post_is_kept_and_read_back_with_its_metadata(slack: SlackDouble) -> None:
    client = client_of(slack)
    said = {"event_type": "delivery", "event_payload": {"key": "k1"}}
    first = await client.chat_postMessage(channel="C1", text="one", metadata=said, blocks=[section("one")])
    second = await client.chat_postMessage(channel="C1", text="two")
    assert float(second["ts"]) > float(first["ts"])
    history = await client.conversations_history(channel="C1", include_all_metadata=True, oldest="1.0")
    assert [message["text"] for message in history["messages"]] == ["two", "one"]
    assert history["messages"][1]["metadata"] == said
    plain = await client.conversations_history(channel="C1", limit=1)
    assert plain["has_more"]
    rest = await client.conversations_history(channel="C1", cursor=plain["response_metadata"]["next_cursor"])
    assert [message["ts"] for message in rest["messages"]] == [first["ts"]]
    assert "metadata" not in rest["messages"][0]
    later = await client.conversations_history(channel="C1", oldest=first["ts"])
    assert [message["ts"] for message in later["messages"]] == [second["ts"]]


async def test_a_thread_is_read_by_replies_and_not_by_history(slack: SlackDouble) -> None:
    client = client_of(slack)
    first = await client.chat_postMessage(channel="C1", text="story")
    reply = await client.chat_postMessage(channel="C1", text="update", thread_ts=first["ts"])
    history = await client.conversations_history(channel="C1")
    assert [(m["text"], m["reply_count"]) for m in history["messages"]] == [("story", 1)]
    thread = await client.conversations_replies(channel="C1", ts=first["ts"])
    assert [message["text"] for message in thread["messages"]] == ["story", "update"]
    link = await client.chat_getPermalink(channel="C1", message_ts=reply["ts"])
    assert link["permalink"].endswith(f"?thread_ts={first['ts']}&cid=C1")
    lost = client.chat_postMessage(channel="C1", text="x", thread_ts="1.000001")
    assert await refusal(lost) == "thread_not_found"
    below = client.chat_postMessage(channel="C1", text="x", thread_ts=reply["ts"])
    assert await refusal(below) == "cannot_reply_to_message"


async def test_an_update_without_blocks_takes_them_away_and_a_delete_takes_all(slack: SlackDouble) -> None:
    client = client_of(slack)
    ts = (await client.chat_postMessage(channel="C1", text="one", blocks=[ROW]))["ts"]
    await client.chat_update(channel="C1", ts=ts, text="two")
    message = slack.message("C1", ts)
    assert (message.text, message.blocks, message.edited) == ("two", [], True)
    assert message.before[0]["text"] == "one"
    assert await refusal(client.chat_update(channel="C1", ts=ts, text="ü" * 2_001)) == "msg_too_long"
    assert await refusal(client.chat_update(channel="C1", ts="1.000001", text="x")) == "message_not_found"
    theirs = slack.say("mine", user="U2")
    assert await refusal(client.chat_update(channel="C1", ts=theirs, text="x")) == "cant_update_message"
    await client.chat_delete(channel="C1", ts=ts)
    assert [message.text for message in slack.messages("C1")] == ["mine"]
    assert await refusal(client.chat_delete(channel="C1", ts=ts)) == "message_not_found"


async def test_who_is_asked_for_is_described(slack: SlackDouble) -> None:
    client = client_of(slack)
    slack.space.groups["S1"] = ["U1", "U2"]
    assert (await client.auth_test())["user_id"] == "UBOT"
    user = (await client.users_info(user="U3", include_locale=True))["user"]
    assert (user["is_admin"], user["tz"], user["locale"]) == (False, "America/New_York", "en-US")
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == ["U1", "U2"]
    talk = (await client.conversations_open(users=["U2"]))["channel"]["id"]
    await client.chat_postMessage(channel=talk, text="export")
    assert (await client.conversations_info(channel=talk))["channel"]["is_im"]
    assert (await client.conversations_info(channel="G1"))["channel"]["is_private"]


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C404", "channel_not_found"), ("C9", "is_archived")],
    ids=["unknown channel", "archived channel"],
)
async def test_a_channel_that_cannot_be_written_in_refuses(
    slack: SlackDouble, channel: str, error: str
) -> None:
    assert await refusal(client_of(slack).chat_postMessage(channel=channel, text="x")) == error
    assert slack.calls[-1].outcome == error


async def test_a_token_is_asked_for_and_must_be_the_right_one(slack: SlackDouble) -> None:
    nobody = AsyncWebClient(base_url=slack.api, retry_handlers=[])
    assert await refusal(nobody.auth_test()) == "not_authed"
    assert await refusal(client_of(slack, token="xoxb-else").auth_test()) == "invalid_auth"
    app_token = client_of(slack).apps_connections_open(app_token=slack.bot_token)
    assert await refusal(app_token) == "not_allowed_token_type"


async def test_a_missing_scope_is_named() -> None:
    async with SlackDouble(scopes="chat:write") as slack:
        client = client_of(slack)
        assert await refusal(client.conversations_history(channel="G1")) == "missing_scope"
        assert await refusal(client.chat_postMessage(channel="C3", text="x")) == "not_in_channel"
        await client.chat_postMessage(channel="C1", text="x")


async def test_what_slack_does_not_know_is_refused(slack: SlackDouble) -> None:
    client = client_of(slack)
    assert await refusal(client.api_call("chat.shout", json={})) == "unknown_method"
    strange = client.chat_postMessage(channel="C1", text="x", colour="red")
    with pytest.raises(SlackApiError) as caught:
        await strange
    assert caught.value.response["error"] == "invalid_arguments"
    assert "unknown argument: colour" in caught.value.response["response_metadata"]["messages"][0]
    assert await refusal(client.api_call("chat.delete", params={"channel": "C1"})) == "invalid_arguments"
    assert await refusal(client.api_call("chat.postMessage", json={"channel": "C1"})) == "no_text"
    bad = client.chat_postMessage(channel="C1", text="x", metadata={"event_type": "x"})
    assert await refusal(bad) == "invalid_metadata_format"


async def test_a_file_goes_up_in_three_steps(slack: SlackDouble) -> None:
    await client_of(slack).files_upload_v2(
        filename="feeds.opml", content="<opml/>", channel="C1", initial_comment="Your sources"
    )
    assert slack.files() == {"feeds.opml": b"<opml/>"}
    assert [(m.text, m.files[0]["name"]) for m in slack.messages("C1")] == [("Your sources", "feeds.opml")]


async def test_every_payload_is_recorded_and_no_token_is(slack: SlackDouble, tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    async with SlackDouble(record=path) as double:
        client = client_of(double)
        await client.chat_postMessage(channel="C1", text="x")
        await client.chat_postEphemeral(channel="C1", user="U1", text="y")
        await client.apps_connections_open(app_token=double.app_token)
        tokens = (double.bot_token, double.app_token)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["method"] for line in lines[:2]] == ["chat.postMessage", "chat.postEphemeral"]
    assert lines[0] == {
        "platform": "slack",
        "method": "chat.postMessage",
        "payload": {"channel": "C1", "text": "x"},
    }
    assert not any(token in path.read_text(encoding="utf-8") for token in tokens)
    assert slack.calls == []
