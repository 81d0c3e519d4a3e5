"""Sitemaps: of news, of pages with dates, of other sitemaps; and what is none of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.feeddocuments import FETCHED
from watchers.errors import ParseError
from watchers.feeds.parse import parse_document
from watchers.feeds.sitemap import words_of

if TYPE_CHECKING:
    from watchers.types import Entry, Parsed

URL = "https://harbour.example/sitemap-news.xml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def parsed(body: str | bytes) -> Parsed:
    data = body.encode() if isinstance(body, str) else body
    feed = replace(FETCHED.feed, url=URL, name="", kind="sitemap")
    return parse_document(replace(FETCHED, feed=feed, url=URL, body=data))


def only(body: str) -> Entry:
    (entry,) = parsed(body).entries
    return entry


def urlset(*places: str, prefix: str = "news") -> str:
    inside = "".join(f"<url>{place}</url>" for place in places)
    own = "http://www.sitemaps.org/schemas/sitemap/0.9"
    images = "http://www.google.com/schemas/sitemap-image/1.1"
    return (
        f'<?xml version="1.0"?><urlset xmlns="{own}" xmlns:image="{images}" xmlns:{prefix}="{NEWS}">'
        f"{inside}</urlset>"
    )


def news(title: str, *, prefix: str = "news") -> str:
    return (
        f"<{prefix}:news><{prefix}:publication><{prefix}:name>Liman Postası</{prefix}:name>"
        f"<{prefix}:language>tr</{prefix}:language></{prefix}:publication>"
        f"<{prefix}:publication_date>2025-08-20T10:15:00+03:00</{prefix}:publication_date>"
        f"<{prefix}:title>{title}</{prefix}:title></{prefix}:news>"
    )


LOC = "<loc>https://harbour.example/2025/two-frigates-sail.html</loc>"


@pytest.mark.parametrize("prefix", ["news", "n"])
def test_a_news_sitemap_gives_title_date_outlet_and_language(prefix: str) -> None:
    entry = only(
        urlset(LOC + news("İki fırkateyn &amp; bir gemi denize açıldı", prefix=prefix), prefix=prefix)
    )
    assert entry.title == "İki fırkateyn & bir gemi denize açıldı"
    assert entry.published == datetime(2025, 8, 20, 7, 15, tzinfo=UTC)
    assert (entry.outlet, entry.lang) == ("Liman Postası", "tr")
    assert entry.link == "https://harbour.example/2025/two-frigates-sail.html"


@pytest.mark.parametrize(
    ("place", "title"),
    [
        pytest.param(
            "<image:image><image:title>Photo</image:title></image:image>" + news("Ships"), "Ships", id="image"
        ),
        pytest.param(news("<![CDATA[Ships <3 harbours]]>"), "Ships <3 harbours", id="CDATA"),
        pytest.param(news("Ships &lt;script&gt;alert(1)&lt;/script&gt; sail"), "Ships sail", id="a script"),
        pytest.param("<lastmod>2025-08-19</lastmod>", "Two frigates sail", id="no title"),
        pytest.param("<!-- " + news("Old") + " -->", "Two frigates sail", id="a title in a comment"),
    ],
)
def test_a_title_is_the_newss_own_or_the_words_of_the_address(place: str, title: str) -> None:
    assert only(urlset(LOC + place)).title == title


def test_an_images_address_is_not_the_articles() -> None:
    image = "<image:image><image:loc>https://cdn.example/photo-of-two-frigates.jpg</image:loc></image:image>"
    assert only(urlset(image + LOC)).link == "https://harbour.example/2025/two-frigates-sail.html"


def test_a_plain_sitemap_is_dated_by_lastmod_and_read_from_the_newest_on() -> None:
    places = [
        f"<loc>https://harbour.example/ship-number-{name}-sails</loc><lastmod>{day}</lastmod>"
        for name, day in (("one", "2025-08-01"), ("two", "2025-08-19T08:00:00Z"), ("three", "2024-01-01"))
    ]
    found = parsed(urlset(*places, "<loc>https://harbour.example/about</loc>"))
    assert [entry.title for entry in found.entries] == [
        "Ship number two sails",
        "Ship number one sails",
        "Ship number three sails",
    ]
    assert found.entries[0].published == datetime(2025, 8, 19, 8, tzinfo=UTC)
    assert found.title == "harbour.example"


@pytest.mark.long
def test_fifty_thousand_addresses_cost_what_the_newest_cost() -> None:
    day = "2025-08-{:02}".format
    places = [
        f"<loc>https://h.example/a-ship-sails-{n}</loc><lastmod>{day(n % 20 + 1)}</lastmod>"
        for n in range(50_000)
    ]
    found = parsed(urlset(*places))
    assert len(found.entries) == 2_000
    assert {entry.published for entry in found.entries} == {datetime(2025, 8, 20, tzinfo=UTC)}


@pytest.mark.parametrize(("count", "archive"), [(3, False), (2_003, True), (4_003, True)])
def test_a_page_with_a_new_date_is_no_news_where_older_ones_are_not_kept(
    count: int, *, archive: bool
) -> None:
    old = [
        f"<loc>https://h.example/a-ship-sails-{n}</loc><lastmod>2024-01-01</lastmod>" for n in range(count)
    ]
    changed = f"{LOC}<lastmod>2025-08-20</lastmod>"
    published = LOC.replace("two", "five") + news("Five frigates sail")
    found = {entry.title: entry.archive for entry in parsed(urlset(*old, changed, published)).entries[:2]}
    assert found == {"Two frigates sail": archive, "Five frigates sail": False}


def test_more_addresses_than_a_sitemap_may_hold_are_not_looked_at() -> None:
    found = parsed(
        f"<urlset>{'<url>' * 50_000}<url>{LOC}</url><url>{LOC + news('Ships')}</url></urlset>".replace(
            "<url>", "<url><loc>https://harbour.example/the-first-of-all</loc>", 1
        )
    )
    assert [entry.title for entry in found.entries] == ["The first of all"]


def test_an_index_is_not_followed_but_its_newest_part_is_named() -> None:
    parts = "".join(
        f"<sitemap><loc>{link}</loc><lastmod>{day}</lastmod></sitemap>"
        for link, day in (
            ("https://harbour.example/old.xml", "2024-05-01"),
            ("https://harbour.example/new.xml", "2025-08-20T09:00:00+03:00"),
            ("http://u:p@harbour.example/newer.xml", "2025-08-21"),
        )
    )
    with pytest.raises(ParseError, match=re.escape("newest: https://harbour.example/new.xml")):
        parsed(f"<sitemapindex>{parts}</sitemapindex>")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<!doctype html><html><body>Hello</body></html>", id="a web page"),
        pytest.param("<rss><channel><title>x</title></channel></rss>", id="a feed"),
        pytest.param("", id="nothing"),
        pytest.param("{}", id="JSON"),
        pytest.param("<sitemapindex></sitemapindex>", id="an empty index"),
        pytest.param(urlset("<loc>https://harbour.example/</loc>"), id="no article"),
    ],
)
def test_what_is_no_list_of_articles_is_said_to_be_none(body: str) -> None:
    with pytest.raises(ParseError):
        parsed(body)


def test_an_empty_sitemap_is_a_quiet_source_and_no_error() -> None:
    assert parsed(urlset()).entries == ()


def test_nothing_that_a_sitemap_declares_is_expanded() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE x [<!ENTITY l0 "lol">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>' + urlset(
        LOC + news("Ships &l9; sail &f;")
    ).removeprefix('<?xml version="1.0"?>')
    assert only(body).title == "Ships &l9; sail &f;"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert('a-b-c-d')", "file:///etc/some-long-name", "http://[/a-b-c-d", "/a-b-c-d" * 900],
)
def test_an_address_that_may_not_be_opened_is_no_article(link: str) -> None:
    with pytest.raises(ParseError, match="no article"):
        parsed(urlset(f"<loc>{link}</loc>" + news("Ships")))


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ("https://h.example/2025/08/two-frigates-sail-4711.html", "Two frigates sail"),
        ("https://h.example/news/iki-f%C4%B1rkateyn-denizde/", "Iki fırkateyn denizde"),
        ("https://h.example/a?story=two-frigates-sail", ""),
        ("https://h.example/news/ships", ""),
        ("https://h.example/4711-4712-4713-4714", ""),
        ("", ""),
    ],
)
def test_the_last_words_of_an_address_make_a_title(link: str, title: str) -> None:
    assert words_of(link) == title
