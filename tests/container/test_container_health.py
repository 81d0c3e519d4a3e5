"""The image's question, `vedette healthcheck`, about a real process that stands still and goes on again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.config import load
from bot.operating.health import STALE, check_health
from tests.bot.operating.program import called
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
# The program, with its signs and the look at them in shorter time; the proportion is the image's.
SHORTER = """\
import sys
from datetime import timedelta
from bot.operating import health
health.STALE, health.BEAT_EVERY = timedelta(seconds=12), timedelta(seconds=1)
from bot.cli import main
sys.argv[0] = "vedette"
main()
"""
INTERVAL_S = 12.0
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"
[page]
enabled = false
[relevance]
embedder = "none"
[[channels]]
id = "preview:desk"
name = "Desk"
keywords = ["frigate"]
[[feeds]]
url = "http://127.0.0.1:9/none.xml"
name = "Nowhere"
"""


def vedette(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", SHORTER, *map(str, arguments)]


def asked(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        vedette("healthcheck", "--config", config),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def becomes_well(config: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until the check is content; return what it last said."""
    deadline = time.monotonic() + 240
    while (look := asked(config)).returncode and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.5)
    return look.stderr


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            vedette("run", "--config", config),
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        with process:
            yield config, process
            process.send_signal(signal.SIGCONT)
            process.kill()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_frozen_process_is_unhealthy_by_the_second_look_and_well_again_when_it_wakes(
    running: tuple[Path, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    config, process = running
    assert becomes_well(config, process) == "", (tmp_path / "log").read_text()
    process.send_signal(signal.SIGSTOP)
    looks = []
    for _ in range(2):
        time.sleep(INTERVAL_S)
        looks.append(asked(config))
    assert looks[1].returncode == 1
    assert "poll has been silent since" in looks[1].stderr
    process.send_signal(signal.SIGCONT)
    assert becomes_well(config, process) == ""
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


async def test_no_sign_is_given_while_a_gateway_is_stuck(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    stuck = True

    async def look() -> str:
        return "Discord is not connected" if stuck else ""

    async with open_app(load(path), path, clock=SystemClock(), terminal=None) as app:
        app.doors.looks["discord"] = look
        await app.poll()
        await app.read()
        await app.deliver()
        assert check_health(path) == "deliver has not begun"
        stuck = False
        await app.deliver()
        assert check_health(path) == ""
        later = check_health(path, now=datetime.now(UTC) + STALE + timedelta(seconds=1))
        assert "poll has been silent since" in later


def test_without_a_process_it_is_unhealthy_and_says_why(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    look = called("healthcheck", "--config", config)
    assert look.returncode == 1
    assert "vedette.sqlite3 is not there yet" in look.stderr
