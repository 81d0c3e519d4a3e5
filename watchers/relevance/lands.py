"""Which countries and unions of states the exemplars are about, and which they only name in passing."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchers.gazetteer.entities import Entity, Gazetteer

# A land is the exemplars' own when the middle one of them names it so often, beside the land that any of them
# names most, both as logarithms. By their mean Germany and America were everybody's: 684 of 7,400 headlines
# alerted for two articles on air defence for Ukraine, a fifth of them on any air defence.
LAND_SHARE = 0.5
# Share of pairs of sentences without the subject from which on lands speak in full. Two articles on
# deliveries of one system name it in every pair: their countries alone brought 69 of 236 real alerts, and
# four of those were right. Two on a visit leave the machine out in four pairs of ten.
SILENT = 0.4


def own_lands(exemplars: Sequence[Sequence[Mapping[str, float]]], gazetteer: Gazetteer) -> dict[str, float]:
    """Return the lands that most exemplars name, and often, with what each weighs.

    Exemplars are the terms of their sentences. Two articles on sales of one machine to two countries share
    the machine and neither country: of two both must name it.
    """
    articles = [
        Counter(land for sentence in article for land in _named(sentence, gazetteer)) for article in exemplars
    ]
    most = max((count for article in articles for count in article.values()), default=0)
    middle = (len(articles) - 1) // 2
    return {
        land: sum(math.log1p(article[land]) for article in articles) / len(articles)
        for land in sorted(set().union(*articles))
        if math.log1p(sorted(article[land] for article in articles)[middle]) >= LAND_SHARE * math.log1p(most)
    }


def wideness(exemplars: Sequence[Sequence[Mapping[str, float]]], subject: Mapping[str, float]) -> float:
    """Return how far the exemplars' lands speak where their subject is not named, in [0, 1].

    Two sentences in a row stand for a headline and its summary.
    """
    pairs = [
        {term for sentence in article[i : i + 2] for term in sentence}
        for article in exemplars
        for i in range(max(len(article) - 1, 1))
    ]
    silent = sum(1 for terms in pairs if not terms & subject.keys())
    return min(silent / (SILENT * max(len(pairs), 1)), 1.0)


def is_union(entity: Entity | None) -> bool:
    """Tell whether an organisation is no single country's: an alliance, a union of states, a world body."""
    return entity is not None and entity.kind == "org" and not entity.country


def _named(terms: Mapping[str, float], gazetteer: Gazetteer) -> set[str]:
    """Return the lands that a sentence itself names, a town as the country it lies in."""
    found: set[str] = set()
    for term, count in terms.items():
        entity = gazetteer.entities.get(term)
        if count >= 1 and (term.startswith("loc:") or is_union(entity)):
            found.add(f"loc:{entity.country}" if entity is not None and entity.country else term)
    return found
