"""Being told to stop: by SIGTERM or SIGINT, and within a bounded time whatever does not answer."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
import time
from typing import Final

logger = logging.getLogger(__name__)

# Seconds after the signal; a container is killed after 10. Work in hand has 4 to 6 of them, and closing takes
# tenths of a second, but with a server that neither answers nor hangs up it took 44 and more.
ENDS_WITHIN: Final = 9.0


def stop_signal(*, within: float = ENDS_WITHIN) -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set, from now until the loop closes.

    It is asked for first of all: a signal that comes while parts open or close must not kill them half done.
    A process that is still there `within` seconds later ends at once: whatever it was about, a kill at any
    moment loses nothing.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told() -> None:
        if not stop.is_set():
            stop.set()
            threading.Thread(target=_end, args=(within,), daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)
    return stop


def _end(within: float) -> None:
    """End the process and its own ones, if it has not ended by then."""
    time.sleep(within)
    logger.error("Did not end within %g s and is ended; nothing is lost", within, extra={"action": "ended"})
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(1)
