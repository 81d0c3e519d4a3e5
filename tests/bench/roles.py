"""Measure the roles' processes on a real PostgreSQL: `python -m tests.bench.roles WHAT …`; prints Markdown.

    throughput  a set backlog, until it is placed: two workers against one, PostgreSQL against a file
    lag         from due to asked, two workers on a farm
    profile     the scale profile's processes with very many feeds and channels

CPU seconds and the ratios within a round are the figures to use; wall depends on the machine.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.farm import SCRIPT
from tests.bench.roles_lag import lag
from tests.bench.roles_load import TEAMS, throughput
from tests.bench.roles_profile import profile

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    what = parser.add_subparsers(dest="what", required=True)
    backlog = what.add_parser("throughput")
    backlog.add_argument("--feeds", type=int, default=150)
    backlog.add_argument("--items", type=int, default=20)
    backlog.add_argument("--rounds", type=int, default=2)
    backlog.add_argument("--teams", type=int, nargs="+", default=list(range(len(TEAMS))), help="by number")
    late = what.add_parser("lag")
    late.add_argument("--feeds", type=int, default=1000)
    late.add_argument("--items", type=int, default=3)
    late.add_argument("--every", type=float, default=300, help="seconds between two polls of a feed")
    late.add_argument("--minutes", type=float, default=5)
    whole = what.add_parser("profile")
    whole.add_argument("--feeds", type=int, default=10_000)
    whole.add_argument("--channels", type=int, default=200)
    whole.add_argument("--items", type=int, default=1)
    whole.add_argument("--minutes", type=float, default=5)
    for one in (backlog, late, whole):
        one.add_argument("--farm", type=Path, default=SCRIPT, dest="script", help="the farm's script")
    given = vars(parser.parse_args(arguments))
    before = os.getloadavg()[0]
    match given.pop("what"):
        case "throughput":
            teams = [list(TEAMS)[n] for n in given.pop("teams")]
            lines = throughput(**given, teams=teams)
        case "lag":
            lines = lag(**given)
        case _:
            lines = profile(**given)
    load = f"{os.cpu_count()} processors; load {before:.1f} before, {os.getloadavg()[0]:.1f} after"
    sys.stdout.write("\n".join([f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {load}", "", *lines]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
