"""Say what is wrong with a configuration file and on which line; tomllib and pydantic know part of it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final, get_args

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\- ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")

# What a setting looks like, where all that the library knows is the pattern it did not match.
_PATTERNS: Final = {
    "slack.command": 'a command such as "/watch"',
    "slack.editors": 'the ID of a person or a user group, such as "U0123ABCD" or "S0123ABCD"',
    "discord.command": 'a command without its slash, such as "watch"',
    "discord.roles": 'the ID of a role, such as "123456789012345678"',
    "feeds.lang": 'a language\'s two letters, such as "en"',
}
_CHANNELS: Final = {
    "slack": 'slack: and the channel\'s ID, such as "slack:C0123ABCD"; copy it from the end of its details',
    "discord": 'discord: and the channel\'s ID, such as "discord:123456789012345678"; Copy Channel ID in its '
    "menu gives it, in Discord's developer mode",
    "preview": 'preview: and a name in small letters, such as "preview:main"',
    "": 'an id such as "preview:main", "slack:C0123ABCD" or "discord:123456789012345678"',
}
_SECRET: Final = re.compile(r"token|secret|password|key\b")
_DID_YOU_MEAN: Final = "; did you mean"

# What tomllib says of the slips that people make, and how to say it to who edits a file once a year.
_TOML: Final = (
    (
        re.compile(r"Cannot declare \((.+?),?\) twice"),
        "the section [{}] stands twice; put its keys under one",
    ),
    (re.compile(r"Cannot overwrite a value"), "this key stands twice in its section"),
    (
        re.compile(r"Invalid value"),
        'expected a number, true, false, a list in [ ], or a text in straight quotes, "like this"',
    ),
    (re.compile(r"Illegal character '\\n'"), 'the text that begins here has no closing "'),
    (re.compile(r"Expected '=' after a key in a key/value pair"), 'expected a line such as key = "value"'),
)
_AT: Final = re.compile(r" \(at line (\d+), column \d+\)\Z")

Location = tuple[str | int, ...]


class MisplacedError(ValueError):
    """Faults of the file as a whole: where each stands, what was expected there, and what was found."""

    def __init__(self, *faults: tuple[Location, str, str]) -> None:
        super().__init__("; ".join(expected for _, expected, _ in faults))
        self.faults = faults


def spread(faults: Iterable[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield each fault with its own place, also those that one check of the whole file found."""
    for fault in faults:
        error = fault.get("ctx", {}).get("error")
        if not isinstance(error, MisplacedError):
            yield fault
            continue
        for where, expected, found in error.faults:
            yield {"type": "value_error", "loc": where, "msg": expected, "input": found}


def not_toml(path: Path, said: str) -> str:
    """Return why a file cannot be read at all, with the line, from what tomllib says of it."""
    at = _AT.search(said)
    plain = _AT.sub("", said)
    for pattern, told in _TOML:
        if found := pattern.match(plain):
            name = re.sub(r"[' ]", "", found[1]).replace(",", ".") if found.groups() else ""
            plain = told.format(name)
            break
    return f"{path}{f':{at[1]}' if at else ''}: this is not TOML: {plain}"


def sentence(path: Path, lines: Mapping[Location, int], fault: ErrorDetails, root: type[BaseModel]) -> str:
    """Return one fault as people read it: file, line, setting, what was expected and what was found."""
    where = fault["loc"]
    line = line_of(lines, where)
    name = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in where).lstrip(".")
    kind, found = fault["type"], fault.get("input")
    if kind == "extra_forbidden":
        return f"{path}:{line}: {name}: there is no such setting{_instead(where, root)}"
    if kind == "missing":
        return f"{path}:{line}: {name}: expected a value, got nothing"
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if kind == "string_pattern_mismatch":
        message = _like(where, str(found)) or message
    if isinstance(found, dict):
        return f"{path}:{line}: {name or 'the file'}: expected {message}"
    shown = str(found) if len(str(found)) <= 60 else str(found)[:57] + "..."
    quoted = f'"{shown}"' if isinstance(found, str) else shown
    return f"{path}:{line}: {name}: {expected(message, quoted)}"


def line_of(lines: Mapping[Location, int], where: Location) -> int:
    """Return the line of a setting, or of the table in which it is missing."""
    return next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)


def expected(message: str, quoted: str) -> str:
    """Return what was expected and what was found; what may have been meant comes last."""
    wanted, mark, meant = message.partition(_DID_YOU_MEAN)
    return f"expected {wanted}, got {quoted}{mark}{meant}"


def _instead(where: Location, root: type[BaseModel]) -> str:
    """Return what to write instead of a setting that does not exist."""
    name = str(where[-1])
    if where[0] in {"slack", "discord"} and _SECRET.search(name.lower()):
        if where[0] == "discord":
            variable = "DISCORD_TOKEN"
        elif "sign" in name.lower():
            variable = "SLACK_SIGNING_SECRET"
        else:
            variable = "SLACK_APP_TOKEN" if "app" in name.lower() else "SLACK_BOT_TOKEN"
        return f"; tokens come from the environment, never from this file: set {variable}"
    known = _known(where[:-1], root)
    if near := difflib.get_close_matches(name, known, n=1):
        return f'{_DID_YOU_MEAN} "{near[0]}"?'
    return "; expected one of " + ", ".join(known)


def _like(where: Location, found: str) -> str:
    """Return what a value looks like whose pattern was not matched, empty if that is not known."""
    name = ".".join(part for part in where if isinstance(part, str))
    if name == "channels.id":
        return _CHANNELS.get(found.partition(":")[0].strip().lower() if ":" in found else "", _CHANNELS[""])
    return _PATTERNS.get(name, "")


def _known(where: Location, root: type[BaseModel]) -> Sequence[str]:
    """Return the settings that exist at a place of the file."""
    model: object = root
    for part in where:
        if isinstance(part, str) and isinstance(model, type) and issubclass(model, BaseModel):
            model = _section(model.model_fields[part].annotation)
    return tuple(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else ()


def _section(annotation: object) -> object:
    """Return the section inside an annotation such as `tuple[Channel, ...]` or `DigestSettings | None`."""
    inner = [part for part in get_args(annotation) if part not in (type(None), ...)]
    return _section(inner[0]) if inner else annotation


def lines_of(text: str) -> dict[Location, int]:
    """Return the line, from 1, on which each table and key of a TOML text stands; `tomllib` does not tell."""
    found: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    table: Location = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _place(header[2].replace(" ", "").split("."), counts, new=header[1] == "[[")
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1]), number)
    return found


def _place(parts: Iterable[str], counts: dict[Location, int], *, new: bool) -> Location:
    """Return where a table header stands, with the index of each array of tables it lies in."""
    names = list(parts)
    place: Location = ()
    for depth, name in enumerate(names):
        place = (*place, name)
        last = depth == len(names) - 1
        if new and last:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
