"""Run faults against the real program and count lost and doubled messages from what the doubles stored.

    python -m tests.faults.run --runs 1500 --jobs 2 --table out.md

Every run is one fault with at least twenty deliveries around it. Waits of the program are a twentieth of the
usual (tests/faults/child.py says which). The exit status is 1 where anything was lost, doubled or odd.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.campaign import Order, Ran, do_all, kept, orders
from tests.faults.table import table

if TYPE_CHECKING:
    from collections.abc import Sequence


def lane(given: Sequence[Order], *, cold: bool, side_by_side: int, keep: Path | None) -> list[Ran]:
    """Do some sessions in this process."""
    return asyncio.run(do_all(given, cold=cold, lanes=side_by_side, keep=keep))


def main() -> int:
    """Read the options, do the runs, write the table."""
    options = argparse.ArgumentParser(description="Run faults and count lost and doubled messages.")
    options.add_argument("--runs", type=int, default=40)
    options.add_argument(
        "--jobs", type=int, default=2, help="processes of this harness, each with its own bots"
    )
    options.add_argument("--side-by-side", type=int, default=1, help="sessions at a time in each process")
    options.add_argument("--rows", default="", help="only these rows of the fault matrix, such as 2,3,7")
    options.add_argument("--only", default="", help="only faults with this in their name")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--without-history", action="store_true", help="the bot may not read messages back")
    options.add_argument("--warm", action="store_true", help="fork bots from a process that has the imports")
    options.add_argument("--table", type=Path, help="a Markdown file to write")
    options.add_argument("--keep", type=Path, help="a file to add runs to; the table is of all in it")
    given = options.parse_args()
    rows = [int(row) for row in given.rows.split(",") if row]
    wanted = orders(
        given.runs, seed=given.seed, rows=rows, only=given.only, history=not given.without_history
    )
    jobs = max(1, min(given.jobs, len(wanted)))
    began = time.monotonic()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        lanes = [
            pool.submit(
                lane,
                wanted[n::jobs],
                cold=not given.warm,
                side_by_side=given.side_by_side,
                keep=given.keep,
            )
            for n in range(jobs)
        ]
        done = [one for made in lanes for one in made.result()]
    if given.keep:
        done = kept(given.keep)
    text = table(done, history=not given.without_history, seconds=time.monotonic() - began)
    sys.stdout.write(text)
    if given.table:
        given.table.write_text(text, encoding="utf-8")
    return 0 if all(one.well for one in done) else 1


if __name__ == "__main__":
    sys.exit(main())
