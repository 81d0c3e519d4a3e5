"""What the guarded client refuses, against real listeners: links, redirects, names into private networks."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.feedserver import Answer, Canary, FeedServer, canary
from tests.watchers.feeds.guarded_client import CONTACT, QUICK, Names, client, server
from watchers.errors import FetchError, RefusedError
from watchers.feeds.guard import Client, open_client
from watchers.feeds.sockets import CheckedResolver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["client", "server"]  # fixtures

DATA = Path(__file__).parents[2] / "hostile"
HOSTILE = [
    pytest.param(link.replace("{long}", "a" * 9_000), id=f"{group}: {name}")
    for group, links in tomllib.loads((DATA / "addresses.toml").read_text("utf-8")).items()
    for name, link in links.items()
]


@pytest.fixture
async def silent() -> AsyncIterator[Canary]:
    async with canary() as bird:
        yield bird
        assert bird.connections == 0


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


async def test_proxies_of_the_environment_are_not_used(
    client: Client, server: FeedServer, silent: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes["/feed"] = Answer(body=b"direct")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{silent.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    assert (await client.get(server.url("/feed"))).body == b"direct"
