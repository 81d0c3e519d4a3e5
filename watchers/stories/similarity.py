"""How likely two reports tell of one event: meaning, names, numbers, acts and time, weighed together."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import numpy as np

from watchers.languages import READ_LANGUAGES
from watchers.stories.evidence import norms_of, share_evidence, weigh
from watchers.stories.names import stem
from watchers.stories.near import grams, headline, sketch
from watchers.stories.outlets import outlet_key
from watchers.stories.signals import MAX_CHARACTERS, Signals, read_signals
from watchers.stories.weights import WITH_MEANING, WITHOUT_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from watchers.gazetteer.entities import Gazetteer
    from watchers.stories.evidence import Evidence, Norms
    from watchers.stories.near import Grams
    from watchers.types import Mention, Report, Vector

HOMED = frozenset(
    {"loc", "org", "per"}
)  # kinds whose country is a report's place; an aircraft flies anywhere
MAX_OUTLET = 200  # characters of an outlet's name


class Encoder(Protocol):
    """What makes vectors of texts: float32, L2-normalised, a row a text."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text."""
        ...


class NameFinder(Protocol):
    """What finds the gazetteer's names."""

    def find(self, text: str, lang: str) -> tuple[Mention, ...]:
        """Return the names in a text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report made ready for comparison. `days` is its time in days since the epoch."""

    report: Report
    signals: Signals
    norms: Norms
    vector: Vector | None  # its language's mean removed, L2-normalised
    days: float
    grams: Grams
    sketch: frozenset[int]  # of the grams
    outlet: str  # its key, see outlets.py
    usual: frozenset[str] = frozenset()  # tokens left out, see `without`
    headline: str  # its letters, empty if it is too short to tell an event


