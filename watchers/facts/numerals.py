"""Number words and multipliers in English, Turkish and Japanese, and their values."""

# A pattern broken over lines is harder to check than a long one; a table of words is written as words.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import re
from decimal import Decimal

SCALES = {
    "k": Decimal(1000),
    "thousand": Decimal(1000),
    "bin": Decimal(1000),
    "lakh": Decimal(100_000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "million": Decimal(10**6),
    "milyon": Decimal(10**6),
    "crore": Decimal(10**7),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "billion": Decimal(10**9),
    "milyar": Decimal(10**9),
    "mlr": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "trillion": Decimal(10**12),
    "trilyon": Decimal(10**12),
    "lakh crore": Decimal(10**12),
}
KANJI_SCALES = {"千": Decimal(1000), "万": Decimal(10**4), "億": Decimal(10**8), "兆": Decimal(10**12)}

_UNITS_EN = dict(
    zip(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS_EN = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)


# Capitals do not tell ı from i, "ALTI" is six; a pattern that ignores case takes each for the other, too.
def _undotted(words: str) -> str:
    return words.replace("ı", "i")


_SMALL_TR = dict(zip("bir iki üç dört beş altı yedi sekiz dokuz".split(), range(1, 10), strict=True)) | dict(
    zip("on yirmi otuz kırk elli altmış yetmiş seksen doksan".split(), range(10, 100, 10), strict=True)
)
_VALUES_TR = {_undotted(word): number for word, number in _SMALL_TR.items()}
_KANJI = dict(zip("一二三四五六七八九", range(1, 10), strict=True))

_WORD_EN = "|".join(sorted([*_UNITS_EN, *_TENS_EN], key=len, reverse=True))
_BIG_EN = "hundred|thousand|million|billion|trillion|dozen|crore|lakh"
_ANY_EN = f"(?:{_WORD_EN}|{_BIG_EN})"
EN = rf"(?i:(?:half\sa\s(?:dozen|million|billion|trillion)|an?\s(?:{_BIG_EN})|(?<=other\s|rther\s|ional\s)dozen|(?:{_WORD_EN})(?:(?:[\s-]|\sand\s){_ANY_EN}){{0,6}}))"
_WORD_TR = "|".join(
    sorted(
        [*_SMALL_TR, "yüz", "bin", "milyon", "milyar", "trilyon", "buçuk", "düzine"], key=len, reverse=True
    )
)
TR = rf"(?i:(?:{_WORD_TR}|İki|Altı|Kırk)(?:\s(?:{_WORD_TR})){{0,6}})"


def value(words: str, lang: str) -> Decimal | None:
    """Return what number words mean, or None for a lone "one", which is an article more often than a count."""
    if lang == "ja":
        return _kanji(words)
    low = words.replace("İ", "i").casefold()
    total = _english(low) if lang == "en" else _turkish(_undotted(low))
    return total if total and total != 1 else None


def _english(words: str) -> Decimal:
    total = part = Decimal(0)
    for word in re.split(r"[\s-]+", words):
        if word == "half":
            part = Decimal("0.5")
        elif word in ("a", "an", "and"):
            continue
        elif word == "dozen":
            part = (part or Decimal(1)) * 12
        elif word == "hundred":
            part = (part or Decimal(1)) * 100
        elif word in SCALES:
            total += (part or Decimal(1)) * SCALES[word]
            part = Decimal(0)
        else:
            part += Decimal(_UNITS_EN.get(word) or _TENS_EN[word])
    return total + part


def _turkish(words: str) -> Decimal:
    total = part = Decimal(0)
    for word in words.split():
        if word == "buçuk":
            part += Decimal("0.5")
        elif word == "düzine":
            part = (part or Decimal(1)) * 12
        elif word == "yüz":
            part = (part or Decimal(1)) * 100
        elif word in SCALES:
            total += (part or Decimal(1)) * SCALES[word]
            part = Decimal(0)
        else:
            part += Decimal(_VALUES_TR[word])
    return total + part


def _kanji(words: str) -> Decimal:
    total = part = Decimal(0)
    for sign in words:
        if sign in _KANJI:
            part = Decimal(_KANJI[sign])
        else:
            total += (part or Decimal(1)) * Decimal({"十": 10, "百": 100, "千": 1000}[sign])
            part = Decimal(0)
    return total + part
