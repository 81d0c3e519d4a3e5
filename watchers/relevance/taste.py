"""What a channel's votes teach: a bounded shift of all its scores, and a pull towards what it voted for.

Log-odds after votes = log-odds before + b + c k(x)'(K + R I)^-1 (y - p), with p the scores of the voted
articles after the shift b. Two articles are alike (k) by their vectors, by the signs that the scorer saw in
them, and by what they name. Nothing is trained from scratch: without votes nothing changes, and votes that
agree with the scorer hardly change anything. The form is that of understanding.md section 3; the likeness by
signs and names and the choice of c are our own and measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from watchers.relevance.explain import BASE
from watchers.relevance.model import sigmoid
from watchers.relevance.profile import terms_of
from watchers.types import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from watchers.relevance.kinship import Kinship
    from watchers.types import Mention, Relevance, Vector

    Numbers = NDArray[np.float64]

VOTES = "votes"  # the feature's name among a score's reasons
KEPT = 400  # labels, the newest; understanding.md section 3
MAX_SHIFT = 1.5  # log-odds; votes come from alerts and doubtful items, and an unbounded shift kills recall
# 1 / variance of the shift before any vote. The source has .5; with it the Brier score of readers who agree
# with the scorer rose from .063 to .077 after five votes (the worst of 14 runs .100), with 4 to .072 (.087),
# and other readers lost nothing.
SHIFT_PRECISION = 4.0
RIDGE = 0.5  # the source's
# Log-odds a unit of what is left over. 4 serves readers who agree with the scorer, 8 those who do not; the
# mean by leave-one-out likelihood serves both. AP after 20 votes of readers who want grade 2 up and grade 3
# only: 4 gives .968 and .863, 8 gives .962 and .898, the mean .967 and .876, and with likeness by names .968
# and .906. With 12 single runs fell to .60.
PULLS = (2.0, 4.0, 8.0)
# Log-odds of difference in the scorer's signs at which two articles are hardly alike; from 1.0 to 2.0 AP
# after 20 votes moves by .02 in both directions, by set.
SIGN_WIDTH = 1.4
MAX_LOGIT = 60.0  # where the logistic function stands still
SHOWN_LABELS = 3
NEWTON_STEPS = 30
_WORDS = {
    (True, True): "this channel's votes ask for more of everything",
    (True, False): "this channel's votes ask for less of everything",
    (False, True): "like articles this channel voted for",
    (False, False): "like articles this channel voted against",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One article a channel voted on.

    `logit` and `signs` (feature, log-odds) are what the channel's scorer says without votes: score the
    article anew when exemplars or model change. `wanted` is the share of its votes that are up, in [0, 1].
    """

    key: str
    title: str
    logit: float
    vector: Vector | None = field(default=None, compare=False, repr=False)
    wanted: float
    signs: tuple[tuple[str, float], ...] = ()
    terms: frozenset[str] = frozenset()


def label(
    key: str, title: str, relevance: Relevance, vector: Vector | None, terms: frozenset[str], *, wanted: float
) -> Label:
    """Return the label of an article whose relevance without votes is known."""
    told = _told(relevance)
    return Label(
        key=key,
        title=title,
        logit=_sum(told),
        vector=vector,
        wanted=wanted,
        signs=tuple((reason.feature, reason.contribution) for reason in told if reason.feature != BASE),
        terms=terms,
    )


def terms_named(mentions: Sequence[Mention], known: Kinship) -> frozenset[str]:
    """Return what an article names and what follows from it, free of language: what labels are alike by."""
    return frozenset(terms_of(mentions, known))


def uncertainty(relevance: Relevance) -> float:
    """Return how open a score is, in [0, 1]: 1 at even odds. The most uncertain is worth asking about."""
    return 1.0 - abs(2.0 * relevance.score - 1.0)


