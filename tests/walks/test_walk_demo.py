"""The demo as a newcomer starts it: one command, no token, no network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

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


def play(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **environ}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env=settings,
        stdin=subprocess.DEVNULL,
    )


def test_the_demo_shows_what_it_promises_and_stays_on_loopback() -> None:
    done = play(sys.executable, "-c", WATCHED, SLACK_BOT_TOKEN="xoxb-canary", DISCORD_TOKEN="canary-token")
    assert done.returncode == 0, done.stderr
    shown = done.stdout
    assert shown.startswith("sample newsroom, August 2025, outlets invented")
    assert shown.count("── DIGEST") == 1
    assert "ALERT" in shown
    assert "reports it too" in shown
    assert "Left out, although they name a watched word" in shown
    assert "title defence" in shown.split("Left out, although")[1]
    assert "canary" not in shown + done.stderr
    card = shown.split("── URGENT ALERT")[1].split("── ")[0]
    assert card.count("‹") == card.count("›") >= 3, "each fact is followed by its sentence"
    addresses = shown.rsplit("ADDRESSES", 1)[1]
    assert set(eval(addresses)) <= {"127.0.0.1", "unix", "", "localhost"}, addresses  # noqa: S307 - our own list
