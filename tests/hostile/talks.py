"""What hostile servers say after a request's head, each a conversation by its name in the data."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.hostile.documents import ITEM, RSS

if TYPE_CHECKING:
    from asyncio import StreamWriter

NOW_AND_THEN: Final = 0.05  # seconds
GOOD: Final = RSS % ITEM % b"A frigate sails"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: the path asked for, its headers in lower case, and the how manieth it is here, from 1."""

    path: str
    headers: dict[str, str]
    count: int


Talk = Callable[["StreamWriter", Asked], Awaitable[None]]


def head(*lines: bytes, status: bytes = b"200 OK") -> bytes:
    """Return an answer's head."""
    return b"\r\n".join((b"HTTP/1.1 " + status, *lines, b"", b""))


def whole(body: bytes, *lines: bytes, status: bytes = b"200 OK") -> bytes:
    """Return an answer that is as it should be."""
    return head(*lines, b"Content-Length: %d" % len(body), status=status) + body


def opening(first: bytes, then: bytes, *, pause: float = NOW_AND_THEN) -> Talk:
    """Say something, then the same thing again and again; `pause` of 0 is as fast as the line takes it."""

    async def talk(writer: StreamWriter, _asked: Asked) -> None:
        writer.write(first)
        while True:
            writer.write(then)
            await writer.drain()
            await asyncio.sleep(pause)

    return talk


def once(*said: bytes) -> Talk:
    """Say something and hang up."""

    async def talk(writer: StreamWriter, _asked: Asked) -> None:
        writer.write(b"".join(said))
        await writer.drain()

    return talk


def held(*said: bytes) -> Talk:
    """Say something and keep the line open."""

    async def talk(writer: StreamWriter, _asked: Asked) -> None:
        writer.write(b"".join(said))
        await writer.drain()
        await asyncio.Event().wait()

    return talk


async def resets(writer: StreamWriter, _asked: Asked) -> None:
    """Break off in the middle of the headers."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-")
    await writer.drain()
    writer.transport.abort()


async def slow_redirects(writer: StreamWriter, asked: Asked) -> None:
    """Redirect to the next number, after a while."""
    await asyncio.sleep(1)
    writer.write(head(b"Location: /%d" % asked.count, b"Content-Length: 0", status=b"302 Found"))


async def ever_new(writer: StreamWriter, asked: Asked) -> None:
    """Redirect to the next number."""
    writer.write(head(b"Location: /%d" % asked.count, b"Content-Length: 0", status=b"302 Found"))
    await writer.drain()


CHUNKED: Final = head(b"Transfer-Encoding: chunked")
MANY: Final = 256  # times what is said at full speed is repeated in one write

TALKS: Final[dict[str, Talk]] = {
    "never": held(),
    "silent": held(),
    "plain_at_once": once(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "slow_headers": opening(b"HTTP/1.1 200 OK\r\n", b"X-Slow: 1\r\n"),
    "slow_body": opening(head(b"Content-Length: 100000"), b"<"),
    "slow_status": opening(b"HTTP/1.1 200 ", b"o"),
    "slow_chunks": opening(CHUNKED, b"1\r\nx\r\n"),
    "slow_continues": opening(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "fast_continues": opening(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * MANY, pause=0),
    "fast_hints": opening(
        b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * MANY, pause=0
    ),
    "half": held(head(b"Content-Length: 100000"), GOOD[: len(GOOD) // 2]),
    "no_last_chunk": held(CHUNKED, b"%x\r\n" % len(GOOD), GOOD, b"\r\n"),
    "slow_redirects": slow_redirects,
    "empty_blocks": opening(
        head(b"Content-Encoding: deflate", b"Connection: close") + b"\x78\x9c",
        b"\x00\x00\x00\xff\xff" * 4096,
        pause=0,
    ),
    "endless_chunks": opening(CHUNKED, b"10000\r\n" + b"x" * 0x10000 + b"\r\n", pause=0),
    "endless_body": opening(head(b"Connection: close"), b"x" * 0x10000, pause=0),
    "tiny_chunks": opening(CHUNKED, b"1\r\nx\r\n" * 4096, pause=0),
    "endless_extension": opening(CHUNKED + b"5;x=", b"x" * 4096, pause=0),
    "endless_trailers": opening(CHUNKED + b"0\r\n", b"X-Late: 1\r\n" * MANY, pause=0),
    "endless_header_lines": opening(b"HTTP/1.1 200 OK\r\n", b"X-Many: 1\r\n" * MANY, pause=0),
    "endless_header_value": opening(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 4096, pause=0),
    "endless_status": opening(b"HTTP/1.1 200 ", b"x" * 4096, pause=0),
    "many_headers": held(head(*(b"X-%d: %s" % (i, b"y" * 500) for i in range(200)), b"Content-Length: 0")),
    "many_cookies": held(head(*[b"Set-Cookie: a=" + b"y" * 4000] * 200, b"Content-Length: 0")),
    "ten_gigabytes_claimed": held(head(b"Content-Length: 10737418240")),
    "cut_short": once(head(b"Content-Length: 5000"), GOOD),
    "closes_at_once": once(b""),
    "resets": resets,
    "not_http": once(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "bare": once(GOOD),
    "bad_chunk": once(CHUNKED, b"zz\r\nabc\r\n"),
    "huge_chunk": once(CHUNKED, b"fffffffffffffffff\r\n", GOOD),
    "negative_length": once(head(b"Content-Length: -1"), GOOD),
    "two_lengths": once(head(b"Content-Length: 5", b"Content-Length: 500"), GOOD),
    "length_and_chunks": once(head(b"Content-Length: 5", b"Transfer-Encoding: chunked"), b"0\r\n\r\n"),
    "long_status": once(whole(GOOD, status=b"2000 OK")),
    "zero_in_header": once(whole(GOOD, b"X-Zero: a\x00b")),
    "switches": once(
        head(b"Upgrade: nonsense", b"Connection: upgrade", status=b"101 Switching Protocols"), GOOD
    ),
    "ever_new": ever_new,
    "long_location": once(whole(b"", b"Location: http://desk.example/" + b"a" * 60_000, status=b"302 Found")),
    "odd_location": once(whole(b"", b"Location: http://\xff\xfe\x80/", status=b"302 Found")),
    "long_etag": once(whole(GOOD, b'ETag: "' + b"e" * 60_000 + b'"')),
    "odd_etag": once(whole(GOOD, b'ETag: "\x1b[2J\x07"')),
}
