"""The program in the tests' own process: what it says and its exit status, without a second's start.

That it starts on its own, and finds what it imports, is held where `python -m bot` runs: the lines of the
README and of the pages, a running bot and the first call of each test that says so.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from bot.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping


def called(
    *arguments: str | Path, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Call the program as a shell does, with nobody at its standard input.

    `environ` is all that it finds in its environment, None: what this process has, without a configuration.
    """
    usual = {name: value for name, value in os.environ.items() if name != "VEDETTE_CONFIG"}
    told = {**(usual if environ is None else environ), "NO_COLOR": "1", "COLUMNS": "100"}
    typed = ["vedette", *map(str, arguments)]
    out, errors = io.StringIO(), io.StringIO()
    with (
        Path(os.devnull).open(encoding="utf-8") as nobody,
        patch.dict(os.environ, told, clear=True),
        patch.object(sys, "argv", typed),
        patch.object(sys, "stdin", nobody),
        redirect_stdout(out),
        redirect_stderr(errors),
    ):
        status = _status()
    return subprocess.CompletedProcess(typed, status, out.getvalue(), errors.getvalue())


def _status() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    return 0
