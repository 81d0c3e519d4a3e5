"""Give Slack a chart as a picture of its own, so that no other server has to show it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.platforms.chart import png
from bot.platforms.inert import one_line

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.messages import Chart

FILE: Final = "chart.png"


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
