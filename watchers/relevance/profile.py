"""What the exemplars are about, in language-free terms: their names, places, subject and acts.

Everything here is counted from the exemplars, the background bank and the gazetteer. Terms are entity ids,
and `cls:<class>` for a platform's class that no concept stands for.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchers.relevance.acts import with_families
from watchers.relevance.kinship import MADE, made_by
from watchers.relevance.lands import is_union, own_lands, wideness
from watchers.relevance.surmise import HOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from watchers.gazetteer.entities import Gazetteer
    from watchers.relevance.kinship import Kinship
    from watchers.types import Mention

Terms = dict[str, float]

PLACE_WEIGHT = 0.35  # places occur everywhere; understanding.md section 3 found the factor
LENGTH_FLOOR = 60.0  # stops a lone weak word from being a perfect match; same source
SUBJECT_SHARE = 0.5  # a concept belongs to the subject when this share of the top concept's sentences name it
OFFICE = 0.5  # what naming an office holder says beside naming a firm or system
TALK = 0.5  # "defence industry" runs through every article; a machine named as often is more of a subject
MAX_MENTIONS = 400  # a text of 20,000 characters has about 300
_NAMED = ("per:", "org:", "pla:", "prg:")
_THINGS = ("pla:", "prg:")
_CONCEPT = ("con:", "cls:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The exemplars' terms. Weights of all but the first two lie in (0, 1]."""

    weights: Mapping[str, float]  # unit length
    idf: Mapping[str, float]  # in [0, 1]; a term the background never names has 1
    named: Mapping[str, float]
    things: Mapping[str, float]  # those of `named` that are systems, programmes or makers
    places: Mapping[str, float]
    subject: Mapping[str, float]
    acts: Mapping[str, float]
    home: Mapping[str, float]  # systems and makers of the exemplars' places, named by them or not
    bodies: Mapping[str, float]  # ministries, forces, firms and fairs of their places
    foreign: frozenset[str]  # systems and programmes of other countries that are no kind of the subject
    machines: frozenset[str]  # concepts that are classes of systems, or kinds of one
    makers: frozenset[str]  # firms that make some system, whether the exemplars name them or not
    abroad: frozenset[str]  # places that neither are nor lie in a place of theirs
    kinds: frozenset[str]  # concepts that are a kind of the subject
    wide: float  # how far a place of theirs speaks where the subject is not named, in [0, 1]
    doings: Mapping[str, float]  # what is done with arms in them; see doings.py


def terms_of(mentions: Sequence[Mention], known: Kinship) -> Terms:
    """Count the entities named, and what follows from each: a maker, a country, the kind of thing it is."""
    mentions = mentions[:MAX_MENTIONS]
    counts = Counter(m.entity for m in mentions)
    terms: Terms = {term: float(count) for term, count in counts.items()}
    for term in counts:
        for implied, worth in known.implied.get(term, ()):
            terms[implied] = max(terms.get(implied, 0.0), worth)
    terms |= dict.fromkeys(made_by(mentions, known), 1.0)
    return terms


