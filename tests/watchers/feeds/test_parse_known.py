"""Only what is new in a document is read in full; the rest of it changes nothing about that."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.feeddocuments import FETCHED, NOW, atom, rss
from watchers.feeds.items import MAX_ENTRIES
from watchers.feeds.parse import parse_document
from watchers.languages import detect
from watchers.text import plain_text

if TYPE_CHECKING:
    from watchers.types import Entry, Parsed

GUIDS = (
    *(
        "",
        "<guid>4711</guid>",
        "<guid isPermaLink='false'>4711</guid>",
        "<guid isPermaLink='true'>4712</guid>",
    ),
    *("<guid>https://desk.example/1</guid>", "<id>tag:desk.example,2025:1</id>", "<guid/>"),
)
LINKS = (
    *("", "<link>https://desk.example/1?utm_source=rss</link>", "<link>https://desk.example/2</link>"),
    *("<link>2</link>", '<link href="https://desk.example/3"/>', "<link>https://news.google.com/rss/articles/x</link>"),
    '<link xml:base="sub/" rel="alternate" href="4"/>',
)  # fmt: skip
TITLES = (
    *("<title>Frigate sails</title>", "<title>Frigate  sails</title>", "<title>Crew - Liman Daily</title>"),
    *("<title>Crew back, all of them - Liman Daily</title>", ""),
    *("<title/>", "<title> </title>", "<title>&lt;br&gt;</title>", "<title><![CDATA[]]></title>"),
    *("<title><![CDATA[Fire & <i>smoke</i>]]></title>", "<title>護衛艦が就役</title>", ""),
)  # fmt: skip
TEXTS = (
    *(
        "",
        "<description>North.</description>",
        "<description>&lt;p&gt;First line&lt;/p&gt;Second</description>",
    ),
    "<c:encoded><![CDATA[<p>Whole</p></item><item><title>no</title>]]></c:encoded>",
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b></div></content>',
    "<m:group><m:title>Other</m:title><m:content url='https://x.example/v'/></m:group>",
    "<x:box><link>https://desk.example/9</link></x:box>",
    "<x:box><item><title>Inside</title></item></x:box>",
    "<image><title>Logo</title><link>https://desk.example/logo</link></image>",
    "<!-- <item> --><author><name>A. Writer</name></author>",
    "<description/><category>Sea</category><comments>https://desk.example/c</comments>",
    "<summary>Short.</summary><description>Long.</description>",
)
DATES = ("", "<pubDate>Wed, 20 Aug 2025 09:00:00 GMT</pubDate>", "<dc:date>2025-08-20</dc:date>")
SOURCES = (
    "",
    "<source url='https://h.example/f'>Harbour Times</source>",
    "<source><title>Liman</title></source>",
)
ROOT = (
    ' xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:m="http://search.yahoo.com/mrss/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="https://x.example/ns"'
)


def document(items: list[tuple[str, ...]], *, kind: str, cut: int = 0) -> bytes:
    insides = ["".join(parts) for parts in items]
    whole = atom(*insides, root=ROOT) if kind == "atom" else rss(*insides).replace("<rss ", f"<rss {ROOT} ")
    return (whole[:-cut] if cut else whole).encode()


def read(body: bytes, known: frozenset[int] = frozenset()) -> Parsed:
    return parse_document(replace(FETCHED, body=body, known=known))


def told(entries: tuple[Entry, ...]) -> list[tuple[object, ...]]:
    return [
        (e.key, e.guid, e.link, e.title, e.summary, e.body, e.lang, e.outlet, e.published) for e in entries
    ]


item = st.tuples(
    *(st.sampled_from(choices) for choices in (GUIDS, LINKS, TITLES, TEXTS, DATES, SOURCES)),
    st.integers(0, 9).map("<x:nr>{}</x:nr>".format),
).flatmap(lambda parts: st.permutations(parts).map(tuple))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(item, min_size=1, max_size=6),
    st.sampled_from(["rss", "atom"]),
    st.sampled_from([0, 0, 0, 9, 40]),
    st.data(),
)
def test_what_is_known_is_left_out_and_the_rest_comes_as_from_a_full_reading(
    items: list[tuple[str, ...]], kind: str, cut: int, data: st.DataObject
) -> None:
    body = document(items, kind=kind, cut=cut)
    full = read(body)
    digests = sorted(full.hashes)
    known = frozenset(data.draw(st.lists(st.sampled_from(digests), max_size=3)) if digests else ())
    part = read(body, known)
    # What belongs to a known hash is what is missing when only the others are known.
    gone = {e.key for e in full.entries} - {e.key for e in part.entries}
    assert told(part.entries) == told(tuple(e for e in full.entries if e.key not in gone))
    assert gone == set().union(*({e.key for e in full.entries} - keys_without(body, h) for h in known))
    assert (part.hashes, part.title, part.beyond) == (full.hashes, full.title, full.beyond)
    assert read(body, full.hashes).entries == ()


def keys_without(body: bytes, digest: int) -> set[str]:
    return {e.key for e in read(body, frozenset({digest})).entries}


def numbered(count: int) -> bytes:
    return rss(
        *(
            f"<title>Report {i} from the north</title><link>https://desk.example/{i}</link>"
            f"<description>&lt;p&gt;Said {i}.&lt;/p&gt;</description>"
            for i in range(count)
        )
    ).encode()


def test_known_items_are_not_made_plain_nor_is_their_language_told(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def noted_plain(markup: str) -> str:
        texts.append(markup)
        return plain_text(markup)

    def noted_detect(text: str, *, hint: str) -> str:
        texts.append(text)
        return detect(text, hint=hint)

    monkeypatch.setattr("watchers.feeds.entries.plain_text", noted_plain)
    monkeypatch.setattr("watchers.feeds.entries.detect", noted_detect)
    before = read(numbered(23))
    texts.clear()
    after = read(numbered(25), before.hashes)
    assert [entry.title for entry in after.entries] == [f"Report {i} from the north" for i in (23, 24)]
    assert not [text for text in texts if "Said" in text and "Said 23" not in text and "Said 24" not in text]


def test_an_item_whose_text_changed_is_read_again_under_its_key() -> None:
    before = read(numbered(5))
    after = read(numbered(5).replace(b"Said 3.", b"Said 3, corrected."), before.hashes)
    assert [(e.key, e.summary) for e in after.entries] == [(before.entries[3].key, "Said 3, corrected.")]


def test_a_new_item_with_a_known_ones_id_is_keyed_as_in_a_full_reading() -> None:
    one = "<title>One</title><guid isPermaLink='false'>1</guid><link>https://desk.example/{}</link>"
    first = rss(one.format("a")).encode()
    both = rss(one.format("a"), one.format("b").replace("One", "Two")).encode()
    assert told(read(both, read(first).hashes).entries) == told(read(both).entries[1:])


def test_a_link_that_known_items_have_is_shared_by_the_new_one_alone_among_them() -> None:
    def notices(count: int) -> bytes:
        link, other = "<link>https://desk.example/notices</link>", "<link>https://desk.example/1</link>"
        items = (f"<title>N {n}</title>{link}" for n in range(count))
        return rss(f"<title>Another</title>{other}", *items).encode()

    (new,) = (parsed := read(notices(4), read(notices(3)).hashes)).entries
    assert parsed.shared == {new.link} == {"https://desk.example/notices"}


@pytest.mark.parametrize("ending", ["", "</item>"], ids=["well-formed", "ill-formed"])
def test_items_of_any_document_have_hashes_that_last(ending: str) -> None:
    body = numbered(4).replace(b"</channel>", f"{ending}</channel>".encode())
    first = read(body)
    assert len(first.hashes) == 4
    assert all(0 <= digest < 1 << 64 for digest in first.hashes)
    assert read(body, first.hashes).entries == ()


def test_items_of_a_json_feed_are_known_too() -> None:
    def feed(count: int) -> bytes:
        items = [{"id": i, "title": f"Report {i}", "content_text": "Said."} for i in range(count)]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()

    assert [e.guid for e in read(feed(3), read(feed(2)).hashes).entries] == ["2"]


def test_the_entries_beyond_the_newest_two_thousand_are_counted() -> None:
    dated = "<title>T{0}</title><pubDate>Wed, 20 Aug 2025 {1:02}:{2:02}:00 GMT</pubDate>"
    few = rss(*(dated.format(i, i // 60 % 24, i % 60) for i in range(MAX_ENTRIES + 3)))
    assert (read(few.encode()).beyond, len(read(few.encode()).entries)) == (3, MAX_ENTRIES)
    assert read(numbered(5)).beyond == 0


def test_items_cut_from_the_middle_of_an_endless_document_are_counted() -> None:
    parsed = read(rss(*(f"<title>T{i}</title>" for i in range(2 * MAX_ENTRIES + 500))).encode())
    assert parsed.beyond == MAX_ENTRIES + 500
    assert all(entry.seen == NOW for entry in parsed.entries)
