"""Score what watch rules matched, and what came out of feed documents."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.scoring.measures import Figure, Figures, Row, by_id, rows, share, text, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACES = re.compile(r"[\s\u00a0]+")
SAME_TIME = 60  # seconds


def score_queries(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return exactness, precision and recall over rules; items under `either` count for nothing."""
    said = by_id(predictions)
    precisions, recalls, exact, trapped = [], [], 0, 0
    diff: dict[str, Figure] = {}
    for rule in gold:
        name = text(rule, "id")
        got = set(texts(said.get(name, {}), "matched")) - set(texts(rule, "either"))
        want = set(texts(rule, "expected"))
        precisions.append(share(len(got & want), len(got), empty=0.0 if want else 1.0))
        recalls.append(share(len(got & want), len(want), empty=1.0))
        hits = sorted(got & set(texts(rule, "must_not")))
        trapped += bool(hits)
        exact += got == want
        if got != want:
            diff[name] = {
                "rule": text(rule, "rule"),
                "missing": sorted(want - got),
                "extra": sorted(got - want),
                "must_not": hits,
            }
    count = len(gold)
    return {
        "queries": float(count),
        "exact": share(exact, count),
        "macro_p": share(sum(precisions), count),
        "macro_r": share(sum(recalls), count),
        "queries_with_must_not_hit": float(trapped),
        "diff": diff,
    }


def score_feeds(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return the shares of expected items that were found with the right title, link and time."""
    said = by_id(predictions, "feed")
    total: Counter[str] = Counter()
    per_feed: dict[str, Figure] = {}
    for document in gold:
        name = text(document, "feed")
        counts = _document(rows(document, "items"), rows(said.get(name, {}), "items"))
        total.update(counts)
        per_feed[name] = {key: float(value) for key, value in counts.items()}
    expected = total["expected"] or 1
    return {
        "expected": float(total["expected"]),
        **{key: total[key] / expected for key in ("found", "title", "link", "date")},
        "extra_items": float(max(0, total["got"] - total["found"])),
        "per_feed": per_feed,
    }


def _document(expected: Sequence[Row], got: Sequence[Row]) -> Counter[str]:
    counts = Counter(expected=len(expected), got=len(got))
    for item in expected:
        if item.get("duplicate_in_feed"):  # named twice in one feed: may come out once or twice
            counts["expected"] -= 1
            counts["got"] -= len(got) == len(expected)
            continue
        found, by_title = _find(item, got)
        if found is None:
            continue
        counts["found"] += 1
        counts["title"] += by_title
        counts["link"] += (text(found, "link") or None) == item.get("link")
        counts["date"] += _same_time(found.get("published"), item.get("published"))
    return counts


def _find(item: Row, got: Sequence[Row]) -> tuple[Row | None, bool]:
    for row in got:
        if _tidy(text(row, "title")) == _tidy(text(item, "title")):
            return row, True
    links = (item.get("link"), item.get("link_raw"))
    linked = (row for row in got if item.get("link") and row.get("link") in links)
    return next(linked, None), False


def _same_time(left: object, right: object) -> bool:
    a, b = _time(left), _time(right)
    if a is None or b is None:
        return a is b
    return abs((a - b).total_seconds()) <= SAME_TIME


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tidy(title: str) -> str:
    return _SPACES.sub(" ", title).strip()
