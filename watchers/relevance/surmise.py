"""Names that the gazetteer holds for too ambiguous where nothing around them helps.

In a text that tells of a deal and has no sign of another page they are taken at half their worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from watchers.relevance.cues import READS, whole_word
from watchers.relevance.kinship import FOLLOWS
from watchers.text import fold, folded

if TYPE_CHECKING:
    from watchers.gazetteer.entities import Gazetteer, Kind
    from watchers.relevance.kinship import Kinship
    from watchers.relevance.profile import Terms

_KINDS: tuple[Kind, ...] = ("pla", "prg", "org")  # people's names are shared by too many people
_SHORTEST = 3


class Surmiser:
    """Built once from the gazetteer; then safe to use from several threads."""

    def __init__(self, gazetteer: Gazetteer, known: Kinship) -> None:
        words: dict[str, str] = {}
        for kind in _KINDS:
            for entity in gazetteer.of_kind(kind):
                for alias in entity.aliases:
                    word = fold(alias.text.rstrip("*"))
                    if alias.weak and len(word) >= _SHORTEST:
                        words.setdefault(word, entity.id)
        self._ids = tuple(words.values())
        self._automaton = AhoCorasick(list(words)) if words else None
        self._known = known

    def with_names(self, terms: Terms, text: str, lang: str) -> Terms:
        """Return the terms with what ambiguous names may mean, at FOLLOWS, and what follows from it."""
        if self._automaton is None:
            return terms
        found = dict(terms)
        flat = folded(text[:READS]).text.replace("\n", " ").encode("utf-8", "replace").decode("utf-8")
        for index, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True):
            entity = self._ids[index]
            if entity not in found and whole_word(flat, start, end, lang=lang, opened=False):
                found[entity] = FOLLOWS
                for implied, worth in self._known.implied.get(entity, ()):
                    found[implied] = max(found.get(implied, 0.0), worth * FOLLOWS)
        return found
