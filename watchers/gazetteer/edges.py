"""Where a name begins and ends in folded text: word edges, Turkish suffixes, scripts that may not touch.

Latin, Greek and Cyrillic names are whole words; an apostrophe or a hyphen ends a word. Japanese has no
spaces, so there a change of script is the edge: アンカ may not fire inside アンカラ.
"""

from __future__ import annotations

import re

# Turkish nouns take plural, possessive and case in this order; folded text has only the vowels a e i o u.
_TURKISH = re.compile(
    r"(?:l[ae]r)?(?:l[iu]|s[iu]z|c[iu]|ki)?(?:l[ae]r)?(?:s[iu]|[iu]m[iu]z|[iu])?"
    r"(?:n?[iu]n|n[iu]|y[iu]|n?[dt][ae](?:n|ki)?|[yn]?[ae]|y?l[ae]|nc[ae])?(?:y?d[iu]|[dt][iu]r)?(?![a-z0-9])"
)
# After a name of three letters or fewer almost any suffix makes another word (TAI and "tain").
_SHORT = re.compile(r"l[ae]r(?:[iu]n?|d[ae]n?|[ae]|l[ae])?(?![a-z0-9])")
_SHORT_NAME = 3
_OPEN = re.compile(r"[^\W_]{0,14}")  # what `*` may stand for
_CJK_FROM = "\u2e80"
_SUFFIXED = 3  # two letters and an apostrophe: l'OTAN and d'Ankara are elisions


def is_word(char: str) -> bool:
    """Tell whether a character continues a word in a script that writes spaces."""
    return char < _CJK_FROM and char.isalnum()


def _katakana(char: str) -> bool:
    return "\u30a1" <= char <= "\u30fa" or char == "ー"


def _kanji(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char == "々"


def starts_clean(text: str, start: int, *, lang: str, joins: bool, alone: bool) -> bool:
    """Tell whether a name may begin here; `alone` is for Kanji that may not follow other Kanji.

    What stands behind a Turkish word's apostrophe is its suffix: "ABD'DEN" is not Denmark's DE.
    """
    if start == 0:
        return True
    before, first = text[start - 1], text[start]
    if first < _CJK_FROM:
        if before == "'" and lang == "tr" and start >= _SUFFIXED:
            return not (is_word(text[start - 2]) and is_word(text[start - 3]))
        return not is_word(before)
    return not _touches(before, first, joins=joins, alone=alone)


def clean_end(text: str, start: int, end: int, *, lang: str, softened: bool) -> int | None:
    """Return where a Latin name that matched up to `end` ends, None if it runs on into another word.

    An English plural belongs to the name, a Turkish suffix does not. A softened stem (uçağ-) needs one.
    """
    if end == len(text) or not is_word(text[end]):
        return None if softened else end
    if lang == "tr":
        if softened and text[end] not in "aiu":
            return None
        suffixes = _SHORT if end - start <= _SHORT_NAME else _TURKISH
        return end if suffixes.match(text, end) else None
    for plural in ("s", "es"):
        after = end + len(plural)
        if text.startswith(plural, end) and (after == len(text) or not is_word(text[after])):
            return after
    return None


def open_end(text: str, end: int) -> int | None:
    """Return where the word ends that begins with a name written with `*`; None if it is too long for one."""
    match = _OPEN.match(text, end)
    after = match.end() if match else end
    return after if after == len(text) or not is_word(text[after]) else None


def ends_clean(text: str, end: int, *, joins: bool, alone: bool) -> bool:
    """Tell whether a Japanese name may end here."""
    return end == len(text) or not _touches(text[end], text[end - 1], joins=joins, alone=alone)


def _touches(other: str, edge: str, *, joins: bool, alone: bool) -> bool:
    if _katakana(edge):
        return not joins and _katakana(other)
    return alone and _kanji(edge) and _kanji(other)
