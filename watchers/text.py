"""Fold text for comparison with offsets kept, cut it into sentences, and make plain text of HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

# I, İ, ı and i are one letter: Turkish and English capitals must meet (miniflux/v2#663, NewsBlur#1303).
_ONE_I = str.maketrans({"İ": "i", "I": "i", "ı": "i"})
_ASCII = re.compile(r"[\x00-\x7f]*\Z")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_BLOCKS = "p,div,br,li,tr,h1,h2,h3,h4,h5,h6,blockquote"
_HAS_MARKUP = re.compile(r"<[a-zA-Z!/]|&[#a-zA-Z]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text as it is compared, and each of its code points' offset in the original (one more at the end)."""

    text: str
    offsets: tuple[int, ...] | None  # None: the same as in the original

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's range for a range of the folded text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]


def fold(text: str) -> str:
    """Return the text as it is compared: NFKC, lower case, no diacritics, I İ ı i as one letter, ’ as '."""
    return folded(text).text


def folded(text: str) -> Folded:
    """Fold a text and keep where each code point came from."""
    if _ASCII.match(text):
        return Folded(text.lower(), None)
    out: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        piece = unicodedata.normalize("NFKC", cluster).translate(_ONE_I).lower()
        if not _CJK.search(piece):  # が must stay が: Japanese voicing marks are letters, not accents
            piece = "".join(c for c in unicodedata.normalize("NFKD", piece) if not unicodedata.combining(c))
        piece = piece.translate(_ONE_I).replace("’", "'").replace("‘", "'")
        out.append(piece)
        offsets.extend([start] * len(piece))
    joined = "".join(out)
    offsets.append(len(text))
    if len(joined) == len(text) and all(a == b for b, a in enumerate(offsets)):
        return Folded(joined, None)
    return Folded(joined, tuple(offsets))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield each base character with the combining marks that follow it, and where it begins."""
    start = 0
    for i in range(1, len(text) + 1):
        # half-width Katakana take their voicing marks as characters of their own (ｶﾞ)
        if i == len(text) or not (unicodedata.combining(text[i]) or text[i] in "ﾞﾟ"):
            yield start, text[start:i]
            start = i


def is_cjk(text: str) -> bool:
    """Tell whether a text holds Japanese or Chinese characters."""
    return _CJK.search(text) is not None


def plain_text(markup: str) -> str:
    """Return the text of an HTML fragment: entities decoded, tags gone, blocks kept apart by a newline.

    Text without markup comes back with its white space tidied. Scripts and styles give nothing.
    """
    if not _HAS_MARKUP.search(markup):
        return tidy(markup)
    tree = LexborHTMLParser(f"<body>{markup}</body>")
    body = tree.body
    if body is None:
        return tidy(html.unescape(markup))
    for node in body.css("script,style,noscript,template,iframe"):
        node.decompose()
    for node in body.css(_BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    return tidy(body.text(separator=""))


def tidy(text: str) -> str:
    """Collapse runs of white space, keep paragraph breaks, and drop invisible direction and joining marks."""
    text = _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\x00", "")
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
