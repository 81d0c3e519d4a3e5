"""Documents too large, broken or no feeds at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.feeddocuments import NOW, entries, rss
from watchers.errors import ParseError
from watchers.feeds.items import MAX_ENTRIES

PLAIN = "<title>Frigate sails</title><link>https://desk.example/1</link>"


def test_the_newest_two_thousand_are_kept_in_the_documents_order() -> None:
    items = [
        f"<title>T{i}</title><pubDate>{(NOW - timedelta(minutes=i)).isoformat()}</pubDate>"
        for i in range(MAX_ENTRIES + 500)
    ]
    assert [entry.title for entry in entries(rss(*items))] == [f"T{i}" for i in range(MAX_ENTRIES)]
    oldest_first = entries(rss(*reversed(items)))
    assert [entry.title for entry in oldest_first] == [f"T{i}" for i in reversed(range(MAX_ENTRIES))]


@pytest.mark.long
@pytest.mark.parametrize("newest_first", [True, False])
def test_fifty_thousand_items_cost_what_a_few_thousand_do(newest_first: bool) -> None:  # noqa: FBT001
    items = [
        f"<title>T{i}</title><pubDate>{(NOW - timedelta(minutes=i)).isoformat()}</pubDate>"
        for i in range(50_000)
    ]
    found = entries(rss(*(items if newest_first else items[::-1])))
    assert {entry.title for entry in found} == {f"T{i}" for i in range(MAX_ENTRIES)}


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>no</body></html>",
        b"",
        b"plain words",
        b"{}",
        b"[]",
        b'{"version": 1}',
        b"\x00" * 50,
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ParseError):
        entries(body)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400) | st.text(alphabet="<>&;/!-[]CDATA rssitemtl=\"'x", max_size=300).map(str.encode)
)
def test_any_bytes_give_entries_or_a_parse_error(junk: bytes) -> None:
    for body in (junk, rss(PLAIN)[:90].encode() + junk, rss("<title>" + "x" * 5).encode()[:-20] + junk):
        try:
            found = entries(body)
        except ParseError:
            continue
        assert all(entry.title and "\n" not in entry.title for entry in found)
