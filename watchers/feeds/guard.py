"""The one guarded HTTP client: nothing else opens a connection to an address that a feed or a person named.

The address is checked where the socket is made, so no spelling, redirect or DNS answer gets round it.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from watchers.errors import FetchError, RefusedError
from watchers.feeds.addresses import is_literal, is_local, normal_pairs, refusal, same_address, unfit
from watchers.feeds.exchange import Limits, Response

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from aiohappyeyeballs import AddrInfoType

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


@dataclass(frozen=True, slots=True)
class _Errand:
    """What stays the same over all hops: the link asked for, what to send, how much to take."""

    asked: str
    headers: Mapping[str, str]
    limit: int


class _NotPublicError(OSError):
    """Raised inside the connector, which lets only OSError through."""


@dataclass(slots=True)
class _Hop:
    """One request on its way: which pair of the allow-list it may open, and why it was refused."""

    permitted: tuple[str, int] | None
    refused: str = ""

    def check(self, address: str, port: int) -> None:
        """Raise unless the address is public or the one permitted."""
        why = refusal(address)
        if why and not self._permits(address, port):
            self.refused = why
            raise _NotPublicError(why)

    def _permits(self, address: str, port: int) -> bool:
        if self.permitted is None or port != self.permitted[1]:
            return False
        host = self.permitted[0]
        return same_address(host, address) if is_literal(host) else is_local(address)


# The connector calls back without saying for whom; tasks it starts inherit this.
_current: ContextVar[_Hop | None] = ContextVar("_current", default=None)


def _checked_socket(info: AddrInfoType) -> socket.socket:
    """Make a socket for an address that may be opened; this is the check that counts."""
    family, kind, protocol, _, sockaddr = info
    hop = _current.get() or _Hop(None)
    hop.check(str(sockaddr[0]), int(sockaddr[1]))
    return socket.socket(family=family, type=kind, proto=protocol)


class _CheckedResolver(AbstractResolver):
    """Refuses a name with any answer that is not public: mixed answers are how rebinding begins."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        results = await self._inner.resolve(host, port, family)
        hop = _current.get() or _Hop(None)
        for result in results:
            hop.check(result["host"], port)
        return results

    async def close(self) -> None:
        await self._inner.close()


