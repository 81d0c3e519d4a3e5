"""Read labelled input and write predictions: JSON objects, one a line."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from rich.console import Console
from rich.progress import Progress

from bot.errors import ConfigError
from bot.evaluation.fields import FIELDS, faults
from watchers.feeds.links import canonical
from watchers.languages import detect
from watchers.text import plain_text
from watchers.types import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.scoring.measures import Json, Row

Item = TypeVar("Item")
BATCH: Final = 32
TOLD: Final = 5  # faults of a file at once; a file that is wrong throughout would fill the screen
SHOWN: Final = 60  # characters of a line that will not do


def read_rows(path: Path, task: str = "") -> list[Row]:
    """Return the rows of a file, held to what its task reads; no task: to being objects with a name.

    Raises ConfigError naming the first lines that will not do.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    rows: list[Row] = []
    found: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _row(line)
        wrong = ["expected a JSON object"] if row is None else [*_lacks(row, task)]
        found += (f"{path}:{number}: {one}, got {_short(line)}" for one in wrong)
        rows.append(row or {})
    if found:
        more = [f"and {len(found) - TOLD} faults more"] if len(found) > TOLD else []
        raise ConfigError(*found[:TOLD], *more)
    return rows


def _row(line: str) -> Row | None:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return None
    return row if isinstance(row, dict) else None


def _lacks(row: Row, task: str) -> Iterator[str]:
    if task:
        yield from faults(row, FIELDS[task])
    elif not ({"id", "feed"} & set(row)):
        yield 'expected a JSON object with an "id"'


def _short(line: str) -> str:
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write rows to a file, making its folder. Raises ConfigError where that is not allowed."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from error


def entry_of(row: Row) -> Entry:
    """Return an item as the product would have it from a feed: plain text, canonical link, language told."""
    title, summary, body = (plain_text(str(row.get(name) or "")) for name in ("title", "summary", "body"))
    published, offset = _moment(row.get("published"))
    return Entry(
        key=str(row["id"]),
        feed=1,
        guid=str(row["id"]),
        link=canonical(str(row.get("link") or ""), ""),
        title=title,
        summary=summary,
        body=body,
        lang=detect(f"{title}\n{summary or body[:400]}"),
        outlet=str(row.get("source") or ""),
        published=published,
        seen=published,
        offset=offset,
    )


def day_of(value: Json) -> date:
    """Return the day of a publication time, in its own zone."""
    moment, offset = _moment(value)
    return (moment + timedelta(minutes=offset)).date()


def _moment(value: Json) -> tuple[datetime, int]:
    """Return a publication time in UTC and how many minutes its zone is ahead; a date alone is noon."""
    text = str(value or "1970-01-01")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return datetime.combine(date.fromisoformat(text), time(12), tzinfo=UTC), 0
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset() or timedelta(0)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC), int(
        offset.total_seconds() // 60
    )


def batches(items: Sequence[Item], description: str) -> Iterator[Sequence[Item]]:
    """Yield items in batches, with a progress bar in a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        sys.stderr.write(f"{description} {len(items)} items\n")
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(description, total=len(items))
        for i in range(0, len(items), BATCH):
            yield items[i : i + BATCH]
            progress.advance(task, len(items[i : i + BATCH]))
