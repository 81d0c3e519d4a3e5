"""What an entry is read through: exemplars, watches, gazetteer and model, made ready once."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from watchers.errors import KnowledgeError
from watchers.facts.extract import extract
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load as load_gazetteer
from watchers.matching.known import Known
from watchers.matching.match import Watchlist, compile_watches, match
from watchers.relevance.background import load_background
from watchers.relevance.bank import Bank, Readings, make_bank, readings
from watchers.relevance.embedder import load_embedder
from watchers.relevance.promotion import promotions
from watchers.relevance.scorer import Scorer, fit_on, read_entries
from watchers.stories.similarity import Closeness, home_countries
from watchers.types import Exemplar, Relevance, Report, View, Watch, fact_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.errors import ExpressionError
    from watchers.gazetteer.entities import Gazetteer
    from watchers.lens_spec import LensSpec
    from watchers.relevance.embedder import Embedder
    from watchers.types import Entry, Fact, Mention

logger = logging.getLogger(__name__)

BEATS = 64  # scorers kept beside the shared one, 2 MB each
# Seconds for which a reader goes without a model that could not be had; then it asks again, which takes 40 s
# at most, where an endpoint is silent.
WITHOUT_FOR: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What does not depend on watches: they change often, and fitting takes a second."""

    finder: Finder
    known: Known
    scorer: Scorer  # of the shared exemplars
    ground: Bank  # the bank that every scorer is made on
    closeness: Closeness
    fault: str  # why there is no model although one was wanted, empty if all is well
    until: float = math.inf  # when to try again, by the steady counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Everything that reading an entry needs."""

    knowledge: Knowledge
    watchlist: Watchlist
    scorers: tuple[tuple[str, Scorer], ...] = ()  # by the beat's key


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What a text says: facts by the offsets of `fact_text`, names by those of the entry's `text`."""

    entry: Entry
    facts: tuple[Fact, ...]
    mentions: tuple[Mention, ...]


def build(spec: LensSpec) -> Lens:
    """Make a lens ready: about two seconds with the built-in model, a tenth when only the watches differ.

    A model that cannot be used leaves the mode without one, and `knowledge.fault` says why. Raises
    KnowledgeError for a broken gazetteer or no exemplars.
    """
    knowledge = _knowledge(spec.exemplars, spec.embedder, spec.gazetteer, spec.cache)
    watchlist = compile_watches(spec.watches, knowledge.known, unreadable=_left_out)
    scorers = tuple((beat.key, _scorer(spec, beat.exemplars)) for beat in spec.beats)
    return Lens(knowledge=knowledge, watchlist=watchlist, scorers=scorers)


def _scorer(spec: LensSpec, exemplars: tuple[Exemplar, ...]) -> Scorer:
    return _beat_scorer(exemplars, spec.exemplars, spec.embedder, spec.gazetteer, spec.cache)


@lru_cache(maxsize=BEATS)
def _beat_scorer(
    exemplars: tuple[Exemplar, ...], shared: tuple[Exemplar, ...], embedder: str, gazetteer: str, cache: str
) -> Scorer:
    """Return a scorer for other exemplars on the shared one's bank, so that a text is read once for all."""
    return fit_on(_knowledge(shared, embedder, gazetteer, cache).ground, exemplars)


def _left_out(watch: Watch, error: ExpressionError) -> None:
    logger.warning("r%s is left out: %s", watch.number, error, extra={"action": "watch_left_out"})


@lru_cache(maxsize=2)
def _knowledge(exemplars: tuple[Exemplar, ...], embedder: str, gazetteer: str, cache: str) -> Knowledge:
    known = load_gazetteer(Path(gazetteer) if gazetteer else None)
    finder = Finder(known)
    folder = Path(cache) if cache else None
    try:
        return _fitted(exemplars, load_embedder(embedder), known, finder, folder, fault="")
    except KnowledgeError as error:
        if embedder == "none":
            raise
        logger.warning(
            "The model cannot be used, working without one: %s", error, extra={"action": "model_refused"}
        )
        fitted = _fitted(exemplars, None, known, finder, None, fault=str(error))
        return replace(fitted, until=time.monotonic() + WITHOUT_FOR)


def _fitted(
    exemplars: tuple[Exemplar, ...],
    model: Embedder | None,
    known: Gazetteer,
    finder: Finder,
    folder: Path | None,
    *,
    fault: str,
) -> Knowledge:
    """Fit everything with one model. Raises KnowledgeError when it gives out, or without a good exemplar."""
    background = load_background()
    ground = make_bank(background, embedder=model, finder=finder, gazetteer=known, cache=folder)
    scorer = fit_on(ground, exemplars)
    closeness = Closeness.fit(
        [(line.lang, line.text) for line in background],
        embedder=model,
        finder=finder,
        vectors=ground.readings.vectors if model else None,
        countries=home_countries(known),
    )
    return Knowledge(
        finder=finder,
        known=Known(known, finder),
        scorer=scorer,
        ground=ground,
        closeness=closeness,
        fault=fault,
    )


