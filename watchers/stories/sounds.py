"""Reduce names to skeletons of consonants, so that a Katakana name meets its Latin form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KNOWN_NAMES = 16_384  # remembered; news repeats its names, and hostile text cannot make it grow
# Kana by the consonant class of their Latin counterparts; voicing and vowels are too unsteady to compare.
_KANA = {
    "K": "カキクケコガギグゲゴ", "S": "サシスセソザジズゼゾ", "T": "タテトダデドチツヂヅ", "H": "ハヒフヘホ",
    "N": "ナニヌネノマミムメモン", "B": "バビブベボパピプペポヴ", "R": "ラリルレロ",
}  # fmt: skip
_KANA_CLASS = {kana: letter for letter, row in _KANA.items() for kana in row}
_LATIN_RULES: tuple[tuple[str, str], ...] = (
    ("sch", "S"), ("tch", "T"), ("ch", "T"), ("sh", "S"), ("ph", "H"), ("th", "S"), ("ck", "K"), ("qu", "K"),
    ("ce", "S"), ("ci", "S"), ("cy", "S"), ("ge", "K"), ("x", "KS"),
)  # fmt: skip
_LATIN_CLASS = {
    letter: cls
    for cls, row in {"K": "kgqc", "S": "szj", "T": "td", "N": "nm", "H": "hf", "B": "bpv", "R": "rl"}.items()
    for letter in row
}
# Of the vowels only those of names with two consonants count, which would meet by chance otherwise.
_ROWS = {
    "a": "アカサタナハマヤラワガザダバパァャ",
    "i": "イキシチニヒミリギジヂビピィ",
    "u": "ウクスツヌフムユルグズヅブプゥュヴ",
    "e": "エケセテネヘメレゲゼデベペェ",
    "o": "オコソトノホモヨロヲゴゾドボポォョ",
}
_KANA_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_SMALL = frozenset("ァィゥェォャュョ")
_MUTE = frozenset("uo")  # added where Japanese needs a vowel: オスロ for Oslo, ケシュ for Kesh
MIN_SOUNDS = 3  # shorter skeletons meet by chance


def sounds(katakana: Iterable[str], latin: Iterable[str]) -> Iterator[str]:
    """Yield the skeletons of names in either script; none for a name of fewer than MIN_SOUNDS consonants."""
    for name in katakana:
        yield from _short_kana(name)
        yield from _long_enough(_squeeze("".join(_KANA_CLASS.get(kana, "") for kana in name)))
    for name in latin:
        yield from _skeletons(name)


@lru_cache(maxsize=KNOWN_NAMES)
def _skeletons(name: str) -> tuple[str, ...]:
    flat = fold(name)
    short = tuple(
        key
        for spelled in {flat, re.sub(r"(?<=[aeiou])r(?=[^aeiou]|$)", "", flat)}
        for key in _short_latin(spelled)
    )
    # Both readings of r before a consonant or at the end: マーロウ for Marlowe, ベルゲン for Bergen.
    spellings = {flat, re.sub(r"r(?=[^aeiou]|$)", "", flat)}
    spellings |= {spelled.replace("th", "t") for spelled in spellings}
    return short + tuple(
        skeleton
        for spelled in spellings
        for turkish in ((False, True) if "c" in spelled else (False,))
        for skeleton in _long_enough(_squeeze(_latin_classes(spelled, turkish=turkish)))
    )


def _latin_classes(flat: str, *, turkish: bool) -> str:
    if turkish:
        flat = flat.replace("c", "j")
    for spelling, cls in _LATIN_RULES:
        flat = flat.replace(spelling, cls)
    return "".join(c if c.isupper() else _LATIN_CLASS.get(c, "") for c in flat)


def _squeeze(classes: str) -> str:
    return re.sub(r"(.)\1+", r"\1", classes)


def _long_enough(skeleton: str) -> Iterator[str]:
    if len(skeleton) >= MIN_SOUNDS:
        yield skeleton


def _short_kana(name: str) -> Iterator[str]:
    """Yield the keys of a Katakana name with two consonants, vowels and all: ケシュ is KeS."""
    syllables: list[tuple[str, str]] = []
    for kana in name:
        if kana in _SMALL and syllables:
            syllables[-1] = (syllables[-1][0], _KANA_VOWEL[kana])
        elif kana in _KANA_CLASS or kana in _KANA_VOWEL:
            syllables.append((_KANA_CLASS.get(kana, ""), _KANA_VOWEL.get(kana, "")))
    yield from _short(syllables)


def _short_latin(flat: str) -> Iterator[str]:
    classes = flat.replace("y", "i")
    for spelling, cls in _LATIN_RULES:
        classes = classes.replace(spelling, cls)
    syllables: list[tuple[str, str]] = []
    for letter in classes:
        cls = letter if letter.isupper() else _LATIN_CLASS.get(letter, "")
        if letter in "aeiou":
            if syllables and syllables[-1][0] and not syllables[-1][1]:
                syllables[-1] = (syllables[-1][0], letter)
            elif not syllables:
                syllables.append(("", letter))
        elif cls and not (syllables and syllables[-1] == (cls, "")):
            syllables.append((cls, ""))
    yield from _short(syllables)


def _short(syllables: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what two consonants sound like with the vowel before or between them; none for more or fewer."""
    heard = [one for one in syllables if one[0]]
    if len(heard) != 2 or len(syllables) > 4:
        return
    first = syllables[0][1] if not syllables[0][0] else ""
    (one, vowel), (two, _) = heard
    yield f"{first}{one}{vowel}{two}"
    if first and vowel in _MUTE:
        yield f"{first}{one}{two}"
