"""What speaks for and against two reports telling of one event, each piece as a number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from watchers.stories.acts import COMMENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchers.stories.signals import Signals

MAX_DAYS = 7.0
LARGE = 1e6  # from here on a number is a sum or a strength, and is rounded by those who retell it
ROUNDING = 0.011  # 8.8 and 8.85 trillion are one sum; 370 and 367 million too
_RARE = 0.7  # a name that four or more of the background's texts have is less rare: ミサイル, Minister
_SOME_NUMBER = 0.5
_SOME_WORDS = (
    0.2  # reports of one event in one language share more; what shares less had .0 to .2 in real feeds
)
_SELDOM = 0.9  # the Pentagon has .78: most of American defence news names it
_FULL = 2.0  # this many rare names, or numbers, say all that names, or numbers, can say
_MANY = 4.0  # but each further name up to this one makes a chance less likely


class Evidence(NamedTuple):
    """Each piece as a number, mostly in [0, 1]; or, as weights, the log-odds that a whole piece adds."""

    always: float  # 1: what is needed before one event is likelier than two
    meaning: float  # cosine of the two vectors, their languages' means removed; 0 without a model
    meaning_across: float  # the same if the languages differ: such cosines are lower throughout
    meaning_brief: float  # the same if either is a headline
    across: float
    brief: float  # 1 if either is a headline, which has no room to share much
    entities: float
    concepts: float
    places: float  # countries, by their rarity: what happens in America is no one event
    places_differ: float
    sounds: float
    numbers: float
    numbers_differ: float
    counts: float  # as many of the same: 187 soldiers tell more than 4 jets
    sums_differ: float  # sums in one currency, none of them shared
    telling_act: float  # the rarest act of both: a christening tells more than a purchase
    place_act: float
    lead_acts: float  # the headlines tell of one act
    lead_acts_differ: float  # each headline's act is nowhere in the other report
    lead_names_differ: float  # each headline names what the other report does not name at all
    lead_places_differ: float  # the same of countries
    lead_known_differ: float  # each headline has a person, or a machine, that the other report does not name
    contradicted: float  # the sums differ and the names or countries too: two buyers of one radar
    miscounted: float  # the numbers differ and the names or countries too
    days_differ: float
    apart: float  # days between the two
    words: float
    bare: float  # 1 if they share no name, place or telling number: a topic at most
    thin: float  # 1 if two reports in one language share a country, a ministry and a subject at most
    covered: float  # how much of the rare names of the one that has fewer the other has too
    many_names: float
    same_outlet: float  # an outlet seldom tells one event twice, but tells of its steps one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """What one report's pieces weigh by their rarity, found once for all that it is held against."""

    entities: float
    concepts: float
    places: float
    words: float
    names: float  # how much the rare ones weigh together, as `_mass` has it
    sounds: float


def norms_of(one: Signals, rarity: Mapping[str, float]) -> Norms:
    """Return what a report's pieces weigh."""
    return Norms(
        entities=_norm(one.entities, rarity),
        concepts=_norm(one.concepts, rarity),
        places=_norm(one.places, rarity),
        words=_norm(one.words, rarity, f"{one.lang}:"),
        names=_mass(one.names, rarity, "n:"),
        sounds=_mass(one.sounds, rarity, "s:"),
    )


