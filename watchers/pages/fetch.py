"""Get an article's page, if its site lets programs: robots.txt, reservations and headers come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchers.errors import FetchError, RefusedError
from watchers.feeds.fetch import retry_after
from watchers.pages.optouts import RESERVED, WALL, closed_by_headers
from watchers.pages.origins import path_of, site_of

if TYPE_CHECKING:
    from watchers.clock import Clock
    from watchers.feeds.guard import Client, Response
    from watchers.pages.reservations import Reservations
    from watchers.pages.robots import Robots

ACCEPT: Final = "text/html, application/xhtml+xml;q=0.9"
NOT_FOUND: Final = "its server does not find it (404)"
GONE: Final = "its server says it is gone (410)"
BY_ROBOTS: Final = "its site's robots.txt keeps programs out"
UNSURE: Final = "its site does not say now whether programs may read it"
NO_PAGE: Final = "its link leads to no web page"
_WALLED: Final = {
    401: "its server asks for a sign-in (401)",
    402: WALL,
    403: "its server keeps programs out (403)",
    451: "its server may not show it (451)",
}
_MOST_VALIDATOR: Final = 1024  # characters, as of feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A page's bytes."""

    url: str
    body: bytes
    content_type: str
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """The server says that the page did not change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """The page is not for us; `why` says who says so."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The page is not there; `gone` if the server says that this is for good."""

    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The page could not be had. `retry_after` is in seconds, None if nobody named a time."""

    why: str
    for_good: bool = False
    retry_after: float | None = None


Outcome = Got | Same | Shut | Missing | Failed


class Pages:
    """Gets pages of articles through the guarded client."""

    def __init__(
        self, client: Client, robots: Robots, reservations: Reservations, *, clock: Clock, limit: int
    ) -> None:
        """Take what is needed; `limit` is how many bytes a page may have after decompression."""
        self._client = client
        self._robots = robots
        self._reservations = reservations
        self._clock = clock
        self._limit = limit

    async def get(self, url: str, *, named_by: str, etag: str = "", last_modified: str = "") -> Outcome:
        """Get a page that a feed names, or say why there is none; raises nothing for what a server does."""
        try:
            refused = await self._refused(url, named_by)
            if refused is not None:
                return refused
            headers = {"Accept": ACCEPT}
            headers |= {"If-None-Match": etag} if etag else {}
            headers |= {"If-Modified-Since": last_modified} if last_modified else {}
            answer = await self._client.get(url, headers=headers, limit=self._limit, named_by=named_by)
            # A redirect may lead to another site, or to a part of this one, with rules of its own.
            if (site_of(answer.url), path_of(answer.url)) != (site_of(url), path_of(url)):
                refused = await self._refused(answer.url, named_by)
                if refused is not None:
                    return refused
        except (RefusedError, ValueError) as error:  # the latter for what is no link at all
            return Failed(why=str(error), for_good=True)
        except FetchError as error:
            return Failed(why=str(error), for_good=0 < error.status < 400, retry_after=error.retry_after)
        return self._read(answer)

    async def _refused(self, url: str, named_by: str) -> Shut | Failed | None:
        """Return what keeps a link from being opened, or what was got from it from being read."""
        verdict = await self._robots.verdict(url, named_by=named_by)
        if verdict == "no":
            return Shut(why=BY_ROBOTS)
        reserved = None if verdict == "later" else await self._reservations.reserves(url, named_by=named_by)
        if reserved is None:
            return Failed(why=UNSURE)
        return Shut(why=RESERVED) if reserved else None

    def _read(self, answer: Response) -> Outcome:
        if answer.status != 200:
            return self._without_body(answer)
        if why := closed_by_headers(answer.headers):
            return Shut(why=why)
        kind = answer.header("content-type").partition(";")[0].strip().lower()
        if kind not in {"", "text/html", "application/xhtml+xml"}:
            return Failed(why=NO_PAGE, for_good=True)
        return Got(
            url=answer.url,
            body=answer.body,
            content_type=answer.header("content-type"),
            etag=_short(answer.header("etag")),
            last_modified=_short(answer.header("last-modified")),
        )

    def _without_body(self, answer: Response) -> Outcome:
        if answer.status == 304:
            return Same()
        if answer.status in {404, 410}:
            return Missing(gone=answer.status == 410)
        if answer.status in _WALLED:
            return Shut(why=_WALLED[answer.status])
        asked = retry_after(answer.header("retry-after"), now=self._clock.now())
        return Failed(why=f"its server answered with status {answer.status}", retry_after=asked)


def _short(value: str) -> str:
    return value if len(value) <= _MOST_VALIDATOR and value.isprintable() else ""
