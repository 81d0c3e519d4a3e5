"""The program with every logger at DEBUG, its libraries' too: `python -m tests.loud_bot run -c …`."""

from __future__ import annotations

import logging
import sys

from bot import run
from bot.cli import main
from bot.logs import set_up


def loud(*, level: int = logging.DEBUG) -> None:
    """Let everything be logged that anybody logs, save where the program itself keeps a logger quiet."""
    set_up(level=level)
    logging.getLogger().setLevel(logging.DEBUG)


if __name__ == "__main__":
    run.set_up = loud  # type: ignore[attr-defined]  # what the module imports it by
    sys.argv[0] = "vedette"
    main()
