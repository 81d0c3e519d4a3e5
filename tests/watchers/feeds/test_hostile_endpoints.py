"""Hostile servers, each with how polling it must end: stopped, refused, no feed, or read and inert."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web

from tests.feedserver import Answer, FeedServer, feed_server, raw_server
from watchers.clock import SystemClock
from watchers.errors import FetchError, ParseError, RefusedError
from watchers.feeds.fetch import Unchanged, fetch
from watchers.feeds.guard import Limits, open_client
from watchers.feeds.parse import parse
from watchers.types import Feed

LIMITS = Limits(deadline=0.4, body=200_000, headers=8_000)
RSS = b"<rss version='2.0'><channel><title>Desk</title>%s</channel></rss>"
ITEM = b"<item><title>%s</title><link>https://desk.example/1</link></item>"
GOOD = RSS % (ITEM % b"A frigate sails")

Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]


async def outcome(link: str, pair: tuple[str, int]) -> str:
    """Poll a link once and say how it ended."""
    feed = Feed(number=1, url=link, name="Desk")
    async with open_client(
        contact="desk@example.org", version="0", allow=frozenset({pair}), limits=LIMITS
    ) as client:
        try:
            got = await fetch(client, feed, clock=SystemClock())
            if isinstance(got, Unchanged):
                return "unchanged"
            entries = parse(got)
        except RefusedError:
            return "refused"
        except ParseError:
            return "not a feed"
        except FetchError as error:
            if "not answer in full" in str(error):
                return "deadline"
            return "cap" if "larger than" in str(error) or "bytes of headers" in str(error) else "no feed"
        return " / ".join(entry.title for entry in entries) or "empty"


def head(*lines: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 200 OK", *lines, b"", b""))


async def never(_writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def slow_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Slow: 1\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def slow_body(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Content-Length: 100000"))
    while True:
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless_continue(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Transfer-Encoding: chunked"))
    while True:
        writer.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
        await writer.drain()


async def endless_body(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Connection: close"))
    while True:
        writer.write(b"x" * 0x1000)
        await writer.drain()


async def endless_header_lines(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Many: 1\r\n" * 100)
        await writer.drain()


async def endless_header_value(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        writer.write(b"x" * 0x1000)
        await writer.drain()


async def many_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(head(*(b"X-%d: %s" % (i, b"y" * 100) for i in range(100)), b"Content-Length: 0"))


async def ten_gigabytes_claimed(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Content-Length: 10737418240"))
    await never(writer)


async def cut_short(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Content-Length: 5000") + GOOD)


async def closes_at_once(_writer: asyncio.StreamWriter) -> None:
    return


async def not_http(writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


async def bad_chunk(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Transfer-Encoding: chunked") + b"zz\r\nabc\r\n")


async def negative_length(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Content-Length: -1") + GOOD)


async def two_lengths(writer: asyncio.StreamWriter) -> None:
    writer.write(head(b"Content-Length: 5", b"Content-Length: 500") + GOOD)


RAW: dict[str, tuple[Talk, str]] = {
    "never answers": (never, "deadline"),
    "a header line now and then": (slow_headers, "deadline"),
    "a byte now and then": (slow_body, "deadline"),
    "continues without end": (endless_continue, "deadline"),
    "chunks without end": (endless_chunks, "cap"),
    "a body without end": (endless_body, "cap"),
    "header lines without end": (endless_header_lines, "no feed"),
    "a header value without end": (endless_header_value, "no feed"),
    "too many headers together": (many_headers, "cap"),
    "ten gigabytes claimed": (ten_gigabytes_claimed, "cap"),
    "cut short": (cut_short, "no feed"),
    "closes at once": (closes_at_once, "no feed"),
    "another protocol": (not_http, "no feed"),
    "a broken chunk": (bad_chunk, "no feed"),
    "a negative length": (negative_length, "no feed"),
    "two lengths": (two_lengths, "no feed"),
}


def bomb(encoding: str) -> Answer:
    zeros = b" " * 20_000_000
    body = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    return Answer(body=body, headers={"Content-Encoding": encoding})


def page(body: bytes, **headers: str) -> Answer:
    return Answer(body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


LAUGHS = (
    b'<!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]>"
)
WELL: dict[str, tuple[Answer, str]] = {
    "a gzip bomb": (bomb("gzip"), "cap"),
    "a deflate bomb": (bomb("deflate"), "cap"),
    "a gzip bomb in gzip": (Answer(body=gzip.compress(gzip.compress(b" " * 20_000_000))), "not a feed"),
    "gzip that is none": (page(b"plain words", Content_Encoding="gzip"), "no feed"),
    "an encoding nobody asked for": (page(b"\x1b\x00", Content_Encoding="br"), "no feed"),
    "an encoding nobody knows": (page(GOOD, Content_Encoding="rot13"), "A frigate sails"),
    "a web page": (page(b"<!doctype html><html><body>Are you a robot?</body></html>"), "no feed"),
    "a web page said to be XML": (page(b"<html><head></head></html>", Content_Type="text/xml"), "no feed"),
    "a feed said to be a web page": (page(GOOD, Content_Type="text/html"), "A frigate sails"),
    "nothing": (page(b""), "no feed"),
    "white space": (page(b" \n\t "), "no feed"),
    "zeros": (page(b"\0" * 1000), "not a feed"),
    "an image": (page(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "not a feed"),
    "JSON that is no feed": (page(b'{"items": []}'), "not a feed"),
    "JSON nested without end": (page(b'{"items":' + b"[" * 100_000), "not a feed"),
    "XML that is no feed": (page(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "not a feed"),
    "a feed without items": (page(RSS % b""), "empty"),
    "not there": (Answer(status=404), "no feed"),
    "forbidden": (Answer(status=403, body=GOOD), "no feed"),
    "in trouble": (Answer(status=500, body=GOOD), "no feed"),
    "asks for a password": (Answer(status=401, headers={"WWW-Authenticate": "Basic"}), "no feed"),
    "no content": (Answer(status=204), "no feed"),
    "a redirect to nowhere": (Answer(status=302), "no feed"),
    "a redirect to itself": (Answer(status=301, headers={"Location": "/"}), "no feed"),
    "a redirect to a file": (Answer(status=301, headers={"Location": "file:///etc/passwd"}), "refused"),
    "a redirect to metadata": (
        Answer(status=302, headers={"Location": "http://169.254.169.254/"}),
        "refused",
    ),
    "not modified though nothing was asked": (Answer(status=304), "unchanged"),
    "entities of entities": (page(LAUGHS + RSS % (ITEM % b"Ha &j;")), "Ha &j;"),
    "an entity that names a file": (
        page(b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS % (ITEM % b"Root &x;")),
        "Root &x;",
    ),
    "an include of a file": (
        page(RSS % (ITEM % b"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>In")),
        "In",
    ),
    "a script in a title": (page(RSS % (ITEM % b"&lt;script&gt;alert(1)&lt;/script&gt;Shells")), "Shells"),
    "an image that runs": (page(RSS % (ITEM % b"&lt;img src=x onerror=alert(1)&gt;Mines")), "Mines"),
    "directions turned round": (page(RSS % (ITEM % "A\u202egnp.exe".encode())), "Agnp.exe"),
    "control characters": (page(RSS % (ITEM % b"One\x0b\x01\x1ftwo")), "One two"),
    "a title without end": (page(RSS % (ITEM % (b"a" * 100_000))), "a" * 1000),
}


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


@pytest.mark.parametrize(("talk", "expected"), RAW.values(), ids=RAW.keys())
async def test_a_hostile_connection_ends_as_stated(talk: Talk, expected: str) -> None:
    async with raw_server(talk) as pair:
        assert await outcome(f"http://{pair[0]}:{pair[1]}/", pair) == expected


@pytest.mark.parametrize(("answer", "expected"), WELL.values(), ids=WELL.keys())
async def test_a_hostile_answer_ends_as_stated(answer: Answer, expected: str, server: FeedServer) -> None:
    server.routes["/"] = answer
    assert await outcome(server.url("/"), server.pair) == expected


async def test_a_healthy_feed_is_read_on_time_beside_hostile_ones(server: FeedServer) -> None:
    """Each hostile listener is a host of its own; all are polled through one client at once."""
    server.routes["/"] = Answer(body=GOOD)
    limits = Limits(deadline=2, body=LIMITS.body)
    async with raw_server(never) as first, raw_server(slow_body) as second, raw_server(endless_body) as third:
        allow = frozenset({first, second, third, server.pair})
        async with (
            open_client(contact="desk@example.org", version="0", allow=allow, limits=limits) as client,
            asyncio.TaskGroup() as group,
        ):
            hostile = [
                group.create_task(_failure(client.get(f"http://{host}:{port}/")))
                for host, port in (first, second, third)
            ]
            async with asyncio.timeout(limits.deadline / 2):
                for _ in range(10):
                    assert (await client.get(server.url("/"))).body == GOOD
    assert all(isinstance(task.result(), FetchError) for task in hostile)


async def _failure(attempt: Awaitable[object]) -> FetchError | None:
    try:
        await attempt
    except FetchError as error:
        return error
    return None


async def test_a_stopped_download_leaves_no_connection_behind(server: FeedServer) -> None:
    gone = asyncio.Event()

    async def pour(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 4096)
        finally:
            gone.set()

    server.routes["/"] = pour
    assert await outcome(server.url("/"), server.pair) == "cap"
    async with asyncio.timeout(5):
        await gone.wait()