class _Traits(NamedTuple):
    """Articles as the kernel sees them, a row an article."""

    vectors: Numbers  # unit length, all 0 for one without a vector
    signs: Numbers
    terms: Numbers  # 1 where an article has a term
    sizes: Numbers  # how many terms it has, those without a column too


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Taste:
    """What the labels teach, in log-odds. The same labels, in any order, give the same taste."""

    labels: tuple[Label, ...]
    shift: float
    features: tuple[str, ...]  # names of the signs' columns
    vocabulary: Mapping[str, int]  # columns of the terms
    traits: _Traits
    weights: Numbers  # of each label, c included

    def adjust(
        self, relevance: Relevance, vector: Vector | None, terms: frozenset[str] = frozenset()
    ) -> Relevance:
        """Return relevance after votes, with one reason more. Evidence stays, for votes change no text.

        Without labels it is the very same object. The contributions add up to the new score's log-odds.
        """
        if not self.labels:
            return relevance
        told = _told(relevance)
        pull = float(self._pulls(told, vector, terms).sum())
        moved = self.shift + pull
        words = _WORDS[abs(self.shift) >= abs(pull), moved >= 0]
        reasons = _with(told, Reason(feature=VOTES, contribution=moved, words=words))
        return replace(relevance, score=float(sigmoid(np.array(_sum(reasons)))), reasons=reasons)

    def nearest(
        self, relevance: Relevance, vector: Vector | None, terms: frozenset[str] = frozenset()
    ) -> tuple[tuple[Label, float], ...]:
        """Return the labels that moved this article's score most and by how much log-odds, at most three."""
        pulls = self._pulls(_told(relevance), vector, terms)
        order = sorted(range(len(self.labels)), key=lambda i: (-abs(pulls[i]), self.labels[i].key))
        return tuple((self.labels[i], float(pulls[i])) for i in order[:SHOWN_LABELS])

    def _pulls(self, told: Sequence[Reason], vector: Vector | None, terms: frozenset[str]) -> Numbers:
        signs = {reason.feature: reason.contribution for reason in told}
        own = _traits(
            [vector],
            [signs],
            [terms],
            dim=self.traits.vectors.shape[1],
            features=self.features,
            vocabulary=self.vocabulary,
        )
        return np.asarray(_likeness(own, self.traits)[0] * self.weights, dtype=np.float64)


def learn(labels: Sequence[Label]) -> Taste:
    """Return what labels, oldest first, teach. Of two on one article the later counts, and the newest KEPT.

    Takes 60 ms for 400. Numbers that are none count as 0, in `wanted` as undecided.
    """
    newest: dict[str, Label] = {}
    for one in reversed(labels):
        newest.setdefault(one.key, one)
    kept = tuple(sorted(list(newest.values())[:KEPT], key=lambda one: one.key))
    signs = [dict(one.signs) for one in kept]
    features = tuple(sorted({name for found in signs for name in found} - {BASE, VOTES}))
    vocabulary = {term: i for i, term in enumerate(sorted({t for one in kept for t in one.terms}))}
    dim = max((one.vector.size for one in kept if one.vector is not None), default=0)
    traits = _traits(
        [one.vector for one in kept],
        signs,
        [one.terms for one in kept],
        dim=dim,
        features=features,
        vocabulary=vocabulary,
    )
    logits = np.array([_finite(one.logit, 0.0, MAX_LOGIT) for one in kept])
    wanted = np.array([max(_finite(one.wanted, 0.5, 1.0), 0.0) for one in kept])
    shift = _shift(logits, wanted)
    return Taste(
        labels=kept,
        shift=shift,
        features=features,
        vocabulary=vocabulary,
        traits=traits,
        weights=_weights(_likeness(traits, traits), logits + shift, wanted),
    )


def _shift(logits: Numbers, wanted: Numbers) -> float:
    """Return the most likely shift, by Newton's method on a concave function, within its bounds."""
    shift = 0.0
    for _ in range(NEWTON_STEPS):
        p = sigmoid(logits + shift)
        slope = float((wanted - p).sum()) - SHIFT_PRECISION * shift
        step = slope / (float((p * (1 - p)).sum()) + SHIFT_PRECISION)
        shift += min(max(step, -1.0), 1.0)  # a full step from afar leaps over the top
    return min(max(shift, -MAX_SHIFT), MAX_SHIFT)


