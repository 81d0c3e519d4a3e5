"""What fault tests share in a process: bots that are forked from one which has the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.faults import bots

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.faults.bots import Warm


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Import the program once for all tests of this process."""
    with bots.warm() as forks:
        yield forks


@pytest_asyncio.fixture
async def forks(warm: Warm) -> AsyncIterator[Warm]:
    """Start bots of one test from it."""
    with warm.heard():
        yield warm
