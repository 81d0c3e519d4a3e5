"""What of a report can tell that another speaks of the same event: names, numbers, acts, words.

All of it is read from title and summary without a model; the names of the gazetteer come with the report.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from watchers.stories.acts import acts, event_days
from watchers.stories.sounds import KNOWN_NAMES, sounds
from watchers.text import fold, is_cjk
from watchers.types import Count, Money, Share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from watchers.types import Fact, Mention

MAX_CHARACTERS = 2_000  # what the embedder reads too; hostile texts end here
MAX_NUMBERS = 16
STEM = 5  # letters of a name that its forms share
BRIEF = 100  # characters: a headline alone, seldom with a summary
BRIEF_JAPANESE = 40
_SENTENCE_STARTS = ("", ".", "!", "?", "…", ":", ";", "|", "–", "—", "-", "“", '"', "(")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]{1,6})?")
_LATIN_WORD = re.compile(r"[^\W\d_][\w’'-]{2,30}")
_KATAKANA = re.compile(r"[ァ-ヴー]{3,24}")
_DESIGNATOR = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{1,4}(?:-[a-z\d]{1,4})?\b")
_NUMERAL = re.compile(r"(?<![\w.,-])(\d{1,12}(?:[.,]\d{1,12}){0,4})(?!\d)")
_SCALE_WORDS = {
    "thousand": 3, "bin": 3, "million": 6, "mln": 6, "milyon": 6, "m": 6, "mn": 6, "crore": 7, "billion": 9,
    "bil": 9, "bln": 9, "bn": 9, "milyar": 9, "b": 9, "trillion": 12, "tril": 12, "trn": 12, "tn": 12,
    "trilyon": 12, "千": 3, "百": 2, "万": 4, "億": 8, "兆": 12,
}  # fmt: skip
_SCALE = re.compile(
    r"(?:[\s-]?(thousand|trillion|million|billion|milyon|milyar|trilyon|crore|tril|bil|bin|mln|bln|trn|bn|tn)"
    r"|(mn|m|b))\b"
)
_JAPANESE_NUMBER = re.compile(r"(?:\d{1,6}(?:[.,]\d{1,6})?[兆億万千百]{1,2}){1,4}\d{0,6}")
_JAPANESE_STEP = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)([兆億万千百]{0,2})")
_NOT_COUNTED = re.compile(r"\s?(?:年度|年|月|日|時|分|世紀)")
_YEARS = (1900, 2100)
_PERCENT_AFTER = re.compile(r"\s?(?:%|percent|per cent|pct|パーセント)")
_COUNTRY = re.compile(r"loc:[A-Z]{2}")
# An outlet does not name its own country.
_HOMES = {
    "ja": ("loc:JP", re.compile("政府|防衛省|防衛装備庁|装備庁|自衛隊|[陸海空]自|国会|閣議|首相官邸|防衛費")),
    "tr": (
        "loc:TR",
        re.compile(r"\b(?:milli savunma|msb|tsk|cumhurbaskan|tbmm|savunma ve havacilik|savunma ihracat)"),
    ),
}
_PERCENT_BEFORE = re.compile(r"yuzde\s?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What a report offers for comparison. All of it is language-free but `words`."""

    lang: str
    entities: frozenset[str]
    concepts: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]  # folded Latin names, cut to a stem, and designators
    firm: frozenset[str]  # those of the names that are beyond doubt and that the gazetteer does not know
    sounds: frozenset[str]  # consonant skeletons of names, so that メルボルン meets Melbourne
    firm_sounds: frozenset[str]  # those of the firm names, of a Japanese text of all Katakana words
    numbers: tuple[float, ...]
    shares: frozenset[float]
    acts: frozenset[str]
    days: frozenset[int]  # ordinals of the days it names, resolved against its own
    words: frozenset[str]
    is_brief: bool  # so short that it cannot be expected to share much


def read_signals(
    text: str,
    lang: str,
    *,
    published: date | None = None,
    mentions: Sequence[Mention] = (),
    facts: Sequence[Fact] = (),
    countries: Mapping[str, str] = MappingProxyType({}),
) -> Signals:
    """Return what a text offers for comparison; only its first MAX_CHARACTERS are read.

    Without `published` the days that it names stay unresolved. `countries` gives a town's country, since one
    outlet's "Ankara" is the other's "Turkey".
    """
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    flat = fold(text)
    ids = frozenset(m.entity for m in mentions)
    numbers, shares = _numbers(flat, facts)
    firm = frozenset(_firm(text, mentions))
    return Signals(
        lang=lang,
        entities=frozenset(i for i in ids if not i.startswith("con:") and not _COUNTRY.fullmatch(i)),
        concepts=frozenset(i for i in ids if i.startswith("con:")),
        places=_places(ids, countries) or _home(flat, lang),
        names=_names(text, flat),
        firm=frozenset(map(_stem_of, firm)) | _designators(flat) | _katakana(text),
        sounds=frozenset(sounds(_KATAKANA.findall(text), _capitalised(text))),
        firm_sounds=frozenset(sounds(_KATAKANA.findall(text), firm)),
        numbers=numbers,
        shares=shares,
        acts=acts(flat),
        days=event_days(flat, published) if published else frozenset(),
        words=words(flat),
        is_brief=len(text) < (BRIEF_JAPANESE if is_cjk(text) else BRIEF),
    )


def _places(ids: frozenset[str], countries: Mapping[str, str]) -> frozenset[str]:
    return frozenset(countries.get(i, i) for i in ids if i in countries or _COUNTRY.fullmatch(i))


