"""A story as a file of evidence: Markdown, JSON or CSV, the same bytes as long as nothing changed. Pure.

No time of writing and no count of votes is in it, so that two exports of an unchanged story are equal.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.commands.dossier_markdown import markdown
from bot.commands.dossier_records import records
from bot.commands.dossier_rows import COLUMNS, rows
from bot.commands.tabular import write

if TYPE_CHECKING:
    from bot.commands.dossier_records import Dossier


def written(dossier: Dossier, kind: str) -> bytes:
    """Return the file: "md", "json" or "csv"."""
    told = records(dossier)
    if kind == "json":
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    if kind == "csv":
        return write(COLUMNS, [tuple(row.get(name, "") for name in COLUMNS) for row in rows(told)], "csv")
    return ("\n".join(markdown(told)) + "\n").encode()
