"""What nobody reads of a new item is taken out before it is parsed, and nothing else changes by that."""

from __future__ import annotations

import pytest

from tests.feeddocuments import atom, entries, rss
from watchers.feeds.items import thinned, written_items

SPACES = (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:x="https://x.example/ns"'
)
ITEM = (
    "<title>Frigate sails</title><link>https://desk.example/1</link><guid>urn:desk:1</guid>"
    "<pubDate>Wed, 20 Aug 2025 09:00:00 GMT</pubDate><description>It left &amp; came back.</description>"
)


def spaced(document: str) -> str:
    return document.replace("<rss", f"<rss{SPACES}", 1).replace("<feed", f"<feed{SPACES}", 1)


def without_unused(document: str) -> str:
    data = document.encode()
    written = written_items(data)
    assert written is not None
    return thinned(data, written, [False] * len(written)).decode()


UNUSED = {
    "categories": "<category>Sea</category><category domain='x'><![CDATA[Air & <b>]]></category>",
    "an author of RSS": "<author>desk@example.org (Desk)</author>",
    "a creator": "<dc:creator>A. Writer</dc:creator>",
    "an empty element": "<category/>",
    "a picture": "<media:thumbnail url='https://desk.example/1.jpg'/>",
    "counts of comments": "<comments>https://desk.example/c</comments><slash:comments>4</slash:comments>",
}


@pytest.mark.parametrize("unused", UNUSED.values(), ids=UNUSED.keys())
def test_an_item_is_read_the_same_without_what_nobody_reads(unused: str) -> None:
    bare, full = spaced(rss(ITEM)), spaced(rss(unused + ITEM + unused))
    assert without_unused(full) == bare
    assert entries(full) == entries(bare) != ()


def test_an_author_of_atom_goes_with_the_parts_that_a_person_has() -> None:
    entry = "<title>Sails</title><id>urn:1</id>"
    author = "<author><name>A. Writer</name><uri>https://w.example</uri><email>w@example.org</email></author>"
    assert without_unused(atom(entry + author)) == atom(entry)


KEPT = {
    "an author that holds a text": "<dc:creator><x:bio>A bio</x:bio></dc:creator>",
    "an author that holds a link": "<author><link>https://desk.example/a</link></author>",
    "another's element of the same name": "<x:category>Sea</x:category>",
    "what may be a title or a text": "<media:title>Other</media:title><media:text>Text</media:text>",
    "an enclosure, which may be the link": "<enclosure url='https://desk.example/1.mp3' type='audio/mpeg'/>",
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT.keys())
def test_what_may_be_read_stays(kept: str) -> None:
    document = spaced(rss(ITEM + kept))
    assert without_unused(document) == document
