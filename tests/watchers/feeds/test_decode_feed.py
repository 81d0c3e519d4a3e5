"""Bytes to text: what the bytes show goes before what the document claims."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.errors import ParseError
from watchers.feeds.decode import MAX_TEXT, text_of

TURKISH = "Türk donanması için üç yeni gemi: şirket, İstanbul'da imzayı attı; çalışmalar güze kadar sürecek"
JAPANESE = "防衛省は来年度予算の概算要求で、無人機の取得費を増やす方針を固めた。"
RUSSIAN = "Министерство сообщило о поставке новых кораблей и самолётов в северные порты страны"
KOREAN = "방위사업청은 새로운 함정과 항공기의 도입 계획을 발표했다고 밝혔다"
ICELANDIC = (
    "Landhelgisgæslan fær nýtt skip á árinu og þyrlur verða keyptar síðar, segir ráðherra við blaðamenn í dag"
)
FRENCH = "L'armée française reçoit ses premiers véhicules blindés, près d'un an après la commande à l'usine"

CASES = {
    "UTF-8 that says so": (TURKISH, "utf-8", "utf-8"),
    "UTF-8 that says nothing": (JAPANESE, "utf-8", ""),
    "UTF-8 that claims Latin-1": (TURKISH, "utf-8", "iso-8859-1"),
    "UTF-8 with a mark": (JAPANESE, "utf-8-sig", "utf-8"),
    "UTF-16 with a mark": (JAPANESE, "utf-16", "utf-16"),
    "UTF-16 with a mark that claims UTF-8": (TURKISH, "utf-16", "utf-8"),
    "UTF-16, little end first, without a mark": (JAPANESE, "utf-16-le", ""),
    "UTF-16, big end first, without a mark": (TURKISH, "utf-16-be", "utf-16"),
    "UTF-32 with a mark": (TURKISH, "utf-32", ""),
    "Turkish Windows that says so": (TURKISH, "cp1254", "windows-1254"),
    "Turkish Windows that claims UTF-8": (TURKISH, "cp1254", "utf-8"),
    "Turkish Windows that claims Latin-1": (TURKISH, "cp1254", "iso-8859-1"),
    "Turkish Windows that claims Western Windows": (TURKISH, "cp1254", "windows-1252"),
    "Turkish Windows that says nothing": (TURKISH, "cp1254", ""),
    "Latin-5 that says so": (TURKISH, "iso-8859-9", "iso-8859-9"),
    "Shift_JIS that says so": (JAPANESE, "shift_jis", "Shift_JIS"),
    "Shift_JIS that claims UTF-8": (JAPANESE, "shift_jis", "utf-8"),
    "Shift_JIS that says nothing": (JAPANESE, "cp932", ""),
    "EUC-JP that says so": (JAPANESE, "euc_jp", "EUC-JP"),
    "EUC-JP that claims UTF-8": (JAPANESE, "euc_jp", "UTF-8"),
    "ISO-2022-JP that says so": (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
    "a few kanji in Shift_JIS that claim UTF-8": ("防衛装備品", "shift_jis", "utf-8"),
    "a headline in EUC-JP that says nothing": ("防衛装備庁が無人機を選定", "euc_jp", ""),
    "English with Windows' quotation marks": (
        "“It’s over”, he said – ‘at last’, isn’t it",
        "cp1252",
        "utf-8",
    ),
    "Korean that claims UTF-8": (KOREAN, "cp949", "utf-8"),
    "Russian Windows that says so": (RUSSIAN, "cp1251", "windows-1251"),
    "Russian Windows that claims UTF-8": (RUSSIAN, "cp1251", "utf-8"),
    "Icelandic Latin-1": (ICELANDIC, "iso-8859-1", "iso-8859-1"),
    "French Windows that claims UTF-8": (FRENCH, "cp1252", "utf-8"),
    "an encoding nobody knows": (TURKISH, "utf-8", "utf-99"),
    "an encoding that is none": (TURKISH, "utf-8", "base64"),
}


@pytest.mark.parametrize(("text", "encoding", "claim"), CASES.values(), ids=CASES.keys())
def test_text_comes_out_right(text: str, encoding: str, claim: str) -> None:
    document = f"<rss><title>{text}</title></rss>"
    said = f'<?xml version="1.0" encoding="{claim}"?>' if claim else ""
    assert text_of((said + document).encode(encoding)) == document


def test_the_header_is_believed_where_the_document_says_nothing() -> None:
    document = f"<rss><title>{RUSSIAN}</title></rss>"
    assert text_of(document.encode("koi8-r"), 'text/xml; charset="KOI8-R"') == document


def test_one_broken_place_does_not_spoil_the_rest() -> None:
    body = f"<rss><title>{JAPANESE}</title></rss>".encode() + b"\x96"
    assert JAPANESE in text_of(body)


def test_gzip_bytes_are_unpacked_and_a_cut_end_is_borne() -> None:
    body = gzip.compress(f"<rss><title>{TURKISH}</title></rss>".encode())
    assert TURKISH in text_of(body)
    assert text_of(body[:-10]).startswith("<rss>")


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ParseError, match="unpacks to more"):
        text_of(gzip.compress(b" " * (MAX_TEXT + 1)), url="https://desk.example/")


def test_damaged_gzip_is_no_feed() -> None:
    with pytest.raises(ParseError, match="damaged"):
        text_of(b"\x1f\x8b" + b"\xff" * 100)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    if not body.startswith(b"\x1f\x8b"):
        assert isinstance(text_of(body, content_type), str)
