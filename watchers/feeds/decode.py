"""Turn a feed's bytes into text, trusting what the bytes show more than what the document claims."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Final

from watchers.errors import ParseError

MAX_TEXT = 16 * 1024 * 1024  # bytes after unpacking, the same cap that fetching has
_GZIP = b"\x1f\x8b"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._:\-]{2,40})[\"']")
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9._:\-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s{0,1000}<\?xml[^>]{0,1000}\?>")
# Bytes above 0x7F for one telling letter: each needs one or two, the rest are signs and short words.
_PER_LETTER = 4
_SAMPLE = 64 * 1024  # bytes judged when the encoding must be guessed
# Latin-1 as declared nearly always means its superset, and Windows' Turkish is a superset of Latin-5.
_SUPERSETS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
}
_LATIN = frozenset({"cp1252", "cp1254"})
_STATEFUL = frozenset({"iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr", "hz", "utf-7"})
# The six bytes by which Turkish and Western Windows text differ, and letters that only one side's text has.
_TURKISH_OR_ICELANDIC = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
_TURKISH = re.compile(rb"[\xfc\xe7\xdc\xc7\xfd\xdd]")
_ICELANDIC = re.compile(rb"[\xe1\xe9\xed\xf3\xfa\xe6\xc1\xc9\xcd\xd3\xda\xc6]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_JAPANESE = re.compile(r"[\u3005\u3041-\u30ff\u4e00-\u9fff]{2,}")
# Judged by the plain Korean standard: Windows' extension of it makes Hangul of Japanese bytes too.
_LETTERS: Final = {
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
    "euc_kr": re.compile(r"[\uac00-\ud7a3]{2,}"),
    "cp1251": re.compile(r"[А-яЁё]?[а-яё]{3,}"),
}
# Signs of the wrong choice: no letter at all, half-width Katakana, lone Korean letters, private use.
_WRONG = re.compile(r"[\ufffd\uff61-\uff9f\u3131-\u318e\ue000-\uf8ff]")


def text_of(body: bytes, content_type: str = "", *, url: str = "") -> str:
    """Return a feed's document as text without byte order mark and XML declaration.

    Gzip bytes are unpacked. Raises ParseError when they unpack to more than MAX_TEXT.
    """
    body = _unpacked(body, url)
    return _DECLARATION.sub("", _decoded(body, content_type).replace("\x00", ""), count=1)


def _unpacked(body: bytes, url: str) -> bytes:
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        whole = unpacker.decompress(body, MAX_TEXT)
    except zlib.error as error:
        raise ParseError(f"{url} is a damaged gzip file.", url=url) from error
    if unpacker.unconsumed_tail:
        raise ParseError(f"{url} unpacks to more than {MAX_TEXT} bytes.", url=url)
    return whole


def _decoded(body: bytes, content_type: str) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    declared = _name(_first(_DECLARED, body[:1024])) or _name(_header_charset(content_type))
    plain = _wide(body) or (declared if declared in _STATEFUL and b"\x1b" in body else "")
    if plain:
        return body.decode(plain, errors="replace")
    try:
        return body.decode("utf-8")  # other encodings' text is valid UTF-8 by chance only
    except UnicodeDecodeError:
        pass
    if declared and not declared.startswith("utf"):
        told = _SUPERSETS.get(declared, declared)
        text = _strictly(body, "cp1254" if told in _LATIN and _is_turkish(body) else told)
        if text is not None:
            return text
    likely = "utf-8" if _is_mostly_utf8(body) else _guessed(body[:_SAMPLE])
    return body.decode(likely, errors="replace")


def _first(pattern: re.Pattern[bytes], head: bytes) -> str:
    found = pattern.search(head)
    return found[1].decode("ascii") if found else ""


def _header_charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _name(encoding: str) -> str:
    """Return Python's name of an encoding; empty for none, an unknown one or no text encoding."""
    if not encoding:
        return ""
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        return ""
    return name


def _wide(head: bytes) -> str:
    """Recognise UTF-16 without a mark by the zeros between the letters of its first tag."""
    if head.startswith(b"<\x00") and head[3:4] == b"\x00":
        return "utf-16-le"
    if head.startswith(b"\x00<\x00"):
        return "utf-16-be"
    return ""


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        pass
    if encoding in _LATIN:  # a few bytes have no meaning there; all others are right
        return body.decode(encoding, errors="replace")
    return None


def _is_mostly_utf8(body: bytes) -> bool:
    """Tell whether broken bytes are rare among UTF-8 ones: one damaged place, not another encoding."""
    text = body[:_SAMPLE].decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    good = sum(1 for letter in text if ord(letter) > 0x7F) - broken
    return good > broken


def _is_turkish(body: bytes) -> bool:
    sample = body[:_SAMPLE]
    if not _TURKISH_OR_ICELANDIC.search(sample):
        return False
    return len(_TURKISH.findall(sample)) > len(_ICELANDIC.findall(sample))


def _guessed(sample: bytes) -> str:
    """Choose among the encodings that feeds still lie about, by the letters that each would yield."""
    scores = {encoding: _score(sample, encoding, letters) for encoding, letters in _LETTERS.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    high = sum(1 for byte in sample if byte > 0x7F)
    if scores[best] * _PER_LETTER > high:
        return _SUPERSETS.get(best, best)
    return "cp1254" if _is_turkish(sample) else "cp1252"


def _score(sample: bytes, encoding: str, letters: re.Pattern[str]) -> int:
    """Count the letters that stand beside their like, less four for each that does not belong.

    Western quotation marks and accents make single kanji of an ASCII neighbour, never a run of them.
    """
    text = sample.decode(encoding, errors="replace")
    if encoding == "euc_jp" and not _KANA.search(text):
        return 0  # Korean bytes make kanji, but Japanese is not written without kana
    return sum(len(run) for run in letters.findall(text)) - 4 * len(_WRONG.findall(text))
