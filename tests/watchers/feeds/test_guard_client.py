"""The guarded client against real listeners: what it refuses, follows, and asks of hosts."""

from __future__ import annotations

import asyncio
import socket
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.feedserver import Answer, Canary, FeedServer, canary, feed_server
from watchers.errors import FetchError, RefusedError
from watchers.feeds.guard import Client, Limits, open_client
from watchers.feeds.sockets import CheckedResolver, SystemNames

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DATA = Path(__file__).parents[2] / "hostile"
HOSTILE = [
    pytest.param(link.replace("{long}", "a" * 9_000), id=f"{group}: {name}")
    for group, links in tomllib.loads((DATA / "addresses.toml").read_text("utf-8")).items()
    for name, link in links.items()
]
QUICK = Limits(deadline=5)
CONTACT = "desk@example.org"


class Names(AbstractResolver):
    """A name service that says what a test wants; a list of lists is answered in turn."""

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self.answers = answers

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 -- the interface's
    ) -> list[ResolveResult]:
        turns = self.answers[host]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


@pytest.fixture
async def silent() -> AsyncIterator[Canary]:
    async with canary() as bird:
        yield bird
        assert bird.connections == 0


@pytest.fixture
async def client(server: FeedServer) -> AsyncIterator[Client]:
    async with open_client(
        contact=CONTACT, version="0", allow=frozenset({server.pair}), limits=QUICK
    ) as opened:
        yield opened


