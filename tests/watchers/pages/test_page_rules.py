"""Rules about articles' pages: which are wanted, whose are closed, when they are asked for, what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchers.pages.page_desk import HEADLINE, TEASER, html, worth
from watchers.errors import ParseError
from watchers.pages.agreement import agrees
from watchers.pages.courtesy import GAP, HOUR, Courtesy
from watchers.pages.extract import MOST_TAGS, MOST_TEXT, Page, extract
from watchers.pages.optouts import NO_AI, NO_SNIPPET, RESERVED, WALL, closed_by_headers, walled
from watchers.pages.reservations import covers, reserved
from watchers.pages.timetable import LOOKS, MOST_TRIES, next_look, next_try
from watchers.pages.wants import is_teaser, wants_page
from watchers.pages.withdrawal import is_withdrawn
from watchers.types import Entry

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
LINK = "https://harbour.example/frigates"
ENTRY = Entry(
    key="a" * 16,
    feed=1,
    guid="",
    link=LINK,
    title=HEADLINE,
    summary=TEASER,
    body="",
    lang="en",
    outlet="Harbour",
    published=NOW,
    seen=NOW,
)
LONG = "The ministry signed a contract for four frigates in the city hall of Oslo. " * 12


def entry(*, link: str = LINK, summary: str = TEASER, body: str = "") -> Entry:
    """Return an entry as a feed gave it."""
    fields = {name: getattr(ENTRY, name) for name in Entry.__slots__}
    return Entry(**fields | {"link": link, "summary": summary, "body": body})


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        pytest.param("", True, id="a headline alone"),
        pytest.param(TEASER, True, id="a sentence"),
        pytest.param(LONG, False, id="an article"),
        pytest.param(LONG + "and then […]", True, id="cut with brackets"),
        pytest.param(LONG + "and then…", True, id="cut with an ellipsis"),
        pytest.param(LONG + "Continue reading →", True, id="cut with a call"),
        pytest.param(LONG + "Haberin devamı", True, id="cut in Turkish"),
        pytest.param(LONG + "… and so on to the very end of it. " * 4, False, id="an ellipsis in the middle"),
        pytest.param("防衛省は新型護衛艦四隻を発注した。" * 25, False, id="an article in Japanese"),
        pytest.param("防衛省は新型護衛艦四隻を発注した。", True, id="a teaser in Japanese"),
        pytest.param("防衛省は新型護衛艦四隻を発注した。" * 25 + "続きを読む", True, id="cut in Japanese"),
    ],
)
def test_what_is_short_or_cut_is_a_teaser(text: str, *, teaser: bool) -> None:
    assert is_teaser(text) == teaser
    assert wants_page(entry(summary=text), "feed") == teaser
    assert wants_page(entry(summary="", body=text), "page") == teaser


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        pytest.param(LINK, "search", id="a news search added as one"),
        pytest.param("https://news.google.com/rss/articles/CBMi1", "feed", id="a search's link in a feed"),
        pytest.param("https://www.bing.com/news/apiclick.aspx?url=x", "feed", id="another search's link"),
        pytest.param("", "feed", id="no link"),
        pytest.param("ftp://harbour.example/x", "feed", id="another scheme"),
    ],
)
def test_opaque_links_are_never_followed(link: str, kind: str) -> None:
    assert not wants_page(entry(link=link), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("tdm-reservation", "1", RESERVED),
        ("tdm-reservation", "0", ""),
        ("x-robots-tag", "noai", NO_AI),
        ("x-robots-tag", "noarchive, NoImageAI", NO_AI),
        ("x-robots-tag", "vedette: noai", NO_AI),
        ("x-robots-tag", "otherbot: noai, nosnippet", ""),
        ("x-robots-tag", "max-snippet: 0", NO_SNIPPET),
        ("x-robots-tag", "max-snippet:50, nosnippet", NO_SNIPPET),
        ("x-robots-tag", "noindex, nofollow, noarchive", ""),
        ("x-robots-tag", "unavailable_after: 25 Jun 2030 15:00:00 PST", ""),
        ("cache-control", "noai", ""),
    ],
)
def test_headers_close_a_page(name: str, value: str, why: str) -> None:
    assert closed_by_headers([("content-type", "text/html"), (name, value)]) == why


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ('<meta name="tdm-reservation" content="1">', RESERVED),
        ('<meta name="robots" content="noai, noimageai">', NO_AI),
        ('<meta name="Vedette" content="nosnippet">', NO_SNIPPET),
        ('<meta name="otherbot" content="noai">', ""),
        ('<meta name="robots" content="noindex">', ""),
        ('<meta property="article:content_tier" content="metered">', WALL),
        ('<meta property="article:content_tier" content="locked">', WALL),
        ('<meta property="article:content_tier" content="free">', ""),
        (
            '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":"False"}</script>',
            WALL,
        ),
        ('<script type="application/ld+json">[{"@graph":[{"isAccessibleForFree":false}]}]</script>', WALL),
        ('<script type="application/ld+json">{"isAccessibleForFree":true}</script>', ""),
        ('<script type="application/ld+json">{"isAccessibleForFree":</script>', ""),
        ('<meta itemprop="isAccessibleForFree" content="false">', WALL),
    ],
)
def test_a_pages_head_closes_it_before_its_text_is_read(head: str, why: str) -> None:
    told = extract(Page(url=LINK, body=html(worth(), head=head)))
    assert (told.closed, bool(told.text)) == (why, not why)


def test_a_wall_in_json_of_any_depth_or_shape_is_read_without_harm() -> None:
    assert not walled(["[" * 100_000, '{"a":' * 5000 + "1" + "}" * 5000, "nonsense", "[]" * 3])
    assert walled(["[]", '{"hasPart":{"isAccessibleForFree":"http://schema.org/False"}}'])


@pytest.mark.parametrize(
    ("pattern", "path", "there"),
    [
        ("/", "/news/a", True),
        ("/news", "/news/a", True),
        ("/news/", "/new", False),
        ("/*/pro/*", "/en/pro/a", True),
        ("/*/pro/*", "/pro/a", False),
        ("/*.html$", "/a.html", True),
        ("/*.html$", "/a.html?x=1", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("*", "/anything", True),
        ("/*a*a*a*a*a*a*a*a*b", "/" + "a" * 4000, False),
    ],
)
def test_location_patterns_cover_paths(pattern: str, path: str, *, there: bool) -> None:
    assert covers(pattern, path) == there


def test_a_reservation_file_reserves_what_it_says_one_of() -> None:
    body = b'\xef\xbb\xbf[{"location":"/a/*","tdm-reservation":1},{"location":"/b","tdm-reservation":0}, 7]'
    assert reserved(body) == ("/a/*",)
    assert reserved(b'{"location":"/","tdm-reservation":"1"}') == ("/",)
    for nonsense in (b"", b"<html>", b"[" * 100_000, b'"x"', b"\xff\xfe"):
        assert reserved(nonsense) == ()


@pytest.mark.parametrize(
    ("title", "text", "withdrawn"),
    [
        ("RETRACTED: Norway orders frigates", "", True),
        ("[Withdrawn] Norway orders frigates", "", True),
        (HEADLINE, "This article has been withdrawn at the request of the editors.", True),
        (HEADLINE, "We have retracted this story because its source was wrong.", True),
        ("GERİ ÇEKİLDİ: Norveç fırkateyn aldı", "", True),
        (HEADLINE, "Bu haber yayından kaldırılmıştır.", True),
        (HEADLINE, "Yanlış bilgi nedeniyle haberimizi geri çekiyoruz.", True),
        ("【記事取り下げ】護衛艦を発注", "", True),
        (HEADLINE, "この記事は取り下げました。", True),
        (HEADLINE, "本記事を削除いたしました。", True),
        ("Troops withdrawn from the border", "The army has withdrawn its forces from the valley.", False),
        ("Retracted gear: how the jet lands", "The landing gear was retracted late.", False),
        ("Birlikler geri çekildi", "Ordu birlikleri sınırdan geri çekildi.", False),
        ("法案を撤回", "政府は法案を撤回した。この記事は会員向けです。", False),
        (HEADLINE, "Long text. " * 100 + "This article has been withdrawn.", False),
    ],
)
def test_only_an_article_that_says_so_of_itself_counts(title: str, text: str, *, withdrawn: bool) -> None:
    assert is_withdrawn(title, text) == withdrawn


@pytest.mark.parametrize(
    ("headline", "text", "agreed"),
    [
        (HEADLINE, worth(), True),
        (
            "Norveç dört fırkateyn sipariş etti",
            "Norveç hükûmeti dört fırkateyni sipariş ettiğini duyurdu. " * 5,
            True,
        ),
        (
            "防衛省が新型護衛艦を発注",
            "防衛省は新型の護衛艦四隻を国内の造船所に発注したと発表した。" * 4,
            True,
        ),
        (HEADLINE, "We value your privacy and use cookies to measure our audiences. " * 10, False),
        (
            "防衛省が新型護衛艦を発注",
            "当サイトではクッキーを使用しています。設定から変更できます。" * 5,
            False,
        ),
        (HEADLINE, "Norway orders frigates from Harbour Yards.", False),
    ],
    ids=["English", "Turkish", "Japanese", "a consent notice", "a Japanese consent notice", "too short"],
)
def test_a_text_belongs_to_its_headline(headline: str, text: str, *, agreed: bool) -> None:
    assert agrees(headline, text) == agreed


def test_a_page_says_its_language_and_when_it_was_published() -> None:
    head = '<meta property="article:published_time" content="2026-03-03T09:30:00+01:00">'
    told = extract(Page(url=LINK, body=html(worth(), head=head)))
    assert (told.lang, told.title) == ("en", HEADLINE)
    assert told.published == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
    assert extract(Page(url=LINK, body=html(worth()))).published is None


def test_pages_in_old_encodings_are_read_as_their_bytes_show() -> None:
    turkish = "Savunma Sanayii Başkanlığı, dört yeni fırkateynin üretimi için sözleşme imzaladığını duyurdu. "
    page = (
        "<html><head><meta charset=windows-1254></head>"
        f"<body><article><p>{turkish * 5}</p></article></body></html>"
    )
    told = extract(Page(url=LINK, body=page.encode("cp1254"), content_type="text/html"))
    assert "Başkanlığı" in told.text


def test_a_page_of_too_many_tags_is_refused_unparsed_and_a_text_is_cut() -> None:
    with pytest.raises(ParseError, match="tags"):
        extract(Page(url=LINK, body=b"<p>a" * (MOST_TAGS + 1)))
    told = extract(Page(url=LINK, body=html("<p>" + "frigate " * 50_000 + "</p>")))
    assert len(told.text) <= MOST_TEXT


def test_a_page_is_looked_at_after_half_an_hour_one_three_and_six_hours() -> None:
    until, found, now = timedelta(hours=6), [], NOW
    while (moment := next_look(NOW, now=now, until=until)) is not None:
        found.append(moment - NOW)
        now = moment
    assert tuple(found) == LOOKS
    assert next_look(NOW, now=NOW, until=timedelta()) is None
    assert next_look(NOW, now=NOW + timedelta(hours=2), until=until) == NOW + timedelta(hours=3)


@given(st.integers(1, 30), st.floats(0, 1), st.one_of(st.none(), st.floats(0, 86_400)))
def test_failures_wait_longer_each_time_and_end(tries: int, jitter: float, asked: float | None) -> None:
    moment = next_try(tries, now=NOW, jitter=jitter, asked=asked)
    if tries >= MOST_TRIES:
        assert moment is None
        return
    assert moment is not None
    assert moment - NOW >= max(timedelta(minutes=5) * 2 ** (tries - 1), timedelta(seconds=asked or 0))


@given(st.lists(st.floats(0, 3000), min_size=1, max_size=80), st.integers(1, 10))
def test_no_host_is_asked_faster_than_its_gap_nor_more_often_than_so_many_an_hour(
    waits: list[float], most: int
) -> None:
    courtesy, now, asked = Courtesy(most=most), NOW, []
    for wait in waits:
        now += timedelta(seconds=wait)
        turn = courtesy.turn("harbour.example", now=now)
        assert turn >= now
        now = turn
        courtesy.note("harbour.example", at=now)
        asked.append(now)
    assert all(b - a >= GAP for a, b in pairwise(asked))
    assert all(b - a >= HOUR for a, b in zip(asked, asked[most:], strict=False))
    assert courtesy.turn("other.example", now=now) == now
