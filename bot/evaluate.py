"""Run one part of the walk over labelled input, exactly as the product would, and write what it finds.

No database is touched. Only what the product itself would see of an item is used: never its labels, and its
language is told from the text.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from rich.console import Console
from rich.progress import Progress

from bot.errors import ConfigError
from bot.scoring import render, score
from watchers.clock import SystemClock
from watchers.errors import ParseError
from watchers.facts.extract import extract
from watchers.feeds.links import canonical
from watchers.feeds.parse import parse
from watchers.languages import detect
from watchers.lens import Lens, build, read
from watchers.lens_spec import LensSpec
from watchers.matching.match import compile_watches, match
from watchers.relevance.decide import alerts
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.stories.claims import disagreements
from watchers.stories.cluster import Index
from watchers.text import plain_text
from watchers.types import Entry, Feed, Fetched, Validators, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.scoring.measures import Json, Row

Item = TypeVar("Item")
BATCH: Final = 32
GOLD_OF_FEEDS: Final = "expected.jsonl"  # stands beside the documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to run, over what, and where the predictions go. Paths that a task has no use for are None."""

    task: str
    source: Path | None
    out: Path | None
    feeds: tuple[Path, ...] = ()
    items: Path | None = None
    conflicts: Path | None = None
    exemplars: Path | None = None
    embedder: str = "builtin"
    score: bool = False


def evaluate_task(request: Request) -> str:
    """Write the predictions and return the figures as a table, empty without `score`. Raises ConfigError."""
    if request.task == "feeds":
        gold = _rows(request.feeds[0].parent / GOLD_OF_FEEDS) if request.score and request.feeds else []
        predictions = [_feed(path) for path in request.feeds]
        named = {path.name for path in request.feeds}
        return _finish(request, "feeds", [g for g in gold if g["feed"] in named], predictions)
    if request.source is None:
        raise ConfigError(f"evaluate {request.task} needs its input: --in FILE.jsonl")
    rows = _rows(request.source)
    match request.task:
        case "relevance":
            return _finish(request, "relevance", rows, _relevance(rows, _lens(request)))
        case "facts":
            return _finish(request, "facts", rows, _facts(rows, _lens(request)))
        case "queries":
            if request.items is None:
                raise ConfigError(
                    "evaluate queries needs the items that the rules run over: --items FILE.jsonl"
                )
            return _finish(request, "queries", rows, _queries(rows, _rows(request.items)))
        case _:
            return _stories(request, rows)


def _stories(request: Request, rows: list[Row]) -> str:
    clusters, differing = _clusters(rows, _lens(request))
    if request.conflicts is not None:
        _write(request.conflicts, differing)
    return _finish(request, "stories", rows, clusters)


def _finish(request: Request, task: str, gold: list[Row], predictions: list[Row]) -> str:
    if request.out is not None:
        _write(request.out, predictions)
    return render(score(task, gold, predictions)) + "\n" if request.score else ""


def _relevance(rows: list[Row], lens: Lens) -> list[Row]:
    return [
        {
            "id": report.entry.key,
            "score": round(report.relevance.score, 6),
            "alert": alerts(report.relevance),
        }
        for batch in _batches([_entry(row) for row in rows], "Scoring")
        for report in read(batch, lens)
    ]


def _facts(rows: list[Row], lens: Lens) -> list[Row]:
    found: list[Row] = []
    for batch in _batches(rows, "Extracting"):
        for row in batch:
            text = str(row["text"])
            facts = extract(
                text, lang=detect(text), published=_day(row.get("published")), finder=lens.knowledge.finder
            )
            told: list[Json] = [
                {
                    "type": f.type,
                    "value": str(f.value),
                    "mention": f.mention,
                    "start": f.start,
                    "end": f.end,
                    "role": f.role,
                }
                for f in facts
            ]
            found.append({"id": str(row["id"]), "facts": told})
    return found


def _clusters(rows: list[Row], lens: Lens) -> tuple[list[Row], list[Row]]:
    """Return each report's cluster, and the disagreements within the stories."""
    entries = sorted((_entry(row) for row in rows), key=lambda e: (e.when, e.key))
    index = Index(lens.knowledge.closeness)
    stories = {}
    placed: list[Row] = []
    for batch in _batches(entries, "Clustering"):
        for report in read(batch, lens):
            story = index.place(report, now=report.entry.when).story
            stories[story.number] = story
            placed.append({"id": report.entry.key, "cluster": f"t{story.number}"})
    differing: list[Row] = []
    for story in stories.values():
        for dispute in disagreements(story.reports):
            ids: list[Json] = [*sorted({key for side in dispute.sides for key in side.entries})]
            values: list[Json] = [side.value for side in dispute.sides]
            differing.append({"ids": ids, "values": values, "about": dispute.about})
    return placed, differing


def _queries(rules: list[Row], items: list[Row]) -> list[Row]:
    entries = [_entry(row) for row in items]
    found: list[Row] = []
    for rule in rules:
        watch = Watch(number=1, channel="", name=str(rule["id"]), expression=str(rule["rule"]), kind="rule")
        watchlist = compile_watches((watch,))
        matched: list[Json] = [*(entry.key for entry in entries if match(entry, watchlist))]
        found.append({"id": str(rule["id"]), "matched": matched})
    return found


def _feed(path: Path) -> Row:
    """Return what a feed document gives. One that is no feed gives no items."""
    now = SystemClock().now()
    feed = Feed(number=1, url=f"https://{path.stem}.example/feed", name=path.stem)
    fetched = Fetched(
        feed=feed,
        url=feed.url,
        body=path.read_bytes(),
        content_type="application/xml",
        validators=Validators(),
        at=now,
    )
    try:
        entries = parse(fetched)
    except ParseError:
        entries = ()
    items: list[Json] = [
        {
            "title": e.title,
            "link": e.link or None,
            "published": e.published.strftime("%Y-%m-%dT%H:%M:%SZ") if e.published else None,
        }
        for e in entries
    ]
    return {"feed": path.name, "items": items}


def _lens(request: Request) -> Lens:
    exemplars = load_exemplars(request.exemplars or SHIPPED)
    lens = build(LensSpec(exemplars=exemplars, embedder=request.embedder))
    if lens.knowledge.fault:
        raise ConfigError(lens.knowledge.fault)
    return lens


def _entry(row: Row) -> Entry:
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


def _day(value: Json) -> date:
    moment, offset = _moment(value)
    return (moment + timedelta(minutes=offset)).date()


def _rows(path: Path) -> list[Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ConfigError(f"{path}:{number}: expected a JSON object, got {line[:40]!r}") from error
        if not isinstance(row, dict) or not ({"id", "feed"} & set(row)):
            raise ConfigError(f'{path}:{number}: expected a JSON object with an "id", got {line[:40]!r}')
        rows.append(row)
    return rows


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _batches(items: Sequence[Item], description: str) -> Iterator[Sequence[Item]]:
    """Yield items in batches, with a progress bar in a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        print(f"{description} {len(items)} items", file=sys.stderr)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(description, total=len(items))
        for i in range(0, len(items), BATCH):
            yield items[i : i + BATCH]
            progress.advance(task, len(items[i : i + BATCH]))
