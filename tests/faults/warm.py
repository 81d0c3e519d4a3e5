"""Start bots in a fraction of the time: one process imports the program, and forks a bot when told to.

A bot forked here is a process of its own, which runs the program's `main` and is killed like any other; only
its imports were done before, and its workers come from one process that has theirs. Of ten seconds of
processor time one is left. Lines of JSON come in, lines of JSON go out.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import select
import sys
from importlib import import_module
from multiprocessing import forkserver
from typing import Final

MODULES: Final = (
    "apscheduler.executors.asyncio",
    "apscheduler.triggers.interval",
    "bot.cli",
    "bot.doors",
    "bot.platforms.discord.standing",
    "bot.platforms.slack.opening",
    "bot.roles.scheduler",
    "bot.roles.talking",
    "bot.roles.worker",
    "bot.run",
    "bot.operating.setup",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "tests.faults.child",
)
# What workers import, and a lens fitted as theirs is.
WORKERS: Final = ("watchers.workers", "watchers.feeds.parse", "watchers.pipeline", "tests.warm_lens")
GLANCE: Final = 0.01  # seconds between two looks whether a bot ended


def serve() -> None:
    """Fork a bot for every line that comes in, and say when one ended; end with the input."""
    for module in MODULES:
        import_module(module)
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(WORKERS))
    forkserver.ensure_running()
    _say({"ready": os.getpid()})
    running = 0
    rest = b""
    while True:
        readable, _, _ = select.select([0], [], [], GLANCE if running else None)
        if readable:
            read = os.read(0, 65_536)
            if not read:
                return
            *lines, rest = (rest + read).split(b"\n")
            for line in lines:
                _say({"started": _forked(json.loads(line))})
                running += 1
        while running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            running -= 1
            _say({"ended": pid, "status": os.waitstatus_to_exitcode(status)})


def _forked(order: dict[str, object]) -> int:
    """Fork a bot with its own session, environment, arguments and log; return its process id."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    # It runs: we started it. That only its parent may ask the kernel so is what the usual look fails at.
    for place in (forkserver, forkserver._forkserver):
        setattr(place, "ensure_running", lambda: None)  # noqa: B010 - mypy takes no assignment to a method
    log = os.open(str(order["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    empty = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((empty, 0), (log, 1), (log, 2)):
        os.dup2(old, new)
    environ = order["env"]
    arguments = order["argv"]
    if isinstance(environ, dict) and isinstance(arguments, list):
        os.environ.clear()
        os.environ.update(environ)
        sys.argv = ["vedette", *map(str, arguments)]
    status = 0
    try:
        from tests.faults.child import main  # noqa: PLC0415 - loaded before the fork

        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - a forked process ends here whatever happens
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _say(what: dict[str, int]) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


if __name__ == "__main__":
    serve()
