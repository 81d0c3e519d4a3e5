"""News searches' feeds: known by their address, with what is to be told before one is added."""

from __future__ import annotations

import pytest

from tests.feeddocuments import atom, entries, rss
from watchers.feeds.newssearch import MOST_OWN_TERMS, MOST_WORDS, is_search, own_terms, terms_of

GOOGLE = "https://news.google.com/rss/search?q=frigate+%22Harbour%20Yard%22&hl=en-GB&gl=GB&ceid=GB:en"
BING = "https://www.bing.com/news/search?q=f%C4%B1rkateyn&format=rss"


@pytest.mark.parametrize(
    ("url", "provider", "words", "goes_to"),
    [
        (GOOGLE, "Google News", 'frigate "Harbour Yard"', "Google (news.google.com)"),
        ("https://news.google.com/news/rss/search?q=a", "Google News", "a", "Google (news.google.com)"),
        ("http://news.google.com.tr/news?q=a&output=rss", "Google News", "a", "Google (news.google.com.tr)"),
        ("https://news.google.com/rss", "Google News", "", "Google (news.google.com)"),
        ("https://NEWS.google.com./rss/topics/X?hl=tr", "Google News", "", "Google (news.google.com)"),
        (BING, "Bing News", "fırkateyn", "Microsoft (bing.com)"),
        ("https://cn.bing.com/News/search?format=rss&q=a", "Bing News", "a", "Microsoft (cn.bing.com)"),
    ],
)
def test_a_news_search_is_known_with_its_words_and_who_gets_them(
    url: str, provider: str, words: str, goes_to: str
) -> None:
    terms = terms_of(url)
    assert terms is not None
    assert (terms.provider, terms.words, terms.goes_to) == (provider, words, goes_to)
    assert "personal use that earns no money" in terms.says
    assert terms.address.startswith("https://")
    assert is_search(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://harbour.example/rss?q=frigate",
        "https://news.google.com/search?q=frigate",
        "https://www.google.com/rss/search?q=frigate",
        "https://news.google.com.evil.example/search?q=a",
        "https://notnews.google.com/rss",
        "https://www.bing.com/search?q=a&format=rss",
        "https://www.bing.com/news/search?q=a",
        "https://notbing.com/news/search?format=rss",
        "ftp://news.google.com/rss",
        "https://[/rss",
        "",
    ],
)
def test_other_addresses_are_no_news_search(url: str) -> None:
    assert not is_search(url)


def test_words_that_are_shown_are_plain_and_short() -> None:
    terms = terms_of("https://news.google.com/rss/search?q=%3Cb%3Efrigate%3C/b%3E%E2%80%AE+x" + "y" * 3000)
    assert terms is not None
    assert terms.words.startswith("frigate xy")
    assert len(terms.words) <= MOST_WORDS


@pytest.mark.parametrize(
    ("document", "said"),
    [
        pytest.param(
            rss(channel="<copyright>(c) Desk. For you &amp; yours.</copyright>"),
            "(c) Desk. For you & yours.",
            id="RSS",
        ),
        pytest.param(
            rss(channel="<dc:rights><![CDATA[For <b>you</b>\n alone]]></dc:rights>"),
            "For you alone",
            id="Dublin Core",
        ),
        pytest.param(atom(root="").replace("</feed>", "<rights>Ours</rights></feed>"), "Ours", id="Atom"),
        pytest.param(rss("<copyright>The item's</copyright>"), "", id="an item's own"),
        pytest.param(rss(), "", id="none"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_a_channel_says_of_rights_is_its_own_terms(document: str, said: str) -> None:
    assert own_terms(document.encode()) == said


def test_own_terms_are_inert_and_short() -> None:
    text = own_terms(
        rss(channel=f"<copyright>&lt;script&gt;x()&lt;/script&gt;\u202e{'a ' * 9000}</copyright>").encode()
    )
    assert text.startswith("a a")
    assert len(text) <= MOST_OWN_TERMS
    assert own_terms(b"\x1f\x8bdamaged") == ""


def test_the_links_of_a_news_search_stay_as_they_are() -> None:
    link = "https://news.google.com/rss/articles/CBMiX?oc=5"
    (entry,) = entries(rss(f"<title>Two frigates sail - Harbour Post</title><link>{link}</link>"), url=GOOGLE)
    assert (entry.link, entry.title, entry.outlet) == (link, "Two frigates sail", "Harbour Post")
    bing = (
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=https%3a%2f%2fharbour.example%2f1&amp;c=1"
    )
    (entry,) = entries(rss(f"<title>Two frigates sail</title><link>{bing}</link>"), url=BING)
    assert entry.link.startswith("http://www.bing.com/news/apiclick.aspx")
