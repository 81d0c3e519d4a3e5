"""What a bot says in its log when it begins: how many feeds are asked, not how many the file has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
FEED = '\n[[feeds]]\nurl = "http://127.0.0.1:9/{0}.xml"\nname = "{0}"\n'
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"
allow = ["127.0.0.1:9"]

[relevance]
embedder = "none"

[page]
enabled = false

[[channels]]
id = "preview:main"
name = "Desk"
tags = ["navy"]
"""


def test_a_feed_that_no_channel_reads_is_not_counted_among_those_that_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'{CONFIG}{FEED.format("one")}tags = ["navy"]\n{FEED.format("two")}', encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--config", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stderr is not None
        said = next((line for line in process.stderr if "Running:" in line), "")
        process.kill()
    assert "Running: 1 feed" in said
    assert "feeds" not in said
