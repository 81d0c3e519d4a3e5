"""The pace of posts in one channel: two at once, then one a second; no channel waits for another."""

from __future__ import annotations

import asyncio
from typing import Final

import pytest

from bot.delivery.pacing import Pacing

PACE: Final = 1000.0  # seconds; nobody waits for them here, and no machine is too slow for them


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Write down how long it would be waited, to the thousandth of a pace."""
    written: list[float] = []

    async def sleep(seconds: float) -> None:
        written.append(round(max(seconds, 0.0) / PACE, 1))

    monkeypatch.setattr("bot.delivery.pacing.asyncio.sleep", sleep)
    return written


async def test_a_quiet_channel_takes_two_at_once_and_then_one_each_time(waits: list[float]) -> None:
    turns = Pacing(PACE)
    for _ in range(5):
        await turns.turn("slack:C1")
    assert waits == [0, 0, 1, 2, 3]


async def test_each_channel_has_a_pace_of_its_own_and_discord_none(waits: list[float]) -> None:
    turns = Pacing(PACE)
    for channel in ("slack:C1", "slack:C1", "slack:C2", "discord:1", "discord:1", "discord:1", "slack:C1"):
        await turns.turn(channel)
    assert waits == [0, 0, 0, 1]


async def test_a_channel_that_was_still_long_enough_takes_two_at_once_again(
    waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, loop = Pacing(PACE), asyncio.get_running_loop()
    began = loop.time()
    for elapsed in (0, 0, 0, 2.5, 2.5, 5, 5):
        monkeypatch.setattr(loop, "time", lambda at=began + elapsed * PACE: at)
        await turns.turn("slack:C1")
    assert waits == [0, 0, 1, 0, 0.5, 0, 0]
