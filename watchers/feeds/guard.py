"""The one guarded HTTP client: nothing else opens a connection to an address that a feed or a person named.

The address is checked where the socket is made, so no spelling, redirect or DNS answer gets round it.
"""

from __future__ import annotations

import asyncio
import io
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import aiohttp

from watchers.errors import FetchError, RefusedError
from watchers.feeds.addresses import normal_pairs, refusal, unfit, url_of
from watchers.feeds.exchange import Limits, Response
from watchers.feeds.meter import MeteredSocket
from watchers.feeds.sockets import CheckedResolver, Hop, SystemNames, checked_socket, current
from watchers.feeds.told import clipped, refused, told

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from aiohttp.abc import AbstractResolver
    from yarl import URL

__all__ = ["Client", "Limits", "Response", "open_client", "refusal"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_NO_BODY = frozenset({204, 304})
_KEPT_HEADERS = frozenset(
    {
        "cache-control",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "link",
        "retry-after",
        "tdm-policy",
        "tdm-reservation",
        "x-robots-tag",
    }
)
_MAX_HEADERS = 256  # lines; the busiest news site seen sends about 60
_ON_THE_LINE = 2  # times the body's cap may cross the line: chunks cost a few bytes each, TLS some per cent
_MAX_LINK = 8_000  # characters; RFC 9110 asks servers to take that many, and feeds use a tenth
# What tells a server who somebody is: it would go to wherever a redirect leads.
_NEVER_SENT = frozenset({"authorization", "cookie", "host", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class _Errand:
    """What stays the same over all hops: the link asked for, what to send, how much to take."""

    asked: str
    headers: Mapping[str, str]
    limit: int
    within: float


class Client:
    """Gets pages over HTTP within limits. Made by `open_client`, one for the whole program."""

    def __init__(
        self,
        outside: aiohttp.ClientSession,
        inside: aiohttp.ClientSession,
        *,
        allow: frozenset[tuple[str, int]],
        limits: Limits,
    ) -> None:
        # A connection that is kept open is used again without a new socket, hence without its check. So what
        # was opened by permission stays apart from what anybody may be led to.
        self._outside = outside
        self._inside = inside
        self._allow = normal_pairs(allow)
        self._limits = limits
        self._places: WeakValueDictionary[tuple[str, int], asyncio.Semaphore] = WeakValueDictionary()
        self._connections = asyncio.Semaphore(limits.connections)

    @property
    def limits(self) -> Limits:
        """What one exchange may cost, and what is read of it."""
        return self._limits

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        limit: int = 0,
        within: float = 0.0,
        named_by: str = "",
    ) -> Response:
        """Get a link, following redirects; `limit` caps the body in bytes, 0 means the usual cap.

        `within` is how many seconds it may take, 0 means the usual deadline.

        `named_by` is the feed or page that the link stands in, empty if a person gave it: what strangers name
        may not lead to an address of the allow-list. Any final status is returned. Raises RefusedError for
        what may not be opened, FetchError for all else: no such host, no answer in time, too large, too many
        redirects. Waiting for a turn at a busy host does not count towards the deadline.
        """
        sent = _sendable(headers or {})
        target = _read(url, asked=url)
        first = _read(named_by, asked=url) if named_by else target
        trusted = _pair(first) in self._allow
        errand = _Errand(url, sent, limit or self._limits.body, within or self._limits.deadline)
        left = errand.within
        moved, permanent = "", True
        for _ in range(self._limits.redirects + 1):
            why = unfit(target)
            if why:
                raise refused(target, why, asked=url)
            hop = Hop(_pair(target) if trusted and _pair(target) in self._allow else None)
            answer, took = await self._hop(target, hop, errand, left=left)
            if isinstance(answer, Response):
                return replace(answer, moved_to=moved)
            left -= took
            status, location = answer
            target = _read(location, asked=url, base=target)
            permanent = permanent and status in _PERMANENT
            moved = str(target.with_fragment(None)) if permanent else moved
        raise FetchError(f"{clipped(url)} redirected more than {self._limits.redirects} times.", url=url)

    async def _hop(
        self, target: URL, hop: Hop, errand: _Errand, *, left: float
    ) -> tuple[Response | tuple[int, str], float]:
        """Make one request in its turn; return its answer or redirect, and the seconds it took."""
        loop = asyncio.get_running_loop()
        session = self._outside if hop.permitted is None else self._inside
        async with self._place(target), self._connections:
            token = current.set(hop)
            started = loop.time()
            try:
                async with asyncio.timeout(max(left, 0)):
                    answer = await self._request(session, target, errand)
            except TimeoutError as error:
                raise FetchError(
                    f"{clipped(errand.asked)} did not answer in full within {errand.within:g} s.",
                    url=errand.asked,
                ) from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise told(error, hop, target, errand.asked) from error
            finally:
                current.reset(token)
            return answer, loop.time() - started

    def _place(self, target: URL) -> asyncio.Semaphore:
        """Return whose turn it is at a host: over all its ports, or at one port of the allow-list."""
        host, port = _pair(target)
        key = (host, port if (host, port) in self._allow else 0)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = asyncio.Semaphore(self._limits.per_host)
        return place

    async def _request(
        self, session: aiohttp.ClientSession, target: URL, errand: _Errand
    ) -> Response | tuple[int, str]:
        asked = errand.asked
        async with session.get(target, headers=errand.headers, allow_redirects=False) as answer:
            size = sum(len(name) + len(value) + 4 for name, value in answer.raw_headers)
            if size > self._limits.headers:
                raise FetchError(f"{clipped(asked)} sent {size} bytes of headers.", url=asked)
            location = answer.headers.get("Location", "")
            if answer.status in _REDIRECTS and location:
                return answer.status, location
            readable = answer.status < 400 and answer.status not in _NO_BODY
            return Response(
                status=answer.status,
                url=str(target),
                headers=tuple(
                    (name.lower(), value)
                    for name, value in answer.headers.items()
                    if name.lower() in _KEPT_HEADERS
                ),
                body=await _body(answer, errand.limit, asked) if readable else b"",
                moved_to="",
            )


async def _body(answer: aiohttp.ClientResponse, limit: int, asked: str) -> bytes:
    """Read an answer's decompressed bytes; aiohttp inflates piece by piece, so a bomb is seen in time."""
    too_large = FetchError(f"{clipped(asked)} is larger than {limit} bytes.", url=asked, status=answer.status)
    if (answer.content_length or 0) > limit:
        raise too_large
    _let_come(answer, _ON_THE_LINE * limit)
    # One buffer, which it hands over without a copy: a list of pieces needs twice the memory to be joined.
    buffer = io.BytesIO()
    async for piece in answer.content.iter_any():
        if buffer.tell() + len(piece) > limit:
            buffer.close()
            raise too_large
        buffer.write(piece)
    return buffer.getvalue()


def _let_come(answer: aiohttp.ClientResponse, count: int) -> None:
    """Let so many bytes more of an answer come than its headers may have."""
    if answer.connection is None or answer.connection.transport is None:
        return  # it is here to the end already
    sock = answer.connection.transport.get_extra_info("socket")
    metered = MeteredSocket.at(sock.fileno()) if sock else None
    if metered is not None:
        metered.allowed += count


def _sendable(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers as they are sent. Raises ValueError for those of _NEVER_SENT."""
    if never := _NEVER_SENT.intersection(map(str.lower, headers)):
        raise ValueError(f"these headers are never sent: {', '.join(sorted(never))}")
    return dict(headers)


def _read(link: str, *, asked: str, base: URL | None = None) -> URL:
    """Read a link. Raises RefusedError for what is none, or a longer one than anybody needs."""
    if len(link) > _MAX_LINK:
        raise RefusedError(
            f"{clipped(link)} was not opened: it is longer than {_MAX_LINK} characters.", url=asked
        )
    try:
        url = url_of(link.strip())
        return base.join(url) if base is not None else url
    except ValueError as error:
        raise RefusedError(f"{clipped(link)!r} is not a link that can be opened.", url=asked) from error


def _pair(url: URL) -> tuple[str, int]:
    return (url.raw_host or "").lower(), url.port or 0


USUAL: Final = Limits()
_PLAIN: Final = aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None)


@asynccontextmanager
async def open_client(
    *,
    contact: str,
    version: str,
    allow: frozenset[tuple[str, int]] = frozenset(),
    limits: Limits = USUAL,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[Client]:
    """Open the client; `contact` (a link or mail address) goes into the user agent so that we can be reached.

    `allow` lists the exact hosts and ports that may be opened although they are not public.
    """
    names = CheckedResolver(resolver or SystemNames())
    agent = f"Vedette/{version} (+{contact})"
    async with _session(names, agent, limits) as outside, _session(names, agent, limits) as inside:
        yield Client(outside, inside, allow=allow, limits=limits)


def _session(names: AbstractResolver, agent: str, limits: Limits) -> aiohttp.ClientSession:
    """Open a session with connections of its own, no cookies, no proxy and nobody's password."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            limit=0,  # our own turn-taking stands in front, outside the deadline
            resolver=names,
            socket_factory=partial(checked_socket, headers=limits.headers),
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": agent, "Accept-Encoding": "gzip, deflate"},
        timeout=_PLAIN,  # one deadline around the whole exchange instead: see Limits
        trust_env=False,
        max_line_size=limits.headers,
        max_field_size=limits.headers,
        max_headers=_MAX_HEADERS,
    )
