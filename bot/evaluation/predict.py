"""Predict as the product would: facts, stories, rule matches and feed items, as rows to write and score.

No database is touched. Only what the product itself would see of an item is used: never its labels, and its
language is told from the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.evaluation.rows import batches, day_of, entry_of
from watchers.clock import SystemClock
from watchers.errors import ParseError
from watchers.facts.extract import extract
from watchers.feeds.parse import parse
from watchers.languages import detect
from watchers.lens import read
from watchers.matching.match import compile_watches, match
from watchers.stories.claims import disagreements
from watchers.stories.cluster import Index
from watchers.types import Feed, Fetched, Validators, Watch

if TYPE_CHECKING:
    from pathlib import Path

    from bot.scoring.measures import Json, Row
    from watchers.facts.passage import Finder
    from watchers.lens import Lens

_XML: Final = "application/xml"


def predict_facts(rows: list[Row], finder: Finder) -> list[Row]:
    """Return the facts of each passage."""
    found: list[Row] = []
    for batch in batches(rows, "Extracting"):
        for row in batch:
            text = str(row["text"])
            facts = extract(text, lang=detect(text), published=day_of(row.get("published")), finder=finder)
            told: list[Json] = [
                {
                    "type": f.type,
                    "value": str(f.value),
                    "mention": f.mention,
                    "start": f.start,
                    "end": f.end,
                    "role": f.role,
                    "said_by": f.said_by,
                    "hedge": f.hedge,
                }
                for f in facts
            ]
            found.append({"id": str(row["id"]), "facts": told})
    return found


def predict_stories(rows: list[Row], lens: Lens) -> tuple[list[Row], list[Row]]:
    """Return each report's cluster, and the disagreements within the stories."""
    entries = sorted((entry_of(row) for row in rows), key=lambda e: (e.when, e.key))
    index = Index(lens.knowledge.closeness)
    stories = {}
    placed: list[Row] = []
    for batch in batches(entries, "Clustering"):
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


def predict_queries(rules: list[Row], items: list[Row]) -> list[Row]:
    """Return which items each rule matches."""
    entries = [entry_of(row) for row in items]
    found: list[Row] = []
    for rule in rules:
        watch = Watch(number=1, channel="", name=str(rule["id"]), expression=str(rule["rule"]), kind="rule")
        watchlist = compile_watches((watch,))
        matched: list[Json] = [*(entry.key for entry in entries if match(entry, watchlist))]
        found.append({"id": str(rule["id"]), "matched": matched})
    return found


def predict_feed(path: Path, content_type: str = _XML) -> Row:
    """Return what a feed document served as such a type gives. One that is no feed gives no items."""
    now = SystemClock().now()
    feed = Feed(number=1, url=f"https://{path.stem}.example/feed", name=path.stem)
    fetched = Fetched(
        feed=feed,
        url=feed.url,
        body=path.read_bytes(),
        content_type=content_type,
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
