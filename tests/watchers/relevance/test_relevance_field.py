"""What real defence feeds would alert, against grades that we gave their English entries ourselves."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.watchers.relevance.judging import entry
from watchers.clock import SystemClock
from watchers.feeds.parse import parse
from watchers.relevance.decide import alerts
from watchers.types import Feed, Fetched, Validators

if TYPE_CHECKING:
    from tests.watchers.relevance.judging import Judge
    from watchers.types import Entry

LABELS = Path(__file__).parents[2] / "evals" / "field-labels.jsonl"
SHARED = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared"))
FEEDS = SHARED / "real" / "defence-news"
MOST_ALERTS = 0.085  # of all entries; ours to reach is .08
LEAST_RELEVANT = 0.60  # of the alerts


def entries(path: Path) -> tuple[Entry, ...]:
    feed = Feed(number=1, url=f"https://desk.example/{path.stem}", name=path.stem)
    return parse(
        Fetched(
            feed=feed,
            url=feed.url,
            body=path.read_bytes(),
            content_type="application/xml",
            validators=Validators(),
            at=SystemClock().now(),
        )
    )


@pytest.mark.shared
@pytest.mark.skipif(not FEEDS.is_dir(), reason=f"{FEEDS} is not there")
@pytest.mark.long
def test_few_entries_of_real_defence_feeds_alert_and_most_of_those_are_relevant(judge: Judge) -> None:
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    grades = {label["link"]: label["grade"] for label in labels}
    found = {e.link: e for path in sorted(FEEDS.glob("*.xml")) for e in entries(path) if e.link in grades}
    assert set(found) == set(grades)
    judged = judge([entry(e.title, e.summary, e.lang) for e in found.values()])
    sent = [grades[link] for link, relevance in zip(found, judged, strict=True) if alerts(relevance)]
    assert len(sent) / len(grades) <= MOST_ALERTS
    assert sum(grade >= 2 for grade in sent) / len(sent) >= LEAST_RELEVANT
