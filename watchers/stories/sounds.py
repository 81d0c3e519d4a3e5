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
MIN_SOUNDS = 3  # shorter skeletons meet by chance


def sounds(katakana: Iterable[str], latin: Iterable[str]) -> Iterator[str]:
    """Yield the skeletons of names in either script; none for a name of fewer than MIN_SOUNDS consonants."""
    for name in katakana:
        yield from _long_enough(_squeeze("".join(_KANA_CLASS.get(kana, "") for kana in name)))
    for name in latin:
        yield from _skeletons(name)


@lru_cache(maxsize=KNOWN_NAMES)
def _skeletons(name: str) -> tuple[str, ...]:
    flat = fold(name)
    # Both readings of r before a consonant or at the end: マーロウ for Marlowe, ベルゲン for Bergen.
    spellings = {flat, re.sub(r"r(?=[^aeiou]|$)", "", flat)}
    spellings |= {spelled.replace("th", "t") for spelled in spellings}
    return tuple(
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
