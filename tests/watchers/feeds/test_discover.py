"""Finding the feeds of a page: those it names, else those at the usual places, politely and safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.feeddocuments import atom, rss
from tests.feedserver import Answer, FeedServer, canary, feed_server
from watchers.errors import FetchError, ParseError, RefusedError
from watchers.feeds.discover import MOST_ASKED, MOST_NAMED, Found, discover, is_feed, named_on, places
from watchers.feeds.guard import Limits, open_client
from watchers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BASE = "https://harbour.example/news/"
RSS = 'type="application/rss+xml"'
FEED = rss("<title>Two frigates</title>").encode()
PAGE = b"<!doctype html><html><head><title>Harbour</title></head><body>Hello</body></html>"


@pytest.mark.parametrize(
    ("page", "named"),
    [
        pytest.param(
            f'<link rel="alternate" {RSS} title="All &amp; more" href="/feed">',
            [Found(url="https://harbour.example/feed", title="All & more", kind="rss")],
            id="RSS",
        ),
        pytest.param(
            f'<link href="a.xml?x=1&amp;y=2" {RSS}/>',
            [Found(url=f"{BASE}a.xml?x=1&y=2", title="", kind="rss")],
            id="relative, escaped, without rel",
        ),
        pytest.param(
            "<link rel='alternate home' type='application/atom+xml;charset=utf-8' href='//b.example/f#top'>",
            [Found(url="https://b.example/f", title="", kind="atom")],
            id="Atom on another host, with a fragment",
        ),
        pytest.param(
            "<link rel=alternate type=application/feed+json href=/f.json>",
            [Found(url="https://harbour.example/f.json", title="", kind="json")],
            id="JSON Feed",
        ),
        pytest.param(
            f'<base href="https://cdn.example/x/"><link rel=alternate {RSS} href=f>',
            [Found(url="https://cdn.example/x/f", title="", kind="rss")],
            id="a base of its own",
        ),
        pytest.param(
            '<a href="/rss">Our <b>feed</b>\u202e</a><a href="/x.rdf"></a><a href="/?feed=rss2">x</a>',
            [
                Found(url="https://harbour.example/rss", title="Our feed", kind="rss"),
                Found(url="https://harbour.example/x.rdf", title="", kind="rss"),
                Found(url="https://harbour.example/?feed=rss2", title="x", kind="feed"),
            ],
            id="anchors that look like feeds",
        ),
        pytest.param(
            f'<a href="/atom.xml">A</a><link rel=alternate {RSS} href="/rss.xml"><a href="/rss.xml">B</a>',
            [
                Found(url="https://harbour.example/rss.xml", title="", kind="rss"),
                Found(url="https://harbour.example/atom.xml", title="A", kind="atom"),
            ],
            id="the head before the anchors, each once",
        ),
        pytest.param(
            '<a href="feed://harbour.example/f">x</a><a href="feed:https://harbour.example/g">y</a>',
            [
                Found(url="http://harbour.example/f", title="x", kind="feed"),
                Found(url="https://harbour.example/g", title="y", kind="feed"),
            ],
            id="the readers' own scheme",
        ),
        pytest.param(
            '<a href="/feedback">x</a><a href="/rssreader.html">y</a><a href="/feeds-we-like/">z</a>',
            [],
            id="others",
        ),
        pytest.param('<link rel="stylesheet" type="text/css" href="/page.css">', [], id="no feed"),
        pytest.param(f'<link rel="stylesheet" {RSS} href="/f">', [], id="another relation"),
        pytest.param('<link rel=alternate type="application/json" href="/wp-json/">', [], id="an interface"),
        pytest.param(f'<link {RSS} href="javascript:alert(1)">', [], id="a script"),
        pytest.param(f'<link {RSS} href="file:///etc/passwd">', [], id="a file"),
        pytest.param(f'<link {RSS} href="http://u:p@x.example/f">', [], id="a password"),
        pytest.param(f'<link {RSS} href="http://0x7f.1/f">', [], id="an address in an odd spelling"),
        pytest.param(f'<link {RSS} href="http://169.254.169.254/f">', [], id="a metadata address"),
        pytest.param('<a href="http://[::ffff:10.0.0.1]/rss">x</a>', [], id="a private address in IPv6"),
        pytest.param(
            f'<base href="http://10.0.0.1/"><link {RSS} href="/f">',
            [Found(url="https://harbour.example/f", title="", kind="rss")],
            id="a private base, which counts for nothing",
        ),
        pytest.param(f'<link {RSS} href="http://[/f">', [], id="no address at all"),
        pytest.param(f'<link {RSS} href="/{"x" * 3000}">', [], id="an endless address"),
        pytest.param("<link " * 50_000, [], id="nothing but beginnings"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_feeds_of_a_page_are_found(page: str, named: list[Found]) -> None:
    assert list(named_on(page.encode(), BASE)) == named


def test_a_few_feeds_of_a_page_are_named_each_once() -> None:
    page = "".join(f'<link {RSS} href="/{n // 2}">' for n in range(40))
    found = [one.url for one in named_on(page.encode(), BASE)]
    assert found == [f"https://harbour.example/{n}" for n in range(MOST_NAMED)]


def test_a_title_in_the_pages_own_encoding_is_read() -> None:
    page = f'<meta charset="windows-1254"><link {RSS} title="Şırnak ığdır" href="/f">'.encode("windows-1254")
    assert named_on(page, BASE)[0].title == "Şırnak ığdır"


@pytest.mark.parametrize(
    ("url", "first"),
    [
        pytest.param(
            "https://h.example/", ["feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml"], id="root"
        ),
        pytest.param(
            "https://h.example", ["feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml"], id="bare"
        ),
        pytest.param("https://h.example/news/", ["news/feed", "feed", "news/rss", "rss"], id="a folder"),
        pytest.param(
            "https://h.example/news?p=1", ["news/feed", "feed", "news/rss", "rss"], id="without its slash"
        ),
        pytest.param("https://h.example/a/list.html", ["a/feed", "feed", "a/rss", "rss"], id="a file"),
    ],
)
def test_the_usual_places_are_those_of_the_page_and_of_its_site(url: str, first: list[str]) -> None:
    found = places(url)
    assert len(found) == MOST_ASKED
    assert [place.removeprefix("https://h.example/") for place in found][: len(first)] == first


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(FEED, True, id="RSS"),
        pytest.param(atom().encode(), True, id="Atom"),
        pytest.param(FEED.decode().encode("utf-16"), True, id="UTF-16"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', True, id="JSON Feed"),
        pytest.param(b"<rdf:RDF xmlns='x'>", True, id="RDF"),
        pytest.param(PAGE, False, id="a web page"),
        pytest.param(b'{"version": "1"}', False, id="JSON"),
        pytest.param(b"<urlset>", False, id="a sitemap"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_a_feed_is_known_by_its_beginning(body: bytes, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_feed(body) is expected


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(1, preload=("watchers.feeds.discover",)) as pool:
        yield pool


async def discovered(server: FeedServer, path: str, workers: Workers, limits: Limits) -> tuple[Found, ...]:
    async with open_client(
        contact="mailto:desk@harbour.example", version="0", allow=frozenset({server.pair}), limits=limits
    ) as client:
        return await discover(client, server.url(path), parsers=workers)


LIMITS = Limits(deadline=30)


async def test_a_page_that_names_its_feed_is_asked_once(workers: Workers) -> None:
    async with feed_server() as server:
        server.routes["/news/"] = Answer(
            body=PAGE.replace(b"</head>", f"<link {RSS} href=/f></head>".encode())
        )
        assert await discovered(server, "/news/", workers, LIMITS) == (
            Found(url=server.url("/f"), title="", kind="rss"),
        )
        assert [asked.path for asked in server.log] == ["/news/"]


async def test_a_page_that_names_none_costs_requests_until_the_first_feed(workers: Workers) -> None:
    async with feed_server() as server:
        server.routes["/news/"] = server.routes["/feed"] = Answer(body=PAGE)
        server.routes["/news/rss"] = Answer(body=FEED)
        (found,) = await discovered(server, "/news/", workers, LIMITS)
        assert found == Found(url=server.url("/news/rss"), title="", kind="rss")
        assert [asked.path for asked in server.log] == ["/news/", "/news/feed", "/feed", "/news/rss"]
        assert server.at_once == 1


async def test_a_site_without_a_feed_is_asked_six_times_more_and_no_oftener(workers: Workers) -> None:
    async with feed_server() as server:
        server.routes["/news/"] = Answer(body=PAGE)
        assert await discovered(server, "/news/", workers, LIMITS) == ()
        assert len(server.log) == 1 + MOST_ASKED


async def test_a_site_that_asks_for_fewer_visits_is_left_alone(workers: Workers) -> None:
    async with feed_server() as server:
        server.routes["/news/"] = Answer(body=PAGE)
        server.routes["/news/feed"] = Answer(status=429)
        assert await discovered(server, "/news/", workers, LIMITS) == ()
        assert len(server.log) == 2


async def test_an_address_that_is_a_feed_is_its_own_discovery(workers: Workers) -> None:
    async with feed_server() as server:
        server.routes["/f"] = Answer(body=FEED)
        (found,) = await discovered(server, "/f", workers, LIMITS)
        assert found.url == server.url("/f")


async def test_a_place_that_moved_for_good_is_named_by_its_new_address(workers: Workers) -> None:
    async with feed_server() as server:
        server.routes["/"] = Answer(body=PAGE)
        server.routes["/feed"] = Answer(status=301, headers={"Location": "/new.xml"})
        server.routes["/new.xml"] = Answer(body=FEED)
        (found,) = await discovered(server, "/", workers, LIMITS)
        assert found.url == server.url("/new.xml")


@pytest.mark.parametrize("status", [403, 404, 410, 500])
async def test_a_page_that_does_not_open_is_told_with_its_status(workers: Workers, status: int) -> None:
    async with feed_server() as server:
        server.routes["/"] = Answer(status=status)
        with pytest.raises(FetchError) as caught:
            await discovered(server, "/", workers, LIMITS)
        assert caught.value.status == status
        assert len(server.log) == 1


async def test_no_page_and_no_place_leads_inside(workers: Workers) -> None:
    async with canary() as bird, feed_server() as server:
        inside = f"http://127.0.0.1:{bird.port}/"
        server.routes["/page"] = Answer(status=302, headers={"Location": inside})
        with pytest.raises(RefusedError):
            await discovered(server, "/page", workers, LIMITS)
        server.routes["/"] = Answer(body=PAGE)
        server.routes["/feed"] = Answer(status=302, headers={"Location": inside})
        assert await discovered(server, "/", workers, LIMITS) == ()
        assert bird.connections == 0


async def test_a_page_that_would_be_read_for_ever_is_stopped(workers: Workers) -> None:
    async with feed_server() as server:
        server.routes["/"] = Answer(body=b"<html>" + b"<div>" * 400_000)
        with pytest.raises(ParseError, match="stopped"):
            await discovered(server, "/", workers, Limits(parse=0.5))
        server.routes["/"] = Answer(body=b"<html>" + b"x" * 200_000)
        with pytest.raises(FetchError, match="larger than"):
            await discovered(server, "/", workers, Limits(page=100_000))
