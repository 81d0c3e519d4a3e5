"""Say in a word what kind of failure ended a feed's turn: health, advice and counts go by it."""

from __future__ import annotations

from typing import Final, Literal

from watchers.errors import FeedError, FetchError, ParseError, RefusedError
from watchers.workers import WorkerError

Fault = Literal["gone", "refused", "timeout", "unreachable", "status", "not a feed", "parse", "unknown"]
_OK: Final = 200


def fault_of(error: FeedError) -> Fault:
    """Return the kind of a failure.

    "unreachable" is everything between us and an answer: no such host, no connection, a certificate, an
    answer that broke off. "not a feed" is an answer that is something else, "parse" one that hung or killed
    the parser, "unknown" a fault of ours.
    """
    if error.permanent:
        return "gone"
    if isinstance(error, RefusedError):
        return "refused"
    if isinstance(error, ParseError):
        return "parse" if isinstance(error.__cause__, WorkerError) else "not a feed"
    if not isinstance(error, FetchError):
        return "unknown"
    if error.status:
        return "not a feed" if error.status == _OK else "status"
    return "timeout" if isinstance(error.__cause__, TimeoutError) else "unreachable"
