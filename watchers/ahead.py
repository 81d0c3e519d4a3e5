"""Make a start short: workers' imports run beside ours, and nothing is searched for garbage meanwhile."""

from __future__ import annotations

import gc
import multiprocessing
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# What workers are forked with, as `bot.app` asks for it: a start waits for these, so they begin first.
IMPORTED: Final = ("watchers.workers", "watchers.feeds.parse")


def start_workers_ahead() -> None:
    """Begin to import what workers are forked with, in a process of its own. Returns at once."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["__main__", *IMPORTED])
    forkserver.ensure_running()


@contextmanager
def uncollected() -> Iterator[None]:
    """Import what lasts as long as the process: looking for garbage among it takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
