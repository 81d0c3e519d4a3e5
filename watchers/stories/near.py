"""Tell near copies of one text, such as a wire story in two papers, from texts that only tell the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from watchers.text import fold, is_cjk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grams = NDArray[np.uint32]

GRAM = 5  # letters; a changed order of sentences leaves nearly all of them
NEAR = 0.8  # Jaccard; an added "(Agency)" and two edited words stay above, another outlet's wording below .4
MAX_LETTERS = 2_000
_NO_LETTERS = re.compile(r"[\W_]+")
SAMPLE = 32
SHARED = 8
MIN_GRAMS = 40  # shorter texts are the same by chance ("Defence news in brief")
MIN_HEADLINE = 24  # letters, a character of Japanese counting as two; shorter ones are columns and labels
_FACTORS = tuple(np.uint32(pow(1_000_003, power, 2**32)) for power in range(GRAM))


def grams(text: str) -> Grams:
    """Return the sorted hashes of a text's runs of GRAM letters and digits; empty for a very short text."""
    letters = _NO_LETTERS.sub("", fold(text[:MAX_LETTERS]))
    codes = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32)
    count = len(codes) - GRAM + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint32)
    hashes = np.zeros(count, dtype=np.uint32)
    for offset, factor in enumerate(_FACTORS):
        hashes += codes[offset : offset + count] * factor  # wraps round on purpose
    return np.unique(hashes)


def headline(title: str) -> str:
    """Return a headline's letters and digits, by which two are the same; empty for one too short to tell."""
    letters = _NO_LETTERS.sub("", fold(title[:MAX_LETTERS]))
    return letters if sum(2 if is_cjk(letter) else 1 for letter in letters) >= MIN_HEADLINE else ""


def are_near(left: Grams, right: Grams) -> bool:
    """Tell whether two texts share at least NEAR of their runs."""
    small, large = sorted((len(left), len(right)))
    if small < MIN_GRAMS or small < NEAR * large:
        return False
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared >= NEAR * (small + large - shared)


def sketch(text: Grams) -> frozenset[int]:
    """Return a text's SAMPLE smallest hashes, by which `may_be_near` spares most comparisons."""
    return frozenset(text[:SAMPLE].tolist())


def may_be_near(left: frozenset[int], right: frozenset[int]) -> bool:
    """Tell by two sketches whether two texts may be near.

    Of the SAMPLE smallest hashes of both texts together each is in both with a chance of NEAR or more, and
    then in both sketches: near copies with fewer than SHARED come up once in 10^9 pairs.
    """
    return len(left & right) >= SHARED
