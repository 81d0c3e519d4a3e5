"""Score extracted facts: per type, per language, who says them, and how many traps were walked into."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.scoring.attribution import Attributed, attributed
from bot.scoring.matching import fact_equal, normal, overlap
from bot.scoring.measures import Figure, Figures, Row, Tally, by_id, rows, share, text

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERVAL: Final = (0.025, 0.975)


@dataclass(slots=True)
class _Counts:
    hits: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def tally(self, key: str) -> Tally:
        return Tally(self.hits[key], self.extra[key], self.missed[key])

    def add(self, other: _Counts) -> None:
        self.hits.update(other.hits)
        self.extra.update(other.extra)
        self.missed.update(other.missed)

    def names(self) -> set[str]:
        return {*self.hits, *self.extra, *self.missed}

    def total(self) -> Tally:
        return Tally(self.hits.total(), self.extra.total(), self.missed.total())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """What was counted in one passage."""

    lang: str
    counts: _Counts
    spoken: Attributed
    traps: tuple[str, ...]
    hard: int  # traps that count


def score_facts(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return micro and macro F1, figures per type and language, attribution, and the traps walked into."""
    types = sorted({text(fact, "type") for passage in gold for fact in rows(passage, "facts")})
    return _figures(_passages(gold, predictions), types)


def fact_intervals(
    gold: Sequence[Row], predictions: Sequence[Row], *, n: int = 1_000, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals of micro F1, macro F1 and the share of speakers right, by drawing passages again.

    Each passage is matched once and its counts are drawn: matching anew for each draw takes minutes.
    """
    passages = _passages(gold, predictions)
    types = sorted({text(fact, "type") for passage in gold for fact in rows(passage, "facts")})
    chance = random.Random(seed)
    drawn: dict[str, list[float]] = {"micro_f1": [], "macro_f1": [], "said_by_right": []}
    for _ in range(n if passages else 0):
        counts, spoken = _Counts(), Attributed()
        for passage in chance.choices(passages, k=len(passages)):
            counts.add(passage.counts)
            spoken = spoken.plus(passage.spoken)
        drawn["micro_f1"].append(_f1(counts.total()))
        present = [kind for kind in types if counts.hits[kind] or counts.missed[kind]]
        drawn["macro_f1"].append(share(sum(_f1(counts.tally(kind)) for kind in present), len(present)))
        if spoken.spoken:
            drawn["said_by_right"].append(share(spoken.spoken_right, spoken.spoken))
    return {name: _middle(sorted(values)) for name, values in drawn.items() if values}


def _middle(ordered: Sequence[float]) -> tuple[float, float]:
    low, high = (ordered[min(len(ordered) - 1, int(edge * len(ordered)))] for edge in INTERVAL)
    return low, high


def _f1(tally: Tally) -> float:
    return float(str(tally.figures()["f1"]))


def _passages(gold: Sequence[Row], predictions: Sequence[Row]) -> list[_Passage]:
    said = {i: rows(row, "facts") for i, row in by_id(predictions).items()}
    found = []
    for passage in gold:
        hits, wrong, missed = _match(said.get(text(passage, "id"), []), rows(passage, "facts"))
        credited = [(fact, label) for fact, label in hits if not label.get("optional")]
        counts = _Counts(
            hits=Counter(text(label, "type") for _, label in credited),
            extra=Counter(text(fact, "type") for fact in wrong),
            missed=Counter(text(label, "type") for label in missed),
        )
        must_not = rows(passage, "must_not")
        found.append(
            _Passage(
                lang=text(passage, "lang"),
                counts=counts,
                spoken=attributed(hits),
                traps=tuple(_traps(text(passage, "id"), wrong, must_not)),
                hard=sum(1 for trap in must_not if not trap.get("soft")),
            )
        )
    return found


def _match(said: Sequence[Row], gold: Sequence[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Return credited predictions with their gold facts, wrong predictions, and missed gold facts.

    Optional gold facts may be credited but are never missed.
    """
    left, hits, wrong = list(gold), [], []

    # The clearest mentions choose first, so that a value named twice is credited at its own place.
    def clearest(fact: Row) -> float:
        return max((overlap(text(fact, "mention"), g["mention"]) for g in gold), default=0.0)

    for fact in sorted(said, key=clearest, reverse=True):
        fitting = [g for g in left if fact_equal(fact, g)]
        if fitting:
            best = max(fitting, key=lambda g: _fit(fact, g))
            left.remove(best)
            hits.append((fact, best))
        elif text(fact, "type") == "status" or not any(fact_equal(fact, g) for g in gold):
            wrong.append(fact)
    return hits, wrong, [g for g in left if not g.get("optional")]


def _fit(fact: Row, gold: Row) -> tuple[bool, float, bool]:
    same_type = text(fact, "type") == text(gold, "type")
    return same_type, overlap(text(fact, "mention"), gold["mention"]), not gold.get("optional")


def _traps(passage: str, wrong: Sequence[Row], must_not: Sequence[Row]) -> list[str]:
    found = []
    for fact in wrong:
        trap = next((t for t in must_not if _walks_into(fact, t)), None)
        if trap is not None and not trap.get("soft"):
            found.append(f"{passage} {text(fact, 'type')} {trap.get('mention', trap.get('value'))}")
    return found


def _walks_into(fact: Row, trap: Row) -> bool:
    if text(trap, "type") != text(fact, "type"):
        return False
    if "value" in trap and normal(trap["value"]) == normal(fact.get("value")):
        return True
    return "mention" in trap and overlap(text(fact, "mention"), trap["mention"]) >= 0.9


def _figures(passages: Sequence[_Passage], types: Sequence[str]) -> Figures:
    kinds, spoken, traps = _Counts(), Attributed(), list[str]()
    langs: dict[str, Tally] = {}
    for passage in passages:
        kinds.add(passage.counts)
        spoken = spoken.plus(passage.spoken)
        traps += passage.traps
        langs[passage.lang] = langs.get(passage.lang, Tally()).plus(passage.counts.total())
    per_type: dict[str, dict[str, Figure]] = {kind: kinds.tally(kind).figures() for kind in types}
    f1s = [float(str(figures["f1"])) for figures in per_type.values()]
    figures: Figures = {"micro": kinds.total().figures(), "macro_f1": share(sum(f1s), len(f1s))}
    figures |= {f"type:{kind}": per_type[kind] for kind in types}
    figures |= {
        f"unknown_type:{kind}": kinds.tally(kind).figures() for kind in sorted(kinds.names() - set(types))
    }
    figures |= {f"lang:{lang}": langs[lang].figures() for lang in sorted(langs) if sum(langs[lang])}
    if spoken.hedged or spoken.spoken:
        figures |= spoken.figures()
    hard = sum(passage.hard for passage in passages)
    figures |= {"trap_hits": float(len(traps)), "trap_rate": share(len(traps), hard), "traps": traps}
    return figures
