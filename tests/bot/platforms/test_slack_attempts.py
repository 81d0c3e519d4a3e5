"""Posting to Slack once each, whatever happens to the answer; and what a refusal means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.messages import REPEATED
from bot.platforms.slack.adapter import PAGE, PAGES, Slack
from tests.bot.platforms.slack_posting import CHANNEL, EARLIER, SECRET, WORDS, adapter, double, failing
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

__all__ = ["double"]  # a fixture


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
