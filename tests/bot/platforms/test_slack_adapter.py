"""Posting to Slack through its real client library: once each, whatever happens to the answer."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from PIL import Image
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.messages import REPEATED, Heading, Message, Text
from bot.platforms.slack.adapter import PAGE, PAGES, Slack
from tests.bot.platforms.slack_samples import ALERT, CHART, REPLY, SAMPLES, UPDATE
from tests.doubles.slack import SCOPES, SlackDouble
from tests.doubles.slack_faults import (
    Fault,
    accepted_then_dropped,
    accepted_then_error,
    accepted_then_hanging,
    dropped,
    html_page,
    rate_limited,
    refused,
    server_error,
)
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.platforms.base import Platform

CHANNEL = "slack:C1"
SECRET = "xoxb-double-1"
WORDS = Message(kind="notice", notice="All is well", blocks=(Heading(text="All is well"),))


@pytest_asyncio.fixture
async def double() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as slack:
        yield slack


def adapter(double: SlackDouble, *, token: str = SECRET, timeout: int = 5) -> Slack:
    client = AsyncWebClient(token=token, base_url=double.api, retry_handlers=[], timeout=timeout)
    return Slack(client, clock=SteppedClock(datetime.fromtimestamp(double.clock.now(), UTC)))


EARLIER = datetime(2020, 1, 1, tzinfo=UTC)  # before any message of these tests


async def failing(platform: Platform, message: Message = WORDS, *, again: bool = False) -> DeliveryError:
    with pytest.raises(DeliveryError) as raised:
        await platform.send(CHANNEL, message, key="k1", since=EARLIER if again else None)
    assert raised.value.__cause__ is not None
    assert SECRET not in str(raised.value)
    return raised.value


@pytest.mark.parametrize("name", SAMPLES)
async def test_every_message_is_taken_by_a_strict_slack(double: SlackDouble, name: str) -> None:
    receipt = await adapter(double).send(CHANNEL, SAMPLES[name], key="k1")
    (post,) = double.messages("C1")
    assert (receipt.id, receipt.url) == (post.ts, "")
    assert post.metadata == {"event_type": "vedette_post", "event_payload": {"key": "k1"}}


async def test_a_post_shows_no_previews_and_links_no_names(double: SlackDouble) -> None:
    await adapter(double).send(CHANNEL, ALERT, key="k1")
    (call,) = double.asked("chat.postMessage")
    assert str(call.payload["unfurl_links"]).lower() in {"false", "0"}
    assert str(call.payload["unfurl_media"]).lower() in {"false", "0"}
    assert call.payload["parse"] == "none"
    assert "link_names" not in call.payload


async def test_an_update_goes_into_the_thread_of_its_alert(double: SlackDouble) -> None:
    slack = adapter(double)
    first = await slack.send(CHANNEL, ALERT, key="k1")
    await slack.send(CHANNEL, UPDATE, key="k2", parent=first.id)
    assert [post.thread_ts for post in double.messages("C1")] == ["", first.id]


async def test_a_key_posts_once(double: SlackDouble) -> None:
    slack = adapter(double)
    first = await slack.send(CHANNEL, WORDS, key="k1")
    assert await slack.send(CHANNEL, WORDS, key="k1") == first
    assert await slack.send("slack:C2", WORDS, key="k1") != first
    assert len(double.messages("C1")) == 1


@pytest.mark.parametrize("parent", [False, True], ids=["in the channel", "in a thread"])
@pytest.mark.parametrize(
    "fault",
    [accepted_then_dropped(), accepted_then_error(500), accepted_then_error(503), accepted_then_hanging()],
    ids=["connection dropped", "status 500", "status 503", "no answer in time"],
)
async def test_an_answer_lost_after_the_post_leads_to_no_second_one(
    double: SlackDouble, fault: Fault, *, parent: bool
) -> None:
    above = double.say("above") if parent else ""
    double.inject("chat.postMessage", fault)
    with pytest.raises(DeliveryError) as lost:
        await adapter(double, timeout=1).send(CHANNEL, WORDS, key="k1", parent=above)
    assert (lost.value.uncertain, lost.value.permanent) == (True, False)
    double.say("something else meanwhile", thread_ts=above)
    receipt = await adapter(double).send(CHANNEL, WORDS, key="k1", parent=above, since=EARLIER)
    ours = [post for post in double.messages("C1") if post.is_ours]
    assert [post.ts for post in ours] == [receipt.id]


@pytest.mark.parametrize(
    ("fault", "uncertain"),
    [
        pytest.param(server_error(500), True, id="status 500"),
        pytest.param(html_page(502), True, id="a gateway's page"),
        pytest.param(html_page(200), True, id="a page that says all is well"),
        pytest.param(dropped(), True, id="connection dropped"),
        pytest.param(refused("fatal_error"), True, id="half done"),
        pytest.param(refused("service_unavailable"), False, id="not now"),
    ],
)
async def test_a_passing_fault_is_tried_again_and_posts_once(
    double: SlackDouble, fault: Fault, *, uncertain: bool
) -> None:
    double.inject("chat.postMessage", fault)
    error = await failing(adapter(double))
    assert (error.uncertain, error.permanent, error.retry_after) == (uncertain, False, None)
    await adapter(double).send(CHANNEL, WORDS, key="k1", since=EARLIER if error.uncertain else None)
    (post,) = double.messages("C1")
    assert REPEATED not in str(post.blocks)


async def test_slack_says_how_long_to_wait(double: SlackDouble) -> None:
    double.inject("chat.postMessage", rate_limited(7))
    error = await failing(adapter(double))
    assert (error.retry_after, error.permanent, error.uncertain) == (7.0, False, False)
    assert len(double.asked("chat.postMessage")) == 1


async def test_a_search_that_has_to_wait_stays_uncertain(double: SlackDouble) -> None:
    double.inject("conversations.history", rate_limited(3))
    error = await failing(adapter(double), again=True)
    assert (error.retry_after, error.uncertain) == (3.0, True)
    assert double.asked("chat.postMessage") == []


@pytest.mark.parametrize(
    "code",
    [
        "cant_update_message",
        "metadata_too_large",
    ],
)
async def test_what_will_never_work_is_called_once_and_given_up(double: SlackDouble, code: str) -> None:
    double.inject("*", refused(code), times=None)
    error = await failing(adapter(double))
    assert (error.permanent, error.closed, error.uncertain) == (True, False, False)
    assert code in str(error)
    assert len(double.calls) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel"])
async def test_a_channel_that_lets_nothing_in_is_told_from_a_bad_message(
    double: SlackDouble, code: str
) -> None:
    double.inject("*", refused(code), times=None)
    error = await failing(adapter(double))
    assert (error.closed, error.permanent, error.everywhere, error.uncertain) == (True, False, False, False)
    assert code in str(error)
    assert len(double.calls) == 1


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_workspace_that_refuses_us_is_not_asked_for_minutes(double: SlackDouble, code: str) -> None:
    double.inject("*", refused(code), times=None)
    error = await failing(adapter(double))
    assert (error.everywhere, error.permanent, error.uncertain) == (True, False, False)
    assert error.retry_after is None


async def test_a_slack_that_cannot_be_reached_took_nothing(unused_tcp_port: int) -> None:
    client = AsyncWebClient(token=SECRET, base_url=f"http://127.0.0.1:{unused_tcp_port}/", retry_handlers=[])
    error = await failing(Slack(client, clock=SteppedClock(datetime(2026, 8, 20, tzinfo=UTC))))
    assert (error.uncertain, error.permanent) == (False, False)


@pytest.mark.parametrize("code", ["missing_scope", "not_in_channel"])
async def test_where_history_may_not_be_read_a_second_attempt_says_it_may_be_a_repeat(
    double: SlackDouble, code: str
) -> None:
    double.inject("conversations.history", refused(code))
    await adapter(double).send(CHANNEL, WORDS, key="k1", since=EARLIER)
    (post,) = double.messages("C1")
    assert post.blocks[-1]["type"] == "context"
    assert post.blocks[-1]["elements"][0]["text"] == REPEATED


async def test_without_the_history_scope_a_second_attempt_says_it_may_be_a_repeat() -> None:
    scopes = SCOPES.replace("channels:history", "")
    async with SlackDouble(scopes=scopes) as double:
        await adapter(double).send(CHANNEL, WORDS, key="k1", since=EARLIER)
        assert REPEATED in str(double.messages("C1")[0].blocks)


async def test_a_post_is_found_behind_a_page_of_others(double: SlackDouble) -> None:
    first = await adapter(double).send(CHANNEL, WORDS, key="k1")
    for number in range(PAGE + 1):
        double.say(f"chatter {number}")
    assert await adapter(double).send(CHANNEL, WORDS, key="k1", since=EARLIER) == first
    assert len(double.asked("conversations.history")) == 2


async def test_a_channel_too_busy_to_read_through_makes_the_post_say_so(double: SlackDouble) -> None:
    for number in range(PAGE * PAGES + 1):
        double.say(f"chatter {number}")
    await adapter(double).send(CHANNEL, WORDS, key="k1", since=EARLIER)
    assert len(double.asked("conversations.history")) == PAGES
    assert REPEATED in str(double.messages("C1")[-1].blocks)


async def test_history_is_not_read_further_back_than_an_attempt_can_be(double: SlackDouble) -> None:
    for number in range(PAGE):
        double.say(f"long ago {number}")
    double.clock.advance(86_400)
    double.say("lately")
    written = datetime.fromtimestamp(double.clock.now(), UTC) - timedelta(hours=5)
    await adapter(double).send(CHANNEL, WORDS, key="k1", since=written)
    assert len(double.asked("conversations.history")) == 1
    assert REPEATED not in str(double.messages("C1")[-1].blocks)


@pytest.mark.parametrize("others", [1, PAGE + 1], ids=["just posted", "behind a page of others"])
async def test_an_attempt_is_found_though_our_clock_is_far_ahead(double: SlackDouble, others: int) -> None:
    first = await adapter(double).send(CHANNEL, WORDS, key="k1")
    for number in range(others):
        double.say(f"chatter {number}")
    ahead = datetime.fromtimestamp(double.clock.now(), UTC) + timedelta(days=1)
    client = AsyncWebClient(token=SECRET, base_url=double.api, retry_handlers=[])
    platform = Slack(client, clock=SteppedClock(ahead))
    assert await platform.send(CHANNEL, WORDS, key="k1", since=ahead) == first


async def test_blocks_that_slack_finds_wrong_go_out_as_text(double: SlackDouble) -> None:
    double.inject("chat.postMessage", refused("invalid_blocks"))
    await adapter(double).send(CHANNEL, ALERT, key="k1")
    (post,) = double.messages("C1")
    assert post.blocks == []
    assert "<https://gazette.example/a|Varnland orders drones &amp; boats>" in post.text


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
async def test_a_message_wrong_in_every_form_is_unfit(double: SlackDouble, code: str) -> None:
    double.inject("chat.postMessage", refused(code), times=None)
    error = await failing(adapter(double))
    assert (error.unfit, error.permanent, error.uncertain) == (True, True, False)
    assert len(double.asked("chat.postMessage")) == 2


async def test_a_chart_is_uploaded_and_shown(double: SlackDouble) -> None:
    await adapter(double).send(CHANNEL, REPLY, key="k1")
    (post,) = double.messages("C1")
    image = post.blocks[-1]
    assert (image["type"], image["alt_text"]) == ("image", CHART.summary)
    (name,) = double.files()
    assert Image.open(io.BytesIO(double.files()[name])).format == "PNG"
    assert image["slack_file"]["id"] in double.space.files


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        pytest.param("files.getUploadURLExternal", refused("missing_scope"), id="not allowed"),
        pytest.param("files.getUploadURLExternal", rate_limited(30), id="too many"),
        pytest.param("upload", server_error(500), id="failed"),
        pytest.param("files.completeUploadExternal", dropped(), id="dropped"),
    ],
)
async def test_a_chart_that_cannot_be_uploaded_is_told_in_words(
    double: SlackDouble, method: str, fault: Fault
) -> None:
    double.inject(method, fault)
    await adapter(double).send(CHANNEL, REPLY, key="k1")
    assert CHART.summary in double.messages("C1")[0].blocks[-1]["text"]["text"]


async def test_a_picture_that_slack_still_works_on_is_offered_again_then_told_in_words(
    double: SlackDouble,
) -> None:
    double.inject("chat.postMessage", refused("invalid_blocks"))
    await adapter(double).send(CHANNEL, REPLY, key="k1")
    double.inject("chat.postMessage", refused("invalid_blocks"), times=3)
    await adapter(double).send(CHANNEL, REPLY, key="k2")
    assert [post.blocks[-1]["type"] for post in double.messages("C1")] == ["image", "section"]


async def test_an_edit_changes_the_post_and_keeps_its_key(double: SlackDouble) -> None:
    slack = adapter(double)
    receipt = await slack.send(CHANNEL, ALERT, key="k1")
    await slack.edit(CHANNEL, receipt.id, WORDS)
    post = double.message("C1", receipt.id)
    assert (post.text, len(post.blocks)) == ("All is well", 1)
    assert post.metadata["event_payload"] == {"key": "k1"}


async def test_an_edit_whose_blocks_are_refused_leaves_text_alone(double: SlackDouble) -> None:
    slack = adapter(double)
    receipt = await slack.send(CHANNEL, ALERT, key="k1")
    double.inject("chat.update", refused("invalid_blocks"))
    await slack.edit(CHANNEL, receipt.id, replace(WORDS, blocks=(Text(text="a < b"),)))
    post = double.message("C1", receipt.id)
    assert (post.text, post.blocks) == ("a &lt; b", [])


async def test_a_post_that_is_gone_needs_no_edit_and_no_deletion(double: SlackDouble) -> None:
    slack = adapter(double)
    receipt = await slack.send(CHANNEL, ALERT, key="k1")
    await slack.delete(CHANNEL, receipt.id)
    assert double.messages("C1") == []
    await slack.delete(CHANNEL, receipt.id)
    await slack.edit(CHANNEL, receipt.id, WORDS)
    assert double.messages("C1") == []


@pytest.mark.parametrize("act", ["edit", "delete"])
async def test_what_is_somebody_elses_is_left_alone_for_good(double: SlackDouble, act: str) -> None:
    slack, theirs = adapter(double), double.say("mine")
    with pytest.raises(DeliveryError) as raised:
        await (slack.edit(CHANNEL, theirs, WORDS) if act == "edit" else slack.delete(CHANNEL, theirs))
    assert raised.value.permanent


async def test_neither_token_nor_words_reach_the_log(
    double: SlackDouble, caplog: pytest.LogCaptureFixture
) -> None:
    double.inject("files.getUploadURLExternal", server_error(500))
    double.inject("chat.postMessage", refused("invalid_blocks"), times=None)
    with caplog.at_level(logging.INFO):
        await failing(adapter(double), REPLY)
    assert "invalid_blocks" in caplog.text
    assert SECRET not in caplog.text
    assert "Varnland" not in caplog.text


def test_it_is_a_platform(double: SlackDouble) -> None:
    platform: Platform = adapter(double)
    assert platform.name == "slack"
    assert platform.fits(ALERT)
    assert not platform.fits(replace(ALERT, blocks=ALERT.blocks * 20))
