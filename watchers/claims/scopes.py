"""What narrows a value: part or whole, with or without, ordered or delivered, requested or approved."""

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


def one_sided(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether one side is narrowed by a marked word that the other does not have."""
    return bool((set(left) ^ set(right)) & MARKED)
