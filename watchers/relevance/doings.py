"""Tell what a text says is done with arms: got and sold, weighed, made, met about, used, or none of it.

The words, and short samples for the embedder, are data files; any subject has these classes. Which of them
the exemplars tell of decides what they are worth.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from watchers.errors import KnowledgeError
from watchers.relevance.cues import READS, flattened, whole_word
from watchers.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

SHIPPED = Path(str(resources.files("watchers.relevance"))) / "doings"
CLASSES = ("deal", "weigh", "make", "meet", "use", "staff")
_TABLES = frozenset({"words", "samples"})
# Texts with and without a class that are taken as seen. From .5 to 5 average precision moves by .001.
SMOOTH = 2.0
MOST = 1.5  # log-odds that count as full; from .75 to 3 average precision moves by .001
Doings = Mapping[str, int]  # class to how many of its words a text has, each word once


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words and samples by class; a word is looked for in texts of its own language."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]]  # language, class
    samples: tuple[tuple[str, str, str], ...]  # class, language, text


def load_lexicon(folder: Path = SHIPPED) -> Lexicon:
    """Read `<language>.toml` files with the tables words and samples.

    Raises KnowledgeError that names the file when one is broken.
    """
    words: dict[str, Mapping[str, tuple[str, ...]]] = {}
    samples: list[tuple[str, str, str]] = []
    for path in sorted(folder.glob("*.toml")):
        tables = _read(path)
        words[path.stem] = tables["words"]
        samples += [(name, path.stem, text) for name, texts in tables["samples"].items() for text in texts]
    return Lexicon(words=words, samples=tuple(samples))


class DoingFinder:
    """Built once from a lexicon; then safe to use from several threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words: dict[str, tuple[tuple[str, bool, tuple[str, ...]], ...]] = {}
        self._automata: dict[str, AhoCorasick] = {}
        for lang, classes in lexicon.words.items():
            found: dict[tuple[str, bool], list[str]] = {}
            for name, words in classes.items():
                for word in words:
                    key = (fold(word.rstrip("*")), word.endswith("*"))
                    found.setdefault(key, []).append(name)
            self._words[lang] = tuple((w, opened, tuple(names)) for (w, opened), names in found.items())
            self._automata[lang] = AhoCorasick([word for word, _, _ in self._words[lang]])

    def find(self, text: str, lang: str) -> Doings:
        """Count the words of each class in the first READS characters; a language without words has none.

        Of two words where one holds the other ("take delivery", "delivery") both count, once each.
        """
        automaton = self._automata.get(lang)
        if automaton is None:
            return {}
        _, flat = flattened(text[:READS])
        seen: set[int] = set()
        counts: dict[str, int] = {}
        for index, start, end in automaton.find_matches_as_indexes(flat, overlapping=True):
            _, opened, names = self._words[lang][index]
            if index not in seen and whole_word(flat, start, end, lang=lang, opened=opened):
                seen.add(index)
                for name in names:
                    counts[name] = counts.get(name, 0) + 1
        return counts


def speaking(of: Sequence[Doings], usually: Sequence[Doings]) -> dict[str, float]:
    """Return how much more (above 0) or less each class is told of in some texts than usually.

    Log-odds of the smoothed shares over MOST, in [-1, 1].
    """
    return (
        {
            name: max(-1.0, min(1.0, math.log(_share(name, of) / _share(name, usually)) / MOST))
            for name in CLASSES
        }
        if of
        else {}
    )


def _share(name: str, texts: Sequence[Doings]) -> float:
    return (sum(1 for found in texts if found.get(name)) + SMOOTH) / (len(texts) + 2 * SMOOTH)


def _read(path: Path) -> dict[str, Mapping[str, tuple[str, ...]]]:
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"The file of doings {path} cannot be read: {error}.") from error
    if set(data) - _TABLES or any(not isinstance(data.get(t, {}), dict) for t in _TABLES):
        raise KnowledgeError(f"{path}: expected the tables words and samples, got {', '.join(sorted(data))}.")
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for table in _TABLES:
        lists: dict[str, tuple[str, ...]] = {}
        for name, texts in data.get(table, {}).items():
            if name not in CLASSES or not isinstance(texts, list) or not all(_text(t) for t in texts):
                raise KnowledgeError(
                    f"{path}: {table}.{name} is expected to be a list of texts of one of the "
                    f"classes {', '.join(CLASSES)}."
                )
            lists[name] = tuple(texts)
        found[table] = lists
    return found


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip("* \t"))
