"""What holds for every test: in CI nothing is skipped but what needs data from outside the repository."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure in CI, where everything that tests need is installed first."""
    report = yield
    alone = report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("shared") is None
    if alone and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
