"""A short run over the processes of the roles: some are killed, some stand still, and all arrives once.

The long one is `python -m tests.faults.roles`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.postgres_server import postgres
from tests.faults.roles import Ran, Wanted, table, tried

if TYPE_CHECKING:
    from pathlib import Path

    from tests.contracts.store.postgres_server import Server
    from tests.faults.bots import Warm

__all__ = ["postgres"]  # a fixture


@pytest.mark.long
@pytest.mark.timeout(1200)
async def test_some_are_killed_and_some_stand_still_and_all_arrives_once(
    postgres: Server, forks: Warm, tmp_path: Path
) -> None:
    wanted = Wanted(stories=60, channels=6, every=6.0, digests=0, within=900.0)
    ran = await tried(wanted, tmp_path, postgres.address(postgres.new()), start=forks)
    assert ran.well, table(ran, wanted)
    assert ran.stories == 60
    assert sum(ran.faults.values()) >= 2, "there was something to be survived"


def test_what_is_lost_or_doubled_is_said() -> None:
    ran = Ran(lost=("a/t1/card",))
    ran.digests["slack:C1"] = 2
    assert not ran.well
    text = table(ran, Wanted())
    assert "| **lost** | **1** |" in text
    assert "| channels with more than one | 1 |" in text
    assert "- a/t1/card" in text
