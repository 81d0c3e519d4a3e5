"""The guarded client, a server that it may ask, and a name service that says what a test wants."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.feedserver import FeedServer, feed_server
from watchers.feeds.guard import Client, Limits, open_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUICK = Limits(deadline=5)
CONTACT = "desk@example.org"


class Names(AbstractResolver):
    """A name service that says what a test wants; a list of lists is answered in turn."""

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self.answers = answers

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 -- the interface's
    ) -> list[ResolveResult]:
        turns = self.answers[host]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


@pytest.fixture
async def client(server: FeedServer) -> AsyncIterator[Client]:
    async with open_client(
        contact=CONTACT, version="0", allow=frozenset({server.pair}), limits=QUICK
    ) as opened:
        yield opened
