"""Which items are the same one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.feeds.identity import Marks, is_searched, keys, shared_links, split_outlet

FEED = "https://feeds.example/desk.xml"


def marks(
    guid: str = "",
    link: str = "https://desk.example/1",
    title: str = "Frigate sails",
    outlet: str = "",
    date: str = "",
    *,
    searched: bool = False,
) -> Marks:
    return Marks(guid=guid, link=link, title=title, outlet=outlet, date=date, searched=searched)


def same(one: Marks, other: Marks, *, feeds: tuple[str, str] = (FEED, FEED)) -> bool:
    """Tell whether two items, each alone in its document, get the same key."""
    first, second = (
        keys([item], feed_url=feed, shared=shared_links([item]))
        for item, feed in zip((one, other), feeds, strict=True)
    )
    return first == second


def named(items: list[Marks]) -> tuple[str, ...]:
    """Return the keys of the items of one document."""
    return keys(items, feed_url=FEED, shared=shared_links(items))


SAME = {
    "all but the guid changed": (
        marks("4711"),
        marks("4711", "https://desk.example/renamed", "Frigate sailed", date="2025"),
    ),
    "a tag": (
        marks("tag:desk.example,2025:1"),
        marks("tag:desk.example,2025:1", "https://m.example/1", "New"),
    ),
    "a guid that is a link, with trackers": (
        marks("https://desk.example/1?utm_source=a"),
        marks("http://www.desk.example/1/#x", "https://desk.example/2"),
    ),
    "no guid, another title": (marks(), marks(title="Frigate sailed")),
    "no guid, another scheme, www and slash": (marks(), marks(link="http://www.desk.example/1/")),
    "encoded and plain letters": (
        marks(link="https://desk.example/防衛"),
        marks(link="https://desk.example/%E9%98%B2%E8%A1%9B"),
    ),
    "parameters in another order": (
        marks(link="https://desk.example/?id=1&lang=en"),
        marks(link="https://desk.example/?lang=en&id=1"),
    ),
    "neither guid nor link": (marks(link=""), marks(link="", title="FRIGATE  sails".replace("  ", " "))),
    "a news search's item under another link and guid": (
        marks("a", "https://news.google.com/rss/articles/a", outlet="Harbour Times", searched=True),
        marks("b", "https://news.google.com/rss/articles/b", outlet="Harbour Times", searched=True),
    ),
}
DIFFERENT = {
    "another guid": (marks("4711"), marks("4712", "https://desk.example/2")),
    "the same number at another site": (marks("1"), marks("1", "https://other.example/1")),
    "another link": (marks(), marks(link="https://desk.example/2")),
    "a parameter that matters": (
        marks(link="https://desk.example/?id=1"),
        marks(link="https://desk.example/?id=2"),
    ),
    "one parameter's values in another order": (
        marks(link="https://desk.example/?tag=a&tag=b"),
        marks(link="https://desk.example/?tag=b&tag=a"),
    ),
    "the same title on another day": (marks(link="", date="Monday"), marks(link="", date="Tuesday")),
    "the same title from another outlet": (
        marks(outlet="Harbour Times", searched=True),
        marks(outlet="Liman Daily", searched=True),
    ),
    "a guid that is only the front page": (
        marks("https://desk.example/", "https://desk.example/1"),
        marks("https://desk.example/", "https://desk.example/2"),
    ),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_an_item_is_known_again(one: Marks, other: Marks) -> None:
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_items_are_told_apart(one: Marks, other: Marks) -> None:
    assert not same(one, other)


def test_two_feeds_of_one_site_share_an_item() -> None:
    feeds = ("https://desk.example/all.xml", "https://feeds.example/sea.xml")
    assert same(marks("4711"), marks("4711"), feeds=feeds)


def test_a_guid_that_stands_for_several_items_is_not_trusted() -> None:
    items = [marks("1", f"https://desk.example/{i}") for i in range(3)]
    assert len(set(named(items))) == 3


def test_a_link_that_stands_for_several_items_is_not_trusted() -> None:
    items = [marks("", "https://desk.example/live", f"Update {i}") for i in range(3)]
    assert len(set(named(items))) == 3


def test_the_same_item_twice_is_one() -> None:
    assert len(set(named([marks("1"), marks("1"), marks("1")]))) == 1


@given(st.lists(st.builds(marks, st.text(max_size=9), st.text(max_size=9), st.text(max_size=9)), max_size=9))
def test_every_item_gets_a_key_of_sixteen_hex_digits(items: list[Marks]) -> None:
    found = named(items)
    assert len(found) == len(items)
    assert all(len(key) == 16 and set(key) <= set("0123456789abcdef") for key in found)


@pytest.mark.parametrize(
    ("link", "searched"),
    [
        ("https://news.google.com/rss/articles/abc?oc=5", True),
        ("https://news.google.co.jp/articles/abc", True),
        ("http://www.bing.com/news/apiclick.aspx?url=x", True),
        ("https://www.bing.com/search?q=x", False),
        ("https://news.google.example.org/x", False),
        ("https://desk.example/news.google.com", False),
        ("http://[broken", False),
        ("", False),
    ],
)
def test_a_news_search_is_known_by_its_links(link: str, searched: bool) -> None:  # noqa: FBT001 -- a case
    assert is_searched(link) is searched


@given(st.text(max_size=80), st.text(max_size=20))
def test_splitting_never_loses_the_headline(title: str, source: str) -> None:
    head, _ = split_outlet(title, source)
    assert bool(head) == bool(title.strip()) or head == title


def with_field(item: Marks, field: str, value: str) -> Marks:
    texts = {name: value if name == field else str(getattr(item, name)) for name in FIELDS}
    return replace(item, guid=texts["guid"], link=texts["link"], title=texts["title"], date=texts["date"])


FIELDS = {
    "guid": st.text(min_size=1, max_size=9).map("n-{}".format),
    "link": st.integers(1, 99).map("https://desk.example/{}".format),
    "title": st.text(min_size=1, max_size=20),
    "date": st.text(max_size=20),
}


@given(st.sampled_from(["link", "title", "date"]), st.data())
def test_an_item_with_a_guid_keeps_its_key_while_one_other_field_changes(
    field: str, data: st.DataObject
) -> None:
    one = marks("urn:desk:1", "https://desk.example/1", date="Monday")
    assert same(one, with_field(one, field, data.draw(FIELDS[field])))


@given(st.sampled_from(["title", "date"]), st.data())
def test_an_item_without_a_guid_keeps_its_key_while_title_or_date_changes(
    field: str, data: st.DataObject
) -> None:
    one = marks("", "https://desk.example/1", date="Monday")
    assert same(one, with_field(one, field, data.draw(FIELDS[field])))


@given(st.permutations([marks(str(i % 4), f"https://desk.example/{i % 3}", f"T{i % 5}") for i in range(7)]))
def test_keys_do_not_depend_on_the_order_of_the_items(items: list[Marks]) -> None:
    found = dict(zip(items, named(items), strict=True))
    in_order = sorted(items, key=repr)
    assert found == dict(zip(in_order, named(in_order), strict=True))