def weigh(
    left: tuple[Signals, Norms],
    right: tuple[Signals, Norms],
    *,
    meaning: float | None,
    apart: float,
    rarity: Mapping[str, float],
    same_outlet: bool = False,
) -> Evidence:
    """Return the evidence of two reports `apart` days from each other; a token without rarity has 1."""
    (a, in_a), (b, in_b) = left, right
    cosine, is_across, is_brief = meaning or 0.0, a.lang != b.lang, a.is_brief or b.is_brief
    with_japanese = is_across and "ja" in (a.lang, b.lang)
    common = shared_numbers(a.numbers, b.numbers)
    shared = sum(map(_telling, common)) + 0.7 * len(a.shares & b.shares)
    named = _named(left, right, rarity, by_sound=with_japanese)
    places = _places(a.places & b.places, rarity, in_a.places * in_b.places)
    words = 0.0 if is_across else _overlap(a.words & b.words, rarity, in_a.words * in_b.words, f"{a.lang}:")
    act = _telling_act(a, b, rarity)
    leads, firms, lands = _apart(a, b, rarity, with_names=not with_japanese, firmly=named.firmly)
    named_apart = max(leads, min(1.0, 2 * firms), lands)
    sums_differ = float(_at_odds(a.sums, b.sums))
    numbers_differ = float(bool(a.numbers and b.numbers and not common))
    return Evidence(
        always=1.0,
        meaning=cosine,
        meaning_across=cosine * is_across,
        meaning_brief=cosine * is_brief,
        across=float(is_across),
        brief=float(is_brief),
        entities=named.entities,
        concepts=_overlap(a.concepts & b.concepts, rarity, in_a.concepts * in_b.concepts),
        places=places,
        places_differ=float(bool(a.places and b.places and not a.places & b.places)),
        sounds=named.sounds,
        numbers=min(shared, _FULL) / _FULL,
        numbers_differ=numbers_differ,
        counts=max((_telling(number) for _, number in a.counts & b.counts), default=0.0),
        sums_differ=sums_differ,
        telling_act=act,
        place_act=places * act,
        lead_acts=float(bool((a.lead_acts & b.lead_acts) - {COMMENT})),
        lead_acts_differ=float(_lead_acts_differ(a, b)),
        lead_names_differ=leads,
        lead_places_differ=lands,
        lead_known_differ=float(_lead_known_differ(a, b)),
        contradicted=sums_differ * named_apart,
        miscounted=numbers_differ * named_apart,
        days_differ=float(bool(a.days and b.days and not a.days & b.days)),
        apart=min(MAX_DAYS, apart),
        words=words,
        bare=float(named.nothing and not places and shared < _SOME_NUMBER),
        thin=float(
            not (is_across or named.firmly or shared >= _SOME_NUMBER or words > _SOME_WORDS)
            and all(rarity.get(one, 1.0) < _SELDOM for one in a.entities & b.entities)
        ),
        covered=named.covered,
        many_names=named.many,
        same_outlet=float(same_outlet),
    )


class _Named(NamedTuple):
    """What the names that two reports share tell; see Evidence."""

    entities: float
    sounds: float
    covered: float
    many: float
    firmly: bool  # one that either has beyond doubt tells something
    nothing: bool  # none of them tells anything


def _named(
    left: tuple[Signals, Norms], right: tuple[Signals, Norms], rarity: Mapping[str, float], *, by_sound: bool
) -> _Named:
    (a, in_a), (b, in_b) = left, right
    named = a.names & b.names
    both, prefix = (a.sounds & b.sounds, "s:") if by_sound else (named, "n:")
    least = min(in_a.sounds, in_b.sounds) if by_sound else min(in_a.names, in_b.names)
    entities = _overlap(a.entities & b.entities, rarity, in_a.entities * in_b.entities)
    sounds = _amount(both, rarity) if by_sound else 0.0
    return _Named(
        entities=entities,
        sounds=sounds,
        covered=_mass(both, rarity, prefix) / least if least else 0.0,
        many=_mass(both, rarity, prefix, _MANY),
        # A name that only begins both sentences may be no name; one that either has further on is one.
        firmly=_mass((a.firm & b.names) | (b.firm & a.names), rarity, "n:") > 0,
        nothing=not (entities or sounds or _mass(named, rarity, "n:")),
    )


def _telling_act(a: Signals, b: Signals, rarity: Mapping[str, float]) -> float:
    acts = (a.acts & b.acts) - {COMMENT}  # two columns are two texts of their own
    return max((rarity.get(f"a:{act}", 1.0) for act in acts), default=0.0)


def _lead_acts_differ(a: Signals, b: Signals) -> bool:
    return bool(a.lead_acts and b.lead_acts and not (a.lead_acts & b.acts or b.lead_acts & a.acts))


def _lead_known_differ(a: Signals, b: Signals) -> bool:
    """Tell whether each headline is about a known person, or a known machine, that the other report lacks."""
    ours, theirs = a.lead_known - b.entities, b.lead_known - a.entities
    return any(
        any(one.startswith(kind) for one in ours) and any(one.startswith(kind) for one in theirs)
        for kind in ("per:", "pla:")
    )


def about_others(a: Signals, b: Signals) -> bool:
    """Tell whether two headlines have another country, person or machine each, all else in the same words."""
    return _lands_differ(a, b) or _lead_known_differ(a, b)


