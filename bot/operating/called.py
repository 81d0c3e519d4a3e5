"""How the program is called where it runs, and what it tells a terminal, with hints as they are typed."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE: Final = "VEDETTE_CALLED_AS"  # `./run` of a checkout sets it; elsewhere the program is on the path
USUAL: Final = "vedette"
# What follows the name where our own sentences name a command. Names of chat's commands are left out, for
# they are words of articles, too; their lines begin with /watch.
_COMMANDS: Final = (
    "backup", "bot", "check", "demo", "discord", "doctor", "evaluate", "forget", "healthcheck", "init",
    "migrate-data", "outbox", "poll", "prune", "replay", "restore", "run", "scheduler", "slack", "status",
    "worker",
)  # fmt: skip
_EARLY: Final = ("--channel", "--config")  # what people type before the noun, too
_HINT: Final = re.compile(rf"(?<![\w./-])(?<!run )vedette(?= (?:{'|'.join(_COMMANDS)})\b)")


def called_as(environ: Mapping[str, str]) -> str:
    """Return what is typed to call the program: "vedette", or "./run vedette" in a checkout."""
    return environ.get(VARIABLE, "").strip() or USUAL


def as_typed(text: str, called: str) -> str:
    """Return our sentences with the commands in them as they are typed where `called` is the program."""
    if called == USUAL:
        return text
    return _HINT.sub(lambda _: called, text)


def from_chat(text: str, called: str) -> str:
    """Return an answer for chat with its lines as they are typed in a terminal."""
    return as_typed(text, called).replace("/watch ", f"{called} ")


def without_chat(words: Sequence[str]) -> list[str]:
    """Return what was typed behind the program's name, without the "/watch" of a line copied from a page."""
    return list(words[1:] if words[:1] in (["/watch"], ["watch"]) else words)


def noun_first(words: Sequence[str]) -> list[str]:
    """Return what was typed with the channel and the configuration behind the noun, where options go."""
    count = 0
    while count < len(words) and words[count].partition("=")[0] in _EARLY:
        count += 1 if "=" in words[count] else 2
    return [*words[count : count + 1], *words[:count], *words[count + 1 :]]


def tell(text: str, *, failed: bool = False) -> None:
    """Print our own sentences, on standard error if something failed, with a line's end if it lacks."""
    said = as_typed(text, called_as(os.environ))
    print(said, end="" if said.endswith("\n") else "\n", file=sys.stderr if failed else sys.stdout)
