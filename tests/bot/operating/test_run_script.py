"""`./run` of a checkout: what it says while it installs, and that it is quiet when nothing is to be done."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[3]
TOOLS = ("sh", "cat", "cksum", "date", "grep", "dirname", "mkdir", "cp", "rm", "chmod", "mv")
WITHIN = 60.0  # seconds
# A Python that installs nothing: it notes what it was asked, and says what pip says.
PYTHON = """#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in
  -V) echo 'Python 3.12.0' ;;
  '-c import sys; print(sys.version)') echo '3.12.0' ;;
  '-m venv .venv')
    mkdir -p .venv/bin
    cp "$0" .venv/bin/python
    [ -z "${NO_VENV:-}" ] || exit 1
    ;;
  '-m bot '*) echo "called as: ${VEDETTE_CALLED_AS:-}, ${*#-m bot }" ;;
  '-m pip install'*--require-hashes*)
    echo 'Ignoring gamma: markers "sys_platform == \'win32\'" do not match your environment'
    echo 'Collecting alpha==1 (from -r requirements/runtime.lock (line 1))'
    echo '  Downloading alpha-1-py3-none-any.whl (1.2 MB)'
    echo 'Processing /srv/index/delta_one-1.0-py3-none-any.whl (from -r requirements/runtime.lock (line 9))'
    echo 'Collecting beta-two[more]==2 (from -r requirements/runtime.lock (line 2))'
    echo '  Using cached beta_two-2-py3-none-any.whl (7 kB)'
    [ -z "${NO_INDEX:-}" ] || { echo 'ERROR: no index' >&2; exit 1; }
    echo 'Installing collected packages: beta_two, alpha'
    ;;
  '-m pip install'*--editable*)
    [ -z "${NO_PROJECT:-}" ] || { echo 'ERROR: no hatchling' >&2; exit 1; }
    ;;
