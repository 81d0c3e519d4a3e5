"""Make of a line with one thing wrong in it the same line with what is nearest in its place. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.commands.parse import works
from bot.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.parse import Form

LONGEST: Final = 300  # code points of a line that is shown again
_NUMBERED: Final = re.compile(r".+ \(([a-z]\d+)\)")  # "Harbour Gazette (s12)"


def corrected(error: CommandError, text: str, forms: Sequence[Form]) -> CommandError:
    """Return an error whose example is the line as typed with what is nearest in it, if that can be read.

    Without anything near, or where it is not known what of the line was wrong, the example stays.
    """
    line = text.strip().removeprefix("/").removeprefix("watch ").strip()
    if not error.nearest or not error.typed or len(line) > LONGEST:
        return error
    named = _NUMBERED.fullmatch(error.nearest)
    right = named[1] if named else error.nearest
    option = re.match(r"[a-z]+:", right)
    place = _place(error.typed, line, option[0] if option else "")
    if place is None:
        return error
    quoted = f'"{right}"' if option is None and any(map(str.isspace, right)) else right
    line = line[: place.start()] + quoted + line[place.end() :]
    return CommandError(error.message, error.nearest, f"/watch {line}") if works(line, forms) else error


def _place(typed: str, line: str, option: str) -> re.Match[str] | None:
    """Return where something wrong stands in a line: behind its option's name, or as a word of its own."""
    wrong = rf'"?{re.escape(typed)}"?' + ("" if typed.endswith(":") else r"(?!\S)")
    behind = re.search(rf"(?<!\S){option}{wrong}", line) if option else None
    return behind or re.search(rf"(?<![^\s:]){wrong}", line)