def read(entries: Sequence[Entry], lens: Lens) -> tuple[Report, ...]:
    """Understand a batch of entries, in their order: score, extract, match. Vectors are made in one call."""
    finder = lens.knowledge.finder
    mentions = tuple(finder.find(entry.text, entry.lang) for entry in entries)
    texts = read_entries(lens.knowledge.ground, entries, mentions)
    scored = lens.knowledge.scorer.judge(texts)
    vectors = texts.vectors if lens.knowledge.ground.embedder else (None,) * len(entries)
    views = [[View(beat=key, relevance=r) for r in scorer.judge(texts)] for key, scorer in lens.scorers]
    facts = [
        extract(fact_text(entry), lang=entry.lang, published=entry.day, finder=finder) for entry in entries
    ]
    return tuple(
        Report(
            entry=entry,
            matches=match(entry, lens.watchlist, facts[i]),
            relevance=relevance,
            facts=facts[i],
            mentions=named,
            views=tuple(seen[i] for seen in views),
            vector=vectors[i],
        )
        for i, (entry, named, relevance) in enumerate(zip(entries, mentions, scored, strict=True))
    )


def read_facts(spec: LensSpec, entries: tuple[Entry, ...]) -> tuple[Gist, ...]:
    """Return what texts say, in their order, without relevance or vectors; in a worker process."""
    finder = _lens(spec).knowledge.finder
    return tuple(
        Gist(
            entry=entry,
            facts=extract(fact_text(entry), lang=entry.lang, published=entry.day, finder=finder),
            mentions=finder.find(entry.text, entry.lang),
        )
        for entry in entries
    )


def finder_of(spec: LensSpec) -> Finder:
    """Return what finds known names, of the lens that a worker process made for a spec."""
    return _lens(spec).knowledge.finder


def _lens(spec: LensSpec) -> Lens:
    """Return the lens that is kept for a spec; one without its model is made anew after a while."""
    lens = _kept(spec)
    if time.monotonic() >= lens.knowledge.until:
        for cached in (_kept, _beat_scorer, _knowledge):
            cached.cache_clear()
        lens = _kept(spec)
    return lens


@lru_cache(maxsize=2)
def _kept(spec: LensSpec) -> Lens:
    return build(spec)


def read_batch(spec: LensSpec, entries: tuple[Entry, ...]) -> tuple[Report, ...]:
    """Do `read` in a worker process, which keeps the lens it made for a spec."""
    try:
        return read(entries, _lens(spec))
    except KnowledgeError as error:  # an endpoint that answered at the start and does not now
        if spec.embedder == "none":
            raise
        logger.warning("These are read without the model: %s", error, extra={"action": "model_refused"})
        return read(entries, _lens(replace(spec, embedder="none", cache="")))


def closeness_of(spec: LensSpec) -> tuple[Closeness, str]:
    """Return what judges how close reports are, and the model's fault, made in a worker process."""
    lens = _lens(spec)
    return lens.knowledge.closeness, lens.knowledge.fault


def judge_again(
    spec: LensSpec, exemplars: tuple[Exemplar, ...], reports: Sequence[Report]
) -> tuple[Relevance, ...]:
    """Return what the relevance of reports would be by other exemplars, in a worker process.

    What was read of them is used again; only what was read without a model, or with another one, is read
    anew. Raises KnowledgeError without a good exemplar.
    """
    ground = _lens(spec).knowledge.ground
    return _scorer(spec, exemplars).judge(_read_before(ground, reports))


def _read_before(ground: Bank, reports: Sequence[Report]) -> Readings:
    texts = [report.entry.text for report in reports]
    model = ground.embedder
    vectors = np.zeros((len(reports), model.dim if model else 0), dtype=np.float32)
    if model is not None:
        known = [r.vector if r.relevance.model == model.id else None for r in reports]
        missing = [i for i, vector in enumerate(known) if vector is None]
        if missing:
            vectors[missing] = model.encode([texts[i] for i in missing])
        for i, vector in enumerate(known):
            if vector is not None:
                vectors[i] = vector
    read = readings(
        ground, texts, [r.entry.lang for r in reports], [r.mentions for r in reports], vectors=vectors
    )
    return replace(read, promoted=promotions([r.entry for r in reports], read.stuffed))
