"""Get a feed over HTTP if it changed, politely: with validators, and heeding what the server asks for."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from watchers.errors import FetchError
from watchers.feeds.sniff import is_page
from watchers.feeds.wishes import asked_of_headers, header_date
from watchers.types import Fetched, Validators

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.clock import Clock
    from watchers.feeds.guard import Client, Response
    from watchers.types import Feed, SourceKind, Wishes

ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
_ACCEPTS: Final[dict[SourceKind, str]] = {
    "feed": ACCEPT,
    "search": ACCEPT,
    "sitemap": "application/xml, text/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
}
_MAY_BE_PAGES: Final = ("sitemap", "page")  # what these are is the parser's to say
MAX_RETRY_AFTER: Final = timedelta(days=1)
_MAX_VALIDATOR: Final = 1024  # characters; longer ones are not worth storing or sending back
_SECONDS: Final = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The feed is as it was. `validators` may be newer than the feed's own and are to be kept."""

    feed: Feed
    validators: Validators
    at: datetime
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What asking for a feed brought, and how long the answer's headers ask to wait until the next time."""

    answer: Fetched | Unchanged
    wishes: Wishes


async def fetch(client: Client, feed: Feed, *, clock: Clock, named_by: str = "") -> Fetched | Unchanged:
    """Get a feed if it changed, as `ask` does, whatever its headers ask for."""
    return (await ask(client, feed, clock=clock, named_by=named_by)).answer


async def ask(
    client: Client,
    feed: Feed,
    *,
    clock: Clock,
    known: frozenset[int] = frozenset(),
    named_by: str = "",
) -> Answered:
    """Get a feed if it changed; Unchanged when the server says it did not, or sent the same bytes again.

    `known` is handed on to the parser, `named_by` to the client. Raises FetchError for a web page that is no
    source by itself, an empty answer and every status but 200 and 304, with `retry_after` when the server
    named a time and `permanent` when it said the feed is gone (410).
    """
    limit = client.limits.page if feed.kind == "page" else 0
    answer = await client.get(feed.url, headers=_headers(feed), limit=limit, named_by=named_by)
    at = clock.now()
    return Answered(
        answer=_read(feed, answer, at=at, known=known, most=client.limits.entries),
        wishes=asked_of_headers(answer, now=at),
    )


def _read(
    feed: Feed, answer: Response, *, at: datetime, known: frozenset[int], most: int
) -> Fetched | Unchanged:
    if answer.status == 304:
        validators = _validators(answer, feed.validators.body_hash, feed.validators)
        return Unchanged(feed=feed, validators=validators, at=at, moved_to=answer.moved_to)
    if answer.status != 200:
        raise _failure(feed, answer, at)
    if not answer.body.strip():
        raise FetchError(f"{feed.url} sent an empty document.", url=feed.url, status=200)
    if feed.kind not in _MAY_BE_PAGES and is_page(answer.body):
        raise FetchError(
            f"{feed.url} sent a web page instead of a feed; open it to see what it asks for.",
            url=feed.url,
            status=200,
        )
    body_hash = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
    validators = _validators(answer, body_hash, Validators())
    if body_hash == feed.validators.body_hash:
        return Unchanged(feed=feed, validators=validators, at=at, moved_to=answer.moved_to)
    return Fetched(
        feed=feed,
        url=answer.url,
        body=answer.body,
        content_type=answer.header("content-type"),
        validators=validators,
        at=at,
        moved_to=answer.moved_to,
        known=known,
        most=most,
    )


def _headers(feed: Feed) -> dict[str, str]:
    validators, headers = feed.validators, {"Accept": _ACCEPTS[feed.kind]}
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


def _validators(answer: Response, body_hash: str, before: Validators) -> Validators:
    return Validators(
        etag=_short(answer.header("etag")) or before.etag,
        last_modified=_short(answer.header("last-modified")) or before.last_modified,
        body_hash=body_hash,
    )


def _short(value: str) -> str:
    return value if len(value) <= _MAX_VALIDATOR and value.isprintable() else ""


def _failure(feed: Feed, answer: Response, at: datetime) -> FetchError:
    gone = answer.status == 410
    said = "says it is gone for good" if gone else f"answered with status {answer.status}"
    return FetchError(
        f"{feed.url} {said}.",
        url=feed.url,
        status=answer.status,
        permanent=gone,
        retry_after=retry_after(answer.header("retry-after"), now=at),
    )


def retry_after(value: str, *, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date, as seconds up to a day; None if it says nothing."""
    value = value.strip()
    if _SECONDS.fullmatch(value):
        wait = timedelta(seconds=int(value))
    else:
        moment = header_date(value)
        if moment is None:
            return MAX_RETRY_AFTER.total_seconds() if value.isdecimal() else None
        wait = moment - now
    return min(max(wait, timedelta()), MAX_RETRY_AFTER).total_seconds()
