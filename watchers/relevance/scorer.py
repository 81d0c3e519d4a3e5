"""Score entries against exemplars: fit once, then read batches."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from watchers.errors import KnowledgeError
from watchers.relevance.background import Line, load_background
from watchers.relevance.bank import Bank, Readings, make_bank, read_texts, readings, with_lines
from watchers.relevance.dense import Space, dense_columns, make_space
from watchers.relevance.doings import speaking
from watchers.relevance.explain import reasons
from watchers.relevance.features import DENSE, FEATURES, evident, on_subject, term_columns
from watchers.relevance.model import PRIOR_SHIFT, VERSION, Model, fit_weights, sigmoid
from watchers.relevance.profile import Profile, build_profile, terms_of
from watchers.relevance.promotion import NONE, promotions, with_promotion
from watchers.types import Neighbour, Relevance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from watchers.gazetteer.entities import Gazetteer
    from watchers.relevance.bank import NameFinder
    from watchers.relevance.embedder import Embedder
    from watchers.relevance.profile import Terms
    from watchers.types import Entry, Exemplar, Mention, Vector

SHOWN_NEIGHBOURS = 3
DEFENCE_TARGET = 0.1  # ordinary defence news is a little nearer to what is wanted than a football match
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’]?\s+|(?<=[。！？])|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """A fitted model with all it needs to judge an entry; safe to use from several threads."""

    id: str
    bank: Bank
    profile: Profile
    space: Space | None
    model: Model
    sentences: tuple[tuple[str, str], ...]  # (exemplar's key, sentence), in the order of the space's seeds

    def score(
        self, batch: Sequence[Entry], mentions: Sequence[tuple[Mention, ...]]
    ) -> tuple[tuple[Relevance, Vector | None], ...]:
        """Judge entries by title and summary; `mentions` are what the finder found in `entry.text`.

        The vector is None without a model. The reasons' contributions add up to the score's log-odds.
        """
        read = read_entries(self.bank, batch, mentions)
        vectors = read.vectors if self.bank.embedder else [None] * len(batch)
        return tuple(zip(self.judge(read), vectors, strict=True))

    def judge(self, read: Readings) -> tuple[Relevance, ...]:
        """Judge texts that were read on this scorer's bank, or on the one that it was made from."""
        if not read.texts:
            return ()
        rows = _rows(read, self.profile, self.space, self.bank.gazetteer)
        return tuple(self._relevance(read, rows[i], i) for i in range(len(read.texts)))

    def _relevance(self, read: Readings, row: NDArray[np.float64], index: int) -> Relevance:
        parts = self.model.contributions(row)
        base = self.model.bias + PRIOR_SHIFT
        promotion = read.promoted[index] if read.promoted else NONE
        logit = float(parts.sum()) + promotion.contribution + base
        evidence = evident(read, index, self.profile, self.bank.gazetteer)
        return Relevance(
            score=float(sigmoid(np.array(logit))),
            reasons=with_promotion(reasons(parts, base, dense=self.space is not None), promotion),
            evidence=tuple(self._name(term) for term in evidence),
            nearest=self._nearest(read.vectors[index]),
            model=self.bank.embedder.id if self.bank.embedder else "none",
            promotion=promotion.sentences,
        )

    def _nearest(self, vector: NDArray[np.float32]) -> tuple[Neighbour, ...]:
        if self.space is None:
            return ()
        similarity = self.space.seeds @ vector
        best = np.argsort(-similarity, kind="stable")[:SHOWN_NEIGHBOURS]
        return tuple(
            Neighbour(
                exemplar=self.sentences[i][0], sentence=self.sentences[i][1], similarity=float(similarity[i])
            )
            for i in best
        )

    def _name(self, term: str) -> str:
        entity = self.bank.gazetteer.entities.get(term)
        return entity.name if entity else term.partition(":")[2]


