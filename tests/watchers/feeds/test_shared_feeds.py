"""The labelled and the real feeds outside the repository."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchers.errors import ParseError
from watchers.feeds.parse import parse
from watchers.types import Entry, Feed, Fetched, Validators

SHARED = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder named by VEDETTE_SHARED is absent"),
]
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def read(path: Path, number: int = 1) -> tuple[Entry, ...]:
    url = f"https://feeds.example/{path.name}"
    return parse(
        Fetched(
            feed=Feed(number=number, url=url, name=path.stem),
            url=url,
            body=path.read_bytes(),
            content_type="application/xml",
            validators=Validators(),
            at=NOW,
        )
    )


def labelled() -> list[dict[str, object]]:
    lines = (SHARED / "eval" / "feeds" / "expected.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_labelled_title_link_and_date_comes_out() -> None:
    for document in labelled():
        name, items = str(document["feed"]), document["items"]
        assert isinstance(items, list)
        if not items:
            with pytest.raises(ParseError):
                read(SHARED / "eval" / "feeds" / name)
            continue
        found = {entry.title: entry for entry in read(SHARED / "eval" / "feeds" / name)}
        assert len(found) == len(items), name
        for item in items:
            entry = found[item["title"]]
            assert entry.link == item["link"]
            wanted = datetime.fromisoformat(item["published"]) if item["published"] else None
            assert (entry.published is None) == (wanted is None), item["title"]
            if wanted and entry.published:
                assert abs(entry.published - wanted) <= timedelta(minutes=1)


def test_every_real_item_is_one_entry_and_a_second_reading_brings_none() -> None:
    paths = sorted((SHARED / "real" / "defence-news").glob("*.xml"))
    first = [entry for number, path in enumerate(paths, 1) for entry in read(path, number)]
    assert len(first) == 315
    assert len({entry.key for entry in first}) == 315
    again = {entry.key for number, path in enumerate(paths, 1) for entry in read(path, number)}
    assert again == {entry.key for entry in first}
    assert all(entry.published for entry in first)


def test_real_news_search_titles_lose_the_outlets_name() -> None:
    for name in ("breaking-defense-gnews", "korean-google-news"):
        for entry in read(SHARED / "real" / "defence-news" / f"{name}.xml"):
            assert entry.outlet not in {"", name}
            assert not entry.title.endswith(entry.outlet)
            assert not entry.summary.endswith(entry.outlet)


def test_every_captured_shape_is_read_or_said_to_be_no_feed() -> None:
    failed = set()
    for path in sorted((SHARED / "real" / "shapes").iterdir()):
        try:
            assert read(path), path.name
        except ParseError:
            failed.add(path.name)
    assert failed == {"notafeed.html"}