esac
"""
OLD = """#!/bin/sh
case "$*" in -V) echo 'Python 3.10.9' ;; esac
exit 1
"""
UV = """#!/bin/sh
echo "uv $*" >>"$ASKED"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make a checkout of the script alone, with a Python beside it that installs nothing."""
    for folder in ("bin", "requirements"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "run", tmp_path / "run")
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (tmp_path / "bin" / name).symlink_to(found)
    tool(tmp_path, "python3.12", PYTHON)
    (tmp_path / "pyproject.toml").touch()
    for name, text in (("runtime", "alpha==1\ndelta-one==1.0\nbeta-two==2\n"), ("build", "gamma==3\n")):
        (tmp_path / "requirements" / f"{name}.lock").write_text(text, encoding="utf-8")
    return tmp_path


def tool(checkout: Path, name: str, text: str) -> None:
    path = checkout / "bin" / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def environ(checkout: Path) -> dict[str, str]:
    return {"PATH": str(checkout / "bin"), "ASKED": str(checkout / "asked")}


def ran(
    checkout: Path, *words: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Call the script where nobody watches."""
    return subprocess.run(
        ["./run", *words],
        cwd=checkout,
        env={**environ(checkout), **(more or {})},
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def watched(checkout: Path, *words: str) -> str:
    """Call the script in a terminal, and return what that shows of standard error."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as shown:
        process = subprocess.Popen(
            ["./run", *words],
            cwd=checkout,
            env=environ(checkout),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
        )
        os.close(theirs)
        said = b""
        try:
            while piece := shown.read(4096):
                said += piece
        except OSError:  # the other end of a terminal is closed
            pass
        assert process.wait(WITHIN) == 0
    return said.decode()


def asked(checkout: Path) -> str:
    return (checkout / "asked").read_text(encoding="utf-8")


def test_where_nobody_watches_an_installation_is_told_in_a_few_lines(checkout: Path) -> None:
    done = ran(checkout, "vedette", "check")
    assert done.returncode == 0, done.stderr
    first, second, third = done.stderr.splitlines()
    assert first.startswith("run: setting up .venv, once: Python 3.12.0, 4 packages, 330 MB")
    assert second == "run: the packages are there; adding this project"
    assert third.startswith("run: ready after ")
    assert done.stdout == "called as: ./run vedette, check\n"


def test_in_a_terminal_each_package_is_named_as_it_comes(checkout: Path) -> None:
    said = watched(checkout, "vedette", "check")
    counts = [piece.split("\r")[0] for piece in said.split("\033[K")]
    assert "run: 2 of 4: alpha" in counts
    assert "run: 3 of 4: delta_one" in counts
    assert "run: 4 of 4: beta-two" in counts
    assert "run: 4 of 4: putting them in place, which takes about as long" in counts


def test_when_nothing_is_to_be_done_nothing_is_said_or_asked(checkout: Path) -> None:
    ran(checkout, "vedette", "check")
    (checkout / "asked").unlink()
    done = ran(checkout, "vedette", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "-m venv" not in asked(checkout)
    assert "-m pip" not in asked(checkout)


def test_an_index_that_cannot_be_reached_ends_it_with_a_sentence_and_is_tried_again(checkout: Path) -> None:
    failed = ran(checkout, "vedette", "check", more={"NO_INDEX": "1"})
    assert failed.returncode == 1
    assert "ERROR: no index" in failed.stderr
    assert failed.stderr.endswith("could not be installed; is a package index within reach?\n")
    assert failed.stdout == ""
    assert ran(checkout, "vedette", "check").returncode == 0


def test_uv_installs_where_it_is(checkout: Path) -> None:
    tool(checkout, "uv", UV)
    done = ran(checkout, "vedette", "check")
    assert done.returncode == 0, done.stderr
    assert len(done.stderr.splitlines()) == 3
    assert "uv pip install --quiet" in asked(checkout)
    assert "-m pip" not in asked(checkout)


def test_hints_name_the_script_as_it_was_called(checkout: Path) -> None:
    script = checkout / "run"
    done = subprocess.run(
        [script, "vedette", "check"],
        cwd="/",
        env=environ(checkout),
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=True,
    )
    assert done.stdout == f"called as: {script} vedette, check\n"


@pytest.mark.parametrize("wished", [{}, {"VEDETTE_PYTHON": "python3.10"}], ids=["on the path", "wished for"])
def test_where_no_python_will_do_nothing_is_set_up(checkout: Path, wished: dict[str, str]) -> None:
    (checkout / "bin" / "python3.12").unlink()
    for name in ("python3", "python3.10"):
        tool(checkout, name, OLD)
    done = ran(checkout, "vedette", "check", more=wished)
    assert (done.returncode, done.stdout) == (1, "")
    (said,) = done.stderr.splitlines()
    assert said.startswith("run: Python 3.11, 3.12 or 3.13")
    assert not (checkout / ".venv").exists()


def test_a_wish_for_a_python_too_old_leaves_what_is_installed(checkout: Path) -> None:
    ran(checkout, "vedette", "check")
    tool(checkout, "python3.10", OLD)
    done = ran(checkout, "vedette", "check", more={"VEDETTE_PYTHON": "python3.10"})
    assert done.returncode == 1
    assert done.stderr.startswith("run: Python 3.11, 3.12 or 3.13")
    assert ran(checkout, "vedette", "check").stderr == ""


def test_what_is_installed_needs_no_other_python(checkout: Path) -> None:
    ran(checkout, "vedette", "check")
    (checkout / "bin" / "python3.12").unlink()
    tool(checkout, "python3", OLD)
    done = ran(checkout, "vedette", "check")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_installation_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    ran(checkout, "vedette", "check")
    (checkout / ".venv" / "bin" / "python").unlink()
    done = ran(checkout, "vedette", "check")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("run: setting up .venv, once")


@pytest.mark.parametrize("command", ["vedette", "demo", "test"])
def test_a_project_that_cannot_be_added_is_said_and_tried_again(checkout: Path, command: str) -> None:
    (checkout / "requirements" / "dev.lock").write_text("alpha==1\n", encoding="utf-8")
    failed = ran(checkout, command, more={"NO_PROJECT": "1"})
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.endswith("could not be added to .venv; what went wrong stands above\n")
    again = ran(checkout, command)
    assert again.returncode == 0
    assert "adding this project" in again.stderr


def test_a_folder_that_was_moved_is_not_told_of_a_download(checkout: Path) -> None:
    ran(checkout, "vedette", "check")
    (checkout / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    done = ran(checkout, "vedette", "check")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("run: bringing .venv up to date: Python 3.12.0, 4 packages, of which only")
    assert "MB" not in done.stderr


def test_no_program_is_called_by_its_own_first_line(checkout: Path) -> None:
    """That names the folder in which it was installed, which may have been moved since."""
    (checkout / "requirements" / "dev.lock").write_text("alpha==1\n", encoding="utf-8")
    (checkout / "docs").mkdir()
    for command in ("check", "fix", "test", "demo", "vedette"):
        done = ran(checkout, command)
        assert done.returncode == 0, done.stderr
    for module in ("ruff check .", "ruff format .", "mypy", "pytest", "bot demo"):
        assert f"-m {module}" in asked(checkout)
    assert {path.name for path in (checkout / ".venv" / "bin").iterdir()} == {"python"}


@pytest.mark.parametrize("lacking", ["NO_VENV", "NO_INDEX", "NO_PROJECT"])
def test_a_replacement_that_fails_leaves_what_was_installed(checkout: Path, lacking: str) -> None:
    ran(checkout, "vedette", "check")
    tool(checkout, "python3.13", PYTHON.replace("3.12", "3.13"))
    wish = {"VEDETTE_PYTHON": "python3.13"}
    failed = ran(checkout, "vedette", "check", more={**wish, lacking: "1"})
    assert failed.returncode == 1
    assert ran(checkout, "vedette", "check").stderr == "", "the one before works as it did"
    assert ran(checkout, "vedette", "check", more=wish).returncode == 0
    assert "3.13" in (checkout / ".venv" / "bin" / "python").read_text(encoding="utf-8")
    assert not (checkout / ".venv.old").exists()


def test_a_replacement_that_was_broken_off_is_undone_and_a_complete_one_kept(checkout: Path) -> None:
    ran(checkout, "vedette", "check")
    (checkout / ".venv").rename(checkout / ".venv.old")
    (checkout / ".venv").mkdir()  # as a power cut leaves it
    assert ran(checkout, "vedette", "check").stderr == ""
    assert not (checkout / ".venv.old").exists()
    (checkout / ".venv.old").mkdir()
    assert ran(checkout, "vedette", "check").stderr == ""
    assert not (checkout / ".venv.old").exists()