def read_entries(bank: Bank, batch: Sequence[Entry], mentions: Sequence[tuple[Mention, ...]]) -> Readings:
    """Read title and summary of entries once, for every scorer of the bank."""
    texts = [entry.text for entry in batch]
    vectors = bank.embedder.encode(texts) if bank.embedder and texts else None
    read = readings(
        bank,
        texts,
        [entry.lang for entry in batch],
        mentions,
        vectors=np.zeros((len(texts), 0), dtype=np.float32) if vectors is None else vectors,
    )
    return replace(read, promoted=promotions(batch, read.stuffed))


def fit(
    exemplars: Sequence[Exemplar],
    *,
    embedder: Embedder | None,
    finder: NameFinder,
    gazetteer: Gazetteer,
    background: Sequence[Line] | None = None,
    cache: Path | None = None,
) -> Scorer:
    """Make a scorer from exemplars; `background` None means the bank that is shipped.

    Deterministic. `cache` is a folder where vectors of exemplars and background are kept. Raises
    KnowledgeError without a good exemplar.
    """
    lines = load_background() if background is None else tuple(background)
    bank = make_bank(lines, embedder=embedder, finder=finder, gazetteer=gazetteer, cache=cache)
    return fit_on(bank, exemplars)


def fit_on(bank: Bank, exemplars: Sequence[Exemplar]) -> Scorer:
    """Make a scorer on a bank that several share. Bad exemplars join the background of their language.

    Raises KnowledgeError without a good exemplar.
    """
    good = [e for e in exemplars if e.good]
    if not good:
        raise KnowledgeError("Relevance needs at least one good exemplar.")
    bank = with_lines(
        bank, [Line(text=s, lang=e.lang, kind="lookalike") for e in exemplars for s in _shunned(e)]
    )
    parts = _parts(good)
    flat = [(number, key, lang, text) for number, (key, lang, found) in enumerate(parts) for text in found]
    seeds = read_texts(bank, [f[3] for f in flat], [f[2] for f in flat])
    owners = [f[0] for f in flat]
    whole = _sentence_terms(bank, parts)
    ordinary = [d for d, line in zip(bank.readings.doings, bank.lines, strict=True) if line.kind == "defence"]
    doings = speaking(seeds.doings, ordinary)
    profile = build_profile(whole, bank.readings.terms, bank.known, bank.gazetteer, doings=doings)
    lines, background = _off_subject(bank, profile)
    space = (
        make_space(seeds.vectors, owners, background.vectors, lines, bent=bank.bent)
        if bank.bent is not None
        else None
    )
    windows, window_owners = _windows(bank, parts)
    wanted = _window_rows(windows, window_owners, whole, bank, space, doings=doings, wide=profile.wide)
    unwanted = _rows(background, profile, space, bank.gazetteer, without_lines=range(len(lines)))
    targets = [1.0] * len(wanted) + [DEFENCE_TARGET if line.kind == "defence" else 0.0 for line in lines]
    return Scorer(
        id=_id(bank, exemplars),
        bank=bank,
        profile=profile,
        space=space,
        model=fit_weights(np.vstack([wanted, unwanted]), targets),
        sentences=tuple((f[1], f[3]) for f in flat),
    )


class _Part(NamedTuple):
    """A text that others are held against."""

    key: str
    lang: str
    sentences: tuple[str, ...]


def _parts(good: Sequence[Exemplar]) -> list[_Part]:
    """Return the sentences of each exemplar; a single one is judged by its own other half."""
    parts = [_Part(e.key, e.lang, sentences(e.text)) for e in good]
    if len(parts) > 1:
        return parts
    key, lang, found = parts[0]
    half = (len(found) + 1) // 2
    return [_Part(key, lang, found[:half]), _Part(key, lang, found[half:] or found[:half])]


def _shunned(exemplar: Exemplar) -> tuple[str, ...]:
    return () if exemplar.good else sentences(exemplar.text)


def sentences(text: str) -> tuple[str, ...]:
    """Cut an exemplar into sentences; headings and lines are sentences too."""
    found = (piece.strip(" -•\t") for piece in _SENTENCE_END.split(text) if piece)
    return tuple(piece for piece in found if len(piece) > 2) or (text,)


