"""What every part of the Discord double shares: JSON, ids, a clock to set, a bell to wait on, refusals."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

JsonObject: TypeAlias = dict[
    str, Any
]  # JSON as json.loads gives it; what may stand in it is checked at run time
Place: TypeAlias = tuple[str | int, ...]

DISCORD_EPOCH_MS: Final = 1_420_070_400_000  # the first second of 2015, where snowflakes begin

# Discord's JSON error codes and the HTTP status that comes with each.
CODES: Final[dict[int, tuple[int, str]]] = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160004: (400, "A thread has already been created for this message"),
}

GLANCE_SECONDS: Final = 0.02  # the bot's own state rings no bell, so look now and then


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a payload: where, Discord's word for it, and a sentence."""

    place: Place
    code: str
    message: str


class RefusedError(Exception):
    """An answer of 4xx with one of Discord's error codes."""

    def __init__(self, code: int, problems: Iterable[Problem] = ()) -> None:
        self.code = code
        self.status, self.message = CODES[code]
        self.problems = tuple(problems)
        super().__init__(f"{code} {self.message} {self.problems}")

    def body(self) -> JsonObject:
        """Return the answer's JSON, with the tree of errors if there are any."""
        body: JsonObject = {"code": self.code, "message": self.message}
        if self.problems:
            body["errors"] = tree(self.problems)
        return body


def tree(problems: Iterable[Problem]) -> JsonObject:
    """Nest problems by their place, as Discord does, with `_errors` at each leaf."""
    root: JsonObject = {}
    for problem in problems:
        node = root
        for step in problem.place:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return root


class SetClock:
    """A clock that runs with real time and can be put forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start or datetime.now(UTC)
        self._zero = time.monotonic()
        self._ahead = 0.0

    def now(self) -> datetime:
        """Return the time here, in UTC."""
        return self._start + timedelta(seconds=self.seconds())

    def seconds(self) -> float:
        """Return the seconds since this clock was made, those it was put forward included."""
        return time.monotonic() - self._zero + self._ahead

    def advance(self, seconds: float) -> None:
        """Put the clock forward."""
        self._ahead += seconds


class Snowflakes:
    """Ids that grow with the clock, as Discord's do; never the same twice."""

    def __init__(self, clock: SetClock) -> None:
        self._clock = clock
        self._last = 0

    def new(self) -> str:
        """Return the next id."""
        stamp = int(self._clock.now().timestamp() * 1000) - DISCORD_EPOCH_MS
        self._last = max(self._last + 1, stamp << 22)
        return str(self._last)


class Bell:
    """Rung whenever anything changes, so that nobody needs to sleep."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everyone who waits."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, true: Callable[[], bool], *, within: float = 5.0) -> None:
        """Wait until something is true, of the double or of the bot; TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while not true():
                future = asyncio.get_running_loop().create_future()
                self._waiting.add(future)
                await asyncio.wait([future], timeout=GLANCE_SECONDS)
                self._waiting.discard(future)
