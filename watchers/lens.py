"""What an entry is read through: exemplars, watches, gazetteer and model, made ready once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from watchers.errors import KnowledgeError
from watchers.facts.extract import extract
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load as load_gazetteer
from watchers.matching.known import Known
from watchers.matching.match import Watchlist, compile_watches, match
from watchers.relevance.background import load_background
from watchers.relevance.embedder import load_embedder
from watchers.relevance.scorer import Scorer, fit
from watchers.stories.similarity import Closeness, home_countries
from watchers.types import Exemplar, Report, Watch, fact_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.errors import ExpressionError
    from watchers.types import Entry

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LensSpec:
    """What a lens is made of; small, so that it travels to workers. Equal specs give equal lenses."""

    exemplars: tuple[Exemplar, ...]
    watches: tuple[Watch, ...] = ()
    embedder: str = "builtin"
    gazetteer: str = ""  # path of a file with the user's own entities, empty for none


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What does not depend on watches: they change often, and fitting takes a second."""

    finder: Finder
    known: Known
    scorer: Scorer
    closeness: Closeness
    fault: str  # why there is no model although one was wanted, empty if all is well


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Everything that reading an entry needs."""

    knowledge: Knowledge
    watchlist: Watchlist


def build(spec: LensSpec) -> Lens:
    """Make a lens ready: about two seconds with the built-in model, a tenth when only the watches differ.

    A model that cannot be used leaves the mode without one, and `knowledge.fault` says why. Raises
    KnowledgeError for a broken gazetteer or no exemplars.
    """
    knowledge = _knowledge(spec.exemplars, spec.embedder, spec.gazetteer)
    watchlist = compile_watches(spec.watches, knowledge.known, unreadable=_left_out)
    return Lens(knowledge=knowledge, watchlist=watchlist)


def _left_out(watch: Watch, error: ExpressionError) -> None:
    logger.warning("r%s is left out: %s", watch.number, error, extra={"action": "watch_left_out"})


@lru_cache(maxsize=2)
def _knowledge(exemplars: tuple[Exemplar, ...], embedder: str, gazetteer: str) -> Knowledge:
    fault = ""
    try:
        model = load_embedder(embedder)
    except KnowledgeError as error:
        fault = str(error)
        model = None
        logger.warning(
            "The model cannot be used, working without one: %s", error, extra={"action": "model_refused"}
        )
    known = load_gazetteer(Path(gazetteer) if gazetteer else None)
    finder = Finder(known)
    background = load_background()
    scorer = fit(exemplars, embedder=model, finder=finder, gazetteer=known, background=background)
    closeness = Closeness.fit(
        [(line.lang, line.text) for line in background],
        embedder=model,
        finder=finder,
        vectors=scorer.bank.readings.vectors if model else None,
        countries=home_countries(known),
    )
    return Knowledge(
        finder=finder, known=Known(known, finder), scorer=scorer, closeness=closeness, fault=fault
    )


def read(entries: Sequence[Entry], lens: Lens) -> tuple[Report, ...]:
    """Understand a batch of entries, in their order: match, score, extract. Vectors are made in one call."""
    finder = lens.knowledge.finder
    mentions = tuple(finder.find(entry.text, entry.lang) for entry in entries)
    scored = lens.knowledge.scorer.score(entries, mentions)
    return tuple(
        Report(
            entry=entry,
            matches=match(entry, lens.watchlist),
            relevance=relevance,
            facts=extract(fact_text(entry), lang=entry.lang, published=entry.day, finder=finder),
            mentions=named,
            vector=vector,
        )
        for entry, named, (relevance, vector) in zip(entries, mentions, scored, strict=True)
    )


@lru_cache(maxsize=2)
def _lens(spec: LensSpec) -> Lens:
    return build(spec)


def read_batch(spec: LensSpec, entries: tuple[Entry, ...]) -> tuple[Report, ...]:
    """Do `read` in a worker process, which keeps the lens it made for a spec."""
    return read(entries, _lens(spec))


def closeness_of(spec: LensSpec) -> tuple[Closeness, str]:
    """Return what judges how close reports are, and the model's fault, made in a worker process."""
    lens = _lens(spec)
    return lens.knowledge.closeness, lens.knowledge.fault
