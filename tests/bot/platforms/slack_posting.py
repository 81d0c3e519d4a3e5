"""Our adapter in front of the Slack double, and attempts to post that fail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.messages import Heading, Message
from bot.platforms.slack.adapter import Slack
from tests.doubles.slack import SlackDouble
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
