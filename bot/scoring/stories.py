"""Score stories against gold clusters, and reported disagreements against gold conflicts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from bot.scoring.matching import value_equal
from bot.scoring.measures import Figures, Row, by_id, f1, rows, share, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Clusters = dict[str, str]


def score_stories(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return B-cubed and pair figures; a report without a prediction stands alone."""
    info = by_id(gold)
    wanted = {i: text(row, "cluster") for i, row in info.items()}
    said = {
        i: text(row, "cluster") for i, row in by_id(predictions).items() if row.get("cluster") is not None
    }
    missing = [i for i in wanted if i not in said]
    found = {i: f"story {said[i]}" if i in said else f"alone {i}" for i in wanted}
    sizes, found_sizes = Counter(wanted.values()), Counter(found.values())
    several = [i for i in wanted if sizes[wanted[i]] > 1]
    alone = [i for i in wanted if sizes[wanted[i]] == 1]
    precision, recall = bcubed(wanted, found, list(wanted))
    several_p, several_r = bcubed(wanted, found, several)
    langs = {i: text(row, "lang") for i, row in info.items()}
    _, across = bcubed(wanted, found, several, lambda a, b: langs[a] != langs[b])
    return {
        "missing": float(len(missing)),
        "n": float(len(wanted)),
        "gold_clusters": float(len(sizes)),
        "pred_clusters": float(len(found_sizes)),
        "bcubed_p": precision,
        "bcubed_r": recall,
        "bcubed_f1": f1(precision, recall),
        "bcubed_f1_multi_report_clusters": f1(several_p, several_r),
        "bcubed_recall_across_languages": across,
        **_pairs(info, wanted, found),
        "singletons_left_alone": share(
            sum(found_sizes[found[i]] == 1 for i in alone), len(alone), empty=math.nan
        ),
    }


def bcubed(
    wanted: Clusters, found: Clusters, ids: Sequence[str], pair: Callable[[str, str], bool] | None = None
) -> tuple[float, float]:
    """Return B-cubed precision and recall over some reports.

    `pair` limits the recall side to the partners for which it holds; reports without any are left out of it.
    """
    gold_members, found_members = _members(wanted), _members(found)
    precisions, recalls = [], []
    for i in ids:
        partners, company = gold_members[wanted[i]], found_members[found[i]]
        precisions.append(len(partners & company) / len(company))
        if pair is not None:
            partners = {j for j in partners if pair(i, j)}
        if partners:
            recalls.append(len(partners & company) / len(partners))
    return _mean(precisions), _mean(recalls)


def score_conflicts(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return how many gold conflicts were reported, and how many reports were of none.

    A report finds a conflict when its ids touch every side and every side's value is among its values.
    """
    hit: set[int] = set()
    wrong = 0
    for prediction in predictions:
        found = {n for n, conflict in enumerate(gold) if _is_conflict(prediction, conflict)}
        hit |= found
        wrong += not found
    recall = share(len(hit), len(gold))
    precision = share(len(predictions) - wrong, len(predictions))
    return {
        "gold": float(len(gold)),
        "found": float(len(hit)),
        "recall": recall,
        "precision": precision,
        "f1": f1(precision, recall),
    }


def _is_conflict(prediction: Row, conflict: Row) -> bool:
    ids, values, kind = set(texts(prediction, "ids")), texts(prediction, "values"), text(conflict, "type")
    return all(
        ids & set(texts(side, "ids")) and any(value_equal(kind, value, side["value"]) for value in values)
        for side in rows(conflict, "values")
    )


def _pairs(info: Mapping[str, Row], wanted: Clusters, found: Clusters) -> Figures:
    lines = {i: text(row, "storyline") for i, row in info.items()}
    hits = extra = missed = confusable = merged = 0
    for a, b in combinations(sorted(wanted), 2):
        should, did = wanted[a] == wanted[b], found[a] == found[b]
        hits += should and did
        extra += did and not should
        missed += should and not did
        if not should and lines[a] == lines[b]:
            confusable += 1
            merged += did
    precision, recall = share(hits, hits + extra), share(hits, hits + missed)
    return {
        "pair_p": precision,
        "pair_r": recall,
        "pair_f1": f1(precision, recall),
        "same_storyline_different_event_merged": share(merged, confusable),
    }


def _members(clusters: Clusters) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for i, cluster in clusters.items():
        members[cluster].add(i)
    return members


def _mean(values: Sequence[float]) -> float:
    return share(sum(values), len(values), empty=math.nan)