def _rows(
    read: Readings,
    profile: Profile,
    space: Space | None,
    gazetteer: Gazetteer,
    *,
    without_seeds: Sequence[int] | None = None,
    without_lines: Sequence[int] | None = None,
) -> NDArray[np.float64]:
    rows = np.zeros((len(read.texts), len(FEATURES)))
    if space is not None:
        rows[:, : len(DENSE)] = dense_columns(
            space, read.vectors, read.langs, without_seeds=without_seeds, without_lines=without_lines
        )
    dense = rows[:, : len(DENSE)] if space is not None else None
    rows[:, len(DENSE) :] = term_columns(read, profile, gazetteer, dense)
    return rows


def _sentence_terms(bank: Bank, parts: Sequence[_Part]) -> list[list[Terms]]:
    return [
        [terms_of(bank.finder.find(sentence, lang), bank.known) for sentence in found]
        for _, lang, found in parts
    ]


def _off_subject(bank: Bank, profile: Profile) -> tuple[tuple[Line, ...], Readings]:
    """Leave out background lines that tell of the exemplars' own subject: they are no background for it."""
    old = bank.readings
    on_it = on_subject(old, profile, bank.gazetteer)
    keep = [i for i in range(len(bank.lines)) if not on_it[i]]
    left = Readings(
        texts=tuple(old.texts[i] for i in keep),
        langs=tuple(old.langs[i] for i in keep),
        terms=tuple(old.terms[i] for i in keep),
        cues=tuple(old.cues[i] for i in keep),
        doings=tuple(old.doings[i] for i in keep),
        stuffed=tuple(old.stuffed[i] for i in keep),
        vectors=old.vectors[keep],
    )
    return tuple(bank.lines[i] for i in keep), left


def _windows(bank: Bank, parts: Sequence[_Part]) -> tuple[Readings, list[int]]:
    """Return every two sentences in a row of each exemplar, and whose they are."""
    texts, langs, owners = [], [], []
    for number, (_, lang, found) in enumerate(parts):
        for i in range(max(len(found) - 1, 1)):
            texts.append("\n".join(found[i : i + 2]))
            langs.append(lang)
            owners.append(number)
    return read_texts(bank, texts, langs), owners


def _window_rows(
    windows: Readings,
    owners: Sequence[int],
    whole: Sequence[Sequence[Terms]],
    bank: Bank,
    space: Space | None,
    *,
    doings: Mapping[str, float],
    wide: float,
) -> NDArray[np.float64]:
    """Judge windows by the other exemplars only; otherwise each would be like itself."""
    rows = np.zeros((len(owners), len(FEATURES)))
    for number in sorted(set(owners)):
        rest = [terms for i, terms in enumerate(whole) if i != number]
        others = build_profile(rest, bank.readings.terms, bank.known, bank.gazetteer, doings=doings)
        others = replace(others, wide=wide)  # what all of them tell together
        own = [i for i, owner in enumerate(owners) if owner == number]
        rows[own] = _rows(windows, others, space, bank.gazetteer, without_seeds=owners)[own]
    return rows


def _id(bank: Bank, exemplars: Sequence[Exemplar]) -> str:
    digest = hashlib.sha256(f"{VERSION}\0{bank.embedder.id if bank.embedder else 'none'}".encode())
    for line in bank.lines:
        digest.update(f"\0{line.lang}\0{line.kind}\0{line.text}".encode("utf-8", "replace"))
    for key in sorted(e.key for e in exemplars):
        digest.update(f"\0{key}".encode())
    digest.update(repr(bank.lexicon).encode("utf-8", "replace"))
    for entity_id in sorted(bank.gazetteer.entities):
        digest.update(repr(bank.gazetteer.entities[entity_id]).encode("utf-8", "replace"))
    return f"relevance-{VERSION}-{digest.hexdigest()[:12]}"
