"""Who may change things on Slack, and what counts as a public channel."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from bot.platforms.slack.rights import Rights
from tests.bot.platforms.slack_desk import START, client_of
from tests.doubles.slack import SCOPES, SlackDouble
from tests.doubles.slack_faults import dropped, html_page, rate_limited, refused, server_error, slow
from tests.doubles.slack_state import Channel, Person
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.slack_faults import Fault

PEOPLE = (
    Person(id="U1", name="ada", is_admin=True),
    Person(id="U2", name="grace"),
    Person(id="U3", name="katherine"),
    Person(id="U4", name="gone", is_admin=True, deleted=True),
)


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(people=PEOPLE, groups={"S1": ["U3"]}) as double:
        yield double


def rights_at(slack: SlackDouble, *editors: str, clock: SteppedClock | None = None) -> Rights:
    return Rights(client_of(slack), editors=frozenset(editors), clock=clock or SteppedClock(START))


@pytest.mark.parametrize(
    ("user", "may"),
    [("U1", True), ("U2", True), ("U3", True), ("U4", False), ("U5", False)],
    ids=["an admin", "a named person", "a member of a named group", "an admin who left", "a stranger"],
)
async def test_admins_named_people_and_members_of_named_groups_may(
    slack: SlackDouble, *, user: str, may: bool
) -> None:
    rights = rights_at(slack, "U2", "S1")
    assert await rights.manages(user) is may
    assert await rights.named(user) is (user in {"U2", "U3"})


async def test_nobody_is_named_and_admins_may_alone(slack: SlackDouble) -> None:
    rights = rights_at(slack)
    assert [await rights.manages(user) for user in ("U1", "U2", "U3")] == [True, False, False]


@pytest.mark.parametrize(
    ("about", "may"),
    [
        ({"team": "T9"}, False),
        ({"team": "T9", "stranger": True}, False),
        ({"team": "T1", "stranger": True}, False),
        ({"team": "T9", "teams": ("T9", "T1")}, True),
    ],
    ids=["of another workspace", "a stranger there", "a stranger", "of two in our organisation"],
)
async def test_an_admin_of_another_workspace_is_none_here(
    slack: SlackDouble, about: dict[str, Any], *, may: bool
) -> None:
    slack.space.people["U7"] = Person(id="U7", name="guest", is_admin=True, **about)
    assert await rights_at(slack).manages("U7") is may


async def test_nobody_is_an_admin_while_slack_does_not_say_whose_workspace_it_is(slack: SlackDouble) -> None:
    clock = SteppedClock(START)
    rights = rights_at(slack, clock=clock)
    slack.inject("auth.test", server_error())
    assert not await rights.manages("U1")
    clock.move_to(START + timedelta(seconds=15))
    assert await rights.manages("U1")


async def test_an_id_with_the_platforms_name_in_front_is_the_same_person(slack: SlackDouble) -> None:
    assert await rights_at(slack, "slack:U2").manages("U2")


async def test_a_right_taken_away_is_gone_after_five_minutes(slack: SlackDouble) -> None:
    clock = SteppedClock(START)
    rights = rights_at(slack, "S1", clock=clock)
    assert await rights.manages("U1")
    assert await rights.manages("U3")
    slack.space.people["U1"].is_admin = False
    slack.space.groups["S1"].remove("U3")
    clock.move_to(START + timedelta(minutes=4, seconds=59))
    assert await rights.manages("U1")
    assert await rights.manages("U3")
    clock.move_to(START + timedelta(minutes=5))
    assert not await rights.manages("U1")
    assert not await rights.manages("U3")


async def test_a_clock_set_back_keeps_no_right(slack: SlackDouble) -> None:
    clock = SteppedClock(START)
    rights = rights_at(slack, clock=clock)
    assert await rights.manages("U1")
    slack.space.people["U1"].is_admin = False
    clock.move_to(START - timedelta(hours=1))
    assert not await rights.manages("U1")


async def test_of_many_commands_of_one_person_one_asks_slack(slack: SlackDouble) -> None:
    slack.inject("users.info", slow(0.1))
    rights = rights_at(slack)
    assert await asyncio.gather(*(rights.manages("U1") for _ in range(20))) == [True] * 20
    assert len(slack.asked("users.info")) == 1


async def test_a_slow_answer_about_one_delays_nobody_else(slack: SlackDouble) -> None:
    slack.inject("users.info", slow(1.0))
    rights = rights_at(slack)
    waiting = asyncio.ensure_future(rights.manages("U1"))
    await slack.called("users.info")
    assert not await rights.manages("U2")
    assert not waiting.done()
    assert await waiting


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (refused("missing_scope"), "missing_scope"),
        (rate_limited(30), "ratelimited"),
        (server_error(), ""),
        (html_page(), ""),
        (dropped(), "ServerDisconnectedError"),
    ],
    ids=["a missing scope", "a rate limit", "an error", "a gateway's page", "a dropped connection"],
)
async def test_who_cannot_be_looked_up_may_not_and_it_is_logged(
    slack: SlackDouble, caplog: pytest.LogCaptureFixture, fault: Fault, told: str
) -> None:
    slack.inject("users.info", fault, times=None)
    with caplog.at_level(logging.WARNING):
        assert not await rights_at(slack).manages("U1")
    lines = [r for r in caplog.records if r.__dict__.get("action") == "slack_look_up_failed"]
    assert [told in line.getMessage() for line in lines] == [True]
    assert slack.bot_token not in caplog.text


async def test_a_slack_that_never_answers_is_not_waited_for(
    slack: SlackDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.rights.LOOK_UP_WITHIN", 0.1)
    slack.inject("users.info", slow(90.0))
    async with asyncio.timeout(60.0):
        assert not await rights_at(slack).manages("U1")


async def test_a_failure_is_not_asked_about_again_at_once_but_soon(slack: SlackDouble) -> None:
    clock = SteppedClock(START)
    rights = rights_at(slack, clock=clock)
    slack.inject("users.info", server_error())
    assert [await rights.manages("U1") for _ in range(5)] == [False] * 5
    assert len(slack.asked("users.info")) == 1
    clock.move_to(START + timedelta(seconds=15))
    assert await rights.manages("U1")


async def test_a_group_that_cannot_be_read_takes_no_right_from_an_admin(slack: SlackDouble) -> None:
    assert await rights_at(slack, "S404").manages("U1")


@pytest.mark.parametrize(
    ("channel", "public"),
    [("C1", True), ("C3", True), ("G1", False), ("G404", False), ("DU1", False), ("", False)],
    ids=["public", "public without us", "private", "private without us", "a direct message", "none"],
)
async def test_a_channel_is_public_when_slack_says_so(
    slack: SlackDouble, *, channel: str, public: bool
) -> None:
    assert await rights_at(slack).public(channel) is public


async def test_a_channel_of_which_slack_tells_nothing_just_now_is_neither(slack: SlackDouble) -> None:
    slack.inject("conversations.info", server_error())
    assert await rights_at(slack).public("G1") is None


async def test_without_the_right_to_ask_every_channel_counts_as_public(slack: SlackDouble) -> None:
    slack.scopes -= {"channels:read", "groups:read"}
    assert await rights_at(slack).public("G1") is True


async def test_what_kind_a_channel_is_is_asked_once_an_hour(slack: SlackDouble) -> None:
    clock = SteppedClock(START)
    rights = rights_at(slack, clock=clock)
    assert await rights.public("C1")
    slack.space.channels["C1"] = Channel(id="C1", name="defence-news", is_private=True)
    clock.move_to(START + timedelta(minutes=59))
    assert await rights.public("C1")
    clock.move_to(START + timedelta(hours=1))
    assert not await rights.public("C1")


async def test_a_persons_channels_are_those_they_are_in_and_private_ones_where_we_are_too(
    slack: SlackDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.slack.rights.PAGE", 1)
    rooms = (
        Channel(id="C7", name="yards", people=frozenset({"U1"})),
        Channel(id="G7", name="board", is_private=True, people=frozenset({"U1"})),
        Channel(id="G8", name="theirs", is_private=True, is_member=False, people=frozenset({"U2"})),
    )
    slack.space.channels |= {room.id: room for room in rooms}
    own = {user: await rights_at(slack).rooms(user) for user in ("U1", "U2")}
    open_to_all = own["U2"]
    assert open_to_all is not None
    assert not {"C7", "G7", "G8"} & open_to_all
    assert own["U1"] == open_to_all | {"C7", "G7"}
    slack.inject("users.conversations", server_error())
    assert await rights_at(slack).rooms("U1") is None


async def test_the_default_scopes_of_the_double_are_enough(slack: SlackDouble) -> None:
    assert slack.scopes == set(SCOPES.split())
    rights = rights_at(slack, "S1")
    assert await rights.manages("U3")
    assert await rights.public("C1")
