"""One HTTP exchange in values: what it may cost, and what came back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one exchange may cost, and how much of it is read. Times in seconds, sizes in bytes."""

    deadline: float = 30.0  # all hops together, from the first connection to the last byte
    body: int = 16 * 1024 * 1024  # after decompression
    headers: int = 64 * 1024
    redirects: int = 5
    per_host: int = 1  # requests at a time to one host and port
    connections: int = 64
    parse: float = 20.0  # one document; the largest real one takes 2, a bad one for ever (feedparser#263)
    page: int = 2 * 1024 * 1024  # a web page or a list of feeds, after decompression
    entries: int = 2_000  # the newest of one document


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer, read to its end. `url` is where it came from after redirects.

    `headers` holds the few we read, names in lower case. The body of an answer of 400 and above is not read.
    `moved_to` is where permanent redirects lead from the address asked for, empty without one.
    """

    status: int
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    moved_to: str

    def header(self, name: str) -> str:
        """Return a header's first value, empty if it was not sent or is not kept."""
        return next((value for key, value in self.headers if key == name.lower()), "")
