"""Say what is wrong with a configuration file and on which line; tomllib and pydantic know part of it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\- ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")

Location = tuple[str | int, ...]


def sentence(path: Path, lines: Mapping[Location, int], fault: ErrorDetails, root: type[BaseModel]) -> str:
    """Return one fault as people read it: file, line, setting, what was expected and what was found."""
    where = fault["loc"]
    line = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)
    name = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in where).lstrip(".")
    kind, found = fault["type"], fault.get("input")
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(where[-1]), _known(where[:-1], root), n=1)
        hint = (
            f'; did you mean "{near[0]}"?'
            if near
            else "; expected one of " + ", ".join(_known(where[:-1], root))
        )
        return f"{path}:{line}: {name}: there is no such setting{hint}"
    if kind == "missing":
        return f"{path}:{line}: {name}: expected a value, got nothing"
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if isinstance(found, dict):
        return f"{path}:{line}: {name or 'the file'}: expected {message}"
    shown = str(found) if len(str(found)) <= 60 else str(found)[:57] + "..."
    quoted = f'"{shown}"' if isinstance(found, str) else shown
    return f"{path}:{line}: {name}: expected {message}, got {quoted}"


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
