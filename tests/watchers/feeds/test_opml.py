"""OPML read as readers really write it, written as they can read it, and nothing expanded on the way."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.feeds.opml import MAX_OPML, MAX_OUTLINES, OpmlError, Outline, read_opml, write_opml
from watchers.text import tidy

AT = datetime(2025, 8, 20, 12, 0, tzinfo=UTC)
A, B = "https://harbour.example/feed", "https://gazette.example/rss?a=1&b=2"


def opml(body: str, *, version: str = "2.0") -> bytes:
    return f'<opml version="{version}"><head><title>Mine</title></head><body>{body}</body></opml>'.encode()


@pytest.mark.parametrize(
    ("body", "read"),
    [
        pytest.param(
            f'<outline text="Harbour" type="rss" xmlUrl="{A}" htmlUrl="https://harbour.example/"/>',
            Outline(url=A, name="Harbour", page="https://harbour.example/"),
            id="one feed",
        ),
        pytest.param(
            f"<OUTLINE TITLE='Harbour' XMLURL='{A}' />",
            Outline(url=A, name="Harbour"),
            id="capitals and single quotes",
        ),
        pytest.param(
            f'<outline text="Press"><outline text="Navy"><outline text="H" xmlUrl="{A}"/></outline>',
            Outline(url=A, name="H", tags=("Press", "Navy")),
            id="folders in folders",
        ),
        pytest.param(
            f'<outline text="Press"><outline text="H" xmlUrl="{A}" category="/Sea/Ships,air/land,Press"/>',
            Outline(url=A, name="H", tags=("Press", "Sea", "Ships", "air/land")),
            id="categories and paths of them",
        ),
        pytest.param(
            f'<outline text="Land, sea"><outline text="H" xmlUrl="{A}"/></outline>',
            Outline(url=A, name="H", tags=("Land sea",)),
            id="a comma in a folder",
        ),
        pytest.param(
            f'<outline text="One"><outline text="H" xmlUrl="{A}"/></outline>'
            f'<outline text="Two"><outline text="H" xmlUrl="{A}"/></outline>',
            Outline(url=A, name="H", tags=("One", "Two")),
            id="one feed in two folders",
        ),
        pytest.param(f'<outline xmlUrl="{A}"/>', Outline(url=A, name=A), id="no name"),
        pytest.param(
            f'<outline text="H" type="rss" url="{A}"/>',
            Outline(url=A, name="H"),
            id="the first version's url",
        ),
        pytest.param(
            '<outline text="H" xmlUrl="feed://harbour.example/f"/>',
            Outline(url="http://harbour.example/f", name="H"),
            id="the readers' own scheme",
        ),
        pytest.param(
            '<outline text="G" xmlUrl="https://gazette.example/rss?a=1&b=2&copy=3"/>',
            Outline(url=f"{B}&copy=3", name="G"),
            id="bare ampersands in an address",
        ),
        pytest.param(
            f'<outline text="The &quot;Harbour&quot; &#x130;zmir &lt;b&gt;" xmlUrl="{A}"/>',
            Outline(url=A, name='The "Harbour" İzmir <b>'),
            id="references",
        ),
        pytest.param(
            f'<outline text="The "Harbour" Times" xmlUrl="{A}"/>',
            Outline(url=A, name="The"),
            id="a quotation in a quotation",
        ),
        pytest.param(
            f'<!-- <b/><outline xmlUrl="https://x.example/"/> --><outline text="H" xmlUrl="{A}">',
            Outline(url=A, name="H"),
            id="a comment, and no end",
        ),
        pytest.param(
            f'<outline text="H\u202egro.elpmaxe\n\t2" xmlUrl="{A}" htmlUrl="javascript:alert(1)"/>',
            Outline(url=A, name="Hgro.elpmaxe 2"),
            id="invisible marks and a script for a page",
        ),
    ],
)
def test_a_feed_is_read_as_its_outline_says(body: str, read: Outline) -> None:
    assert read_opml(opml(body)) == (read,)
    assert read_opml(opml(body, version="1.0")) == (read,)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "http://u:p@x.example/f", "http://0x7f.1/", "x" * 3000],
)
def test_an_address_that_is_never_opened_is_kept_with_what_is_wrong_with_it(url: str) -> None:
    (outline,) = read_opml(opml(f'<outline text="H" xmlUrl="{url}"/>'))
    assert outline.fault


def test_nothing_that_a_document_declares_is_expanded_or_fetched() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = (
        f'<!DOCTYPE opml [<!ENTITY l0 "lol"><!ENTITY own SYSTEM "file:///etc/passwd">{bomb}]>'
        f'<opml><body><outline text="&l9; &own;" xmlUrl="{A}"/></body></opml>'
    ).encode()
    assert read_opml(data) == (Outline(url=A, name="&l9; &own;"),)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            '<?xml version="1.0" encoding="windows-1254"?><opml><body>'
            f'<outline text="Türkçe şeyler, ığdır" xmlUrl="{A}"/></body></opml>',
            id="windows-1254",
        ),
        pytest.param(
            '<?xml version="1.0" encoding="utf-8"?><opml><body>'
            f'<outline text="Türkçe şeyler, ığdır" xmlUrl="{A}"/></body></opml>',
            id="windows-1254 that claims UTF-8",
        ),
    ],
)
def test_the_letters_of_another_encoding_are_right(data: str) -> None:
    (outline,) = read_opml(data.encode("windows-1254"))
    assert outline.name == "Türkçe şeyler, ığdır"


def test_utf_16_and_gzip_are_read() -> None:
    body = opml(f'<outline text="艦艇" xmlUrl="{A}"/>')
    for data in (body.decode().encode("utf-16"), gzip.compress(body), b"\xef\xbb\xbf" + body):
        assert read_opml(data)[0].name == "艦艇"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "no OPML file", id="nothing"),
        pytest.param(b"<!doctype html><html><body>Hello</body></html>", "web page", id="a web page"),
        pytest.param(opml('<outline text="Folder"/>'), "names no feed", id="folders only"),
        pytest.param(b"\x1f\x8bdamaged", "damaged", id="a damaged gzip file"),
        pytest.param(gzip.compress(b"0" * 20_000_000), "unpacks to more", id="a gzip bomb"),
        pytest.param(b"x" * (MAX_OPML + 1), "larger than", id="too large"),
        pytest.param(b'<outline text="a">' * 100_000, "more than", id="folders without end"),
        pytest.param(
            opml("".join(f'<outline xmlUrl="https://x.example/{n}"/>' for n in range(MAX_OUTLINES + 1))),
            "more than",
            id="too many feeds",
        ),
    ],
)
def test_what_cannot_be_imported_is_refused_with_advice(data: bytes, said: str) -> None:
    with pytest.raises(OpmlError, match=said):
        read_opml(data)


def test_five_thousand_feeds_are_read() -> None:
    data = opml("".join(f'<outline xmlUrl="https://x.example/{n}"/>' for n in range(MAX_OUTLINES)))
    assert len(read_opml(data)) == MAX_OUTLINES


def test_a_written_file_is_valid_opml_with_a_folder_for_each_first_tag() -> None:
    text = write_opml(
        [
            Outline(
                url=A, name='The "Harbour" & <co>', tags=("Navy", "press"), page="https://harbour.example/"
            ),
            Outline(url=B, name="Gazette"),
            Outline(url="https://c.example/", name="C", tags=("Navy",)),
        ],
        title="Desk & sons",
        at=AT,
    )
    root = ET.fromstring(text.encode())  # noqa: S314 -- our own document
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "Desk & sons"
    assert root.findtext("head/dateCreated") == "Wed, 20 Aug 2025 12:00:00 GMT"
    navy, gazette = root.findall("body/outline")
    assert navy.get("text") == navy.get("title") == "Navy"
    assert [one.get("text") for one in navy] == ['The "Harbour" & <co>', "C"]
    assert navy[0].get("category") == "press"
    assert gazette.get("xmlUrl") == B
    assert gazette.get("type") == "rss"


LETTERS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=9
)
LINES = LETTERS.map(lambda text: " ".join(tidy(text).split()))
TAGS = LINES.map(lambda text: " ".join(text.replace(",", " ").lstrip("/ ").split())).filter(bool)
FEEDS = st.builds(
    lambda number, name, tags: Outline(url=f"https://x.example/{number}?a&b", name=name, tags=tuple(tags)),
    st.integers(min_value=0, max_value=99),
    LINES.filter(bool),
    st.lists(TAGS, max_size=3, unique=True),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FEEDS, min_size=1, max_size=5, unique_by=lambda one: one.url))
def test_what_was_written_is_read_again_with_names_tags_and_order(outlines: list[Outline]) -> None:
    folders = list(dict.fromkeys(one.tags[:1] for one in outlines))
    by_folder = tuple(sorted(outlines, key=lambda one: folders.index(one.tags[:1])))
    text = write_opml(outlines, title="Desk", at=AT)
    assert read_opml(text.encode()) == by_folder
    ET.fromstring(text.encode())  # noqa: S314 -- our own document
    assert write_opml(by_folder, title="Desk", at=AT) == text


def test_what_no_xml_document_can_hold_is_left_out() -> None:
    text = write_opml([Outline(url=A, name="\x00\x1bNavy\ud800\ufffe", tags=("\x08",))], title="\x00", at=AT)
    ET.fromstring(text.encode())  # noqa: S314 -- our own document
    assert read_opml(text.encode()) == (Outline(url=A, name="Navy"),)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet="<>&;/!-[]\"'= outlinexmUr", max_size=300).map(str.encode))
def test_any_bytes_give_feeds_or_an_opml_error(junk: bytes) -> None:
    for data in (junk, opml('<outline text="H" xmlUrl="')[:-20] + junk):
        try:
            outlines = read_opml(data)
        except OpmlError:
            continue
        assert all(one.url and one.name for one in outlines)
