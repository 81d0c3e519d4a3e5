"""What can go wrong at Slack: faults queued for a method, before or after the request is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["ratelimited", "status", "page", "error", "drop", "slow", "body", "hang"]
After = Literal["drop", "status", "hang", "body", "answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: `kind` instead of the request (slow: before it), or `after` once it was accepted.

    `then` is called when it happens, before anything is answered; with after="answer" all goes well, and it
    is called `seconds` after the answer.
    """

    kind: Kind | None = None
    after: After | None = None
    seconds: float = 0.0
    status: int = 500
    error: str = ""
    body: str = ""
    then: Callable[[], None] | None = None

    @property
    def label(self) -> str:
        """Return a word for the record."""
        return self.error or (self.kind or f"ok+{self.after}")


def rate_limited(retry_after: int = 1) -> Fault:
    """Answer 429 with Retry-After in seconds; nothing is accepted."""
    return Fault(kind="ratelimited", seconds=retry_after)


def server_error(status: int = 500) -> Fault:
    """Answer with a 5xx status and JSON; nothing is accepted."""
    return Fault(kind="status", status=status)


def html_page(status: int = 502) -> Fault:
    """Answer with a gateway's HTML page; nothing is accepted."""
    return Fault(kind="page", status=status)


def refused(error: str) -> Fault:
    """Answer ok false with that error, such as "token_revoked"."""
    return Fault(kind="error", error=error)


def dropped() -> Fault:
    """Break the connection off before anything is accepted."""
    return Fault(kind="drop")


def accepted_then_dropped() -> Fault:
    """Accept the request, then break the connection off without an answer."""
    return Fault(after="drop")


def accepted_then_error(status: int = 500) -> Fault:
    """Accept the request, then answer with a 5xx status."""
    return Fault(after="status", status=status)


def accepted_then_hanging() -> Fault:
    """Accept the request and never answer, so that the caller's time runs out."""
    return Fault(after="hang")


def slow(seconds: float) -> Fault:
    """Wait, then accept and answer as usual."""
    return Fault(kind="slow", seconds=seconds)


def garbled(body: str = "", *, status: int = 200) -> Fault:
    """Answer with a body that no documentation promises, as JSON; nothing is accepted."""
    return Fault(kind="body", body=body, status=status)


def accepted_then_garbled(body: str = "", *, status: int = 200) -> Fault:
    """Accept the request, then answer with a body that no documentation promises."""
    return Fault(after="body", body=body, status=status)


def hanging() -> Fault:
    """Neither accept nor answer, so that the caller's time runs out."""
    return Fault(kind="hang")


def dropped_then(then: Callable[[], None]) -> Fault:
    """Accept nothing, call `then`, such as what kills the caller, and break the connection off."""
    return Fault(kind="drop", then=then)


def accepted_then(then: Callable[[], None]) -> Fault:
    """Accept the request and call `then`, such as what kills the caller, instead of answering."""
    return Fault(after="drop", then=then)


def answered_then(then: Callable[[], None], *, seconds: float = 0.0) -> Fault:
    """Accept and answer as usual, and call `then` so many seconds later."""
    return Fault(after="answer", seconds=seconds, then=then)


@dataclass(slots=True)
class Queued:
    """A fault that waits for its request: after `skip` that go well, `times` times; `done` counts them."""

    method: str
    channel: str | None
    fault: Fault
    times: int | None
    skip: int = 0
    done: int = 0


@dataclass(slots=True)
class Faults:
    """Faults waiting for their request, first come first served."""

    waiting: list[Queued] = field(default_factory=list)

    def add(
        self, method: str, fault: Fault, *, channel: str | None, times: int | None, skip: int = 0
    ) -> Queued:
        """Queue a fault for a method ("*": any), of one channel if named; `times` None stays for good."""
        queued = Queued(method, channel, fault, times, skip)
        self.waiting.append(queued)
        return queued

    def take(self, method: str, channel: str) -> Fault:
        """Return the fault for a request, an empty one if none is queued."""
        for queued in self.waiting:
            if queued.method not in ("*", method) or queued.channel not in (None, channel):
                continue
            if queued.skip:
                queued.skip -= 1
                continue
            queued.done += 1
            if queued.times is not None and queued.done >= queued.times:
                self.waiting.remove(queued)
            return queued.fault
        return Fault()

    def clear(self) -> None:
        """Let everything go well again."""
        self.waiting.clear()
