"""What the doctor says of each fault of Slack and its secrets, and that it shows no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.operating.doctor_desk import SLACK_APP, Desk, Fault, opened, with_file, with_secret
from tests.doubles.slack_faults import html_page, rate_limited, refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as one_desk:
        yield one_desk


def leaves_out(*scopes: str) -> Callable[[Desk], None]:
    def leave_out(desk: Desk) -> None:
        desk.slack.scopes -= set(scopes)

    return leave_out


def slack_says(method: str, error: str) -> Callable[[Desk], object]:
    return lambda desk: desk.slack.inject(method, refused(error), times=None)


def slack_in(channel: str) -> Callable[[Desk], None]:
    def move(desk: Desk) -> None:
        desk.slack_channel = channel

    return move


def outside_without_leave(desk: Desk) -> None:
    desk.slack_channel = "C3"
    desk.slack.scopes.discard("chat:write.public")


def by_http(desk: Desk) -> None:
    desk.slack_more = 'mode = "http"'
    desk.extra = "[http]\nenabled = true\n"


def by_http_with(secret: str) -> Callable[[Desk], None]:
    def put(desk: Desk) -> None:
        by_http(desk)
        desk.environ["SLACK_SIGNING_SECRET"] = secret

    return put


def out_of_reach(desk: Desk) -> None:
    desk.slack.port = 1


FAULTS = (
    Fault(
        "slack is out of reach",
        out_of_reach,
        "slack bot token",
        "failure",
        "could not be asked (ClientConnectorError)",
        "reaches slack.com",
    ),
    Fault(
        "slack has a new bot token",
        slack_says("auth.test", "token_revoked"),
        "slack bot token",
        "failure",
        "token_revoked",
        "Reinstall",
    ),
    Fault(
        "slack is behind a broken gateway",
        lambda d: d.slack.inject("auth.test", html_page()),
        "slack bot token",
        "failure",
        "could not be asked",
        "status.slack.com",
    ),
    Fault(
        "slack asks to wait",
        lambda d: d.slack.inject("auth.test", rate_limited()),
        "slack bot token",
        "warning",
        "asks to wait",
        "minute",
    ),
    Fault(
        "slack without history",
        leaves_out("channels:history", "groups:history"),
        "slack scopes",
        "warning",
        "an uncertain send may show twice",
        "vedette slack manifest",
    ),
    Fault(
        "slack without writing",
        leaves_out("chat:write"),
        "slack scopes",
        "failure",
        "nothing can be told",
        "Reinstall",
    ),
    Fault(
        "slack without looking at channels",
        leaves_out("channels:read"),
        "slack:C1",
        "warning",
        "a scope is missing",
        "vedette slack manifest",
    ),
    Fault(
        "an app token without its scope",
        slack_says("apps.connections.open", "missing_scope"),
        "slack app token",
        "failure",
        "missing_scope",
        "connections:write",
    ),
    Fault(
        "a channel that is archived",
        slack_in("C9"),
        "slack:C9",
        "failure",
        "#closed is archived",
        "unarchive",
    ),
    Fault(
        "a channel that slack does not know",
        slack_in("C0NONE"),
        "slack:C0NONE",
        "failure",
        "no such channel",
        "/invite",
    ),
    Fault(
        "a channel the app is not in",
        slack_in("C3"),
        "slack:C3",
        "warning",
        "may show twice",
        "/invite @Vedette in #elsewhere",
    ),
    Fault(
        "a channel the app is not in and may not write in",
        outside_without_leave,
        "slack:C3",
        "failure",
        "may not write there",
        "/invite",
    ),
    Fault(
        "no bot token",
        lambda d: d.environ.pop("SLACK_BOT_TOKEN"),
        "SLACK_BOT_TOKEN",
        "failure",
        "not set",
        "OAuth & Permissions",
    ),
    Fault(
        "the app token as the bot token",
        with_secret("SLACK_BOT_TOKEN", SLACK_APP),
        "SLACK_BOT_TOKEN",
        "failure",
        "looks like what SLACK_APP_TOKEN",
        "OAuth & Permissions",
    ),
    Fault(
        "a bot token cut short",
        with_secret("SLACK_BOT_TOKEN", "111-222-canaryBotToken"),
        "SLACK_BOT_TOKEN",
        "failure",
        "begins with xoxb-",
        "OAuth & Permissions",
    ),
    Fault(
        "a file that is not there",
        with_file("SLACK_APP_TOKEN", "/nowhere/token"),
        "SLACK_APP_TOKEN",
        "failure",
        "/nowhere/token cannot be read",
        "SLACK_APP_TOKEN_FILE",
    ),
    Fault(
        "http mode without the signing secret",
        by_http,
        "SLACK_SIGNING_SECRET",
        "failure",
        "not set",
        "Basic Information",
    ),
    Fault(
        "http mode with a strange signing secret",
        by_http_with("canary-signing"),
        "SLACK_SIGNING_SECRET",
        "warning",
        "unusual shape",
        "not the Client Secret",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
async def test_each_fault_is_named_with_its_cure_and_without_a_secret(
    desk: Desk, fault: Fault, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    def logged() -> str:
        ours = (one for one in caplog.records if one.name.startswith(("bot", "watchers")))
        return "".join(record.getMessage() for record in ours)

    # `shows` holds the assertions: state, cure, and no canary in any output.
    await fault.shows(desk, lambda: "".join(capfd.readouterr()), logged)


async def test_who_sets_a_channel_up_is_told_the_command_as_it_is_configured(desk: Desk) -> None:
    desk.sections = {"discord"}
    desk.extra = f'[slack]\napi = "{desk.slack.api}"\ncommand = "/defence"\n'
    found = next(
        finding for finding in await desk.look() if finding.found == "no channel is set up there yet"
    )
    assert (found.check, found.cure) == ("slack", "type /defence setup in the channel it is for")