def _home(flat: str, lang: str) -> frozenset[str]:
    """Return the country a text means by "the government" if it names none."""
    home = _HOMES.get(lang)
    return frozenset({home[0]}) if home and home[1].search(flat) else frozenset()


def words(flat: str) -> frozenset[str]:
    """Return a folded text's words, cut to six letters in place of a stemmer; of Japanese, letter pairs."""
    if is_cjk(flat):
        runs = re.findall(r"[\u30a0-\u30ff]{2,}|[\u4e00-\u9fff]{2,}", flat)
        return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))
    return frozenset(w.split("'")[0][:6] for w in _WORD.findall(flat) if len(w) > 2)


def stem(name: str) -> str:
    """Return what a folded name has in common with its demonym and its form in the other language.

    Valmora, Valmoran and Valmorya'nın are one name.
    """
    return name[:STEM]


@lru_cache(maxsize=KNOWN_NAMES)
def _stem_of(name: str) -> str:
    return stem(fold(name))


def _names(text: str, flat: str) -> frozenset[str]:
    names = {_stem_of(name) for name in _capitalised(text)}
    return frozenset(name for name in names if len(name) > 2) | _designators(flat) | _katakana(text)


def _katakana(text: str) -> frozenset[str]:
    return frozenset(_KATAKANA.findall(text))


def _designators(flat: str) -> frozenset[str]:
    return frozenset(d.replace("-", "") for d in _DESIGNATOR.findall(flat) if not _is_amount(d))


def _firm(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield names that are no words begun with a capital for their place in the sentence or in a headline."""
    known = {word for m in mentions for word in _LATIN_WORD.findall(m.mention)}
    for line in text.split("\n"):
        found = [m for m in _LATIN_WORD.finditer(line) if not is_cjk(m[0])]
        long = [m for m in found if len(m[0]) > 3]
        if 2 * sum(m[0][0].isupper() for m in long) > len(long) > 3:
            continue  # a headline in capitals tells no names apart
        for m in found:
            before = line[max(0, m.start() - 2) : m.start()].rstrip()
            if m[0][0].isupper() and before[-1:] not in _SENTENCE_STARTS and m[0] not in known:
                yield m[0].replace("’", "'").split("'")[0]


def _capitalised(text: str) -> Iterator[str]:
    """Yield Latin words that begin with a capital, without what follows an apostrophe."""
    for word in _LATIN_WORD.findall(text):
        if word[0].isupper() and not is_cjk(word):
            yield word.replace("’", "'").split("'")[0]


def _is_amount(token: str) -> bool:
    return re.fullmatch(r"\d+(?:st|nd|rd|th|bn|mn|m|b|tn|km|kg|mm|cm|pm|am|k)", token) is not None


def _numbers(flat: str, facts: Sequence[Fact]) -> tuple[tuple[float, ...], frozenset[float]]:
    numbers: set[float] = set()
    shares: set[float] = set()
    for fact in facts:
        match fact.value:
            case Money(low=low):
                numbers.add(float(low))
            case Count(low=count):
                numbers.add(float(count))
            case Share(percent=percent):
                shares.add(float(percent))
            case _:
                pass
    rest = _JAPANESE_NUMBER.sub(lambda m: _take_japanese(m, flat, numbers), flat)
    for found in _NUMERAL.finditer(rest):
        value = _amount(found[1], rest[found.end() : found.end() + 12])
        if value is None or _NOT_COUNTED.match(rest, found.end()):
            continue
        before = rest[max(0, found.start() - 8) : found.start()]
        if _PERCENT_AFTER.match(rest, found.end()) or _PERCENT_BEFORE.search(before):
            shares.add(value)
        elif not (value.is_integer() and _YEARS[0] <= value <= _YEARS[1]):
            numbers.add(value)
    return tuple(sorted(n for n in numbers if n > 1)[-MAX_NUMBERS:]), frozenset(shares)


def _take_japanese(found: re.Match[str], flat: str, numbers: set[float]) -> str:
    """Add a number such as 8兆8454億 to `numbers` and return what to leave in its place."""
    if not _NOT_COUNTED.match(flat, found.end()):
        numbers.add(sum(_step(digits, scale) for digits, scale in _JAPANESE_STEP.findall(found[0])))
    return " "


def _step(digits: str, scale: str) -> float:
    power = sum(_SCALE_WORDS[letter] for letter in scale)
    return float(Decimal(digits.replace(",", "") or "0").scaleb(power))


def _amount(numeral: str, after: str) -> float | None:
    """Return a numeral's value in either notation times the scale word behind it; None if unreadable."""
    scale = _SCALE.match(after)
    power = _SCALE_WORDS[scale[1] or scale[2]] if scale else 0
    marks = re.findall(r"[.,]", numeral)
    last = numeral.rpartition(marks[-1])[2] if marks else ""
    # A single mark before three digits groups thousands, unless a scale word follows: 1.250 milyar is rare.
    grouped = not marks or (len(last) == 3 and (len(marks) > 1 or not scale))
    if len(set(marks)) == 2 or not grouped:
        whole = re.sub(r"[.,]", "", numeral[: -len(last) - 1])
        plain = f"{whole}.{last}"
    else:
        plain = re.sub(r"[.,]", "", numeral)
    if plain.count(".") > 1 or len(plain) > 18:
        return None
    return float(Decimal(plain).scaleb(power))
