"""Start the process that the workers of walks are forked from, with loaded what each would load again.

A walk opens a bot of its own, whose two workers import the same modules and fit the same scorer, a second or
two for each walk. That workers load what they need by themselves is held where the program runs as a process
of its own: the README's lines, the demo, the newcomer's page and a running bot.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from watchers.workers import one_thread

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LOADED: Final = (
    "watchers.workers",
    "watchers.feeds.parse",
    "watchers.pipeline",
    "watchers.pages.extract",
    "tests.warm_lens",
)


def open_bots(paths: Iterable[Path]) -> bool:
    """Tell whether tests in any of these files open bots: to the others workers matter little."""
    return any(path.parent.name == "walks" for path in paths)


def start() -> None:
    """Start it, unless this process has one already. Returns at once: it loads beside the first tests."""
    with patch.dict(os.environ):
        one_thread()  # as a worker that reads does before it imports numpy
        multiprocessing.get_context("forkserver").set_forkserver_preload(list(LOADED))
        forkserver.ensure_running()
