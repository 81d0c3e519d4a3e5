"""What the doctor says of each fault of Discord, its secret and a feed, and that it shows no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.operating.doctor_desk import DISCORD, Desk, Fault, one, opened, with_file, with_secret
from tests.discord_world import FORUM, THREAD, Channel
from tests.feedserver import Answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.discord_faults import Call


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as one_desk:
        yield one_desk


def without(permission: str) -> Callable[[Desk], None]:
    return lambda desk: desk.discord.deny("news", permission)


def discord_in(kind: str) -> Callable[[Desk], None]:
    def move(desk: Desk) -> None:
        forum = desk.discord.add_channel("forum", kind=FORUM)
        desk.discord_channel = forum.id if kind == "forum" else "987654321098765432"

    return move


def new_discord_token(desk: Desk) -> None:
    desk.discord.server.token = "MTIzNDU2Nzg5.another.token-that-is-newer"


def feed_answers(answer: Answer) -> Callable[[Desk], None]:
    return lambda desk: desk.feeds.routes.update({"/news.xml": answer})


def no_feed_server(desk: Desk) -> None:
    desk.feeds.port = 1


def out_of_reach(desk: Desk) -> None:
    desk.discord.port = 1


def application(**fields: object) -> Callable[[Desk], None]:
    """Let the application have other settings."""

    def put(desk: Desk) -> None:
        usual = desk.discord.server.handlers["get_application"]

        def answer(call: Call) -> tuple[int, object]:
            status, body = usual(call)
            assert isinstance(body, dict)
            return status, {**body, **fields}

        server = desk.discord.server
        server.handlers = {**server.handlers, "get_application": answer}

    return put


FAULTS = (
    Fault(
        "discord is out of reach",
        out_of_reach,
        "discord",
        "failure",
        "could not be reached",
        "reaches discord.com",
    ),
    Fault(
        "an application whose commands go elsewhere",
        application(interactions_endpoint_url="https://elsewhere.example/"),
        "discord application",
        "failure",
        "do not come to the bot",
        "empty that field",
    ),
    Fault(
        "an application that no link can invite",
        application(bot_require_code_grant=True),
        "discord application",
        "failure",
        "code grant",
        "switch Requires OAuth2 Code Grant off",
    ),
    Fault(
        "a token where a file's name should be",
        with_file("DISCORD_TOKEN", DISCORD),
        "DISCORD_TOKEN",
        "failure",
        "holds the secret itself",
        "to a file's name",
    ),
    Fault(
        "a discord token with Bot in front",
        with_secret("DISCORD_TOKEN", f"Bot {DISCORD}"),
        "DISCORD_TOKEN",
        "failure",
        "three parts",
        "Reset Token",
    ),
    Fault(
        "discord has a new token",
        new_discord_token,
        "discord bot",
        "failure",
        "refuses its token",
        "Reset Token",
    ),
    Fault(
        "discord is away",
        lambda d: d.discord.fault("429_cloudflare", on="get_me"),
        "discord",
        "failure",
        "429",
        "discordstatus.com",
    ),
    Fault(
        "a channel discord does not know",
        discord_in("nowhere"),
        "discord:987654321098765432",
        "failure",
        "no such channel",
        "https://discord.com/oauth2/authorize?client_id=",
    ),
    Fault(
        "a channel the bot does not see",
        without("view_channel"),
        "discord:here",
        "failure",
        "may not see it",
        "View Channel",
    ),
    Fault(
        "a channel the bot may not write in",
        without("send_messages"),
        "discord:here",
        "failure",
        "missing Send Messages (nothing can be told)",
        "allow Send Messages",
    ),
    Fault(
        "a channel without threads",
        without("create_public_threads"),
        "discord:here",
        "warning",
        "stand in the channel",
        "allow Create Public Threads",
    ),
    Fault(
        "a channel without answers in threads",
        without("send_messages_in_threads"),
        "discord:here",
        "failure",
        "beneath it",
        "allow Send Messages in Threads",
    ),
    Fault(
        "a channel without embeds",
        without("embed_links"),
        "discord:here",
        "warning",
        "plainer",
        "allow Embed Links",
    ),
    Fault(
        "a channel without files",
        without("attach_files"),
        "discord:here",
        "failure",
        "chart",
        "allow Attach Files",
    ),
    Fault(
        "a channel without history",
        without("read_message_history"),
        "discord:here",
        "warning",
        "may show twice",
        "allow Read Message History",
    ),
    Fault("a forum", discord_in("forum"), "discord:here", "failure", "cannot be written in", "text channel"),
    Fault(
        "a feed that is gone",
        feed_answers(Answer(status=404)),
        "feed",
        "warning",
        "status 404",
        "publishers move",
    ),
    Fault(
        "a feed that became a page",
        feed_answers(Answer(body=b"<!doctype html><html><body>Hello</body></html>")),
        "feed",
        "warning",
        "a web page",
        "browser",
    ),
    Fault("a feed that cannot be reached", no_feed_server, "feed", "warning", "Harbour Gazette", "internet"),
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


async def test_an_intent_that_is_not_needed_may_be_switched_off_but_is_no_fault(desk: Desk) -> None:
    application(flags=1 << 19)(desk)
    finding = one(await desk.look(), "discord application")
    assert finding.state == "well"
    assert "Message Content Intent may be switched off" in finding.found


@pytest.mark.parametrize(
    ("above", "state", "found"),
    [("stories", "well", "all 7 permissions"), ("news", "warning", "this is a thread")],
    ids=["of a forum", "of a text channel"],
)
async def test_a_forums_thread_is_a_channel_and_any_other_is_not(
    desk: Desk, above: str, state: str, found: str
) -> None:
    world = desk.discord.world
    parent, owner = desk.discord.channel(above), desk.discord.ada.id
    thread = Channel(id=world.ids.new(), name="harbour", kind=THREAD, parent=parent, owner=owner)
    thread.at = desk.discord.clock.now().isoformat()
    world.channels.append(thread)
    desk.discord_channel = thread.id
    finding = one(await desk.look(), f"discord:{thread.id}")
    assert (finding.state, found in finding.found) == (state, True)
