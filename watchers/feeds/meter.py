"""Sockets that hand over a little at a time and stop a server that says more than it may.

A server may send 10 000 interim answers in one read, or a body of which each byte comes in a chunk of its
own; read as fast as the line carries it, that held up the event loop for a second.
"""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import ReadableBuffer, WriteableBuffer

# Bytes of one read: 1 300 interim answers, 13 ms. asyncio would take 256 KiB.
READ: Final = 32 * 1024
# What arrives beside headers before anybody can say that they are complete: TLS certificates and some reads.
BESIDE: Final = 8 * READ


class TooMuchError(OSError):
    """Raised below the connector, which lets only OSError through and keeps only its number."""

    def __init__(self, allowed: int) -> None:
        super().__init__(errno.EMSGSIZE, f"more than {allowed} bytes came")


class MeteredSocket(socket.socket):
    """Counts what came since the last request went out; `allowed` is how much that may be, in bytes."""

    _open: Final[WeakValueDictionary[int, MeteredSocket]] = WeakValueDictionary()

    def __init__(self, family: int, kind: int, protocol: int, *, headers: int) -> None:
        super().__init__(family, kind, protocol)
        self._headers = headers + BESIDE
        self._came = 0
        self.allowed = self._headers
        self._open[self.fileno()] = self

    @classmethod
    def at(cls, number: int) -> MeteredSocket | None:
        """Return the socket with a file number, None if it is none of ours."""
        return cls._open.get(number)

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Receive a little. Raises TooMuchError."""
        data = super().recv(min(size, READ), flags)
        self._count(len(data))
        return data

    def recv_into(self, buffer: WriteableBuffer, size: int = 0, flags: int = 0) -> int:
        """Receive a little into a buffer, as TLS does. Raises TooMuchError."""
        view = memoryview(buffer)[:READ]
        count = super().recv_into(view, min(size, len(view)) if size else len(view), flags)
        self._count(count)
        return count

    def send(self, data: ReadableBuffer, flags: int = 0, /) -> int:
        """Send, and count anew."""
        self._anew()
        return super().send(data, flags)

    def sendmsg(self, buffers: Iterable[ReadableBuffer], *rest: object) -> int:
        """Send, and count anew."""
        self._anew()
        return super().sendmsg(buffers, *rest)  # type: ignore[arg-type]  # handed on as they came

    def _anew(self) -> None:
        self._came, self.allowed = 0, self._headers

    def _count(self, count: int) -> None:
        self._came += count
        if self._came > self.allowed:
            raise TooMuchError(self.allowed)
