"""Tell whether two names, among thousands, are surely one. Pure.

`watchers.claims.names.is_same` asks whether two names may be one in reports known to be of one thing:
there a shared word is enough. Among all reports, Halvorsen Marine and Redmere Marine are two.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from watchers.claims.labels import named
from watchers.claims.names import LONG_SKELETON, STEM, is_same
from watchers.text import fold
from watchers.types.claims import Label

_KATAKANA: Final = re.compile(r"[ァ-ヴ]")
_CJK: Final = re.compile(r"[一-龠ぁ-ヴ]")


def same_name(left: tuple[str, str], right: tuple[str, str]) -> bool:
    """Tell whether two names, each with its gazetteer id or "", are one: every word of the shorter is shared.

    Names in two scripts are compared by sound.
    """
    (a, mine), (b, theirs) = left, right
    if mine and theirs:
        return mine == theirs
    if bool(_CJK.search(a)) != bool(_CJK.search(b)):
        return _sound_alike(a, b)
    if _CJK.search(a) and not _KATAKANA.search(a + b):
        return is_same(named(Label(name=a)), named(Label(name=b)))
    short, long = sorted((_words(a), _words(b)), key=len)
    return bool(short) and all(any(_is_word(x, y) for y in long) for x in short)


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(name))


def _is_word(one: str, other: str) -> bool:
    return one == other or (len(one) >= STEM and len(other) >= STEM and one[:STEM] == other[:STEM])


def _sound_alike(a: str, b: str) -> bool:
    ours, theirs = (named(Label(name=name)).sounds for name in (a, b))
    return any(min(len(x), len(y)) >= LONG_SKELETON for x, y in product(ours, theirs)) and is_same(
        named(Label(name=a)), named(Label(name=b))
    )
