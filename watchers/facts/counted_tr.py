"""How far a Turkish count reaches: to its noun, a name or the suffix of "tankların 12'si"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts import nouns

if TYPE_CHECKING:
    from watchers.facts.numbers import Number
    from watchers.facts.passage import Passage

_SKIP_TR = re.compile(
    r"(?P<over>['’](?:[dt][ae]n|[ıiuüae]|y[ae]|y[ıiuü])\s(?:daha\s)?(?:fazla|aşkın|çok|az))?\s(?:(?:adet(?:lik)?|tane|adedi)\s)?"
)
_DESCRIBED_TR = re.compile(r"(?:ikinci\sel|yeni|ilave|ek|kullanılmış|sıfır|yerli|millî?)\s")
# "Tankların 61'i", "bunların ilk 60'ı": a part of what stands before in the genitive or ablative.
_PART_TR = re.compile(r"['’]s?[ıiuü](?!\w)")
_WHOLE_TR = re.compile(
    r"(?:\w[ıiuü]n|\w[dt][ae]n|(?<!\w)(?:ilk|kalan|diğer|son)|\d['’]s?[ıiuü]\s[^.;,\d]{1,40}(?:,|\sve))\s\Z"
)
_TURKISH_WORD = re.compile(r"(?:arasında\s)?\w+")
_FINITE_TR = re.compile(r"(?:[dt][ıiuü]|yor|cek|cak|m[ıiuü]ş|[dt][ae]n?|arak|erek)\Z")


def counted_until(passage: Passage, number: Number) -> int:
    """Return where a Turkish count's words end, 0 if the number counts nothing."""
    part = _PART_TR.match(passage.text, number.end)
    if part and _WHOLE_TR.search(passage.before(number.start, 50)):
        return part.end()
    return _noun(passage, number)


def _noun(passage: Passage, number: Number) -> int:
    """Return where a Turkish count's noun ends, 0 if there is none."""
    text, end = passage.text, number.end
    skip = _SKIP_TR.match(text, end)
    if skip is None:
        return 0
    adet = "ad" in skip.group() or "tane" in skip.group()
    after = passage.after(end, 60)
    rest = text[skip.end() : end + len(after)]
    rest = rest.removeprefix("arasında ")
    if not rest or (nouns.STOP_TR.match(rest) and not adet):
        return 0
    if number.spelt and number.high <= 12 and rest.startswith("ülke"):
        return 0
    word = _TURKISH_WORD.match(text, skip.end())
    if word is None:
        return 0
    described = _DESCRIBED_TR.match(rest)
    named = rest[described.end() if described else 0 :][:1].isupper() and not number.sign
    if adet or nouns.COUNTED_TR.match(rest) or named or _counted_later(rest):
        return word.end()
    near = passage.before(number.start, 20) + passage.after(number.end, 60)
    return word.end() if nouns.ACQUIRE_TR.search(near) and nouns.OPEN_NOUN_TR.match(rest) else 0


def _counted_later(rest: str) -> bool:
    """Tell whether a counted noun follows one to three adjectives, as in "16 genel maksat helikopteri"."""
    words = rest.split(" ", 4)[:4]
    for i, word in enumerate(words):
        if i and nouns.COUNTED_TR.match(word):
            return True
        if word.endswith((",", ".", ";", ":")) or _FINITE_TR.search(word):
            return False
    return False
