"""What a text's words say of its language: listed words, tell-tale endings, suffixes; no model."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Log-odds added by one listed word, one Turkish suffix after an apostrophe, and the feed's own
# language. On our and the shared headlines the first is flat from 1.6 to 2.4; 1.2 and 3.0 are worse.
WORD_WEIGHT, SUFFIX_WEIGHT, HINT_WEIGHT = 1.8, 2.0, 1.5
AZERI_WEIGHT = 3.0  # a word such as "qayıdıb", with a q and Turkish letters
MALAY_WEIGHT = 3.0  # a word such as "dijadwalkan"
ENDING_WEIGHT = 0.9  # one word with a tell-tale ending: less than a listed word, endings are shared
_CAPITALS_AT = 0.7  # the share of capitals above which a text is all in them
# Words whose class is remembered: a day's news has few more; hostile text cannot make it grow.
_KNOWN = 8192

_APOSTROPHE_SUFFIX = re.compile(
    r"\w{3}['’](?:n?[ıiuü]n|[yn]?[ıiuüae]|n?[dt][ae]n?|y?l[ae]|s[ıiuü]n?[ae]?|l[ae]r\w{0,4})\b", re.IGNORECASE
)
# Endings of plain lower-case words that give a language away where no function word stands.
_ENDINGS = {
    "tr": re.compile(
        r"\w{2,}(?:[ıiuü]ld[ıi]|[dt][ıiuü]|[ıiuü]yor|[ae]c[ae][kğ]|l[ae]r[ıi]?|[ıiuü]n[dt][ae]n?|m[ae]k"
        r"|(?:[ae]|s[ıi])n[ıi]|[ıiuü]nc[ıiuü]|s[ıi]nd[ae]|[mn][ae]s[ıi])"
    ),
    "en": re.compile(r"\w{2,}(?:ing|ed|ght|ness|ship|wn|ew|ck|ll|th|ay|ly|ies|ers|ents?|ds|ks|gs|ps|ty)"),
    "az": re.compile(r"\w{2,}(?:[ıiuü]b|[ae]q|əcək|[ıi]ld[ıi]|ırıq)"),
    "de": re.compile(r"\w{2,}(?:ung|lich|isch|icht|tzt|schen|igen|auen|ßen)"),
    "nl": re.compile(r"\w{2,}(?:aat|ijgt|ijk|oopt|angt|heid|gen|uit)"),
    "it": re.compile(r"\w{3,}(?:zione|zioni|tta|ndo|mento|gli|cono|tto)"),
    "es": re.compile(r"\w{3,}(?:ción|ciones|miento|ndo|dad|lero)"),
    "fr": re.compile(r"\w{3,}(?:eux|tion|ée?s?|eau|oit|aire|que)"),
}  # fmt: skip
# Verbs that Indonesian and Malay make with -kan; no word of English ends so.
_MALAY = re.compile(r"\b(?:di|me)?[a-z]{4,}kan\b")
_AZERI = re.compile(r"\b(?=\w*[ışğçöü])(?:[^\W_q]|qu)*q(?!u)\w*")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = bytes(range(ord("a"), ord("z") + 1))
_TURKISH_CAPITALS = re.compile(r"[İŞĞ]")


def told_by_words(text: str, declared: str) -> dict[str, float]:
    """Return what words, endings and the feed's own language add to each language, in log-odds.

    `declared` is a language code, empty if the feed names none.
    """
    told = dict.fromkeys(_listed(), 0.0)
    for word in _WORD.findall(lower(text, capitals=True) if is_capitals(text) else text):
        for code, weight in _told_by_word(word):
            told[code] += weight
    # Most texts lack the letters that these patterns need, and looking for those costs nothing.
    if "'" in text or "’" in text:
        told["tr"] += SUFFIX_WEIGHT * len(_APOSTROPHE_SUFFIX.findall(text))
    if "q" in text:
        told["az"] += AZERI_WEIGHT * len(_AZERI.findall(text))
    if "kan" in text:
        told["id"] += MALAY_WEIGHT * len(_MALAY.findall(text))
    if declared:
        told[declared] = told.get(declared, 0.0) + HINT_WEIGHT
    return told


def is_capitals(text: str) -> bool:
    """Tell whether a text is written in capitals, but for a few letters."""
    coded = text.encode("utf-8", "replace")
    if len(coded) - len(coded.translate(None, _SMALL)) >= (1 - _CAPITALS_AT) * len(text):
        return False  # of nearly every text; counting its letters takes many times as long
    letters = {c: times for c, times in Counter(text).items() if c.isalpha()}
    return sum(times for c, times in letters.items() if c.isupper()) > _CAPITALS_AT * sum(letters.values())


def lower(text: str, *, capitals: bool) -> str:
    """Lower the case; in Turkish `capitals` I is ı."""
    if capitals and _TURKISH_CAPITALS.search(text):
        text = text.replace("I", "ı")
    return text.replace("İ", "i").lower()


@lru_cache(maxsize=_KNOWN)
def _told_by_word(word: str) -> tuple[tuple[str, float], ...]:
    """Return what one word adds: by the lists it stands in and, if its case is plain, by its ending."""
    lowered = lower(word, capitals=False)
    listed = tuple((code, WORD_WEIGHT) for code, words in _listed().items() if lowered in words)
    if not word[0].islower():
        return listed
    return listed + tuple(
        (code, ENDING_WEIGHT) for code, ending in _ENDINGS.items() if ending.fullmatch(word)
    )


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    """Read the words of each language once a process."""
    table = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
    return {code: frozenset(words.split()) for code, words in table.items()}
