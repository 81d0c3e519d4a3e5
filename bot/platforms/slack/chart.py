"""Give Slack a chart as a picture of its own, so that no other server has to show it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from bot.messages import Chart
from bot.platforms.chart import png
from bot.platforms.inert import one_line
from bot.platforms.slack.failures import TROUBLE
from bot.platforms.slack.quiet import reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.messages import Message

logger = logging.getLogger(__name__)

FILE: Final = "chart.png"
# Seconds before each try; Slack refuses a picture it still works on as invalid_blocks.
PAUSES: Final = (0.0, 1.0, 2.0)


async def pictures(client: AsyncWebClient, message: Message) -> Mapping[Chart, str]:
    """Upload a message's charts and return their files' ids; one that fails is told in words."""
    found: dict[Chart, str] = {}
    for block in message.blocks:
        if not isinstance(block, Chart) or block in found:
            continue
        try:
            found[block] = await upload(client, block)
        except TROUBLE as error:
            logger.warning(
                "A chart goes out in words: %s", reason(error), extra={"action": "slack_chart_failed"}
            )
    return found


async def upload(client: AsyncWebClient, chart: Chart) -> str:
    """Draw a chart, upload it without posting it anywhere, and return the file's id.

    Raises what the SDK raises, and ValueError for an answer without an id.
    """
    picture = await asyncio.to_thread(png, chart)
    answer = await client.files_upload_v2(filename=FILE, title=one_line(chart.title) or FILE, file=picture)
    match answer.get("files"):
        case [{"id": str(found)}, *_]:
            return found
        case _:
            raise ValueError("the answer names no file")
