"""The short form of the fault runs: forty, on the real program, with what they lost and doubled counted.

`python -m tests.faults.run` does hundreds of the same, and of those that are left out here.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Final, Protocol

import pytest

from tests.faults.campaign import PLANS, Order, do

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.faults.bots import Warm
    from tests.faults.campaign import Ran
    from tests.faults.scenes import Plan

SEED: Final = 7
# Rows whose runs kill nothing, and how many of each.
IN_ONE_PROCESS: Final = {5: 1, 6: 4, 7: 4, 10: 3, 11: 4, 12: 5, 13: 3, 14: 2, 18: 1}
pytestmark = [
    pytest.mark.unrecorded,  # the same few messages over and over
    pytest.mark.timeout(600),  # a busy machine; a quiet one needs a tenth
    pytest.mark.long,
]


def plans(row: int, *, most: int = 20) -> list[Plan]:
    """Return the plans of a row, so many at most."""
    found = [plan for plan in PLANS if plan.row == row]
    return random.Random(SEED).sample(found, min(most, len(found)))


async def ran(
    wanted: Sequence[Plan], empty: Path, forks: Warm, *, history: bool = True, worlds: int = 1
) -> tuple[list[Ran], list[Ran]]:
    """Do one run of each plan; return the runs, and those in which anything went wrong.

    They follow one another in so many worlds side by side: most of a run is waiting.
    """
    (session,) = {plan.session for plan in wanted}
    shares = [tuple(plan.name for plan in wanted[n::worlds]) for n in range(worlds)]
    orders = [Order(session=session, plans=share, seed=SEED, history=history) for share in shares]
    lanes = await asyncio.gather(*(do(order, empty=empty, forks=forks) for order in orders))
    done = [one for lane in lanes for one in lane]
    assert [one.plan for one in done] == [name for share in shares for name in share]
    assert min(one.deliveries for one in done) >= 20
    return done, [one for one in done if not one.well]


class Calls(Protocol):
    """Gives those runs of some rows, of which none kills anything, in which anything went wrong."""

    async def __call__(self, *rows: int) -> list[Ran]: ...


@pytest.fixture
def calls(empty_database: Path, forks: Warm) -> Calls:
    """Do runs that kill nothing, in two worlds: several processes share the tests of this file."""

    async def asked(*rows: int) -> list[Ran]:
        wanted = [plan for row in rows for plan in plans(row, most=IN_ONE_PROCESS[row])]
        done, odd = await ran(wanted, empty_database, forks, worlds=min(2, len(wanted)))
        assert len(done) == sum(IN_ONE_PROCESS[row] for row in rows)
        return odd

    return asked


async def test_row_01_row_02_row_04_a_process_that_ends_at_any_stage_loses_and_doubles_nothing(
    empty_database: Path, forks: Warm
) -> None:
    done, odd = await ran([*plans(1), *plans(2), *plans(4)], empty_database, forks)
    assert not odd
    assert [one.restarts for one in done] == [1, 1, 1, 1, 1]


async def test_row_03_a_process_killed_while_news_comes_in_loses_and_doubles_nothing(
    empty_database: Path, forks: Warm
) -> None:
    _, odd = await ran(plans(3), empty_database, forks)
    assert not odd


async def test_row_05_row_06_row_07_what_slack_refuses_garbles_or_drops_arrives_once(calls: Calls) -> None:
    assert not await calls(5, 6, 7)


async def test_row_10_row_11_what_discord_refuses_garbles_or_drops_arrives_once(calls: Calls) -> None:
    assert not await calls(10, 11)


async def test_row_12_row_13_row_14_links_that_break_and_events_that_repeat_change_no_delivery(
    calls: Calls,
) -> None:
    assert not await calls(12, 13, 14)


async def test_row_18_a_database_locked_for_ten_seconds_loses_nothing(calls: Calls) -> None:
    assert not await calls(18)


async def test_row_19_a_full_disk_is_survived_and_loses_nothing(empty_database: Path, forks: Warm) -> None:
    _, odd = await ran(plans(19), empty_database, forks)
    assert not odd


async def test_row_22_a_clock_that_jumps_loses_doubles_and_delays_nothing(
    empty_database: Path, forks: Warm
) -> None:
    _, odd = await ran(plans(22), empty_database, forks)
    assert not odd


async def test_row_24_a_digest_cut_after_its_second_part_goes_on_with_the_third(
    empty_database: Path, forks: Warm
) -> None:
    _, odd = await ran(plans(24), empty_database, forks)
    assert not odd


async def test_row_02_row_07_without_the_history_scope_a_repeat_says_that_it_may_be_one(
    empty_database: Path, forks: Warm
) -> None:
    done, odd = await ran(plans(7, most=3), empty_database, forks, history=False)
    assert not odd
    assert min(one.marked for one in done) >= 1
