"""Write docs/pictures/demo.svg: some posts of what `vedette demo --once` prints, rolling by.

python -m tests.browser.terminal > docs/pictures/demo.svg
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from typing import Final

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

COLUMNS: Final = 100
WANTED: Final = ("Valmora", "Digest for", "Left out")  # what a post's first lines hold to be shown
MOST: Final = 34  # lines of one post
VIEW: Final = 720  # pixels of height that are seen at a time
LINE: Final = 24.4  # pixels of a line, as rich draws them
SECONDS_A_LINE: Final = 0.4  # unhurried reading
_RULE: Final = re.compile(r"^(?:\x1b\[[\d;]*m)*(?:── |↳ )")  # a post, or the line of a changed card
_MARKS: Final = re.compile(r"\x1b\[[\d;]*m")
# rich's own layout asks a web site for a font; this one asks nobody.
_LAYOUT: Final = """\
<svg viewBox="0 0 {{width}} {view}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>What vedette demo prints</title>
<style>
.{{unique_id}}-matrix {{{{
  font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {{char_height}}px;
}}}}
{{styles}}
@keyframes roll {{{{
  0%, 6% {{{{ transform: translateY(0) }}}}
  94%, 100% {{{{ transform: translateY(-{way}px) }}}}
}}}}
.roll {{{{ animation: roll {seconds}s linear infinite }}}}
@media (prefers-reduced-motion: reduce) {{{{ .roll {{{{ animation: none }}}} }}}}
</style>
<defs>
<clipPath id="view"><rect x="0" y="0" width="{{width}}" height="{inside}"/></clipPath>
{{lines}}
</defs>
<rect fill="#0c1013" width="{{width}}" height="{view}" rx="8"/>
<g transform="translate(12, 12)" clip-path="url(#view)"><g class="roll">{{backgrounds}}
<g class="{{unique_id}}-matrix">{{matrix}}</g></g></g>
</svg>
"""


def printed() -> str:
    """Return what the demo prints into a terminal, with its colours."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "bot", "demo", "--once"]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environ):
        os.close(theirs)
        found = bytearray()
        try:
            while piece := os.read(ours, 65_536):
                found += piece
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    return found.decode("utf-8", "replace").replace("\r\n", "\n")


def chosen(text: str) -> list[str]:
    """Return the lines of the posts worth showing, the long ones cut with a mark."""
    posts: list[list[str]] = []
    for line in text.splitlines():
        if _RULE.match(line):
            posts.append([])
        if posts:
            posts[-1].append(line)
    shown = ["$ ./run demo --once", ""]
    for post in posts:
        if any(word in _MARKS.sub("", line) for line in post[1:4] for word in WANTED):
            cut = len(post) > MOST
            shown += [*post[:MOST], *(["…"] if cut else []), *([""] if post[-1] else [])]
    return shown


def drawn(lines: list[str]) -> str:
    """Return the lines as an SVG that rolls from the first to the last."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for line in lines:
        console.print(Text.from_ansi(line), soft_wrap=True)
    way = max(0, round(len(lines) * LINE) - VIEW + 40)
    layout = _LAYOUT.format(view=VIEW, inside=VIEW - 24, way=way, seconds=round(len(lines) * SECONDS_A_LINE))
    return console.export_svg(title="", theme=MONOKAI, unique_id="demo", code_format=layout)


if __name__ == "__main__":
    sys.stdout.write(drawn(chosen(printed())))
