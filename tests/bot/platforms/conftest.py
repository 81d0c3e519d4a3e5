"""Open the preview page's door for the tests that ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from tests.bot.platforms.page_door import Door, open_door

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest_asyncio.fixture
async def door() -> AsyncIterator[Door]:
    async with open_door() as opened:
        yield opened
