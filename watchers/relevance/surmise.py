"""What a text means without naming it plainly: an ambiguous name, or the country its language is at home in.

In a text that tells of a deal and has no sign of another page, names that the gazetteer holds for too
ambiguous are taken at half their worth. News in a country's own language seldom names the country: a data
file holds the words that tell it (a ministry, a rank, "our").
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from watchers.errors import KnowledgeError
from watchers.gazetteer.find import bare, spellings
from watchers.relevance.cues import READS, flattened, whole_word
from watchers.relevance.kinship import FOLLOWS
from watchers.text import fold

if TYPE_CHECKING:
    from watchers.gazetteer.entities import Gazetteer, Kind
    from watchers.relevance.kinship import Kinship
    from watchers.relevance.profile import Terms

_KINDS: tuple[Kind, ...] = ("pla", "prg", "org")  # people's names are shared by too many people
_SHORTEST = 3
SHIPPED = Path(str(resources.files("watchers.relevance"))) / "homes.toml"
HOME = "home:"  # begins the term for a country that is meant and not named: home:FR


class Surmiser:
    """Built once from the gazetteer; then safe to use from several threads."""

    def __init__(self, gazetteer: Gazetteer, known: Kinship) -> None:
        words: dict[str, tuple[str, frozenset[str]]] = {}
        for kind in _KINDS:
            for entity in gazetteer.of_kind(kind):
                for alias in entity.aliases:
                    word = fold(alias.text.rstrip("*"))
                    if alias.weak and len(word) >= _SHORTEST:
                        spelt = spellings(alias.text) if alias.exact else frozenset()
                        words.setdefault(word, (entity.id, spelt))
        self._uses = tuple(words.values())
        self._automaton = AhoCorasick(list(words)) if words else None
        self._known = known

    def with_names(self, terms: Terms, text: str, lang: str) -> Terms:
        """Return the terms with what ambiguous names may mean, at FOLLOWS, and what follows from it."""
        if self._automaton is None:
            return terms
        found = dict(terms)
        source, flat = flattened(text[:READS])
        for index, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True):
            entity, spelt = self._uses[index]
            if (
                entity not in found
                and whole_word(flat, start, end, lang=lang, opened=False)
                and (not spelt or bare(text[slice(*source.span(start, end))]) in spelt)
            ):
                found[entity] = FOLLOWS
                for implied, worth in self._known.implied.get(entity, ()):
                    found[implied] = max(found.get(implied, 0.0), worth * FOLLOWS)
        return found

    def with_home(self, terms: Terms, text: str, lang: str) -> Terms:
        """Return the terms with the country that the text's language is at home in, if its words tell it."""
        homes = _homes().get(lang)
        if homes is None:
            return terms
        _, flat = flattened(text[:READS])
        automaton, words = homes
        told: Terms = {}
        for index, start, end in automaton.find_matches_as_indexes(flat, overlapping=True):
            country, opened = words[index]
            if whole_word(flat, start, end, lang=lang, opened=opened):
                told[HOME + country] = 1.0
        return {**terms, **told} if told else terms


@functools.cache
def _homes() -> dict[str, tuple[AhoCorasick, tuple[tuple[str, bool], ...]]]:
    """Read the words of homes.toml once: an automaton a language, and each word's country."""
    found: dict[str, tuple[AhoCorasick, tuple[tuple[str, bool], ...]]] = {}
    try:
        with SHIPPED.open("rb") as file:
            tables = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"The file of home words {SHIPPED} cannot be read: {error}.") from error
    for lang, countries in tables.items():
        words = {fold(w.rstrip("*")): (c, w.endswith("*")) for c, listed in countries.items() for w in listed}
        found[lang] = (AhoCorasick(list(words)), tuple(words.values()))
    return found
