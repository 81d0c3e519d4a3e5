"""What holds for every test: in CI nothing is skipped but what needs data from outside the repository.

What takes longest is left out of a run that names no test (`tests/tiers.py`); CI runs it too.

Of each property that names no number of its own, a few dozen examples are tried; `./run test
--hypothesis-profile long` tries a thousand.

All that the doubles of Slack and Discord are sent is written down and judged when the run ends; a test that
sends something wrong on purpose is marked `unrecorded`.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import kept_tables, kept_workers, tiers, warm_statements, warm_workers
from tests.order import long_first
from tests.wire_records import MARK_SAYS, records_of

if TYPE_CHECKING:
    from collections.abc import Generator


MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory
ENOUGH = 2 * 1024**3  # bytes; a run leaves some 300 MB there
EXAMPLES = {"usual": 40, "long": 1_000}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of our own."""
    tiers.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Keep what goes over the wire, and the databases of the tests in memory where there is room.

    Each commit waits for the disk otherwise, which made a run three times as long and tells nothing.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    if roomy and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None
    usual = settings.get_profile(settings.get_current_profile_name())  # in CI it is another one
    for name, most in EXAMPLES.items():
        # A machine that is busy with other things is slow to draw and to try; that says nothing of either.
        settings.register_profile(
            name,
            parent=usual,
            max_examples=most,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        )
    settings.load_profile("usual")  # one that the command line names is loaded after this
    config.addinivalue_line("markers", MARK_SAYS)
    config.pluginmanager.register(records_of(config), "wire-records")
    config.pluginmanager.register(tiers, "tiers")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one database for the whole session; a copy of it takes a hundredth of the time."""
    from watchers.clock import SystemClock  # noqa: PLC0415 - most tests need no database
    from watchers.store.store import open_store  # noqa: PLC0415

    path = tmp_path_factory.mktemp("empty") / "vedette.sqlite3"

    async def create() -> None:
        async with open_store(f"sqlite:///{path}", clock=SystemClock()):
            pass

    asyncio.run(create())
    return path


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long where several processes share them."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes > 1:
        items[:] = long_first(items, processes)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the workers of walks begin with what they would load; xdist's controller collects nothing.

    The million objects that collecting leaves are looked through no more by the garbage collector.
    """
    if session.config.option.collectonly or not session.items:
        return
    gc.collect()
    gc.freeze()
    warm_statements.start()
    kept_workers.start()
    kept_tables.start()
    if warm_workers.open_bots(item.path for item in session.items):
        warm_workers.start()


def pytest_sessionfinish() -> None:
    """End the workers that were kept."""
    kept_workers.end()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure in CI, where everything that tests need is installed first."""
    report = yield
    alone = report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("shared") is None
    if alone and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
