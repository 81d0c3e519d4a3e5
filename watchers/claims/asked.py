"""Hold the names in what is asked against two texts: which has them, and which a rival in their place."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from watchers.claims.labels import comparable, country_of, is_country, label_of, named
from watchers.claims.names import HIRAGANA, Name, is_same, kana_vowels, names
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.claims.things import Texts
    from watchers.types.claims import Claim

KNOWN_QUESTIONS = 1024  # whose names are remembered: each pair of reports of a story is asked the same
MAX_NAMES = 24  # of one text that are held against what is asked; the first of more
_SORT = 4  # length of what tells the sort of a gazetteer id, such as "pla:"
STEM = 4  # letters of a word of a name that tell it; endings and a plural are left out
_HOME = {"tr": "loc:TR", "ja": "loc:JP"}
_WORD = re.compile(r"\w+")
_VOWEL = re.compile(r"[aiueo]")
_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmrwyj]|sh|ch|ts|[kgnhbpmr]y)?[aiueo]|n(?![aiueo])|[-\s])+\Z")
_NUMBERED = re.compile(r"[\s-]?(\d{1,4})\b")  # the third of its kind is not the fifth


@cache
def _finder() -> Finder:
    return Finder(load())


@lru_cache(maxsize=KNOWN_QUESTIONS)
def asked_names(about: str) -> tuple[Name, ...]:
    """Return the names in the words that tell what is compared."""
    return names(about, "en", (), _finder())


def held(texts: Texts, about: str) -> Iterator[str]:
    """Yield whether both texts name what is asked about, or one of them a rival of the same sort instead."""
    found = [_one(name, texts, _NUMBERED.match(about, name.end)) for name in asked_names(about)]
    for piece in ("rival", "missing", "number", "both"):
        if piece in found:
            yield f"asked name:{piece}"
            return
    yield "asked name:nowhere" if found else "asked name:none"


def answers(texts: Texts, about: str) -> Texts:
    """Return two texts without the names that are in what is asked: these are no answer to who or where."""
    asked = asked_names(about)
    left, right = (tuple(c for c in claims if not _is_asked(c, asked)) for claims in texts)
    return (left or texts[0], right or texts[1])


def _is_asked(claim: Claim, asked: Sequence[Name]) -> bool:
    if claim.kind not in {"party", "place"} or label_of(claim).generic:
        return False
    name = named(label_of(claim))
    return any(is_same(name, other) for other in asked)


def _one(name: Name, texts: Texts, number: re.Match[str] | None) -> str:
    sides = [_people(claims) for claims in texts]
    has = [_has(name, side, claims) for side, claims in zip(sides, texts, strict=True)]
    if all(has):
        return "number" if number and _other_number(number[1], texts) else "both"
    if not any(has):
        return ""
    there, lacking = (0, 1) if has[0] else (1, 0)
    if not name.entity and texts[lacking][0].lang == "ja" and _ROMAJI.match(fold(name.name)):
        return "rival" if _vowels(texts[lacking]) else "missing"  # its kanji cannot be read
    home = _HOME.get(texts[there][0].lang)
    alone = [x for x in sides[lacking] if x.entity != home and not any(is_same(x, y) for y in sides[there])]
    return "rival" if any(_rivals(name, x) for x in alone) else "missing"


def _people(claims: Sequence[Claim]) -> list[Name]:
    labels = [label_of(c) for c in claims if c.kind in {"party", "place"}]
    found = {(label.name, label.entity): label for label in labels if not label.generic}
    return [named(label) for label in list(found.values())[:MAX_NAMES]]


def _has(name: Name, side: Sequence[Name], claims: Sequence[Claim]) -> bool:
    if any(is_same(name, other) or _lies_in(name.entity, other.entity) for other in side):
        return True
    if name.entity == _HOME.get(claims[0].lang):
        return True  # a paper at home says "the ministry"
    if claims[0].lang == "ja":
        return not name.entity and _VOWEL.findall(fold(name.name)) in _vowels(claims)
    words = {word for sentence in {c.sentence for c in claims} for word in _WORD.findall(fold(sentence))}
    stems = [word.removesuffix("s") for word in _WORD.findall(fold(name.name))]
    return any(len(stem) >= STEM and word.startswith(stem) for stem in stems for word in words)


def _vowels(claims: Sequence[Claim]) -> list[list[str]]:
    """Return the vowels of what a Japanese text quotes in Hiragana: what ships and missiles are called."""
    quoted = (kana for text in {c.sentence for c in claims} for kana in HIRAGANA.findall(text))
    return [_VOWEL.findall("".join(kana_vowels(kana))) for kana in quoted]


def _lies_in(entity: str, other: str) -> bool:
    """Tell whether one of two ids is the country that the other is a city or region of."""
    return (is_country(entity) or is_country(other)) and country_of(entity) == country_of(other) != ""


def _rivals(name: Name, other: Name) -> bool:
    """Tell whether another name could stand where the asked one is looked for."""
    if name.entity[:_SORT] != other.entity[:_SORT]:
        return False
    return comparable(name, other) and not _lies_in(name.entity, other.entity)


def _other_number(number: str, texts: Texts) -> bool:
    """Tell whether one of two texts holds numbers but not the one that belongs to a name."""
    digits = [set(re.findall(r"\d+", " ".join({c.sentence for c in claims}))) for claims in texts]
    return any(side and number not in side for side in digits)