class Client:
    """Gets pages over HTTP within limits. Made by `open_client`, one for the whole program."""

    def __init__(
        self, session: aiohttp.ClientSession, *, allow: frozenset[tuple[str, int]], limits: Limits
    ) -> None:
        self._session = session
        self._allow = normal_pairs(allow)
        self._limits = limits
        self._places: WeakValueDictionary[tuple[str, int], asyncio.Semaphore] = WeakValueDictionary()
        self._connections = asyncio.Semaphore(limits.connections)

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None, limit: int = 0) -> Response:
        """Get a link, following redirects; `limit` caps the body in bytes, 0 means the usual cap.

        Any final status is returned. Raises RefusedError for what may not be opened, FetchError for all else:
        no such host, no answer in time, too large, too many redirects. Waiting for a turn at a busy host does
        not count towards the deadline.
        """
        target = _read(url, asked=url)
        first = target
        errand = _Errand(url, headers or {}, limit or self._limits.body)
        left = self._limits.deadline
        moved, permanent = "", True
        for _ in range(self._limits.redirects + 1):
            why = unfit(target)
            if why:
                raise RefusedError(f"{target} was not opened: {why}.", url=url)
            hop = _Hop(self._permission(target, first=first))
            answer, took = await self._hop(target, hop, errand, left=left)
            if isinstance(answer, Response):
                return replace(answer, moved_to=moved)
            left -= took
            status, location = answer
            target = _read(location, asked=url, base=target)
            permanent = permanent and status in _PERMANENT
            moved = str(target) if permanent else moved
        raise FetchError(f"{url} redirected more than {self._limits.redirects} times.", url=url)

    def _permission(self, target: URL, *, first: URL) -> tuple[str, int] | None:
        """Return the pair of the allow-list that may be opened now, if the link asked for first is on it too.

        Otherwise any feed could lead us to an address that is open for another.
        """
        trusted = _pair(first) in self._allow and _pair(target) in self._allow
        return _pair(target) if trusted else None

    async def _hop(
        self, target: URL, hop: _Hop, errand: _Errand, *, left: float
    ) -> tuple[Response | tuple[int, str], float]:
        """Make one request in its turn; return its answer or redirect, and the seconds it took."""
        pair = _pair(target)
        place = self._places.get(pair)
        if place is None:
            place = self._places[pair] = asyncio.Semaphore(self._limits.per_host)
        loop = asyncio.get_running_loop()
        async with place, self._connections:
            token = _current.set(hop)
            started = loop.time()
            try:
                async with asyncio.timeout(max(left, 0)):
                    answer = await self._request(target, errand)
            except TimeoutError as error:
                raise FetchError(
                    f"{errand.asked} did not answer in full within {self._limits.deadline:g} s.",
                    url=errand.asked,
                ) from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise _told(error, hop, target, errand.asked) from error
            finally:
                _current.reset(token)
            return answer, loop.time() - started

    async def _request(self, target: URL, errand: _Errand) -> Response | tuple[int, str]:
        asked = errand.asked
        async with self._session.get(target, headers=dict(errand.headers), allow_redirects=False) as answer:
            size = sum(len(name) + len(value) + 4 for name, value in answer.raw_headers)
            if size > self._limits.headers:
                raise FetchError(f"{asked} sent {size} bytes of headers.", url=asked)
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
    too_large = FetchError(f"{asked} is larger than {limit} bytes.", url=asked, status=answer.status)
    if (answer.content_length or 0) > limit:
        raise too_large
    pieces: list[bytes] = []
    total = 0
    async for piece in answer.content.iter_any():
        total += len(piece)
        if total > limit:
            raise too_large
        pieces.append(piece)
    return b"".join(pieces)


def _read(link: str, *, asked: str, base: URL | None = None) -> URL:
    try:
        url = URL(link.strip())
        return base.join(url) if base is not None else url
    except ValueError as error:
        raise RefusedError(f"{link!r} is not a link that can be opened.", url=asked) from error


def _pair(url: URL) -> tuple[str, int]:
    return (url.raw_host or "").lower(), url.port or 0


def _told(error: Exception, hop: _Hop, target: URL, asked: str) -> FetchError:
    """Put what went wrong below into a sentence."""
    cause = getattr(error, "os_error", error)
    if hop.refused or isinstance(cause, _NotPublicError):
        return RefusedError(f"{target} was not opened: {hop.refused or cause}.", url=asked)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError(f"{asked}: no host {target.raw_host} was found.", url=asked)
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, ssl.SSLError, aiohttp.ClientSSLError)):
        return FetchError(f"{asked}: the certificate was not accepted ({cause}).", url=asked)
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(f"{asked}: {target.raw_host} took no connection ({cause}).", url=asked)
    text = str(error) or type(error).__name__
    return FetchError(f"{asked}: the answer broke off or was not HTTP ({text[:200]}).", url=asked)


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
    connector = aiohttp.TCPConnector(
        limit=0,  # our own turn-taking stands in front, outside the deadline
        resolver=_CheckedResolver(resolver or aiohttp.ThreadedResolver()),
        socket_factory=_checked_socket,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Vedette/{version} (+{contact})", "Accept-Encoding": "gzip, deflate"},
        timeout=_PLAIN,  # one deadline around the whole exchange instead: see Limits
        trust_env=False,
        max_line_size=limits.headers,
        max_field_size=limits.headers,
        max_headers=_MAX_HEADERS,
    ) as session:
        yield Client(session, allow=allow, limits=limits)
