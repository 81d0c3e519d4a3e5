"""Score extracted facts: per type, per language, and how many traps were walked into."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.scoring.matching import fact_equal, normal, overlap
from bot.scoring.measures import Figure, Figures, Row, Tally, by_id, rows, share, text

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class _Counts:
    hits: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def tally(self, key: str) -> Tally:
        return Tally(self.hits[key], self.extra[key], self.missed[key])

    def names(self) -> set[str]:
        return {*self.hits, *self.extra, *self.missed}


def score_facts(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return micro and macro F1, figures per type and language, and the traps walked into."""
    said = {i: rows(row, "facts") for i, row in by_id(predictions).items()}
    kinds, langs = _Counts(), _Counts()
    traps: list[str] = []
    for passage in gold:
        hits, wrong, missed = _match(said.get(text(passage, "id"), []), rows(passage, "facts"))
        lang = text(passage, "lang")
        for counter, of_lang, facts in (
            (kinds.hits, langs.hits, hits),
            (kinds.extra, langs.extra, wrong),
            (kinds.missed, langs.missed, missed),
        ):
            counter.update(text(fact, "type") for fact in facts)
            of_lang.update([lang] * len(facts))
        traps += _traps(text(passage, "id"), wrong, rows(passage, "must_not"))
    return _figures(gold, kinds, langs, traps)


def _match(said: Sequence[Row], gold: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Return credited gold facts, wrong predictions and missed gold facts; optional ones are in none."""
    left, hits, wrong = list(gold), [], []

    # The clearest mentions choose first, so that a value named twice is credited at its own place.
    def clearest(fact: Row) -> float:
        return max((overlap(text(fact, "mention"), g["mention"]) for g in gold), default=0.0)

    for fact in sorted(said, key=clearest, reverse=True):
        fitting = [g for g in left if fact_equal(fact, g)]
        if fitting:
            best = max(fitting, key=lambda g: _fit(fact, g))
            left.remove(best)
            hits.append(best)
        elif text(fact, "type") == "status" or not any(fact_equal(fact, g) for g in gold):
            wrong.append(fact)
    return [g for g in hits if not g.get("optional")], wrong, [g for g in left if not g.get("optional")]


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


def _figures(gold: Sequence[Row], kinds: _Counts, langs: _Counts, traps: list[str]) -> Figures:
    types = sorted({text(fact, "type") for passage in gold for fact in rows(passage, "facts")})
    total = Tally()
    for key in kinds.names():
        total = total.plus(kinds.tally(key))
    per_type: dict[str, dict[str, Figure]] = {kind: kinds.tally(kind).figures() for kind in types}
    f1s = [float(str(figures["f1"])) for figures in per_type.values()]
    hard = sum(1 for passage in gold for trap in rows(passage, "must_not") if not trap.get("soft"))
    figures: Figures = {"micro": total.figures(), "macro_f1": share(sum(f1s), len(f1s))}
    figures |= {f"type:{kind}": per_type[kind] for kind in types}
    figures |= {
        f"unknown_type:{kind}": kinds.tally(kind).figures() for kind in sorted(kinds.names() - set(types))
    }
    figures |= {f"lang:{lang}": langs.tally(lang).figures() for lang in sorted(langs.names())}
    figures |= {"trap_hits": float(len(traps)), "trap_rate": share(len(traps), hard), "traps": traps}
    return figures
