"""What people do in the Slack double reaches the real Bolt, by Socket Mode and by HTTP."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_client import FORM, ROW, app_of, client_of, connected, refusal, section

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.context.ack.async_ack import AsyncAck
    from slack_bolt.context.respond.async_respond import AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

    from tests.doubles.slack_http import How
    from tests.doubles.slack_wire import Payload

pytestmark = pytest.mark.unrecorded  # what the double itself is tried with is not ours to send


@pytest_asyncio.fixture
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SlackDouble]:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with SlackDouble() as double:
        yield double


async def test_a_command_goes_through_bolt_and_back(slack: SlackDouble) -> None:
    app = app_of(slack)
    heard: list[str] = []

    @app.command("/watch")
    async def watch(ack: AsyncAck, command: dict[str, str], respond: AsyncRespond) -> None:
        heard.append(command["text"])
        await ack("Looking …")
        await respond("Because of a1")

    async with connected(slack, app):
        done = await slack.command("/watch why a1", user="U2", channel="C1")
        await slack.called("response_url", settled=True)
        assert done.seconds is not None
        assert done.seconds < 3
        assert done.ack == {"text": "Looking …"}
        assert heard == ["why a1"]
        assert {m.text for m in slack.ephemerals("U2", "C1")} == {"Looking …", "Because of a1"}
        again = await slack.again(done)
        assert again.acked
        assert again.envelope_id != done.envelope_id
        assert heard == ["why a1"] * 2


async def test_a_reply_address_takes_five_answers_within_half_an_hour(slack: SlackDouble) -> None:
    app = app_of(slack)
    codes: list[int] = []

    @app.command("/watch")
    async def watch(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        codes.extend([(await respond(f"part {number}")).status_code for number in range(6)])

    async with connected(slack, app):
        done = await slack.command("/watch status")
        await slack.called("response_url", 6, settled=True)
        slack.clock.advance(1_801)
        late = await slack.command("/watch status")
        await slack.called("response_url", 12, settled=True)
    assert codes[:6] == [200] * 5 + [404]
    assert len(slack.ephemerals("U1")) == 10
    assert done.acked
    assert late.acked


async def test_a_button_opens_a_form_and_the_form_is_saved(slack: SlackDouble) -> None:
    app = app_of(slack)
    saved: list[str] = []

    @app.action("ask")
    async def ask(ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient) -> None:
        await ack()
        assert (action["value"], action["block_id"]) == ("why a1", "row")
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("form")
    async def form(ack: AsyncAck, view: Payload) -> None:
        text = view["state"]["values"]["rule"]["text"]["value"]
        if text == "bad":
            await ack(response_action="errors", errors={"rule": "Not a rule"})
            return
        saved.append(text)
        await ack()

    async with connected(slack, app):
        ts = (await client_of(slack).chat_postMessage(channel="C1", text="x", blocks=[ROW]))["ts"]
        pressed = await slack.press("ask", ts=ts)
        assert pressed.acked
        with pytest.raises(LookupError):
            await slack.press("ask", ts=ts, value="why a2")
        await slack.called("views.open", settled=True)
        with pytest.raises(ValueError, match="must be filled in"):
            await slack.submit("U1", {})
        refused = await slack.submit("U1", {"rule": "bad"})
        assert (refused.ack["response_action"], refused.problem) == ("errors", "")
        assert slack.view_of("U1") is not None
        await slack.submit("U1", {"rule": "frigate"})
        assert saved == ["frigate"]
        assert slack.view_of("U1") is None


async def test_a_home_tab_is_published_when_it_is_opened_and_kept_by_its_hash(slack: SlackDouble) -> None:
    app, client = app_of(slack), client_of(slack)
    view = {"type": "home", "blocks": [section("Nothing yet"), ROW]}

    @app.event("app_home_opened")
    async def opened(event: dict[str, str], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=view)

    async with connected(slack, app):
        assert (await slack.home_opened("U2")).acked
        await slack.called("views.publish", settled=True)
    home = slack.home_of("U2")
    assert home is not None
    assert home["blocks"][1]["block_id"] == "row"
    stale = client.views_publish(user_id="U2", view=view, hash="1.stale")
    assert await refusal(stale) == "hash_conflict"
    await client.views_publish(user_id="U2", view=view, hash=home["hash"])


async def test_a_shortcut_carries_the_message_it_was_chosen_on(slack: SlackDouble) -> None:
    app = app_of(slack)
    seen: list[tuple[str, str]] = []

    @app.shortcut("why")
    async def why(ack: AsyncAck, shortcut: Payload) -> None:
        await ack()
        seen.append((shortcut["message"]["text"], shortcut["channel"]["id"]))

    async with connected(slack, app):
        assert (await slack.shortcut("why", ts=slack.say("hello"), user="U2")).acked
    assert seen == [("hello", "C1")]


@pytest.mark.parametrize("how", ["refresh", "warning", "abort"])
async def test_an_app_comes_back_after_its_connection_was_renewed_or_broken(
    slack: SlackDouble, how: str
) -> None:
    app = app_of(slack)

    @app.command("/watch")
    async def watch(ack: AsyncAck) -> None:
        await ack()

    async with connected(slack, app):
        before = slack.sockets.opened
        if how == "abort":
            slack.sockets.abort()
        else:
            reason = "refresh_requested" if how == "refresh" else "warning"
            await slack.sockets.disconnect(reason, close=how == "refresh")
        await slack.sockets.reopened(before + 1)
        assert (await slack.command("/watch status")).acked
        assert len(slack.sockets.open) == 1


async def test_an_unanswered_command_is_told_from_an_answered_one(slack: SlackDouble) -> None:
    app = app_of(slack)

    @app.command("/watch")
    async def watch(ack: AsyncAck, command: dict[str, str]) -> None:
        if command["text"] == "help":
            await ack()

    async with connected(slack, app):
        silent, said = await asyncio.gather(
            slack.command("/watch", within=0.2), slack.command("/watch help", within=60)
        )
    assert (silent.acked, said.acked) == (False, True)


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("signed", 200),
        ("wrong secret", 401),
        ("old", 401),
        ("future", 401),
        ("unsigned", 401),
        ("no time", 401),
        ("changed", 401),
        ("oversized", 413),
    ],
)
async def test_bolt_takes_a_signed_request_and_no_other(slack: SlackDouble, how: How, status: int) -> None:
    app = app_of(slack)
    ran: list[str] = []

    @app.command("/watch")
    async def watch(ack: AsyncAck, command: dict[str, str]) -> None:
        ran.append(command["text"])
        await ack("Yes")

    @app.action("ask")
    async def ask(ack: AsyncAck) -> None:
        ran.append("ask")
        await ack()

    async with served(app) as url:
        people = slack.http(url, how=how)
        done = await people.command("/watch why a1")
        ts = (await client_of(slack).chat_postMessage(channel="C1", text="x", blocks=[ROW]))["ts"]
        pressed = await people.press("ask", ts=ts)
    assert (done.status, pressed.status) == (status, status)
    assert ran == (["why a1", "ask"] if status == 200 else [])
    assert [message.text for message in slack.ephemerals("U1")] == (["Yes"] if status == 200 else [])


@asynccontextmanager
async def served(app: AsyncApp) -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        said = await app.async_dispatch(AsyncBoltRequest(body=await request.text(), headers=headers))
        return web.Response(
            status=said.status,
            text=said.body,
            content_type=said.first_headers()["content-type"].split(";")[0],
        )

    site = web.Application()
    site.router.add_post("/slack/events", answer)
    runner = web.AppRunner(site, access_log=None, lingering_time=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()
