"""Score a ranking by relevance grades, and the alerts drawn from it."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from bot.scoring.calibration import brier, calibration_error, reliability
from bot.scoring.measures import Figure, Figures, Row, by_id, f1, number, share, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RELEVANT = 2  # the grade from which an item is wanted
Ranked = list[tuple[float, int]]  # score, grade


def score_relevance(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return ranking figures for all and per language, and alert figures if any prediction says `alert`.

    Scores that all lie in [0, 1] are probabilities, and how well they are calibrated is told too.
    An item without a prediction ranks below all others. Tied scores are one step.
    """
    said = by_id(predictions)
    known = {text(item, "id") for item in gold}
    lowest = min((number(row, "score") for row in predictions), default=0.0) - 1
    langs = sorted({text(item, "lang") for item in gold})

    def ranked(lang: str | None) -> Ranked:
        return [
            (
                number(said[i], "score") if (i := text(item, "id")) in said else lowest,
                int(number(item, "grade")),
            )
            for item in gold
            if lang in (None, text(item, "lang"))
        ]

    figures: Figures = {
        "missing": float(sum(text(item, "id") not in said for item in gold)),
        "unknown": float(sum(i not in known for i in said)),
        "all": ranking(ranked(None)),
    }
    for lang in langs:
        figures[f"lang:{lang}"] = ranking(ranked(lang))
    if any("alert" in row for row in predictions):
        figures |= _alerts(gold, said, langs)
    if predictions and all(0 <= number(row, "score") <= 1 for row in predictions):
        figures |= _calibrations(gold, said, langs)
    return figures


def ranking(ranked: Ranked) -> dict[str, Figure]:
    """Return the ranking figures of (score, grade) pairs."""
    return {
        "n": float(len(ranked)),
        "ap_ge2": average_precision(ranked, lambda grade: grade >= RELEVANT),
        "ap_ge1": average_precision(ranked, lambda grade: grade >= 1),
        "ap_3": average_precision(ranked, lambda grade: grade == 3),
        "ndcg20": ndcg(ranked, 20),
        "ndcg50": ndcg(ranked, 50),
        "p_at_r90_ge2": precision_at_recall(ranked, 0.9),
    }


def average_precision(ranked: Ranked, wanted: Callable[[int], bool]) -> float:
    """Return the mean precision over recall steps; not a number if nothing is wanted."""
    total = sum(wanted(grade) for _, grade in ranked)
    if not total:
        return math.nan
    area, found, seen = 0.0, 0, 0
    for grades in steps(ranked):
        gained = sum(map(wanted, grades))
        found, seen = found + gained, seen + len(grades)
        area += gained / total * found / seen
    return area


def precision_at_recall(ranked: Ranked, recall: float) -> float:
    """Return the precision of the shortest head that reaches a recall of the relevant."""
    total = sum(grade >= RELEVANT for _, grade in ranked)
    if not total:
        return math.nan
    found, seen = 0, 0
    for grades in steps(ranked):
        found, seen = found + sum(grade >= RELEVANT for grade in grades), seen + len(grades)
        if found / total >= recall - 1e-12:
            break
    return found / seen


def ndcg(ranked: Ranked, depth: int) -> float:
    """Return the discounted gain of the first `depth`, as a share of the best; ties share their mean gain."""
    gains = sorted((2.0**grade - 1 for _, grade in ranked), reverse=True)
    best = _discounted(gains[:depth])
    shared: list[float] = []
    for grades in steps(ranked):
        mean = sum(2.0**grade - 1 for grade in grades) / len(grades)
        shared += [mean] * len(grades)
    return _discounted(shared[:depth]) / best if best else math.nan


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def steps(ranked: Ranked) -> list[list[int]]:
    """Return the grades of each distinct score, best score first."""
    groups: dict[float, list[int]] = defaultdict(list)
    for value, grade in ranked:
        groups[value].append(grade)
    return [groups[value] for value in sorted(groups, reverse=True)]


def _alerts(gold: Sequence[Row], said: dict[str, Row], langs: Sequence[str]) -> Figures:
    def fired(item: Row) -> bool:
        return bool(said.get(text(item, "id"), {}).get("alert", False))

    figures: Figures = {"alerts:all": _alert_figures([(fired(i), int(number(i, "grade"))) for i in gold])}
    for lang in langs:
        part = [(fired(i), int(number(i, "grade"))) for i in gold if text(i, "lang") == lang]
        figures[f"alerts:{lang}"] = _alert_figures(part)
    negatives = [item for item in gold if number(item, "grade") == 0]
    counts: dict[str, Figure] = {}
    for category in sorted({text(item, "category") for item in negatives}):
        alarms = [fired(item) for item in negatives if text(item, "category") == category]
        counts[category] = f"{sum(alarms)}/{len(alarms)}"
    figures["hard_negatives_by_category"] = counts
    figures["false_alarm_ids"] = sorted(text(item, "id") for item in negatives if fired(item))
    figures["missed_grade3_ids"] = sorted(
        text(i, "id") for i in gold if number(i, "grade") == 3 and not fired(i)
    )
    return figures


def _calibrations(gold: Sequence[Row], said: dict[str, Row], langs: Sequence[str]) -> Figures:
    """Return Brier scores, and for all items what scores of each tenth said and how many were wanted.

    An item without a prediction is left out: nobody said how likely it is.
    """

    def told(lang: str | None) -> list[tuple[float, bool]]:
        return [
            (number(said[i], "score"), number(item, "grade") >= RELEVANT)
            for item in gold
            if (i := text(item, "id")) in said and lang in (None, text(item, "lang"))
        ]

    every = told(None)
    figures: Figures = {"calibration": {"brier": brier(every), "error": calibration_error(every)}}
    for lang in langs:
        figures[f"calibration:{lang}"] = {"brier": brier(told(lang))}
    figures |= {
        f"scores_from_{b.low:.1f}": {"n": float(b.items), "said": b.said, "true": b.true}
        for b in reliability(every)
        if b.items
    }
    return figures


def _alert_figures(alerts: Sequence[tuple[bool, int]]) -> dict[str, Figure]:
    fired = [grade for alert, grade in alerts if alert]
    hits = sum(grade >= RELEVANT for grade in fired)
    precision = share(hits, len(fired))
    recall = share(hits, sum(grade >= RELEVANT for _, grade in alerts))

    def rate(of: int) -> float:
        part = [alert for alert, grade in alerts if grade == of]
        return share(sum(part), len(part), empty=math.nan)

    return {
        "fired": float(len(fired)),
        "precision_ge2": precision,
        "recall_ge2": recall,
        "f1_ge2": f1(precision, recall),
        "recall_3": rate(3),
        "rate_grade1": rate(1),
        "false_alarm_hard_negatives": rate(0),
    }
