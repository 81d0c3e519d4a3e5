"""How the guarded client asks: what it follows, whose turn it is, what it says of itself and of faults."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.feedserver import Answer, FeedServer
from tests.watchers.feeds.guarded_client import CONTACT, QUICK, Names, client, server
from watchers.errors import FetchError, RefusedError
from watchers.feeds.guard import Client, Limits, open_client
from watchers.feeds.sockets import SystemNames

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["client", "server"]  # fixtures


async def test_names_that_hang_hold_up_nothing_else_that_runs_in_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = threading.Event()

    def hang(*_: object) -> list[object]:
        waiting.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    limits = Limits(deadline=0.3)
    try:
        async with open_client(contact=CONTACT, version="0", limits=limits) as client:
            asked = [client.get(f"http://host{i}.example/") for i in range(50)]
            answers = await asyncio.gather(*asked, asyncio.to_thread(lambda: "done"), return_exceptions=True)
    finally:
        waiting.set()
    assert answers.pop() == "done"
    assert all(isinstance(answer, FetchError) and "in full" in str(answer) for answer in answers)


async def test_a_name_that_is_none_is_said_not_to_be_found() -> None:
    with pytest.raises(OSError, match="no host's name"):
        await SystemNames().resolve("a" * 64 + ".example", 80)


async def test_what_tells_who_we_are_is_never_sent(client: Client, server: FeedServer) -> None:
    for name in ("Authorization", "cookie", "Proxy-Authorization", "Host"):
        with pytest.raises(ValueError, match="never sent"):
            await client.get(server.url("/feed"), headers={name: "x"})
    assert server.log == []


async def test_no_password_is_taken_from_the_users_own_file(
    client: Client, server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password hidden\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server.routes["/feed"] = Answer(body=b"x")
    await client.get(server.url("/feed"))
    assert "Authorization" not in server.log[0].headers


async def test_a_refusal_tells_no_password(client: Client) -> None:
    with pytest.raises(RefusedError) as caught:
        await client.get("https://me:hidden@example.org/feed")
    assert "hidden" not in str(caught.value)


async def test_a_failure_is_told_in_a_few_words_however_long_the_link(
    client: Client, server: FeedServer
) -> None:
    server.routes["/feed"] = Answer(status=302, headers={"Location": f"http://10.0.0.1/{'a' * 7_000}"})
    with pytest.raises(RefusedError) as caught:
        await client.get(server.url("/feed"))
    assert len(str(caught.value)) < 400


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://a@", "//", "http://["]))
@example("]@", "http://[")  # which yarl answers with an IndexError
@settings(max_examples=300, deadline=None)
def test_any_text_for_a_link_ends_in_an_error_of_ours(text: str, start: str) -> None:
    async def ask() -> None:
        async with open_client(contact=CONTACT, version="0", limits=QUICK, resolver=Names({})) as client:
            await client.get(start + text)

    with pytest.raises((FetchError, KeyError)):  # the resolver here knows no name
        asyncio.run(ask())


async def test_redirects_are_followed_and_permanent_ones_remembered(
    client: Client, server: FeedServer
) -> None:
    server.routes |= {
        "/old": Answer(status=301, headers={"Location": "/newer"}),
        "/newer": Answer(status=308, headers={"Location": "/newest"}),
        "/newest": Answer(status=302, headers={"Location": "/today"}),
        "/today": Answer(body=b"here"),
    }
    answer = await client.get(server.url("/old"))
    assert (answer.body, answer.url) == (b"here", server.url("/today"))
    assert answer.moved_to == server.url("/newest")  # what lies behind a temporary redirect may change


async def test_a_permanent_redirect_behind_a_temporary_one_is_not_remembered(
    client: Client, server: FeedServer
) -> None:
    server.routes |= {
        "/a": Answer(status=307, headers={"Location": "/b"}),
        "/b": Answer(status=301, headers={"Location": "/c"}),
        "/c": Answer(body=b"here"),
    }
    assert (await client.get(server.url("/a"))).moved_to == ""


async def test_five_redirects_are_followed_and_six_are_not(client: Client, server: FeedServer) -> None:
    for i in range(6):
        server.routes[f"/{i}"] = Answer(status=302, headers={"Location": f"/{i + 1}"})
    server.routes["/6"] = Answer(body=b"end")
    assert (await client.get(server.url("/1"))).body == b"end"
    with pytest.raises(FetchError, match="more than 5"):
        await client.get(server.url("/0"))


async def test_one_request_at_a_time_goes_to_a_host(client: Client, server: FeedServer) -> None:
    async def slowly(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.02)
        return web.Response(body=b"x")

    server.routes["/feed"] = slowly
    await asyncio.gather(*(client.get(server.url("/feed")) for _ in range(5)))
    assert (len(server.log), server.at_once) == (5, 1)


async def test_waiting_for_a_turn_does_not_count_towards_the_deadline(server: FeedServer) -> None:
    async def slowly(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.15)
        return web.Response(body=b"x")

    server.routes["/feed"] = slowly
    limits = Limits(deadline=0.4)
    async with open_client(
        contact=CONTACT, version="0", allow=frozenset({server.pair}), limits=limits
    ) as client:
        answers = await asyncio.gather(*(client.get(server.url("/feed")) for _ in range(5)))
    assert [answer.status for answer in answers] == [200] * 5


async def test_we_say_who_we_are_and_keep_no_cookies(client: Client, server: FeedServer) -> None:
    server.routes["/feed"] = Answer(body=b"x", headers={"Set-Cookie": "id=1", "X-Other": "1", "ETag": '"e"'})
    await client.get(server.url("/feed"), headers={"If-None-Match": '"e"'})
    answer = await client.get(server.url("/feed"))
    server.routes["/moved"] = Answer(status=302, headers={"Location": "/feed", "Set-Cookie": "id=2"})
    await client.get(server.url("/moved"))
    assert not any("Cookie" in asked.headers for asked in server.log)
    first, second, *_ = server.log
    assert first.headers["User-Agent"] == "Vedette/0 (+desk@example.org)"
    assert first.headers["If-None-Match"] == '"e"'
    assert "Cookie" not in second.headers
    assert answer.header("etag") == '"e"'
    assert answer.header("x-other") == ""  # headers nobody reads are not kept


async def test_a_caller_may_take_less_than_the_usual_cap(client: Client, server: FeedServer) -> None:
    server.routes["/page"] = Answer(body=b"x" * 100)
    assert len((await client.get(server.url("/page"), limit=100)).body) == 100
    with pytest.raises(FetchError, match="larger than 99"):
        await client.get(server.url("/page"), limit=99)