class Closeness:
    """Compare reports, by what is rare in a background of ordinary news. Safe to share: it never changes."""

    def __init__(
        self, *, rarity: Mapping[str, float], means: Mapping[str, Vector], countries: Mapping[str, str]
    ) -> None:
        self._countries = dict(countries)  # what travels between processes is plain
        self._rarity = rarity
        self._means = means

    @classmethod
    def fit(
        cls,
        background: Iterable[tuple[str, str]],
        *,
        embedder: Encoder | None,
        finder: NameFinder | None,
        vectors: NDArray[np.float32] | None = None,
        countries: Mapping[str, str] = MappingProxyType({}),
    ) -> Closeness:
        """Learn from background texts, each (language, text), what is common; a second for some 600 texts.

        `vectors` are the texts' own where the caller has them already; then the embedder is not asked.
        `countries` gives a town's country, see `home_countries`.
        """
        texts = tuple(background)
        if vectors is None and embedder is not None and texts:
            vectors = embedder.encode([text for _, text in texts])
        seen: Counter[str] = Counter()
        for lang, text in texts:
            mentions = finder.find(text, lang) if finder else ()
            signals = read_signals(text, lang, mentions=mentions, countries=countries)
            # A word that is ever written small is no rare name where a headline begins with it.
            seen.update(f"a:{act}" for act in signals.acts)
            seen.update({*_tokens(signals), *(f"n:{stem(word)}" for word in signals.words)})
        sizes = Counter(lang for lang, _ in texts)
        rarity = {token: _rarity(count, _size(token, sizes, len(texts))) for token, count in seen.items()}
        return cls(rarity=rarity, means=_means(texts, vectors), countries=countries)

    def read(self, report: Report) -> Reading:
        """Make a report ready; about 0.5 ms."""
        entry = report.entry
        text = entry.text[:MAX_CHARACTERS]
        signals = read_signals(
            text,
            entry.lang,
            published=entry.when.date(),
            mentions=report.mentions,
            facts=report.facts,
            countries=self._countries,
        )
        # A headline that ends in its outlet's name would be like every other of that outlet's.
        carried = _carried(entry.outlet[:MAX_OUTLET], entry.lang)
        own = dataclasses.replace(
            signals,
            names=signals.names - carried.names,
            firm=signals.firm - carried.names,
            sounds=signals.sounds - carried.sounds,
            lead_names=signals.lead_names - carried.names,
            lead_words=signals.lead_words - carried.names,
            words=signals.words - carried.words,
        )
        runs = grams(text)
        return Reading(
            report=report,
            signals=own,
            norms=norms_of(own, self._rarity),
            vector=self._centred(report.vector, entry.lang),
            days=entry.when.timestamp() / 86_400,
            grams=runs,
            sketch=sketch(runs),
            outlet=outlet_key(entry.outlet),
            headline=headline(entry.title),
        )

    def without(self, reading: Reading, is_usual: Callable[[str], bool]) -> Reading:
        """Leave out the names whose tokens `is_usual` finds to tell no event from another at the time."""
        own = reading.signals
        names = {n for n in own.names | own.lead_words if is_usual(f"n:{n}")}
        sounds = {s for s in own.sounds if is_usual(f"s:{s}")}
        known = {e for e in own.entities if is_usual(e)}
        if not (names or sounds or known):
            return reading
        rest = dataclasses.replace(
            own,
            names=own.names - names,
            firm=own.firm - names,
            sounds=own.sounds - sounds,
            entities=own.entities - known,
            lead_names=own.lead_names - names,
            lead_words=own.lead_words - names,
            lead_known=own.lead_known - known,
        )
        return dataclasses.replace(
            reading,
            signals=rest,
            norms=norms_of(rest, self._rarity),
            usual=frozenset(self.tokens(own)) - frozenset(self.tokens(rest)),
        )

    def probability(self, left: Report, right: Report) -> float:
        """Return how likely two reports tell of one event, in [0, 1]; .5 is even odds."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.log_odds(self.read(left), self.read(right))))))

    def log_odds(self, left: Reading, right: Reading) -> float:
        """Return the log-odds that two readings tell of one event."""
        evidence = self.evidence(left, right)
        if evidence is None:
            return -math.inf
        weights = WITHOUT_MODEL if left.vector is None or right.vector is None else WITH_MEANING
        return float(sum(map(mul, weights, evidence)))

    def evidence(self, left: Reading, right: Reading) -> Evidence | None:
        """Return what speaks for and against; None if a language we cannot read shares no name or number."""
        a, b = left.signals, right.signals
        if not ({a.lang, b.lang} <= READ_LANGUAGES or share_evidence(a, b)):
            return None
        meaning = _cosine(left.vector, right.vector)
        return weigh(
            (a, left.norms),
            (b, right.norms),
            meaning=meaning,
            apart=abs(left.days - right.days),
            rarity=self._rarity,
            same_outlet=bool(left.outlet) and left.outlet == right.outlet,
        )

    def rarity(self, token: str) -> float:
        """Return how rare a token is, in [0, 1]; 1 for one that the background never has."""
        return self._rarity.get(token, 1.0)

    def tokens(self, signals: Signals) -> tuple[str, ...]:
        """Return what a report can be looked up by."""
        return tuple(_tokens(signals))

    def _centred(self, vector: Vector | None, lang: str) -> Vector | None:
        mean = self._means.get(lang, self._means.get("*"))
        if vector is None or (mean is not None and mean.shape != vector.shape):
            return None
        moved = vector if mean is None else vector - mean
        length = float(np.linalg.norm(moved))
        return (moved / length).astype(np.float32) if length > 0 else None


@lru_cache(maxsize=4_096)
def _carried(outlet: str, lang: str) -> Signals:
    return read_signals(outlet, lang)


def home_countries(gazetteer: Gazetteer) -> dict[str, str]:
    """Return the country of each town, body and person, as in {"loc:ankara": "loc:TR"}."""
    return {
        entity.id: f"loc:{entity.country}"
        for entity in gazetteer.entities.values()
        if entity.kind in HOMED and entity.country
    }


def _tokens(signals: Signals) -> Iterable[str]:
    yield from signals.entities | signals.concepts | signals.places
    yield from (f"n:{name}" for name in signals.names)
    yield from (f"s:{sound}" for sound in signals.sounds)
    yield from (f"{signals.lang}:{word}" for word in signals.words)
    yield from {f"#{number:.1e}" for number in signals.numbers if number > 10}


def _size(token: str, sizes: Mapping[str, int], total: int) -> int:
    return sizes.get(token[:2], total) if token[2:3] == ":" else total


def _rarity(count: int, size: int) -> float:
    """Return the inverse document frequency as a share of the largest possible one."""
    return max(0.0, math.log((size + 1) / (count + 0.5)) / math.log(2 * (size + 1)))


def _means(texts: Sequence[tuple[str, str]], vectors: NDArray[np.float32] | None) -> dict[str, Vector]:
    if vectors is None or not len(vectors):
        return {}
    means: dict[str, Vector] = {"*": vectors.mean(axis=0)}
    for lang in {lang for lang, _ in texts}:
        rows = [row for row, (of, _) in enumerate(texts) if of == lang]
        means[lang] = vectors[rows].mean(axis=0)
    return means


def _cosine(left: Vector | None, right: Vector | None) -> float | None:
    if left is None or right is None or left.shape != right.shape:
        return None
    return float(left @ right)
