"""Fold text for comparison with offsets kept, tidy it, and make plain text of HTML."""

from __future__ import annotations

import functools
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
# Half-width Katakana take their voicing marks as characters of their own (ｶﾞ).
_VOICING = "ﾞﾟ"
# Characters remembered: Japanese news uses some 4,000; hostile text cannot make it grow.
_KNOWN = 16_384
_FEW = 32  # letters that are replaced one by one; Korean has hundreds that change
# Unicode's stream-safe format allows 30 marks after a letter; normalising is quadratic in their number.
_MOST_MARKS = 30
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\ud800-\udfff]")
# Half a pair: JSON can carry it, and no automaton or database takes it.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLOCKS = "p,div,br,li,tr,h1,h2,h3,h4,h5,h6,blockquote"
# What looks for blocks takes a third of the time; a stray end tag makes a block too ("</p>", "</br>").
_HAS_BLOCKS = re.compile(r"</?(?:p|div|br|li|tr|h[1-6]|blockquote)\b", re.IGNORECASE)
_HAS_MARKUP = re.compile(r"<[a-zA-Z!/]|&[#a-zA-Z]")
_HAS_HIDDEN = re.compile(r"<(?:script|style|noscript|template|iframe)", re.IGNORECASE)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text as it is compared, and each of its code points' offset in the original (one more at the end)."""

    text: str
    offsets: tuple[int, ...] | None  # None: the same as in the original

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's range for a range of the folded text.

        The range ends where the next letter begins, so that marks after the last letter (decomposed ş) and
        the rest of a ligature belong to it.
        """
        offsets = self.offsets
        if offsets is None:
            return start, end
        first = offsets[start]
        if end <= start:
            return first, first
        last = offsets[end - 1]
        while offsets[end] == last:
            end += 1
        return first, offsets[end]


def fold(text: str) -> str:
    """Return the text as it is compared: NFKC, lower case, no diacritics, I İ ı i as one letter, ’ as '."""
    if text.isascii():
        return text.lower()
    joined = _by_letters(text)
    return folded(text).text if joined is None else joined


def folded(text: str) -> Folded:
    """Fold a text and keep where each code point came from.

    Marks that stand before the first letter belong to it.
    """
    if text.isascii():
        return Folded(text.lower(), None)
    joined = _by_letters(text)
    if joined is not None and len(joined) == len(text):  # no piece is empty, so each is one letter
        return Folded(joined, None)
    letters = list(map(_letter, text))
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(letters):
        piece = (letters[start] if end - start == 1 else None) or _fold_cluster(text[start:end])
        if piece:
            pieces.append(piece)
            offsets.extend([start] * len(piece))
    if offsets:
        offsets[: len(pieces[0])] = [0] * len(pieces[0])
    offsets.append(len(text))
    return Folded("".join(pieces), tuple(offsets))


def _by_letters(text: str) -> str | None:
    """Fold a text without marks, where each letter is its own piece; None if it has a mark.

    Few of a text's letters change but for their case, and replacing those is three times as fast as going
    through all.
    """
    letters = {char: _letter(char) for char in set(text) if not char.isascii()}
    if None in letters.values():
        return None
    changed = [(char, piece) for char, piece in letters.items() if piece is not None and piece != char]
    if len(changed) > _FEW:
        return "".join(map(_letter, text))  # type: ignore[arg-type]  # just checked
    for char, piece in changed:
        text = text.replace(char, piece)  # no piece holds a letter that changes
    return text.lower()


@functools.lru_cache(maxsize=_KNOWN)
def _letter(char: str) -> str | None:
    """Return a character's folded form, None for a mark: it changes the letter before it."""
    return None if unicodedata.combining(char) or char in _VOICING else _fold_cluster(char) or None


def _fold_cluster(cluster: str) -> str:
    piece = _SURROGATE.sub("\ufffd", cluster)
    piece = unicodedata.normalize("NFKC", piece).translate(_ONE_I).lower()
    if not _CJK.search(piece):  # が must stay が: Japanese voicing marks are letters, not accents
        piece = "".join(c for c in unicodedata.normalize("NFKD", piece) if not unicodedata.combining(c))
    return piece.translate(_ONE_I).replace("’", "'").replace("‘", "'")


def _clusters(letters: list[str | None]) -> Iterator[tuple[int, int]]:
    """Yield the range of each base character with its marks, or of some of them where marks are too many."""
    start = 0
    for i in range(1, len(letters)):
        if letters[i] is not None or i - start > _MOST_MARKS:
            yield start, i
            start = i
    if letters:
        yield start, len(letters)


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
    if _HAS_HIDDEN.search(markup):
        for node in body.css("script,style,noscript,template,iframe"):
            node.decompose()
    if _HAS_BLOCKS.search(markup):
        for node in body.css(_BLOCKS):
            node.insert_before("\n")
            node.insert_after("\n")
    return tidy(body.text(separator=""))


def tidy(text: str) -> str:
    """Collapse runs of white space, keep paragraph breaks, and drop invisible marks and halves of pairs."""
    text = text.replace("\x00", "") if text.isascii() else _INVISIBLE.sub("", text).replace("\x00", "")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
