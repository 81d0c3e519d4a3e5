"""The demo as a newcomer starts it: one command, no token, no network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WITHIN = 500.0  # seconds, on a machine that is busy with other things
END = "Try in the page's box"  # printed when the day is over

# Plays the demo with an audit hook in front: every address that Python code connects to, sends to or binds.
WATCHED = """
import sys
seen = set()
def hook(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto"):
        address = arguments[1]
        seen.add(address[0] if isinstance(address, tuple) else "unix")
    if event == "socket.getaddrinfo":
        seen.add(str(arguments[0]))
sys.addaudithook(hook)
import bot.demo
bot.demo.play_once()
print("ADDRESSES", sorted(seen))
"""


def settings(**environ: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100", **environ}


@pytest.fixture(scope="module")
def once() -> subprocess.CompletedProcess[str]:
    """Play the day through in one go."""
    return subprocess.run(
        [sys.executable, "-c", WATCHED],
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
        env=settings(SLACK_BOT_TOKEN="xoxb-canary", DISCORD_TOKEN="canary-token"),
        stdin=subprocess.DEVNULL,
    )


def live() -> str:
    """Play the day on the page, and return what is printed until it is over."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=settings(),
        stdin=subprocess.DEVNULL,
    )
    given_up = threading.Timer(WITHIN, process.kill)
    given_up.start()
    lines = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if line.startswith(END):
                break
        process.terminate()
        process.communicate(timeout=WITHIN)
        assert process.returncode == 0
    finally:
        given_up.cancel()
        process.kill()
    return "".join(lines)


def posts(shown: str) -> list[str]:
    """Return the posts of a day as printed, whatever port their links have."""
    _, *found = re.sub(r"127\.0\.0\.1:\d+", "loopback", shown).split("\n── ")
    return [post.strip() for post in found if not post.startswith("REPLY")]


@pytest.mark.long
def test_the_day_on_the_page_is_the_same_however_slow_the_machine(
    once: subprocess.CompletedProcess[str],
) -> None:
    shown = live()
    assert shown.rstrip().split("\n")[-1].startswith(END)
    played, expected = (
        posts(shown.split("Left out, although")[0]),
        posts(once.stdout.split("Left out, although")[0]),
    )
    assert len(expected) > 10
    assert played == expected


@pytest.mark.long
def test_the_demo_shows_what_it_promises_and_stays_on_loopback(
    once: subprocess.CompletedProcess[str],
) -> None:
    assert once.returncode == 0, once.stderr
    shown = once.stdout
    assert shown.startswith("sample newsroom, August 2025, outlets invented")
    assert shown.count("── DIGEST") == 1
    assert "ALERT" in shown
    assert "reports it too" in shown
    assert "Left out, although they name a watched word" in shown
    assert "title defence" in shown.split("Left out, although")[1]
    assert shown.index("── ALERT") < shown.index("── URGENT ALERT"), "not everything is urgent"
    edits = re.findall(r"^↳ \d\d:\d\d  edited t\d+: .+\n(?=\n)", shown, re.MULTILINE)
    assert edits, "a changed card is told in a line"
    assert "── EDITED" not in shown
    assert "canary" not in shown + once.stderr
    card = shown.split("── URGENT ALERT")[1].split("── ")[0]
    assert card.count("‹") == card.count("›") >= 3, "each fact is followed by its sentence"
    addresses = shown.rsplit("ADDRESSES", 1)[1]
    assert set(eval(addresses)) <= {"127.0.0.1", "unix", "", "localhost"}, addresses  # noqa: S307 - our own list
