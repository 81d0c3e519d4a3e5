"""Parse a fetched feed in a worker process that can be killed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.errors import ParseError
from watchers.workers import WorkerError, WorkTimeout

if TYPE_CHECKING:
    from watchers.types import Fetched, Parsed
    from watchers.workers import Workers

PARSE_TIMEOUT: Final = 20.0  # seconds; the largest real document takes 2, a bad one for ever (feedparser#263)


def parse_document(fetched: Fetched) -> Parsed:
    """Do `watchers.feeds.parse.parse_document`, whose modules only workers load."""
    from watchers.feeds import parse  # noqa: PLC0415 - as the line above says

    return parse.parse_document(fetched)


async def parsed(parsers: Workers, fetched: Fetched, *, within: float = PARSE_TIMEOUT) -> Parsed:
    """Return what a feed holds; `within` is in seconds.

    Raises ParseError, also when the worker hung or died over it.
    """
    try:
        return await parsers.run(parse_document, fetched, timeout=within)
    except WorkTimeout as error:
        raise ParseError(f"{fetched.url} took over {within:g} s to parse.", url=fetched.url) from error
    except WorkerError as error:
        raise ParseError(f"{fetched.url} could not be parsed: {error}", url=fetched.url) from error