def _weights(likeness: Numbers, logits: Numbers, wanted: Numbers) -> Numbers:
    """Return what each label pulls a wholly like article by: the ridge's residuals, times the pull."""
    if not len(wanted):
        return wanted
    inverse = np.linalg.inv(likeness + RIDGE * np.eye(len(wanted)))
    left = wanted - sigmoid(logits)
    plain = inverse @ left
    # Leaving one out has a closed form for ridge regression: what a label would be told by all the others.
    told = left - plain / np.diag(inverse)
    losses = np.array([_loss(logits + pull * told, wanted) for pull in PULLS])
    trust = np.exp(losses.min() - losses)
    return np.asarray(plain * float(trust @ np.array(PULLS) / trust.sum()), dtype=np.float64)


def _loss(logits: Numbers, wanted: Numbers) -> float:
    return float((np.logaddexp(0.0, logits) - wanted * logits).sum())


def _likeness(left: _Traits, right: _Traits) -> Numbers:
    """Return how like the articles of both sides are: cosine, likeness of signs in [0, 1], shared terms."""
    gaps = (
        (left.signs**2).sum(axis=1)[:, None] + (right.signs**2).sum(axis=1) - 2 * left.signs @ right.signs.T
    )
    near = np.exp(-np.maximum(gaps, 0.0) / (2 * SIGN_WIDTH**2))
    common = left.terms @ right.terms.T
    every = left.sizes[:, None] + right.sizes - common
    shared = common / np.maximum(every, 1.0)  # Jaccard's; no terms at all are not alike
    return np.asarray(left.vectors @ right.vectors.T + near + shared, dtype=np.float64)


def _traits(
    vectors: Sequence[Vector | None],
    signs: Sequence[dict[str, float]],
    terms: Sequence[frozenset[str]],
    *,
    dim: int,
    features: Sequence[str],
    vocabulary: Mapping[str, int],
) -> _Traits:
    named = np.zeros((len(terms), len(vocabulary)))
    for row, found in zip(named, terms, strict=True):
        row[[vocabulary[term] for term in found if term in vocabulary]] = 1.0
    return _Traits(
        vectors=_unit(vectors, dim),
        signs=_columns(signs, features),
        terms=named,
        sizes=np.array([float(len(found)) for found in terms]),
    )


def _unit(vectors: Sequence[Vector | None], dim: int) -> Numbers:
    """Return vectors of unit length, zeros for none and for one of another model's size."""
    rows = np.zeros((len(vectors), dim))
    for row, vector in zip(rows, vectors, strict=True):
        if vector is not None and vector.shape == row.shape and bool(np.isfinite(vector).all()):
            largest = float(np.abs(vector).max(initial=0.0))
            if largest > 0:
                scaled = np.asarray(vector, dtype=np.float64) / largest
                row[:] = scaled / np.linalg.norm(scaled)
    return rows


def _columns(signs: Sequence[dict[str, float]], features: Sequence[str]) -> Numbers:
    found = [[_finite(one.get(name, 0.0), 0.0, MAX_LOGIT) for name in features] for one in signs]
    return np.array(found, dtype=np.float64).reshape(len(signs), len(features))


def _told(relevance: Relevance) -> tuple[Reason, ...]:
    """Return the reasons without votes; a bare score is a reason of its own."""
    told = tuple(reason for reason in relevance.reasons if reason.feature != VOTES)
    if told:
        return told
    edge = float(sigmoid(np.array(MAX_LOGIT / 2)))
    score = min(max(_finite(relevance.score, 0.5, 1.0), 1 - edge), edge)
    return (Reason(feature=BASE, contribution=math.log(score / (1 - score)), words="as scored before votes"),)


def _with(told: tuple[Reason, ...], votes: Reason) -> tuple[Reason, ...]:
    """Put the votes in by weight, and before the base, which comes last."""
    lighter = (
        i
        for i, reason in enumerate(told)
        if reason.feature == BASE or abs(reason.contribution) < abs(votes.contribution)
    )
    place = next(lighter, len(told))
    return (*told[:place], votes, *told[place:])


def _sum(reasons: Sequence[Reason]) -> float:
    parts = (_finite(reason.contribution, 0.0, MAX_LOGIT) for reason in reasons)
    return _finite(math.fsum(parts), 0.0, MAX_LOGIT)


def _finite(value: float, otherwise: float, most: float) -> float:
    return min(max(value, -most), most) if math.isfinite(value) else otherwise
