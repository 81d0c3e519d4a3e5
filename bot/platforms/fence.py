"""The last look before a request leaves: one that may not speak any more sends nothing.

A process that was frozen wakes in the middle of what it did. Whatever it asked before, it asks once more when
it has a connection, and nothing but writing the request is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable


def fence(may_speak: Callable[[], bool]) -> aiohttp.TraceConfig:
    """Return what lets a session of aiohttp send only while `may_speak`; else it raises as if cut off."""

    async def look(*_: object) -> None:
        if not may_speak():
            raise aiohttp.ClientConnectionError("this process may not speak any more: another took over")

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(look)
    trace.on_connection_create_end.append(look)
    trace.on_connection_reuseconn.append(look)
    return trace
