"""Posts, edits and pictures on Slack through its real client library, as its double takes them."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.errors import DeliveryError
from bot.messages import Text
from tests.bot.platforms.slack_posting import CHANNEL, SECRET, WORDS, adapter, double, failing
from tests.bot.platforms.slack_samples import ALERT, CHART, REPLY, SAMPLES, UPDATE
from tests.doubles.slack_faults import Fault, dropped, rate_limited, refused, server_error

if TYPE_CHECKING:
    from bot.platforms.base import Platform
    from tests.doubles.slack import SlackDouble

__all__ = ["double"]  # a fixture


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