def test_there_are_more_than_eighty_hostile_spellings() -> None:
    assert len(HOSTILE) > 150
    assert len({param.values[0] for param in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("link", HOSTILE)
async def test_a_hostile_link_is_refused_before_anything_connects(link: str, silent: Canary) -> None:
    async with open_client(contact=CONTACT, version="0", limits=QUICK) as client:
        with pytest.raises(FetchError) as caught:
            await client.get(link.replace("{port}", str(silent.port)))
    assert isinstance(caught.value, RefusedError) or "no host" in str(caught.value)


@pytest.mark.parametrize("link", HOSTILE)
async def test_a_redirect_to_a_hostile_link_leads_nowhere(
    link: str, silent: Canary, server: FeedServer, client: Client
) -> None:
    target = link.replace("{port}", str(silent.port)).replace("\r\n", "%0d%0a")
    server.routes["/feed"] = Answer(status=302, headers={"Location": target})
    try:
        ended = (await client.get(server.url("/feed"))).url
    except FetchError as error:
        ended = "refused" if isinstance(error, RefusedError) else str(error)
    # a few are links relative to whoever redirects
    assert ended == "refused" or "no host" in ended or "more than" in ended or server.url("/") in ended


async def test_an_allow_listed_port_opens_no_other(server: FeedServer, silent: Canary) -> None:
    async with open_client(
        contact=CONTACT, version="0", allow=frozenset({server.pair}), limits=QUICK
    ) as client:
        with pytest.raises(RefusedError, match="loopback"):
            await client.get(f"http://127.0.0.1:{silent.port}/")


async def test_an_allow_listed_host_is_open_in_that_spelling_only(client: Client, server: FeedServer) -> None:
    server.routes["/feed"] = Answer(body=b"<rss/>")
    assert (await client.get(server.url("/feed"))).body == b"<rss/>"
    for spelling in ("127.1", "2130706433", "localhost", "[::ffff:127.0.0.1]", "127.0.0.2"):
        with pytest.raises(FetchError):
            await client.get(f"http://{spelling}:{server.port}/feed")
    assert len(server.log) == 1


async def test_a_name_that_resolves_to_an_allow_listed_address_is_refused(server: FeedServer) -> None:
    names = Names({"feeds.example.org": [["127.0.0.1"]]})
    async with open_client(
        contact=CONTACT, version="0", allow=frozenset({server.pair}), limits=QUICK, resolver=names
    ) as client:
        with pytest.raises(RefusedError, match="loopback"):
            await client.get(f"http://feeds.example.org:{server.port}/")
    assert server.log == []


async def test_an_allow_listed_name_opens_local_addresses_but_never_metadata(server: FeedServer) -> None:
    server.routes["/feed"] = Answer(body=b"<rss/>")
    names = Names({"inside.example.org": [["127.0.0.1"], ["169.254.169.254"]]})
    allow = frozenset({("inside.example.org", server.port)})
    link = f"http://inside.example.org:{server.port}/feed"
    async with open_client(contact=CONTACT, version="0", allow=allow, limits=QUICK, resolver=names) as client:
        assert (await client.get(link)).status == 200
    async with open_client(contact=CONTACT, version="0", allow=allow, limits=QUICK, resolver=names) as client:
        with pytest.raises(RefusedError, match="link-local"):
            await client.get(link)


@pytest.mark.parametrize(
    "answer",
    [
        ["127.0.0.1"],
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "8.8.8.8"],
        ["64:ff9b::7f00:1"],
        ["::ffff:127.0.0.1"],
    ],
    ids=["loopback", "public first", "loopback first", "NAT64", "mapped"],
)
async def test_a_name_with_any_private_answer_is_refused(answer: list[str], silent: Canary) -> None:
    async with open_client(
        contact=CONTACT, version="0", limits=QUICK, resolver=Names({"evil.example": [answer]})
    ) as client:
        with pytest.raises(RefusedError):
            await client.get(f"http://evil.example:{silent.port}/")


async def test_mixed_answers_are_refused_before_the_public_one_is_tried() -> None:
    names = CheckedResolver(
        Names({"evil.example": [["8.8.8.8", "10.0.0.1"]], "good.example": [["8.8.8.8", "2606:4700::1"]]})
    )
    with pytest.raises(OSError, match=r"10\.0\.0\.1"):
        await names.resolve("evil.example", 443)
    assert len(await names.resolve("good.example", 443)) == 2


async def test_the_check_that_counts_is_made_at_the_socket(silent: Canary) -> None:
    """A resolver that is asked twice may answer twice: even past the first check nothing connects."""
    async with open_client(contact=CONTACT, version="0", limits=QUICK) as client:
        client._outside.connector._resolver = Names({"evil.example": [["127.0.0.1"]]})  # type: ignore[union-attr]
        with pytest.raises(RefusedError, match="loopback"):
            await client.get(f"http://evil.example:{silent.port}/")


async def test_only_an_allow_listed_feed_may_lead_to_an_allow_listed_address(
    client: Client, server: FeedServer
) -> None:
    server.routes |= {
        "/feed": Answer(status=302, headers={"Location": "/secret"}),
        "/secret": Answer(body=b"x"),
    }
    assert (await client.get(server.url("/feed"))).body == b"x"
    assert (await client.get(server.url("/secret"), named_by=server.url("/feed"))).body == b"x"
    with pytest.raises(RefusedError, match="loopback"):
        await client.get(server.url("/secret"), named_by="https://feeds.example.org/")
    assert [asked.path for asked in server.log] == ["/feed", "/secret", "/secret"]


async def test_a_connection_kept_open_is_no_way_round_the_check(server: FeedServer) -> None:
    """It is used again without a new socket: what one may open, another must not be led to."""
    server.routes |= {"/feed": Answer(body=b"x"), "/secret": Answer(body=b"secret")}
    names = Names({"inside.example": [["127.0.0.1"]], "stranger.example": [["127.0.0.1"]]})
    allow = frozenset({("inside.example", server.port)})
    inside = f"http://inside.example:{server.port}"
    async with open_client(contact=CONTACT, version="0", allow=allow, limits=QUICK, resolver=names) as client:
        assert (await client.get(f"{inside}/feed")).body == b"x"
        with pytest.raises(RefusedError, match="loopback"):
            await client.get(f"{inside}/secret", named_by="http://stranger.example/")
    assert [asked.path for asked in server.log] == ["/feed"]


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


async def test_proxies_of_the_environment_are_not_used(
    client: Client, server: FeedServer, silent: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes["/feed"] = Answer(body=b"direct")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{silent.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    assert (await client.get(server.url("/feed"))).body == b"direct"


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
