"""Conditional fetching against a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.feedserver import Answer, FeedServer, conditional, feed_server
from watchers.clock import SteppedClock
from watchers.errors import FetchError
from watchers.feeds.fetch import MAX_RETRY_AFTER, Unchanged, ask, fetch, retry_after
from watchers.feeds.guard import Client, open_client
from watchers.types import Feed, Fetched

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from watchers.types import SourceKind

NOW = datetime(2025, 8, 19, 8, 0, tzinfo=UTC)
CLOCK = SteppedClock(NOW)
BODY = b"<rss version='2.0'><channel><title>Desk</title></channel></rss>"
STAMP = "Tue, 19 Aug 2025 07:00:00 GMT"


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


@pytest.fixture
async def client(server: FeedServer) -> AsyncIterator[Client]:
    async with open_client(contact="desk@example.org", version="0", allow=frozenset({server.pair})) as opened:
        yield opened


@pytest.fixture
def feed(server: FeedServer) -> Feed:
    return Feed(number=1, url=server.url("/feed"), name="Desk")


@pytest.mark.parametrize(
    ("etag", "stamp"), [('"v1"', ""), ("", STAMP), ('W/"v1"', STAMP)], ids=["etag", "date", "both"]
)
async def test_the_second_request_is_conditional(
    client: Client, server: FeedServer, feed: Feed, etag: str, stamp: str
) -> None:
    server.routes["/feed"] = conditional(BODY, etag=etag, last_modified=stamp)
    first = await fetch(client, feed, clock=CLOCK)
    assert isinstance(first, Fetched)
    assert (first.body, first.at, first.url) == (BODY, NOW, feed.url)
    second = await fetch(client, replace(feed, validators=first.validators), clock=CLOCK)
    assert isinstance(second, Unchanged)
    assert second.validators == first.validators
    before, after = server.log
    assert "If-None-Match" not in before.headers
    assert "If-Modified-Since" not in before.headers
    assert after.headers.get("If-None-Match", "") == etag
    assert after.headers.get("If-Modified-Since", "") == stamp


async def test_the_same_bytes_again_are_unchanged_and_new_validators_are_kept(
    client: Client, server: FeedServer, feed: Feed
) -> None:
    server.routes["/feed"] = [
        Answer(body=BODY, headers={"ETag": '"a"'}),
        Answer(body=BODY, headers={"ETag": '"b"'}),
        Answer(body=BODY + b"\n", headers={"ETag": '"c"'}),
    ]
    first = await fetch(client, feed, clock=CLOCK)
    second = await fetch(client, replace(feed, validators=first.validators), clock=CLOCK)
    assert isinstance(second, Unchanged)
    assert second.validators.etag == '"b"'
    assert isinstance(await fetch(client, replace(feed, validators=second.validators), clock=CLOCK), Fetched)


async def test_a_not_modified_answer_may_bring_a_newer_validator(
    client: Client, server: FeedServer, feed: Feed
) -> None:
    server.routes["/feed"] = [
        Answer(body=BODY, headers={"ETag": '"a"', "Last-Modified": STAMP}),
        Answer(status=304, headers={"ETag": '"b"'}),
    ]
    first = await fetch(client, feed, clock=CLOCK)
    second = await fetch(client, replace(feed, validators=first.validators), clock=CLOCK)
    assert second.validators == replace(first.validators, etag='"b"')


async def test_an_absurd_validator_is_not_sent_back(client: Client, server: FeedServer, feed: Feed) -> None:
    server.routes["/feed"] = Answer(body=BODY, headers={"ETag": '"' + "x" * 5000 + '"'})
    assert (await fetch(client, feed, clock=CLOCK)).validators.etag == ""


async def test_a_permanent_move_is_reported(client: Client, server: FeedServer, feed: Feed) -> None:
    server.routes |= {"/feed": Answer(status=301, headers={"Location": "/new"}), "/new": Answer(body=BODY)}
    assert (await fetch(client, feed, clock=CLOCK)).moved_to == server.url("/new")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 500, 503])
async def test_any_other_status_is_an_error_that_passes(
    client: Client, server: FeedServer, feed: Feed, status: int
) -> None:
    server.routes["/feed"] = Answer(body=BODY, status=status, headers={"Retry-After": "120"})
    with pytest.raises(FetchError, match=str(status)) as caught:
        await fetch(client, feed, clock=CLOCK)
    assert (caught.value.status, caught.value.permanent, caught.value.retry_after) == (status, False, 120)


async def test_gone_is_for_good(client: Client, server: FeedServer, feed: Feed) -> None:
    server.routes["/feed"] = Answer(status=410)
    with pytest.raises(FetchError, match="gone for good") as caught:
        await fetch(client, feed, clock=CLOCK)
    assert caught.value.permanent


async def test_a_web_page_is_an_error_every_time_it_comes(
    client: Client, server: FeedServer, feed: Feed
) -> None:
    server.routes["/feed"] = Answer(body=b"<!DOCTYPE html><html><body>Wait</body></html>")
    for _ in range(2):
        with pytest.raises(FetchError, match="web page"):
            await fetch(client, feed, clock=CLOCK)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("120", 120, id="seconds"),
        pytest.param("0", 0, id="at once"),
        pytest.param("Tue, 19 Aug 2025 08:05:00 GMT", 300, id="a date"),
        pytest.param("Tue, 19 Aug 2025 07:00:00 GMT", 0, id="a date that has passed"),
        pytest.param("Tue, 19 Aug 2031 07:00:00 GMT", 86400, id="a date years ahead"),
        pytest.param("999999999", 86400, id="thirty years"),
        pytest.param("9" * 5000, 86400, id="more digits than time has seconds"),
        pytest.param("Mon, 01 Jan 2026 00:00:00 +99999999999999", None, id="a zone beyond the world"),
        pytest.param("Mon, 01 Jan 99999999999 00:00:00 GMT", None, id="a year beyond dates"),
        pytest.param("-5", None, id="negative"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_retry_after_is_read_within_a_day(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=NOW) == seconds
    assert timedelta(days=1) == MAX_RETRY_AFTER


PAGE = b"<!doctype html><html><body><a href='/news/1'>News</a></body></html>"


@pytest.mark.parametrize("kind", ["sitemap", "page"])
async def test_a_source_that_may_be_a_page_is_no_error_and_asked_for_as_what_it_is(
    client: Client, server: FeedServer, feed: Feed, kind: SourceKind
) -> None:
    server.routes["/feed"] = Answer(body=PAGE, headers={"Content-Type": "text/html"})
    answer = await fetch(client, replace(feed, kind=kind), clock=CLOCK)
    assert isinstance(answer, Fetched)
    assert answer.body == PAGE
    (asked,) = server.log
    assert asked.headers["Accept"].startswith("text/html" if kind == "page" else "application/xml")
    with pytest.raises(FetchError, match="web page"):
        await fetch(client, feed, clock=CLOCK)


@pytest.mark.parametrize("status", [200, 304])
async def test_what_headers_ask_for_comes_with_the_answer_and_what_is_known_goes_on(
    client: Client, server: FeedServer, feed: Feed, status: int
) -> None:
    headers = {"Cache-Control": "public, max-age=3600"}
    server.routes["/feed"] = Answer(status=status, body=BODY if status == 200 else b"", headers=headers)
    came = await ask(client, feed, clock=CLOCK, known=frozenset({1, 2}))
    assert came.wishes.least == timedelta(hours=1)
    assert not isinstance(came.answer, Fetched) or came.answer.known == {1, 2}
    assert isinstance(came.answer, Fetched) == (status == 200)
