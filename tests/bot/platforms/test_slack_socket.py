"""The connection to Slack: how fast it acknowledges, and how it comes back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.errors import ConfigError
from bot.platforms.slack import door
from bot.platforms.slack.door import socket_mode
from bot.platforms.slack.quiet import vendor_logger
from bot.platforms.slack.reach import Reach
from tests.bot.platforms.slack_desk import (
    START,
    WITHIN,
    FakeCommands,
    app_of,
    open_desk,
    text_of,
)
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_faults import (
    server_error,
)
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.platforms.slack_desk import Desk


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as opened:
        yield opened


async def test_row_33_two_hundred_commands_of_twenty_people_are_each_acknowledged_within_a_second() -> None:
    async with open_desk() as desk:
        desk.commands.takes = 0.2
        names = [f"U1{n:02d}" for n in range(20)]
        person = desk.slack.space.people["U2"]
        desk.slack.space.people |= dict.fromkeys(names, person)

        async def person_types(name: str, late: float) -> list[float]:
            await asyncio.sleep(late)
            took = []
            for n in range(10):
                delivery = await desk.slack.command(f"/watch search word{n}", user=name)
                took.append(delivery.seconds if delivery.seconds is not None else 3.0)
                await asyncio.sleep(0.9)
            return took

        async with asyncio.timeout(30):
            every = await asyncio.gather(*(person_types(name, n * 0.04) for n, name in enumerate(names)))
            await desk.settled()
        took = sorted(second for person_took in every for second in person_took)
        assert len(took) == len(desk.commands.requests) == 200
        assert len(desk.slack.space.ephemerals) == 200
        assert took[197] < 1.0, f"p99 {took[197]:.3f} s, slowest {took[-1]:.3f} s"


# A connection broken off without a word is noticed at the next sign of life, so those take a second each.
@pytest.mark.parametrize(
    ("way", "times"),
    [("told to renew", 20), ("told and closed", 20), ("broken off", 3)],
    ids=["told to renew", "told and closed", "broken off"],
)
async def test_row_13_commands_are_answered_again_soon_after_a_connection_ends(
    desk: Desk, way: str, times: int
) -> None:
    for n in range(times):
        before = desk.slack.sockets.opened
        if way == "broken off":
            desk.slack.sockets.abort()
        else:
            await desk.slack.sockets.disconnect("refresh_requested", close=way == "told and closed")
        async with asyncio.timeout(WITHIN), desk.slack.sockets.changed:
            await desk.slack.sockets.changed.wait_for(
                lambda: desk.slack.sockets.opened > before and len(desk.slack.sockets.open) == 1  # noqa: B023
            )
        assert (await desk.slack.command(f"/watch why t{n}")).acked
    await desk.commands.asked(times)
    async with asyncio.timeout(WITHIN):  # signs of life may still be on their way
        while not await desk.connected():  # noqa: ASYNC110 - the client tells when asked alone
            await asyncio.sleep(0.05)


class LosesTheFirst(set[str]):
    """Tickets of which the first is never good."""

    lost = False

    def add(self, ticket: str) -> None:
        if self.lost:
            super().add(ticket)
        self.lost = True


async def test_a_failed_handshake_is_followed_by_one_with_a_fresh_address_and_no_ticket_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with SlackDouble() as slack:
        slack.sockets.tickets = LosesTheFirst()
        app = app_of(slack, FakeCommands(), SteppedClock(START))
        async with socket_mode(app, slack.app_token, ping=0.2):
            assert (await slack.command("/watch help")).acked
    assert "Failed to connect" in caplog.text
    assert "ticket=" not in caplog.text


async def test_a_refused_app_token_is_said_at_once_and_a_slack_that_is_away_is_waited_for() -> None:
    async with SlackDouble() as slack:
        app = app_of(slack, FakeCommands(), SteppedClock(START))
        with pytest.raises(ConfigError, match=r"app token \(invalid_auth\)") as told:
            async with socket_mode(app, "xapp-not-this-one"):
                pytest.fail("it opened")
        assert "xapp-not-this-one" not in str(told.value)
        slack.inject("apps.connections.open", server_error(), times=2)
        async with socket_mode(app, slack.app_token, ping=0.2):
            assert (await slack.command("/watch help")).acked


async def test_a_slack_that_is_away_at_the_start_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(door, "CONNECT_WITHIN", 3600.0)
    async with SlackDouble() as slack:
        app = app_of(slack, FakeCommands(), SteppedClock(START))
        slack.inject("apps.connections.open", server_error(), times=1000)
        async with asyncio.timeout(WITHIN), socket_mode(app, slack.app_token) as is_up:
            assert not await is_up()


async def test_a_slack_that_stays_away_is_said_ever_more_seldom_and_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "bot")
    async with SlackDouble() as slack:
        reach = Reach(app_of(slack, FakeCommands(), SteppedClock(START)).client, slack.app_token, wait=0.001)
        slack.inject("apps.connections.open", server_error(), times=9)
        assert await reach.first() == ""
        assert (await reach.address()).startswith("ws")
        await reach.came(None)
        await reach.came(None)
    assert [record.__dict__["failures"] for record in caplog.records if "is away" in record.message] == [
        1,
        2,
        4,
        8,
    ]
    assert [record.message for record in caplog.records].count("Slack is back") == 1


async def test_handshakes_that_fail_are_said_ever_more_seldom(caplog: pytest.LogCaptureFixture) -> None:
    async with SlackDouble() as slack:
        reach = Reach(app_of(slack, FakeCommands(), SteppedClock(START)).client, slack.app_token, wait=0.001)
        vendors = vendor_logger(reach)
        for n in range(9):
            vendors.error("Failed to connect (error: %s); Retrying...", n)
        vendors.error("Something else with xoxb-1-2-canary")
    said = [record.message for record in caplog.records]
    assert [line.partition("error: ")[2][:1] for line in said[:-1]] == ["0", "1", "3", "7"]
    assert said[-1] == "Something else with (hidden)"


def test_the_vendor_says_nothing_of_a_token_it_finds_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-2-canary")
    app_of(SlackDouble(), FakeCommands(), SteppedClock(START))
    assert caplog.records == []


async def test_closing_the_door_lets_answers_under_way_end_and_leaves_no_connection() -> None:
    async with open_desk() as desk:
        desk.commands.takes = 0.3
        await desk.slack.command("/watch why t7")
        await desk.commands.asked()
        slack = desk.slack
    assert ["echo why t7" in text_of(m) for m in slack.ephemerals("U1")] == [True]
    assert slack.sockets.open == []
