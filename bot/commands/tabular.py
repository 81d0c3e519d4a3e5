"""Write rows as a file: comma-separated values, JSON, or a Markdown table. Pure."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, TypeAlias

from bot.platforms.inert import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | dict[str, Value] | None"
Row: TypeAlias = "dict[str, Value]"
Rows: TypeAlias = "tuple[tuple[str, ...], Sequence[tuple[str, ...]]]"
# A spreadsheet takes a cell that begins so for a formula; feeds must not write formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], kind: str) -> bytes:
    """Return the rows as a file: csv (with a mark that makes spreadsheets read UTF-8), json or md."""
    match kind:
        case "json":
            records = [dict(zip(header, row, strict=True)) for row in rows]
            return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()
        case "md":
            lines = [header, tuple("---" for _ in header), *rows]
            return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines).encode()
        case _:
            out = io.StringIO()
            writer = csv.writer(out)
            writer.writerow(header)
            writer.writerows(tuple(map(_harmless, row)) for row in rows)
            return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def cell(text: str) -> str:
    """Return a text as one line of Markdown in which nothing is markup."""
    escaped = one_line(text).replace("\\", "\\\\").replace("|", "\\|")
    return escaped.replace("<", "&lt;").replace("[", "\\[").replace("`", "\\`")


def some(value: Value) -> list[Row]:
    """Return the records of a list, nothing of any other value."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def cell_of(value: Value) -> str:
    """Return a value as one cell: the parts of a list with semicolons between, yes or nothing for a truth."""
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
