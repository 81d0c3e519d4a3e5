"""Folding with offsets, plain text of hostile HTML, and tidying."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.cpu import least_cpu
from watchers.text import fold, folded, is_cjk, plain_text, tidy

# Of processor time: .1 at most when measured, .9 for every character there is, as far as none was met before.
# The square of 200 000 letters takes minutes.
SECONDS_FOR_A_HOSTILE_PAGE = 5.0

FOLDS = {
    "capitals": ("NATO Summit", "nato summit"),
    "dotted and dotless i": ("İSTANBUL Iğdır ılık iki", "istanbul igdir ilik iki"),
    "turkish letters": ("ŞÇĞÜÖ şçğüö", "scguo scguo"),
    "decomposed turkish": (unicodedata.normalize("NFD", "Güler TUSAŞ"), "guler tusas"),
    "other diacritics": ("Häkkänen Anušić São", "hakkanen anusic sao"),
    "letters that are no marks": ("Støre straße", "støre straße"),
    "typographic apostrophes": ("Ankara’da ‘evet’", "ankara'da 'evet'"),
    "full width": ("Ｆ－１６　ＮＡＴＯ", "f-16 nato"),
    "half-width katakana with voicing": ("ﾄﾞﾛｰﾝ", "ドローン"),
    "voiced kana stays voiced": ("がぎ ガ パ", "がぎ ガ パ"),
    "decomposed kana": ("か\u3099", "が"),
    "ligature": ("ﬁlo", "filo"),
    "ellipsis and fraction": ("…½", "...1⁄2"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), FOLDS.values(), ids=FOLDS.keys())
def test_text_is_folded(text: str, expected: str) -> None:
    assert fold(text) == expected


SPANS = {
    "composed letters": ("TUSAŞ açıkladı", "tusas", "TUSAŞ"),
    "last letter with its mark": ("TUSAS\u0327 dedi", "tusas", "TUSAS\u0327"),
    "several marks": ("xa\u0301\u0323\u0308y", "a", "a\u0301\u0323\u0308"),
    "first half of a ligature": ("aﬁlo", "f", "ﬁ"),
    "second half of a ligature": ("aﬁlo", "ilo", "ﬁlo"),
    "after an expansion": ("…Şam", "sam", "Şam"),
    "half-width katakana": ("小ﾄﾞﾛｰﾝが", "ドローン", "ﾄﾞﾛｰﾝ"),
    "ascii": ("the F-16s", "f-16", "F-16"),
    "mark before the first letter": ("\u0301ab", "a", "\u0301a"),
}


@pytest.mark.parametrize(("text", "part", "original"), SPANS.values(), ids=SPANS.keys())
def test_a_part_of_the_folded_text_is_found_in_the_original(text: str, part: str, original: str) -> None:
    seen = folded(text)
    start = seen.text.index(part)
    first, last = seen.span(start, start + len(part))
    assert text[first:last] == original


def test_an_empty_range_is_empty_in_the_original() -> None:
    seen = folded("açık…lama")
    for place in range(len(seen.text) + 1):
        first, last = seen.span(place, place)
        assert first == last


ANY_TEXT = st.text(max_size=60)
NEWS_TEXT = st.text(
    st.sampled_from("abiIıİşŞğüÖ ’'-.\n09ドガが中谷\u0301\u0327\u0308\u0323ﾊﾞﾟﬁ…½éø한"), max_size=60
)
LETTERS_OF_THE_THREE = st.text(
    st.sampled_from(
        "abcçdefgğhıijklmnoöprsştuüvyzqwxâîûABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ 0123456789.,'-防衛相がガー"
    ),
    max_size=60,
)


@given(st.one_of(ANY_TEXT, NEWS_TEXT))
@settings(max_examples=300, deadline=None)
def test_there_is_one_offset_a_code_point_and_one_more(text: str) -> None:
    seen = folded(text)
    if seen.offsets is None:
        assert len(seen.text) == len(text)
    else:
        assert len(seen.offsets) == len(seen.text) + 1
        assert seen.offsets[-1] == len(text)
        assert list(seen.offsets) == sorted(seen.offsets)


@given(st.one_of(ANY_TEXT, NEWS_TEXT))
@settings(max_examples=300, deadline=None)
def test_the_span_of_the_whole_is_the_whole(text: str) -> None:
    seen = folded(text)
    assume(seen.text)
    assert seen.span(0, len(seen.text)) == (0, len(text))


@given(NEWS_TEXT, st.data())
@settings(max_examples=300, deadline=None)
def test_what_a_span_cuts_out_folds_to_the_part_and_its_neighbours(text: str, data: st.DataObject) -> None:
    seen = folded(text)
    assume(seen.text)
    start = data.draw(st.integers(0, len(seen.text) - 1))
    end = data.draw(st.integers(start + 1, len(seen.text)))
    first, last = seen.span(start, end)
    assert 0 <= first < last <= len(text)
    assert seen.text[start:end] in fold(text[first:last])


@given(LETTERS_OF_THE_THREE)
@settings(max_examples=300, deadline=None)
def test_form_and_case_make_no_difference(text: str) -> None:
    expected = fold(text)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == expected
    assert fold(text.upper()) == fold(text.lower()) == expected
    assert fold(expected) == expected


HOSTILE = {
    "marks without end": "a" + "\u0301\u0323" * 100_000,
    "only marks": "\u0301" * 200_000,
    "expanding letters": "ﷺ" * 20_000,
    "every character once": "".join(map(chr, (*range(0xD800), *range(0xE000, 0x30000)))),
    "direction signs": "\u202e" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_folding_hostile_text_is_bounded(text: str) -> None:
    cost = least_cpu(lambda: folded(text), under=SECONDS_FOR_A_HOSTILE_PAGE)
    assert cost < SECONDS_FOR_A_HOSTILE_PAGE


MARKUP = {
    "entities": ("Fish &amp; chips &lt;b&gt; caf&eacute;", "Fish & chips <b> café"),
    "tags": ("<b>bold</b> and <i>not</i>", "bold and not"),
    "blocks": ("<p>one</p><p>two</p>three<br>four", "one\ntwo\nthree\nfour"),
    "scripts and styles": ("a<script>alert('x')</script><style>p{}</style>b", "ab"),
    "comment": ("a<!-- hidden -->b", "ab"),
    "unclosed": ("<div><p>one<p>two", "one\ntwo"),
    "no markup": ("  plain \n\n text ", "plain\ntext"),
    "less than in prose": ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("markup", "expected"), MARKUP.values(), ids=MARKUP.keys())
def test_markup_becomes_plain_text(markup: str, expected: str) -> None:
    assert plain_text(markup) == expected


HOSTILE_MARKUP = {
    "nested blocks": "<div>" * 3_000 + "x" + "</div>" * 3_000,
    "closing tags": "</p>" * 30_000 + "x",
    "open angles": "x" + "<" * 200_000,
    "entities": "&amp;" * 40_000 + "x",
    "one huge attribute": '<a title="' + "y" * 200_000 + '">x</a>',
    "unclosed comment": "x<!--" + "-" * 200_000,
    "many paragraphs": "<p>x" * 10_000,
}


@pytest.mark.parametrize("markup", HOSTILE_MARKUP.values(), ids=HOSTILE_MARKUP.keys())
def test_hostile_markup_is_bounded_and_keeps_its_text(markup: str) -> None:
    assert "x" in plain_text(markup)
    cost = least_cpu(lambda: plain_text(markup), under=SECONDS_FOR_A_HOSTILE_PAGE)
    assert cost < SECONDS_FOR_A_HOSTILE_PAGE


TIDY = {
    "runs of space": ("a  b\t\tc", "a b c"),
    "no-break space": ("a\u00a0b", "a b"),
    "paragraphs": ("a\n\n\n b \r\nc", "a\nb\nc"),
    "joining and direction marks": ("a\u200bb\u202ec\ufeffd\u00ade", "abcde"),
    "null": ("a\x00b", "ab"),
}


@pytest.mark.parametrize(("text", "expected"), TIDY.values(), ids=TIDY.keys())
def test_white_space_is_tidied(text: str, expected: str) -> None:
    assert tidy(text) == expected


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_tidy_text_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "  " not in once
    assert once == once.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("drone", False), ("şöğ", False), ("ドローン", True), ("防衛 in text", True), ("ﾄﾞ", True), ("", False)],
    ids=["latin", "turkish", "katakana", "kanji amid latin", "half width", "nothing"],
)
def test_japanese_is_recognised(text: str, *, expected: bool) -> None:
    assert is_cjk(text) is expected


def test_half_a_surrogate_pair_folds_to_one_letter_and_is_tidied_away() -> None:
    text = "Ş\ud800x"
    assert folded(text).text == "s\ufffdx"
    assert folded(text).span(1, 2) == (1, 2)
    assert tidy(text) == "Şx"


@given(st.text(max_size=80))
def test_tidy_text_has_single_blanks_and_no_empty_lines(text: str) -> None:
    lines = tidy(text).split("\n")
    assert all(line == " ".join(line.split()) for line in lines)
    assert tidy("\n".join(lines)) == "\n".join(lines)
    assert "" not in lines or lines == [""]


@pytest.mark.parametrize("markup", ["a</p>b", "a<BR>b", "a<h2 id=x>b</h2>", "a<li>b", "<DIV>a</DIV><b>b</b>"])
def test_blocks_keep_words_apart_however_they_are_written(markup: str) -> None:
    assert plain_text(markup) == "a\nb"
