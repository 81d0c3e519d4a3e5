"""Words that two sentences of one language share, and things whose compound names tell them apart."""

from __future__ import annotations

import re

from watchers.text import fold

STEM = 5  # letters of a Latin word that its endings leave alone
MIN_WORD = 4
_WORD = re.compile(r"[^\W\d_]+")
_KANJI = re.compile(r"[一-龠]{2,}|[ァ-ヴー]{3,}")
# A thing named by a compound: what stands right before the last character tells which.
_COMPOUND = re.compile(r"([一-龠ァ-ヴー]{2,12}(?:(?<!造)船|艦|機|車|艇|砲|弾|工場|基地|衛星|型))")
_STOP = frozenset(
    [
        "the",
        "that",
        "this",
        "with",
        "from",
        "will",
        "would",
        "have",
        "been",
        "were",
        "said",
        "says",
        "its",
        "their",
        "which",
        "also",
        "into",
        "more",
        "than",
        "after",
        "before",
        "olan",
        "icin",
        "gore",
        "olarak",
        "daha",
        "ise",
        "ile",
        "kadar",
        "sonra",
        "once",
        "yeni",
    ]
)


def shared_words(left: str, right: str, lang: str) -> int:
    """Return how many word stems, or runs of kanji, two sentences of a language share."""
    return len(_stems(left, lang) & _stems(right, lang))


def _stems(text: str, lang: str) -> set[str]:
    if lang == "ja":
        return set(_KANJI.findall(text))
    words = _WORD.findall(fold(text))
    return {word[:STEM] for word in words if len(word) >= MIN_WORD and word not in _STOP}


def differ(left: str, left_lang: str, right: str, right_lang: str) -> bool:
    """Tell whether two Japanese sentences name different things of one sort: 油回収船, 漁業調査船."""
    if left_lang != "ja" or right_lang != "ja":
        return False
    ours, theirs = set(_COMPOUND.findall(left)), set(_COMPOUND.findall(right))
    alike = any(a.endswith(b[-3:]) or b.endswith(a[-3:]) for a in ours for b in theirs)
    return bool(ours and theirs) and not alike
