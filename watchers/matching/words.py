"""What a word is: where one begins and ends in each script, and what a Turkish one may carry.

A term of Latin, Cyrillic, Greek or Arabic letters is a whole word; an apostrophe or hyphen ends it. A term in
a script written without spaces is found anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from watchers.text import Folded, folded

# Scripts without spaces between words: Thai to Khmer, Japanese, Chinese; and Korean, for its particles.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
QUOTES = re.compile('["“”„「」]')
_HYPHEN = re.compile(r"(?<=\w)[-\u2010](?=\w)")
_LETTER_APOSTROPHE = "\u02bc"  # Unicode calls it a letter; some Turkish pages write it before a suffix
_GAP = re.compile(r"\s{2,}")
_SPACE = re.compile(r"\s")
# A position: a word with what follows its apostrophe, or a run of one Japanese script, nearly a word.
POSITION = re.compile(
    "[\u3041-\u309f]+|[\u30a0-\u30ff]+|[\u3400-\u9fff]+|[^\\W_\u3041-\u30ff\u3400-\u9fff]+"
    "(?:'[^\\W_\u3041-\u30ff\u3400-\u9fff]+)*"
)
# What Turkish hangs on a noun, folded (ı is i, ü is u, ğ is g): plural, possessive, case, -ki, -dir, -li …
_SUFFIXES = re.compile(
    r"(?:l[ae]r)?"
    r"(?:[iu]m(?:[iu]z)?|[iu]n(?:[iu]z)?|s?[iu])?"
    r"(?:n?[dt][ae](?:n|ki(?:l[ae]r)?)?|n?[iu]n|[yn]?[iu]|[yn]?[ae]|y?l[ae]|c[ae]|l[iu]k?|s[iu]z|c[iu])?"
    r"(?:[dt][iu]r)?\Z"
)
LONGEST_SUFFIX = 14
_SOFT = {"k": "g", "p": "b", "t": "d"}  # uçak, uçağı; ç and c fold to one letter anyway
_MIN_SOFT = 4  # letters; shorter words keep their consonant (top, topu)


def searchable(text: str) -> Folded:
    """Return a text as terms are looked for in it: folded, hyphens inside words and gaps one space."""
    base = folded(text)
    flat = _SPACE.sub(" ", _HYPHEN.sub(" ", base.text.replace(_LETTER_APOSTROPHE, "'")))
    if "  " not in flat:
        return Folded(flat, base.offsets)
    offsets = base.offsets or tuple(range(len(flat) + 1))
    out: list[str] = []
    kept: list[int] = []
    last = 0
    for gap in _GAP.finditer(flat):
        out.append(flat[last : gap.start() + 1])
        kept.extend(offsets[last : gap.start() + 1])
        last = gap.end()
    out.append(flat[last:])
    kept.extend(offsets[last:])
    return Folded("".join(out), tuple(kept))


def pattern_of(term: str) -> str:
    """Return what a term looks for in a searchable text; empty if it has no letter or digit."""
    text = searchable(" ".join(term.split())).text.strip()
    return text if any(character.isalnum() for character in text) else ""


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a range of a searchable text is not part of a longer word."""
    return starts_word(text, start) and not _joined(text, end)


def starts_word(text: str, start: int) -> bool:
    """Tell whether no word runs across this place from the left."""
    return not _joined(text, start)


def word_end(text: str, start: int) -> int:
    """Return where the word that runs across this place ends; the place itself if none does."""
    while _joined(text, start):
        start += 1
    return start


def _joined(text: str, place: int) -> bool:
    """Tell whether the characters before and at a place belong to one word."""
    if not 0 < place < len(text):
        return False
    left, right = text[place - 1], text[place]
    return left.isalnum() and right.isalnum() and not _UNSPACED.match(left) and not _UNSPACED.match(right)


def softened(pattern: str) -> str:
    """Return a Turkish word with its last consonant as it is before a vowel; empty if it does not change."""
    soft = _SOFT.get(pattern[-1:], "") if len(pattern) >= _MIN_SOFT else ""
    return pattern[:-1] + soft if soft else ""


def suffix_end(text: str, start: int, end: int, *, vowel_first: bool) -> int:
    """Return where a word with a Turkish suffix ends whose stem is this range; -1 if what follows is none."""
    if not starts_word(text, start):
        return -1
    stop = word_end(text, end)
    suffix = text[end:stop]
    if vowel_first and suffix[:1] not in ("a", "e", "i", "u"):
        return -1
    return stop if len(suffix) <= LONGEST_SUFFIX and _SUFFIXES.match(suffix) else -1


def with_case(text: str) -> str:
    """Return a text with its case kept and all else folded as for searching, for terms under `cs:`."""
    out = []
    for character in unicodedata.normalize("NFKC", text):
        plain = folded(character).text
        out.append(plain.upper() if character.isupper() and not plain.isupper() else plain)
    return _SPACE.sub(" ", _GAP.sub(" ", _HYPHEN.sub(" ", "".join(out))))


class Positions:
    """Where the words of a searchable text are, for NEAR."""

    def __init__(self, text: str) -> None:
        self._starts = [word.start() for word in POSITION.finditer(text)]

    def at(self, place: int) -> int:
        """Return the number of the word at a place, counted from 0 (the one before it, between words)."""
        return bisect_right(self._starts, place) - 1
