"""Where names become addresses and addresses become sockets: each is checked there, whatever led to it.

Names are asked for in threads of their own, so that a dead name service holds up nobody else's.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Final

from aiohttp.abc import AbstractResolver, ResolveResult

from watchers.feeds.addresses import is_literal, is_local, refusal, same_address
from watchers.feeds.meter import MeteredSocket

if TYPE_CHECKING:
    from aiohappyeyeballs import AddrInfoType

# Names asked for at a time. A lookup cannot be called off: against a dead name service glibc takes 10 s for
# each server it knows, long after whoever asked has gone.
LOOKUPS: Final = 32

_Address = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
_Infos = Sequence[tuple[int, int, int, str, _Address]]


class NotPublicError(OSError):
    """Raised inside the connector, which lets only OSError through."""


@dataclass(slots=True)
class Hop:
    """One request on its way: which pair of the allow-list it may open, and why it was refused."""

    permitted: tuple[str, int] | None
    refused: str = ""

    def check(self, address: str, port: int) -> None:
        """Raise unless the address is public or the one permitted."""
        why = refusal(address)
        if why and not self._permits(address, port):
            self.refused = why
            raise NotPublicError(why)

    def _permits(self, address: str, port: int) -> bool:
        if self.permitted is None or port != self.permitted[1]:
            return False
        host = self.permitted[0]
        return same_address(host, address) if is_literal(host) else is_local(address)


# The connector calls back without saying for whom; tasks it starts inherit this.
current: Final[ContextVar[Hop | None]] = ContextVar("current", default=None)


def checked_socket(info: AddrInfoType, *, headers: int) -> socket.socket:
    """Make a socket for an address that may be opened; this is the check that counts.

    `headers` are the bytes that may come before a request's answer has a body.
    """
    family, kind, protocol, _, sockaddr = info
    hop = current.get() or Hop(None)
    hop.check(str(sockaddr[0]), int(sockaddr[1]))
    return MeteredSocket(family, kind, protocol, headers=headers)


class CheckedResolver(AbstractResolver):
    """Refuses a name with any answer that is not public: mixed answers are how rebinding begins."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return a name's addresses. Raises NotPublicError, and OSError where there are none."""
        results = await self._inner.resolve(host, port, family)
        hop = current.get() or Hop(None)
        for result in results:
            hop.check(result["host"], port)
        return results

    async def close(self) -> None:
        """Close the name service."""
        await self._inner.close()


class SystemNames(AbstractResolver):
    """The system's name service, asked in daemon threads.

    The loop's own few threads are what the program's other slow work runs in, and they are waited for at the
    end; a lookup that hangs may hold neither up.
    """

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(LOOKUPS)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return a name's addresses. Raises OSError where there are none."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_Infos] = loop.create_future()
        await self._places.acquire()  # given back when the thread is done, however long that takes
        args = (loop, answer, host, port, family)
        Thread(target=self._ask, args=args, name="name service", daemon=True).start()
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=found,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for found, _, protocol, _, address in await answer
        ]

    def _ask(
        self,
        loop: asyncio.AbstractEventLoop,
        answer: asyncio.Future[_Infos],
        host: str,
        port: int,
        family: socket.AddressFamily,
    ) -> None:
        infos: _Infos = []
        fault: OSError | None = None
        try:
            infos = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
        except OSError as error:
            fault = error
        except ValueError as error:  # a label that is empty or over 63 characters
            fault = OSError(f"{host[:100]!r} is no host's name ({error})")
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(self._settle, answer, infos, fault)

    def _settle(self, answer: asyncio.Future[_Infos], infos: _Infos, fault: OSError | None) -> None:
        self._places.release()
        if answer.done():  # nobody waits for it any more
            return
        if fault is None:
            answer.set_result(infos)
        else:
            answer.set_exception(fault)

    async def close(self) -> None:
        """Nothing is open."""