def build_profile(
    exemplars: Sequence[Sequence[Terms]],
    background: Iterable[Terms],
    known: Kinship,
    gazetteer: Gazetteer,
    *,
    doings: Mapping[str, float],
) -> Profile:
    """Derive the profile from the terms of each exemplar's sentences and of each background text."""
    idf = _idf(background)
    counted = _counted(exemplars)
    raw = _weighed(counted, idf, gazetteer)
    norm = math.sqrt(sum(w * w for w in raw.values())) or 1.0
    subject = _subject(exemplars, known, gazetteer)
    lands = own_lands(exemplars, gazetteer)
    places = _scaled({t: n for t, n in lands.items() if t.startswith("loc:")})
    makers = frozenset(e.maker for e in gazetteer.of_kind("pla") if e.maker)
    named = _scaled(
        {
            t: w * _worth(t, gazetteer)
            for t, w in raw.items()
            if t.startswith(_NAMED) and (t in lands or not is_union(gazetteer.entities.get(t)))
        }
    )
    acts = _scaled({t: w for t, w in raw.items() if t.startswith(_CONCEPT) and not _defence(t, gazetteer)})
    return Profile(
        weights={t: w / norm for t, w in raw.items()},
        idf=idf,
        named=named,
        things={t: w for t, w in named.items() if t.startswith(_THINGS) or t in makers},
        places=places,
        subject=subject,
        wide=wideness(exemplars, subject),
        machines=known.machines,
        makers=makers,
        doings=doings,
        abroad=_abroad(places, gazetteer),
        kinds=_kinds(subject, known),
        acts=with_families(acts),
        home=_home(places, makers, gazetteer),
        bodies=_bodies(places, gazetteer),
        foreign=_foreign(places, subject, known, gazetteer),
    )


def _counted(exemplars: Sequence[Sequence[Terms]]) -> Terms:
    """Return how often articles name each term, the tenth time counting for less than the first."""
    counted: dict[str, float] = defaultdict(float)
    for article in exemplars:
        for term, count in _summed(article).items():
            counted[term] += math.log1p(count) / len(exemplars)
    return counted


def _weighed(counted: Terms, idf: Mapping[str, float], gazetteer: Gazetteer) -> Terms:
    """Return what each term weighs by its rarity; nothing civil, nothing that only follows from a maker."""
    return {
        t: n * idf.get(t, 1.0) * (PLACE_WEIGHT if t.startswith("loc:") else 1.0)
        for t, n in counted.items()
        if not _civil(t, gazetteer) and not t.startswith(MADE)
    }


def _abroad(places: Mapping[str, float], gazetteer: Gazetteer) -> frozenset[str]:
    return frozenset(
        e.id
        for e in gazetteer.of_kind("loc")
        if e.id not in places and (not e.country or f"loc:{e.country}" not in places)
    )


def _kinds(subject: Mapping[str, float], known: Kinship) -> frozenset[str]:
    return frozenset(
        term for term, implied in known.implied.items() if any(wider in subject for wider, _ in implied)
    )


def _bodies(places: Mapping[str, float], gazetteer: Gazetteer) -> dict[str, float]:
    """Return the organisations of the exemplars' places, each worth what its place is."""
    return {
        e.id: places[f"loc:{e.country}"] for e in gazetteer.of_kind("org") if f"loc:{e.country}" in places
    }


def _home(places: Mapping[str, float], makers: frozenset[str], gazetteer: Gazetteer) -> dict[str, float]:
    """Return the systems and makers of the exemplars' places, each worth what its place is."""
    found = {MADE + place.removeprefix("loc:"): weight for place, weight in places.items()}
    for entity in gazetteer.entities.values():
        if entity.kind in {"pla", "prg"} or entity.id in makers:
            weight = places.get(f"loc:{entity.country}", 0.0)
            if weight > 0:
                found[entity.id] = weight
    return found


def _foreign(
    places: Mapping[str, float], subject: Mapping[str, float], known: Kinship, gazetteer: Gazetteer
) -> frozenset[str]:
    """A programme without a country is several countries' own, and an affair apart for each of them."""
    programmes = (e for e in gazetteer.of_kind("prg") if e.platform_class)
    return frozenset(
        e.id
        for e in (*gazetteer.of_kind("pla"), *programmes)
        if (e.country or e.kind == "prg")
        and f"loc:{e.country}" not in places
        and not any(term in subject for term, _ in known.implied.get(e.id, ()))
    )


