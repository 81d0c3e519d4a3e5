"""Trying an address: what a feed holds, and which feeds a web page names."""

from __future__ import annotations

import pytest

from bot.reading import MOST_NAMED, ReadingAlone, named_feeds
from tests.feeddocuments import rss
from tests.feedserver import Answer, feed_server
from watchers.clock import SystemClock
from watchers.errors import RefusedError

BASE = "https://harbour.example/news/"
RSS = 'type="application/rss+xml"'


@pytest.mark.parametrize(
    ("page", "named"),
    [
        pytest.param(
            f'<link rel="alternate" {RSS} href="/feed">', ["https://harbour.example/feed"], id="RSS"
        ),
        pytest.param(
            f'<link href="a.xml?x=1&amp;y=2" {RSS}/>', [f"{BASE}a.xml?x=1&y=2"], id="relative, escaped"
        ),
        pytest.param(
            "<link type='application/atom+xml' href='//b.example/f'>", ["https://b.example/f"], id="Atom"
        ),
        pytest.param('<link rel="stylesheet" type="text/css" href="/page.css">', [], id="no feed"),
        pytest.param(f'<link {RSS} href="javascript:alert(1)">', [], id="no address that is opened"),
        pytest.param(f'<link {RSS} href="http://u:p@x.example/f">', [], id="a password in it"),
        pytest.param(f'<link {RSS} href="http://[/f">', [], id="no address at all"),
        pytest.param("<link " * 50_000, [], id="nothing but beginnings"),
    ],
)
def test_the_feeds_of_a_page_are_found_in_its_head(page: str, named: list[str]) -> None:
    assert list(named_feeds(page.encode(), BASE)) == named


def test_a_few_feeds_of_a_page_are_named_each_once() -> None:
    page = "".join(f'<link {RSS} href="/{n // 2}">' for n in range(40))
    assert named_feeds(page.encode(), BASE) == tuple(
        f"https://harbour.example/{n}" for n in range(MOST_NAMED)
    )


async def test_a_page_and_the_feed_it_names_are_read_through_the_guard() -> None:
    async with feed_server() as server:
        server.routes["/"] = Answer(body=f'<html><link {RSS} href="/feed.xml"></html>'.encode())
        item = "<title>Two frigates</title><link>https://harbour.example/2</link>"
        server.routes["/feed.xml"] = Answer(body=rss(item).encode())
        reading = ReadingAlone(
            contact="mailto:desk@harbour.example",
            version="0",
            allow=frozenset({server.pair}),
            clock=SystemClock(),
        )
        (named,) = await reading.feeds_on(server.url("/"))
        assert named == server.url("/feed.xml")
        (entry,) = await reading.try_feed(named)
        assert (entry.title, entry.outlet) == ("Two frigates", "Desk")
        with pytest.raises(RefusedError):
            await reading.feeds_on("http://127.0.0.1:1/")
