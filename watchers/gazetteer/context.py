"""Decide from the words around it whether an ambiguous name is meant: Nakatani the minister or the boxer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchers.gazetteer.entities import Entity, Gazetteer


class Context:
    """The context words and plain names that occur in one text, each with its first and last place."""

    __slots__ = ("_places",)

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, int, int, int]] = {}

    def add(self, word: str, start: int, end: int) -> None:
        """Record an occurrence; occurrences arrive in order of their ends."""
        first = self._places.get(word)
        self._places[word] = (start, end, start, end) if first is None else (first[0], first[1], start, end)

    def count(self, words: frozenset[str], start: int, end: int) -> int:
        """Return how many of the words occur other than inside a range: a name is no context for itself.

        A word around the range counts: "guinea pig" speaks against the guinea in it.
        """
        found = 0
        for word in words.intersection(self._places):  # walks the few that occur, not the many that could
            first_start, first_end, last_start, last_end = self._places[word]
            if first_start < start or first_end > end or last_start < start or last_end > end:
                found += 1
        return found


class Judge:
    """The `needs`, `not_if` and `unless` of every entity, with groups written out."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._rules: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {}
        words: set[str] = set()
        for entity in gazetteer.entities.values():
            if entity.needs or entity.not_if:
                rule = tuple(
                    _written_out(gazetteer, lst) for lst in (entity.needs, entity.not_if, entity.unless)
                )
                self._rules[entity.id] = (rule[0], rule[1], rule[2])
                words.update(*rule)
        self.words = tuple(sorted(word for word in words if word not in gazetteer.entities))

    def allows(self, entity: Entity, context: Context, start: int, end: int) -> bool:
        """Tell whether a weak alias at a range means the entity.

        One of `needs` must occur. Words of `not_if` speak against it, words of `unless` for it: the side
        with more different words wins, and a draw goes to the entity.
        """
        needs, not_if, unless = self._rules[entity.id]
        if needs and not context.count(needs, start, end):
            return False
        against = context.count(not_if, start, end)
        return against == 0 or against <= context.count(unless, start, end)


def _written_out(gazetteer: Gazetteer, words: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        found.update(gazetteer.cues[word[1:]] if word.startswith("@") else (word,))
    return frozenset(found)