def _lands_differ(a: Signals, b: Signals) -> bool:
    return bool(a.lead_places - b.places and b.lead_places - a.places)


def _apart(
    a: Signals, b: Signals, rarity: Mapping[str, float], *, with_names: bool, firmly: bool
) -> tuple[float, float, float]:
    """Return how surely the headlines' names, all firm names and the headlines' countries are others."""
    leads = min(_lead_alone(a, b, rarity), _lead_alone(b, a, rarity)) if with_names else 0.0
    firms = _names_apart(a, b, rarity) if with_names and not firmly else 0.0
    return leads, firms, float(_lands_differ(a, b))


def _places(shared: frozenset[str], rarity: Mapping[str, float], norm: float) -> float:
    rarest = max((rarity.get(p, 1.0) for p in shared), default=0.0)
    return _overlap(shared, rarity, norm) * rarest


def _at_odds(left: frozenset[tuple[str, float]], right: frozenset[tuple[str, float]]) -> bool:
    """Tell whether two texts give amounts of one kind and none that fits."""
    kinds = {kind for kind, _ in left} & {kind for kind, _ in right}
    return bool(kinds) and not any(
        kind == other and abs(n - m) <= ROUNDING * max(n, m) for kind, n in left for other, m in right
    )


def _lead_alone(one: Signals, other: Signals, rarity: Mapping[str, float]) -> float:
    """Return how surely a headline names what another report does not name at all."""
    sure = _mass(one.lead_names - other.names, rarity, "n:", 1.0)
    return min(1.0, sure + 0.5 * _mass(one.lead_words - other.names, rarity, "n:", 1.0))


def _names_apart(a: Signals, b: Signals, rarity: Mapping[str, float]) -> float:
    """Return how surely each of two texts has names of its own that the gazetteer does not know."""
    return min(_mass(a.firm - b.names, rarity, "n:"), _mass(b.firm - a.names, rarity, "n:"))


def _mass(names: frozenset[str], rarity: Mapping[str, float], prefix: str, full: float = _FULL) -> float:
    """Return how much the rare ones of some names weigh together, in [0, 1]."""
    if not names:
        return 0.0
    weights = (rarity.get(prefix + name, 1.0) for name in names)
    return min(full, sum(weight for weight in weights if weight > _RARE)) / full


def share_evidence(a: Signals, b: Signals) -> bool:
    """Tell whether two reports share a name or a number, whatever their languages."""
    return bool(
        a.entities & b.entities
        or (a.firm & b.names)
        or (b.firm & a.names)
        or a.sounds & b.sounds
        or shared_numbers(a.numbers, b.numbers)
    )


def shared_numbers(left: Sequence[float], right: Sequence[float]) -> list[float]:
    """Return the numbers of `left` that `right` has too; large ones within ROUNDING."""
    if not (left and right):
        return []
    large = [m for m in right if m >= LARGE / 2]
    return [
        n
        for n in left
        if n in right or (n >= LARGE and any(abs(n - m) <= ROUNDING * max(n, m) for m in large))
    ]


def _telling(number: float) -> float:
    """Return how much a shared number tells: 4 jets are everywhere, 187 are not."""
    if number >= LARGE:
        return 1.0
    if number <= 10:
        return 0.25
    return 0.5 if len(str(int(number)).rstrip("0")) <= 2 else 1.0


def _overlap(shared: frozenset[str], rarity: Mapping[str, float], norm: float, prefix: str = "") -> float:
    """Return the cosine of two sets, each member weighed by its rarity; `norm` is both norms' product."""
    if not (shared and norm):
        return 0.0
    return sum(rarity.get(prefix + t, 1.0) ** 2 for t in shared) / norm


def _norm(tokens: frozenset[str], rarity: Mapping[str, float], prefix: str = "") -> float:
    return math.sqrt(sum(rarity.get(prefix + t, 1.0) ** 2 for t in tokens))


def _amount(sounds: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Return how much shared sounds weigh, in [0, 1], whatever else there is; short ones count half."""
    shared = sum(rarity.get(f"s:{t}", 1.0) * (0.5 if len(t) == 3 or not t.isupper() else 1.0) for t in sounds)
    return min(shared, _FULL) / _FULL