def _subject(exemplars: Sequence[Sequence[Terms]], known: Kinship, gazetteer: Gazetteer) -> dict[str, float]:
    """Return the concepts that most sentences are about: kinds of machine rather than talk about defence.

    An idea that only follows from a machine says nothing of its own: air defence is defence.
    """
    share: dict[str, float] = defaultdict(float)
    for terms in (terms for article in exemplars for terms in article):
        for term, count in terms.items():
            if term.startswith(_CONCEPT) and (_defence(term, gazetteer) or _machine(term, known, gazetteer)):
                share[term] += min(1.0, count) * (1.0 if term in known.machines else TALK)
    subject = {term: weight for term, weight in _scaled(share).items() if weight >= SUBJECT_SHARE}
    wider = {of for term in subject if term in known.machines for of, _ in known.implied.get(term, ())}
    return {t: w for t, w in subject.items() if t in known.machines or t not in wider}


def _summed(article: Sequence[Terms]) -> Terms:
    total: Terms = {}
    for terms in article:
        for term, count in terms.items():
            total[term] = total.get(term, 0.0) + count
    return total


def concept_match(terms: Terms, profile: Profile) -> float:
    """Return how much of a text's known terms are the exemplars', in [0, 1]."""
    dot = square = 0.0
    for term, count in terms.items():
        if term.startswith((MADE, HOME)):
            continue
        weight = (
            math.log1p(count)
            * profile.idf.get(term, 1.0)
            * (PLACE_WEIGHT if term.startswith("loc:") else 1.0)
        )
        weight *= 10.0  # LENGTH_FLOOR was measured with idf in nats times ten; ours lies in [0, 1]
        dot += weight * profile.weights.get(term, 0.0)
        square += weight * weight
    return dot / math.sqrt(square + LENGTH_FLOOR) if dot > 0 else 0.0


def concept_miss(terms: Terms, profile: Profile, gazetteer: Gazetteer) -> tuple[float, float]:
    """Return the weight of concepts in a text that the exemplars never touch: of defence, of civil life."""
    military = civil = 0.0
    for term, count in terms.items():
        if (
            term.startswith(_CONCEPT)
            and count >= 1
            and term not in profile.weights
            and term not in profile.acts
            and term not in profile.kinds
        ):
            if _civil(term, gazetteer):
                civil += 1.0
            else:
                military += profile.idf.get(term, 1.0)
    return military, civil


def any_of(terms: Terms, weights: Mapping[str, float]) -> float:
    """Return the chance-like union of the weights of the terms present: 1 - Π(1 - w), in [0, 1].

    A term that is only implied counts for less; see kinship.py.
    """
    missing = 1.0
    for term, count in terms.items():
        weight = weights.get(term, 0.0)
        missing *= 1.0 - weight * min(1.0, count)
    return 1.0 - missing


def _idf(background: Iterable[Terms]) -> dict[str, float]:
    frequency: Counter[str] = Counter()
    size = 0
    for terms in background:
        size += 1
        frequency.update(terms.keys())
    scale = math.log1p(size) or 1.0
    return {term: math.log((1 + size) / (1 + count)) / scale for term, count in frequency.items()}


def _scaled(weights: Mapping[str, float]) -> dict[str, float]:
    top = max(weights.values(), default=1.0) or 1.0
    return {term: weight / top for term, weight in weights.items() if weight > 0}


def _worth(term: str, gazetteer: Gazetteer) -> float:
    """Return OFFICE for the holder of an office, who is in all the news of it, and 1 for everything else."""
    entity = gazetteer.entities.get(term)
    return OFFICE if entity is not None and entity.offices else 1.0


def _civil(term: str, gazetteer: Gazetteer) -> bool:
    entity = gazetteer.entities.get(term)
    return entity is not None and entity.field == "civil"


def _machine(term: str, known: Kinship, gazetteer: Gazetteer) -> bool:
    """Tell whether a term is a class of machine, also one that civil life has too, such as an engine."""
    return term in known.machines and not _civil(term, gazetteer)


def _defence(term: str, gazetteer: Gazetteer) -> bool:
    entity = gazetteer.entities.get(term)
    return term.startswith("cls:") or (entity is not None and entity.field == "defence")
