"""Row 12: a gateway that says nothing any more is noticed by the bot itself; one that is quiet is kept."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import pytest

from bot.platforms.discord import pulse
from bot.platforms.discord.door import connected
from tests.bot.platforms.discord_commands import FakeCommands
from tests.discord_double import TOKEN, DiscordDouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SHORTER: Final = 20  # times
WITHIN: Final = 60.0  # seconds, on a busy machine


@pytest.fixture
async def place(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordDouble]:
    """Open a Discord with a bot that beats often and bears little silence."""
    for name in ("BEAT_EVERY", "SILENCE", "CLOSES_WITHIN"):
        monkeypatch.setattr(pulse, name, getattr(pulse, name) / SHORTER)
    async with DiscordDouble() as double, connected(TOKEN, FakeCommands(), api=double.api):
        await double.ready()
        yield double


async def test_row_12_a_line_that_acknowledges_nothing_is_left_and_the_session_resumed(
    place: DiscordDouble,
) -> None:
    gateway = place.gateway
    began = time.monotonic()
    gateway.zombie()
    await place.until(lambda: gateway.resumes == 1, within=WITHIN)
    assert time.monotonic() - began > pulse.SILENCE - pulse.BEAT_EVERY - 0.1  # it was not for another reason
    asked = await place.command("watch", ["help"], user="ada", channel=place.news.name)
    assert asked.seconds is not None
    assert gateway.identifies == 1


async def test_row_12_a_line_that_is_quiet_but_acknowledges_is_kept(place: DiscordDouble) -> None:
    gateway, many = place.gateway, 8
    wanted = gateway.beats + many
    await place.until(lambda: gateway.beats >= wanted, within=WITHIN)
    assert many * pulse.BEAT_EVERY > 2 * pulse.SILENCE
    assert (gateway.identifies, gateway.resumes) == (1, 0)
