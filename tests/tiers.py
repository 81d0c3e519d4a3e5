"""Leave the tests that take longest out of a run that names none: an edit is tried in minutes, CI tries all.

`long` marks what starts whole processes for a minute and more, or draws pictures of the documentation. Each
holds something that shorter tests hold in part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK: Final = "long"
OPTION: Final = "--all"
MARK_SAYS: Final = f"{MARK}: takes long; left out of a run that names no test, unless --all is given"
SAID: Final = "tests marked `long` are left out: name them, or run all with --all as CI does"


def add_option(parser: pytest.Parser) -> None:
    """Add the option that leaves nothing out; a plugin that is registered late comes too late for it."""
    parser.addoption(OPTION, action="store_true", dest="all_tests", help="also run the tests marked `long`")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Leave nothing out where somebody chose; xdist hands the option on to its workers."""
    config.addinivalue_line("markers", MARK_SAYS)
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    if named or config.option.keyword or config.option.markexpr:
        config.option.all_tests = True


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say that some are left out."""
    return None if config.option.all_tests else SAID


def kept(items: Sequence[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests of a plain run, and those that are left out of it."""
    groups: dict[bool, list[pytest.Item]] = {False: [], True: []}
    for item in items:
        groups[item.get_closest_marker(MARK) is not None].append(item)
    return groups[False], groups[True]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the long ones of a plain run."""
    if config.option.all_tests:
        return
    items[:], left = kept(items)
    config.hook.pytest_deselected(items=left)
