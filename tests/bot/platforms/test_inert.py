"""Text and links from feeds can do nothing but be read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.inert import MAX_TEXT, inert, one_line, quoted, safe_url, split_mention
from tests.cpu import least_cpu


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain words", "plain words", id="plain words stay"),
        pytest.param("Türkiye, İHA, ığdır", "Türkiye, İHA, ığdır", id="Turkish stays"),
        pytest.param("無人機が、12機", "無人機が、12機", id="Japanese stays"),
        pytest.param("か\u3099", "か\u3099", id="a voicing mark of its own stays"),
        pytest.param("\x1b[31mred\x1b[0m", "red", id="colours of a terminal go whole"),
        pytest.param("\x9b2Jgone", "gone", id="the eight-bit escape too"),
        pytest.param("\x1b]0;title\x07news", "news", id="a window title goes whole"),
        pytest.param("\x1b]8;;http://evil.example\x1b\\news", "news", id="a terminal link goes whole"),
        pytest.param("\x1b]" + "x" * 2000, "]" + "x" * 2000, id="an open escape swallows nothing"),
        pytest.param("safe\u202egpj.exe", "safegpj.exe", id="a right-to-left override goes"),
        pytest.param("a\u2066b\u2069c\u200fd\u061ce", "abcde", id="isolates and marks go"),
        pytest.param("ad\u200bmin\ufeff\u00ad\u2060", "admin", id="zero-width characters go"),
        pytest.param("news\U000e0041\U000e007f", "news", id="tag characters go"),
        pytest.param("a\u3164b\u2800c", "abc", id="blank letters go"),
        pytest.param("bad\x00\x08\x7f\ud800", "bad", id="controls and half characters go"),
        pytest.param("a\r\nb\u2028c\x0bd", "a\nb\nc\nd", id="every line break is a newline"),
        pytest.param("1\u00a0000\u202f000\t€", "1 000 000 €", id="every space is a space"),
        pytest.param("z" + "\u0301" * 50, "z" + "\u0301" * 4, id="a pile of accents is cut"),
    ],
)
def test_text_is_made_inert(text: str, shown: str) -> None:
    assert inert(text) == shown


@given(st.text())
def test_nothing_that_steers_is_left(text: str) -> None:
    shown = inert(text)
    assert all(
        unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in shown if c != "\n"
    )
    assert inert(shown) == shown
    assert "\n" not in one_line(text)


# Seconds of processor time: .006 when measured; a million characters that nothing cuts take .3, and far more
# where one is looked at again for each before it.
SOON = 0.1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\x1b[" * 500_000, id="open escapes"),
        pytest.param("\u0301" * 1_000_000, id="accents alone"),
        pytest.param("\u202e" * 1_000_000, id="direction marks alone"),
        pytest.param("9" * 1_000_000, id="digits alone"),
    ],
)
def test_a_huge_text_costs_no_time_and_is_cut(text: str) -> None:
    assert len(inert(text)) <= MAX_TEXT
    assert least_cpu(lambda: inert(text), under=SOON) < SOON


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://news.example/a?b=c&d=%20#:~:text=310%20million", id="a text fragment"),
        pytest.param("http://news.example:8080/", id="a port"),
        pytest.param("https://[2001:db8::1]/", id="an address in brackets"),
        pytest.param("https://例え.example/記事", id="Japanese letters"),
        pytest.param("HTTPS://news.example", id="capitals"),
    ],
)
def test_a_web_address_is_kept(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="nothing"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("JaVaScRiPt:alert(1)", id="a script in mixed case"),
        pytest.param(" javascript:alert(1)", id="a script behind a space"),
        pytest.param("java\nscript:alert(1)", id="a script with a line break in it"),
        pytest.param("data:text/html,<script>", id="data"),
        pytest.param("vbscript:x", id="another script"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("//news.example/a", id="no scheme"),
        pytest.param("/local", id="a path of ours"),
        pytest.param("https:///a", id="no host"),
        pytest.param("https://bank.example@evil.example/", id="a user that looks like a host"),
        pytest.param("https://news.example\\@evil.example/", id="a backslash"),
        pytest.param("https://news.example/a b", id="a space"),
        pytest.param("https://news.example/\u202egpj", id="a direction mark"),
        pytest.param('https://news.example/"onmouseover=x', id="a quotation mark"),
        pytest.param("https://news.example:99999/", id="a port that is none"),
        pytest.param("https://[::1/", id="a broken bracket"),
        pytest.param("https://news.example/" + "a" * 5000, id="a very long one"),
    ],
)
def test_any_other_address_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


@given(st.text())
def test_an_address_is_kept_whole_or_not_at_all(url: str) -> None:
    assert safe_url(url) in {"", url}
    assert safe_url("https://news.example/" + url) in {"", "https://news.example/" + url}


def test_a_mention_is_found_where_it_first_stands() -> None:
    assert split_mention("paid €3, not €3", "€3") == ("paid ", "€3", ", not €3")
    assert split_mention("paid nothing", "€3") == ("paid nothing", "", "")
    assert split_mention("paid nothing", "") == ("paid nothing", "", "")


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        pytest.param("It flew.", ("“", "”"), id="Latin letters"),
        pytest.param("無人機が飛んだ。", ("「", "」"), id="Japanese"),
        pytest.param("“It flew,” she said.", ("", ""), id="a quotation already"),
        pytest.param("「飛んだ」と述べた。", ("", ""), id="a Japanese quotation already"),
        pytest.param("", ("“", "”"), id="nothing"),
    ],
)
def test_quotation_marks_fit_the_sentence(sentence: str, marks: tuple[str, str]) -> None:
    assert quoted(sentence) == marks
