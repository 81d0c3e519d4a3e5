"""Documents to entries, format by format and quirk by quirk."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.feeddocuments import NOW, atom, entries, rss

PLAIN = "<title>Frigate sails</title><link>https://desk.example/1</link>"
FORMATS = {
    "RSS 2.0": rss(PLAIN + "<description>North.</description><pubDate>Wed, 20 Aug 2025 09:00 GMT</pubDate>"),
    "RSS 0.91": '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    '<rss version="0.91"><channel><title>Desk</title><language>en</language><item>'
    + PLAIN
    + "<description>North.</description><pubDate>2025-08-20T09:00Z</pubDate></item></channel></rss>",
    "RSS 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://desk.example/"><title>D</title>'
    '</channel><item rdf:about="https://desk.example/1">'
    + PLAIN
    + "<description>North.</description><dc:date>2025-08-20T09:00:00Z</dc:date></item></rdf:RDF>",
    "Atom 1.0": atom(
        '<title>Frigate sails</title><link href="https://desk.example/1"/><id>tag:desk.example,2025:1</id>'
        "<summary>North.</summary><published>2025-08-20T09:00:00Z</published><updated>2025-08-20T10:00:00Z</updated>"
    ),
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Frigate sails</title>'
    '<link rel="alternate" href="https://desk.example/1"/><summary>North.</summary>'
    "<issued>2025-08-20T09:00:00Z</issued></entry></feed>",
    "JSON Feed 1.1": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Desk",
            "items": [
                {
                    "id": 1,
                    "url": "https://desk.example/1",
                    "title": "Frigate sails",
                    "summary": "North.",
                    "date_published": "2025-08-20T12:00:00+03:00",
                }
            ],
        }
    ),
}


@pytest.mark.parametrize("document", FORMATS.values(), ids=FORMATS.keys())
def test_every_format_gives_the_same_entry(document: str) -> None:
    (entry,) = entries(document)
    assert (entry.title, entry.link, entry.summary) == ("Frigate sails", "https://desk.example/1", "North.")
    assert entry.published == datetime(2025, 8, 20, 9, 0, tzinfo=UTC)
    assert (entry.feed, entry.outlet, entry.seen, entry.body) == (7, "The Desk", NOW, "")
    assert len(entry.key) == 16


TITLES = {
    "entities": ("Fire &amp; smoke", "Fire & smoke"),
    "entities escaped twice": ("Fire &amp;amp; smoke &amp;#8217;", "Fire & smoke ’"),
    "entities escaped three times": ("Fire &amp;amp;amp; smoke", "Fire & smoke"),
    "markup escaped": ("&lt;b&gt;Fire&lt;/b&gt; and smoke", "Fire and smoke"),
    "markup escaped twice": ("&amp;lt;b&amp;gt;Fire&amp;lt;/b&amp;gt; and smoke", "Fire and smoke"),
    "markup as it is": ("<b>Fire</b> and smoke", "Fire and smoke"),
    "CDATA": ("<![CDATA[Fire & <i>smoke</i>]]>", "Fire & smoke"),
    "CDATA in pieces": ("<![CDATA[Fire ]]>&amp;<![CDATA[ smoke]]>", "Fire & smoke"),
    "numbers of letters": ("&#304;zmir &#x2013; 防衛", "İzmir – 防衛"),
    "white space": ("\n  Fire \t and\u00a0smoke \n", "Fire and smoke"),
    "less than": ("Range &lt; 50 km", "Range < 50 km"),
    "undefined entities": ("Fire&nbsp;&ndash;&nbsp;smoke", "Fire – smoke"),
    "a bare ampersand": ("Fire & smoke", "Fire & smoke"),
    "a control character by number": ("Fire &#11;and&#0; smoke", "Fire and smoke"),
    "half a pair by number": ("Fire &#xD800;and &#55296;smoke", "Fire and smoke"),
    "a number beyond all characters": ("Fire &#x110000;and &#9999999999;smoke", "Fire and smoke"),
    "a number without end": (f"Fire &#{'9' * 6000};and smoke", "Fire and smoke"),
    "a tag that is meant to be read": ("The &amp;lt;tank&amp;gt; tag", "The <tank> tag"),
    "a control character": ("Fire\x0band smoke", "Fire and smoke"),
}


@pytest.mark.parametrize(("markup", "title"), TITLES.values(), ids=TITLES.keys())
def test_a_title_is_plain_text(markup: str, title: str) -> None:
    assert [entry.title for entry in entries(rss(f"<title>{markup}</title>"))] == [title]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ('<title type="text">A &lt;tank&gt; arrives</title>', "A <tank> arrives"),
        ('<title type="html">A &lt;em&gt;tank&lt;/em&gt; &amp;amp; crew</title>', "A tank & crew"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <em>tank</em></div></title>',
            "A tank",
        ),
        ("<title>Fire &amp;amp; smoke</title>", "Fire & smoke"),
    ],
    ids=["text stays", "html", "xhtml", "text escaped twice by mistake"],
)
def test_atom_titles_are_read_as_their_type_says(title: str, text: str) -> None:
    assert [entry.title for entry in entries(atom(title))] == [text]


def test_the_full_text_is_the_body_and_the_description_the_summary() -> None:
    document = rss(
        PLAIN + "<description>&lt;p&gt;North.&lt;/p&gt;&lt;img src='x'&gt;</description>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "<![CDATA[<p>First &amp; best.</p><script>x()</script><p>Second.</p>]]></content:encoded>"
    )
    (entry,) = entries(document)
    assert (entry.summary, entry.body) == ("North.", "First & best.\nSecond.")


def test_a_summary_that_only_repeats_the_title_says_nothing() -> None:
    (entry,) = entries(rss(PLAIN + "<description>Frigate  sails</description>"))
    assert entry.summary == ""


BASES = {
    "the channel's link": (
        rss("<title>A</title><link>/1</link>", channel="<link>https://desk.example/news/</link>"),
        "https://desk.example/1",
    ),
    "the address it came from": (rss("<title>A</title><link>sub/1</link>"), "https://feeds.example/sub/1"),
    "xml:base at the root": (
        atom('<title>A</title><link href="1"/>', root='xml:base="https://desk.example/news/"'),
        "https://desk.example/news/1",
    ),
    "xml:base of the entry": (
        atom('<title>A</title><link xml:base="2025/" href="1"/>', root='xml:base="https://desk.example/"'),
        "https://desk.example/2025/1",
    ),
    "the feed's own link": (
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://desk.example/a/f" rel="self"/>'
            '<entry><title>A</title><link href="../1"/></entry></feed>'
        ),
        "https://desk.example/1",
    ),
    "the home page of a JSON feed": (
        (
            '{"version":"https://jsonfeed.org/version/1","home_page_url":"https://desk.example/","items":'
            '[{"title":"A","url":"1"}]}'
        ),
        "https://desk.example/1",
    ),
    "an enclosure before the link": (
        atom('<title>A</title><link rel="enclosure" href="http://x.example/1.mp3"/><link href="https://desk.example/1"/>'),
        "https://desk.example/1",
    ),
    "FeedBurner's original": (
        rss(
            "<title>A</title><link>https://feeds.example/~r/1</link><f:origLink "
            "xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>https://desk.example/1</f:origLink>"
        ),
        "https://desk.example/1",
    ),
    "a guid that is the link": (
        rss("<title>A</title><guid>https://desk.example/1</guid>"),
        "https://desk.example/1",
    ),
    "a guid that is a mere number": (rss("<title>A</title><guid>4711</guid>"), ""),
    "no link at all": (rss("<title>A</title><guid isPermaLink='false'>https://desk.example/1</guid>"), ""),
    "no web link": (atom("<title>A</title><link href='tag:desk.example,2025:1'/>"), ""),
}  # fmt: skip


@pytest.mark.parametrize(("document", "link"), BASES.values(), ids=BASES.keys())
def test_relative_links_are_made_absolute(document: str, link: str) -> None:
    assert [entry.link for entry in entries(document)] == [link]


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("windows-1254", "Işıl Fırkateyni İzmir'den ayrıldı, güçlü rüzgâra karşı yol aldı"),
        ("shift_jis", "新しい護衛艦が就役し、無人機の運用を始める見込みとなった"),
        ("utf-16", "護衛艦 ve fırkateyn"),
    ],
)
def test_a_feed_that_lies_about_its_encoding_is_read_right(encoding: str, title: str) -> None:
    document = f'<?xml version="1.0" encoding="UTF-8"?>{rss(f"<title>{title}</title>")[21:]}'
    assert [entry.title for entry in entries(document.encode(encoding))] == [title]


def test_ill_formed_xml_is_read_as_far_as_it_goes() -> None:
    document = rss(PLAIN, "<title>Second</title><link>https://desk.example/2?a=1&b=2</link>")[:-20]
    assert [entry.title for entry in entries(document)] == ["Frigate sails", "Second"]
    assert entries(document)[1].link == "https://desk.example/2?a=1&b=2"


def test_a_future_date_is_kept_and_does_no_harm() -> None:
    (entry,) = entries(rss(PLAIN + "<pubDate>Wed, 20 Aug 2031 09:00:00 GMT</pubDate>"))
    assert entry.published == datetime(2031, 8, 20, 9, 0, tzinfo=UTC)
    assert entry.when == NOW


def test_an_absurd_date_is_none_and_another_date_serves() -> None:
    document = atom(
        "<title>A</title><published>0001-01-01T00:00:00Z</published><updated>2025-08-20T09:00:00Z</updated>"
    )
    assert [entry.published for entry in entries(document)] == [datetime(2025, 8, 20, 9, 0, tzinfo=UTC)]


CLAUSE = "which is a very long clause and no outlet's name, however one looks at it"
SEARCHED = "<link>https://news.google.com/rss/articles/{0}?oc=5</link><guid>{0}</guid>"


@pytest.mark.parametrize(
    ("item", "title", "outlet"),
    [
        ("<title>Navy buys - Harbour Times</title>", "Navy buys", "Harbour Times"),
        (
            "<title>Navy buys - two - Harbour Times</title><source url='x'>Harbour Times</source>",
            "Navy buys - two",
            "Harbour Times",
        ),
        (
            "<title>Navy buys - Al - Liman Daily</title><source url='x'>Al - Liman Daily</source>",
            "Navy buys",
            "Al - Liman Daily",
        ),
        ("<title>護衛艦が就役 - 港湾新聞</title>", "護衛艦が就役", "港湾新聞"),
        ("<title>Navy buys</title><source url='x'>Harbour Times</source>", "Navy buys", "Harbour Times"),
        ("<title>Navy buys</title>", "Navy buys", "The Desk"),
        (f"<title>Navy - {CLAUSE}</title>", f"Navy - {CLAUSE}", "The Desk"),
    ],
    ids=["by its dash", "dash in title", "dash in outlet", "Japanese", "only source", "none", "a clause"],
)  # fmt: skip
def test_a_news_search_names_the_outlet_behind_the_title(item: str, title: str, outlet: str) -> None:
    (entry,) = entries(rss(item + SEARCHED.format("abc")))
    assert (entry.title, entry.outlet) == (title, outlet)


def test_an_ordinary_title_keeps_its_dash() -> None:
    (entry,) = entries(rss("<title>Navy buys - at last</title><link>https://desk.example/1</link>"))
    assert entry.title == "Navy buys - at last"


def test_a_source_element_names_the_outlet() -> None:
    (entry,) = entries(rss(PLAIN + "<source url='https://x.example/feed'>Harbour Times</source>"))
    assert entry.outlet == "Harbour Times"


@pytest.mark.parametrize(
    ("title", "declared", "lang"),
    [
        ("The ministry signed the contract for the new patrol vessels", "en", "en"),
        ("Bakanlık yeni devriye gemileri için sözleşmeyi imzaladı", "tr", "tr"),
        ("防衛省は新しい哨戒艦の契約に署名した", "ja", "ja"),
    ],
)
def test_the_language_is_the_texts(title: str, declared: str, lang: str) -> None:
    document = rss(f"<title>{title}</title>", channel=f"<language>{declared}</language>")
    assert [entry.lang for entry in entries(document)] == [lang]
