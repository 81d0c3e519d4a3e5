"""Pages that list articles: read by a selector, and selectors suggested for those who know no CSS."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.feeddocuments import FETCHED
from watchers.errors import ParseError
from watchers.feeds.listpage import MAX_SELECTOR
from watchers.feeds.parse import parse_document
from watchers.feeds.selectors import suggest_selectors
from watchers.workers import Workers, WorkTimeout

if TYPE_CHECKING:
    from watchers.types import Entry, Parsed

URL = "https://www.harbour.example/news/"

PAGE = """<!doctype html><html lang="en"><head><title>Harbour &amp; Sea News</title></head><body>
<nav><ul><li><a href="/navy">All the news about navies of the world</a></li>
<li><a href="/air">All the news about air forces of the world</a></li>
<li><a href="/land">All the news about armies of the world</a></li></ul></nav>
<main>
<article class="card card-2"><a href="/a/1"><img src="x"></a><h2><a href="/a/1">Two frigates leave
 the northern harbour</a></h2><div><time datetime="2025-08-20T09:00:00+03:00">today</time></div></article>
<article class="card"><h2><a href="https://harbour.example/a/2?utm_source=list">A shipyard lays the keel of
 a corvette</a></h2><p><time datetime="2025-08-19">yesterday</time></p></article>
