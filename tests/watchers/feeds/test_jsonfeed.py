"""JSON Feeds as they are really written: plain titles, odd front pages, blanks before the first brace."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from watchers.feeds.parse import parse
from watchers.types import Feed, Fetched, Validators

URL = "https://desk.example/feeds/main.json"


def fetched(*, before: str = "", title: str = "Frigate sails", **document: str) -> Fetched:
    """Return a feed of one item with a relative link."""
    item = {"id": "1", "url": "/2025/1", "title": title}
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Desk", "items": [item], **document}
    return Fetched(
        feed=Feed(number=1, url=URL, name="Desk"),
        url=URL,
        body=(before + json.dumps(whole)).encode(),
        content_type="application/feed+json",
        validators=Validators(),
        at=datetime(2025, 8, 20, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The <Petrel> drone & its maker", "The <Petrel> drone & its maker"),
        ("Turkey&#8217;s frigates", "Turkey’s frigates"),
        ("<b>Frigate</b> sails", "Frigate sails"),
    ],
)
def test_a_title_is_text_unless_it_is_plainly_markup(title: str, text: str) -> None:
    assert [entry.title for entry in parse(fetched(title=title))] == [text]


@pytest.mark.parametrize(
    "page", ["/", "/news/", "news", "n/a", "https://desk.example/", "javascript:void(0)"]
)
def test_a_link_is_kept_whatever_the_front_page_is_said_to_be(page: str) -> None:
    assert [entry.link for entry in parse(fetched(home_page_url=page))] == ["https://desk.example/2025/1"]


def test_blanks_before_the_document_are_no_other_format() -> None:
    assert [entry.title for entry in parse(fetched(before="\n" * 150))] == ["Frigate sails"]
