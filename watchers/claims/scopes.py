"""What narrows a value: part or whole, with or without, ordered or delivered, requested or approved."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLE = Path(__file__).with_name("scopes.toml")
MAX_SENTENCE = 800  # code points read; a longer one is a table or an attack
KNOWN_SENTENCES = 1024  # remembered: each value of a sentence asks for its words of scope
# Words that set a value apart even where the other side has none of their dimension.
MARKED = frozenset(
    (
        "part:first",
        "part:second",
        "part:rest",
        "part:whole",
        "per:unit",
        "per:year",
        "per:month",
        "per:years",
        "per:half",
        "per:quarter",
        "firm:option",
        "with:excluded",
        "with:included",
        "version:export",
        "load:full",
        "load:clean",
        "depth:dived",
        "mode:cruise",
        "who:top",
        "who:unit",
        "who:reserve",
        "who:group",
        "where:world",
        "where:home",
    )
)


_NARROWING = {
    "en": re.compile(
        r"\b(?:only|alone|among|amongst|just|includ\w+|exclud\w+|of which|of them|so far|to date|until now|in all|all told|overall|"
        r"altogether|total\w*|whole|entire|full|first|initial\w*|another|additional|extra|gross|net|nominal\w*|real terms|after tax|before tax|"
        r"adjusted|per|each|apiece|average|maximum|peak|base|standard|version|variant|part of|share of|portion|framework|ceiling|"
        r"permanent\w*|rotat\w*|itself|own|both|combined|worldwide|global\w*|national\w*|domestic\w*|confirmed|claim\w*|"
        r"prototype|operational|airworthy|serviceable|serving|planned|finished|remaining|asked for|requested|sought)\b"
    ),
    "tr": re.compile(
        r"(?<!\w)(?:yalniz\w*|sadece|tek basina|genel\w*|toplam\w*|tum\w*|butun\w*|hepsi|dahil|haric|simdiye|bugune|ilk|ek|ilave|"
        r"brut|net|reel|nominal|vergi\w*|basina|her bir|ortalama|azami|en fazla|surum\w*|model\w*|kismi\w*|bolumu\w*|pay\w*|"
        r"cerceve\w*|kalici|donusumlu|kendi|birlikte|dunya\w*|kuresel|ulusal|yurt ici|dogrula\w*|iddia\w*|arasinda|talep|istedi)(?!\w)"
    ),
    "ja": re.compile(
        r"のみ|だけ|のうち|全体|全部隊|総|合計|含む|含め|除く|除い|これまで|現時点|累計|最初|初回|追加|実質|名目|税込|税抜|手取り|"
        r"[1一][機隻両発人](?:あたり|\d)|当たり|平均|最大|仕様|分は|枠|可能な|要求|常駐|交代|独自|世界|全国|国内|確認|主張|四半期|月期|上期|全軍"
    ),
}


@cache
def words() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Return the patterns of each `dimension:word` by language."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        name: {lang: re.compile(row[lang] if lang == "ja" else rf"(?<!\w)(?:{row[lang]})") for lang in row}
        for name, row in rows.items()
    }


@lru_cache(maxsize=KNOWN_SENTENCES)
def scopes(text: str, lang: str) -> tuple[str, ...]:
    """Return the words of scope in a sentence, as `dimension:word`, in the order of the table."""
    flat = fold(text[:MAX_SENTENCE])
    return tuple(name for name, by_lang in words().items() if lang in by_lang and by_lang[lang].search(flat))


def narrows(text: str, lang: str) -> bool:
    """Tell whether a sentence says in any way that it speaks of a part, or that it speaks of the whole."""
    return _NARROWING[lang].search(fold(text[:MAX_SENTENCE])) is not None


def dimensions(scope: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Return the words of each dimension."""
    found: dict[str, set[str]] = {}
    for word in scope:
        found.setdefault(word.partition(":")[0], set()).add(word)
    return {dimension: frozenset(members) for dimension, members in found.items()}


def opposed(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether both sides have words of one dimension and share none of them."""
    a, b = dimensions(left), dimensions(right)
    return any(dimension in b and not a[dimension] & b[dimension] for dimension in a)


def one_sided(left: Sequence[str], right: Sequence[str], asked: Sequence[str] = ()) -> bool:
    """Tell whether one side is narrowed by a marked word that neither the other nor the question has."""
    return bool(((set(left) ^ set(right)) & MARKED) - set(asked))
