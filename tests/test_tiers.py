"""A plain run leaves out what is marked `long` and says so; whoever names tests, or wants all, gets them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.tiers import SAID

ROOT: Final = Path(__file__).parents[1]
CONFTEST: Final = """
from tests import tiers

def pytest_addoption(parser):
    tiers.add_option(parser)

def pytest_configure(config):
    config.pluginmanager.register(tiers, "tiers")
"""
TESTS: Final = """
import pytest

def test_short(): ...

@pytest.mark.long
def test_long(): ...
"""


@pytest.mark.parametrize(
    ("arguments", "ran"),
    [
        pytest.param((), 1, id="a plain run"),
        pytest.param(("-n", "2"), 1, id="a plain run in two processes"),
        pytest.param(("--all",), 2, id="all"),
        pytest.param(("-n", "2", "--all"), 2, id="all in two processes"),
        pytest.param(("-n", "2", "test_both.py"), 2, id="a file that is named, in two processes"),
        pytest.param(("-k", "long"), 1, id="a word that is looked for"),
    ],
)
def test_what_is_left_out_of_a_run(arguments: tuple[str, ...], ran: int, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_both.py").write_text(TESTS)
    command = (sys.executable, "-m", "pytest", "-p", "xdist", "-c", "/dev/null", "--rootdir", ".")
    done = subprocess.run(
        (*command, *arguments),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{ran} passed" in done.stdout
    plain = not {"--all", "test_both.py", "-k"} & set(arguments)
    assert (SAID in done.stdout) is plain
