"""What follows from a name: its maker, its country, and the kind of thing it is, read off the gazetteer."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchers.text import fold, is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.gazetteer.entities import Entity, Gazetteer
    from watchers.types import Mention

Implications = Mapping[str, tuple[tuple[str, float], ...]]

FOLLOWS = 0.5  # what a maker or country is worth that the text does not name itself
IS_A = 0.8  # what the general concept is worth when a kind of it is named
# Share of a concept's names that must end in a name of the wider one ("attack helicopter" is a helicopter).
# A fifth keeps "counter-" and "anti-" concepts, joined by a hyphen, apart from what they act against; a third
# would part a machine at sea from its kin in the air.
KIND_SHARE = 0.22
_SHORTEST_CJK = 2
MADE = "made:"  # begins the term for a thing called after its country: made:FR for "French frigates"
_DEMONYM_GAP = 12  # characters between them: "-made ", "-built light "
_PLAIN_GAP = 1  # a country's own name must all but touch the thing, as it does in compounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """What follows from the gazetteer's entities, and what tells that a thing is a country's own."""

    implied: Implications
    machines: frozenset[str]  # concepts that are classes of systems, and their kinds
    demonyms: frozenset[str]  # folded


def kinship(gazetteer: Gazetteer) -> Kinship:
    """Read the gazetteer's kinship once."""
    implied = implications(gazetteer)
    concepts = _concepts(gazetteer)
    classes = {
        _class_term(e.platform_class, concepts, gazetteer)
        for e in gazetteer.of_kind("pla")
        if e.platform_class
    }
    kinds = {e.id for e in gazetteer.of_kind("con") if any(t in classes for t, _ in implied.get(e.id, ()))}
    return Kinship(
        implied=implied,
        machines=frozenset(classes | kinds),
        demonyms=frozenset(
            fold(alias.text.rstrip("*"))
            for e in gazetteer.of_kind("loc")
            for alias in e.aliases
            if alias.demonym
        ),
    )


def made_by(mentions: Sequence[Mention], known: Kinship) -> Iterator[str]:
    """Yield a term for each machine that stands right after the country it is called after."""
    for country, thing in itertools.pairwise(mentions):
        if thing.entity in known.machines and country.entity.startswith("loc:"):
            gap = thing.start - country.end
            if gap <= _PLAIN_GAP or (gap <= _DEMONYM_GAP and fold(country.mention) in known.demonyms):
                yield MADE + country.entity.removeprefix("loc:")


def implications(gazetteer: Gazetteer) -> Implications:
    """Return for each entity the terms that follow from it and what each is worth, in (0, 1)."""
    concepts = _concepts(gazetteer)
    wider = {e.id: _wider(e, concepts) for e in gazetteer.of_kind("con") if e.field != "civil"}
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for entity in gazetteer.entities.values():
        worth: dict[str, float] = dict.fromkeys(wider.get(entity.id, ()), IS_A)
        if entity.platform_class:
            kind = _class_term(entity.platform_class, concepts, gazetteer)
            worth |= dict.fromkeys((kind, *wider.get(kind, ())), IS_A)
        if entity.maker:
            worth[entity.maker] = FOLLOWS
        if entity.country:
            worth[f"loc:{entity.country}"] = FOLLOWS
        worth.pop(entity.id, None)
        if worth:
            found[entity.id] = tuple(sorted(worth.items()))
    return found


def _concepts(gazetteer: Gazetteer) -> dict[str, str]:
    """Return each name of a concept that is not of civil life, folded."""
    return {alias: e.id for e in gazetteer.of_kind("con") for alias in _names(e) if e.field != "civil"}


def _class_term(platform_class: str, concepts: Mapping[str, str], gazetteer: Gazetteer) -> str:
    """Return the concept that a platform class is another word for, else a term of its own."""
    same = f"con:{platform_class}"
    if same in gazetteer.entities:
        return same
    return concepts.get(fold(platform_class.replace("-", " ")), f"cls:{platform_class}")


def _wider(entity: Entity, concepts: Mapping[str, str]) -> tuple[str, ...]:
    names = _names(entity)
    heads = Counter(head for name in names for head in {concepts.get(end, "") for end in _endings(name)})
    least = max(KIND_SHARE * len(names), 1)
    return tuple(sorted(h for h, count in heads.items() if h and h != entity.id and count >= least))


def _names(entity: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(alias.text.rstrip("*")) for alias in entity.aliases))


def _endings(name: str) -> tuple[str, ...]:
    """Return what remains of a name when its first words (without spaces: characters) are taken away."""
    if is_cjk(name):
        return tuple(name[i:] for i in range(1, len(name) - _SHORTEST_CJK + 1))
    words = name.split(" ")
    return tuple(" ".join(words[i:]) for i in range(1, len(words)))
