"""Charts in answers on Slack: a picture where Slack takes it, in words where it does not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from PIL import Image

from bot.commands.request import Reply
from bot.messages import Bar, Chart, Message, Text
from tests.bot.platforms.slack_desk import open_desk, text_of
from tests.doubles.slack_faults import refused, server_error

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.platforms.slack_desk import Desk
    from tests.doubles.slack_state import Message as Shown

BARS = (Bar(label="Mon", value=3), Bar(label="Tue", value=9))
CHART = Chart(title="Matches a day", summary="Most on Tuesday.", bars=BARS)
TRIED = Message(kind="reply", notice="12 matches", blocks=(Text(text="12 matches in 7 days"), CHART))


@pytest_asyncio.fixture
async def desk(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr("bot.platforms.slack.chart.PAUSES", (0.0, 0.01, 0.02))
    async with open_desk() as opened:
        opened.commands.reply = lambda _: Reply(message=TRIED)
        yield opened


def drawn(shown: Shown) -> bool:
    """Tell whether a picture is shown; its summary is there in any case."""
    assert CHART.summary in text_of(shown)
    return any(block["type"] == "image" for block in shown.blocks)


async def test_an_answer_shows_its_chart(desk: Desk) -> None:
    await desk.slack.command("/watch rule test drone", user="U2")
    shown = await desk.seen_by("U2")
    assert drawn(shown)
    (image,) = [block for block in shown.blocks if block["type"] == "image"]
    assert image["slack_file"]["id"] in desk.slack.space.files
    (picture,) = desk.slack.files().values()
    assert Image.open(io.BytesIO(picture)).format == "PNG"


async def test_an_answer_that_cannot_be_lent_an_address_shows_its_chart_as_a_post(desk: Desk) -> None:
    desk.slack.inject("response_url", refused("expired_url"))
    await desk.slack.command("/watch rule test drone", user="U2")
    assert drawn(await desk.seen_by("U2"))
    assert len(desk.slack.asked("response_url")) == 1


@pytest.mark.parametrize("method", ["response_url", "chat.postEphemeral"])
@pytest.mark.parametrize(("times", "picture"), [(1, True), (3, False)], ids=["at first", "each time"])
async def test_a_picture_that_slack_still_works_on_is_offered_again_then_told_in_words(
    desk: Desk, method: str, times: int, *, picture: bool
) -> None:
    if method != "response_url":
        desk.slack.inject("response_url", refused("expired_url"))
    desk.slack.inject(method, refused("invalid_blocks"), times=times)
    await desk.slack.command("/watch rule test drone", user="U2")
    assert drawn(await desk.seen_by("U2")) is picture
    assert len(desk.slack.asked(method)) == times + 1
    assert len(desk.slack.ephemerals("U2")) == 1


async def test_a_chart_that_cannot_be_uploaded_is_told_in_words(desk: Desk) -> None:
    desk.slack.inject("files.getUploadURLExternal", server_error(), times=None)
    await desk.slack.command("/watch rule test drone", user="U2")
    assert not drawn(await desk.seen_by("U2"))