<article class="card"><h2><a href="/a/3">The navy orders four unmanned vessels</a></h2></article>
<article class="card"><h2><a href="https://elsewhere.example/ad">Buy a boat of our friends</a></h2></article>
</main><aside class="side"><p class="teaser"><a href="/a/1">Read</a></p></aside></body></html>"""


def parsed(selector: str, page: str | bytes = PAGE, *, url: str = URL, content_type: str = "") -> Parsed:
    feed = replace(FETCHED.feed, url=url, name="", kind="page", selector=selector)
    body = page.encode() if isinstance(page, str) else page
    return parse_document(replace(FETCHED, feed=feed, url=url, body=body, content_type=content_type))


def listed(selector: str, page: str = PAGE) -> list[tuple[str, str]]:
    return [(entry.link, entry.title) for entry in parsed(selector, page).entries]


def only(selector: str, page: str) -> Entry:
    (entry,) = parsed(selector, page).entries
    return entry


THREE = [
    ("https://www.harbour.example/a/1", "Two frigates leave the northern harbour"),
    ("https://harbour.example/a/2", "A shipyard lays the keel of a corvette"),
    ("https://www.harbour.example/a/3", "The navy orders four unmanned vessels"),
]


@pytest.mark.parametrize(
    "selector", ["h2 a", "article.card h2 > a", "article a", "article", "main h2", " h2 a "]
)
def test_a_selector_chooses_the_links_or_what_holds_one_each(selector: str) -> None:
    assert listed(selector) == THREE


def test_the_date_is_that_of_the_container_which_holds_no_other_article() -> None:
    first, second, third = parsed("h2 a").entries
    assert first.published == datetime(2025, 8, 20, 6, tzinfo=UTC)
    assert second.published == datetime(2025, 8, 19, tzinfo=UTC)
    assert third.published is None


def test_a_page_is_called_what_its_title_says() -> None:
    found = parsed("h2 a")
    assert found.title == "Harbour & Sea News"
    assert {entry.outlet for entry in found.entries} == {"Harbour & Sea News"}


@pytest.mark.parametrize(
    ("link", "title"),
    [
        pytest.param('<a href="/1" title="From the title">  </a>', "From the title", id="a title attribute"),
        pytest.param('<a href="/1" aria-label="From the label"><img></a>', "From the label", id="a label"),
        pytest.param(
            '<a href="/1"><h3>Headline</h3><p>Teaser</p></a>', "Headline", id="a card that is one link"
        ),
        pytest.param('<a href="/1">Ships<script>alert(1)</script></a>', "Ships", id="a script in the link"),
        pytest.param(
            '<a href="/1">&lt;b&gt;Ships&lt;/b&gt; \u202eliam</a>', "Ships liam", id="text as markup"
        ),
    ],
)
def test_a_headline_is_plain_text(link: str, title: str) -> None:
    assert only("a", link).title == title


@pytest.mark.parametrize(
    ("selector", "page", "said"),
    [
        pytest.param("h2 a[", PAGE, "not a CSS selector", id="no CSS"),
        pytest.param("::", PAGE, "not a CSS selector", id="a lone pseudo-element"),
        pytest.param("a\x00\ud800", PAGE, "not a CSS selector", id="characters that no selector has"),
        pytest.param("a" * (MAX_SELECTOR + 1), PAGE, "longer than", id="too long"),
        pytest.param("", PAGE, "needs a CSS selector", id="none"),
        pytest.param(".missing", PAGE, "finds nothing", id="no match"),
        pytest.param("title", PAGE, "no link in them", id="no links"),
        pytest.param("article:nth-child(4) a", PAGE, "leave", id="another site's links"),
        pytest.param("a", '<a href="/1"><img></a>', "without any words", id="pictures only"),
        pytest.param("a", '<a href="javascript:alert(1)">Ships</a>', "leave", id="a script for a link"),
        pytest.param("a", '<a href="http://u:p@www.harbour.example/1">Ships</a>', "leave", id="a password"),
        pytest.param("a", "", "finds nothing", id="an empty page"),
    ],
)
def test_a_selector_that_finds_no_article_is_answered_with_advice(
    selector: str, page: str, said: str
) -> None:
    with pytest.raises(ParseError, match=said):
        parsed(selector, page)


def test_a_page_says_in_a_tag_how_it_is_written() -> None:
    page = (
        '<html><head><meta charset="windows-1254"><title>ığdır</title></head><a href="/1">Şırnak, İzmir</a>'
    )
    found = parsed("a", page.encode("windows-1254"))
    assert (found.title, found.entries[0].title) == ("ığdır", "Şırnak, İzmir")
    polish = '<html><meta charset=iso-8859-2><a href="/1">Żołnierze ćwiczą pod Łodzią</a>'
    assert parsed("a", polish.encode("iso-8859-2")).entries[0].title == "Żołnierze ćwiczą pod Łodzią"
    japanese = (
        '<meta http-equiv="content-type" content="text/html; charset=Shift_JIS"><a href="/1">艦艇、出港</a>'
    )
    assert parsed("a", japanese.encode("cp932")).entries[0].title == "艦艇、出港"


def test_links_are_read_from_the_base_that_a_page_names() -> None:
    page = '<base href="https://www.harbour.example/deep/"><a href="1">Ships</a>'
    assert only("a", page).link == "https://www.harbour.example/deep/1"


def test_a_list_suggests_selectors_with_their_first_titles() -> None:
    suggestions = suggest_selectors(PAGE.replace("elsewhere.example", "harbour.example").encode(), URL)
    assert suggestions
    best = suggestions[0]
    assert (best.count, best.titles) == (4, tuple(title for _, title in THREE))
    assert all(listed(one.selector) for one in suggestions)
    assert not any("navies" in title for one in suggestions for title in one.titles)


def test_headlines_in_japanese_are_long_enough_with_fewer_letters() -> None:
    items = "".join(
        f'<li class="topic"><a href="/n/{n}">護衛艦{n}隻が横須賀を出港</a></li>' for n in range(5)
    )
    (suggestion,) = suggest_selectors(f"<ul>{items}</ul>".encode(), URL)
    assert suggestion.count == 5


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("", id="nothing"),
        pytest.param("<p>Hello</p>", id="no links"),
        pytest.param(
            '<nav class="m"><a href="/1">A menu entry that is rather long</a></nav>' * 9, id="menus"
        ),
        pytest.param(
            '<p class="x"><a href="//e.example/1">Another site has this headline</a></p>' * 9, id="others"
        ),
    ],
)
def test_a_page_without_a_list_suggests_nothing(page: str) -> None:
    assert suggest_selectors(page.encode(), URL) == ()


async def test_a_page_that_would_be_read_for_ever_costs_its_own_turn_only() -> None:
    async with Workers(1, preload=("watchers.feeds.selectors",)) as workers:
        with pytest.raises(WorkTimeout):
            await workers.run(suggest_selectors, b"<div>" * 400_000, URL, timeout=0.5)
        assert await workers.run(suggest_selectors, PAGE.encode(), URL, timeout=60)
