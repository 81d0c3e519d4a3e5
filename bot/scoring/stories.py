"""Score stories against gold clusters, and reported disagreements against gold conflicts."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.scoring.matching import value_equal
from bot.scoring.measures import Figures, Row, by_id, f1, rows, share, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Clusters = dict[str, str]
DRAWS: Final = 1_000
INTERVAL: Final = (0.025, 0.975)
# The figures that are told with their 95 % interval.
_B3, _SEVERAL = "bcubed_f1", "bcubed_f1_multi_report_clusters"
_ACROSS, _MERGED = "bcubed_recall_across_languages", "same_storyline_different_event_merged"


@dataclass(slots=True)
class _Line:
    """What was found of one storyline: each report's precision and recall, and the pairs of its events."""

    every: list[tuple[float, float]]
    several: list[tuple[float, float]]  # of those in events that have several reports
    across: list[float]  # recall among the reports in other languages, of those that have such
    confusable: int = 0  # pairs of reports of different events
    merged: int = 0


def score_stories(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return B-cubed and pair figures; a report without a prediction stands alone."""
    info = by_id(gold)
    wanted, found, missing = _clusters(info, predictions)
    sizes, found_sizes = Counter(wanted.values()), Counter(found.values())
    several = [i for i in wanted if sizes[wanted[i]] > 1]
    alone = [i for i in wanted if sizes[wanted[i]] == 1]
    precision, recall = bcubed(wanted, found, list(wanted))
    several_p, several_r = bcubed(wanted, found, several)
    langs = {i: text(row, "lang") for i, row in info.items()}
    _, across = bcubed(wanted, found, several, lambda a, b: langs[a] != langs[b])
    return {
        "missing": float(missing),
        "n": float(len(wanted)),
        "gold_clusters": float(len(sizes)),
        "pred_clusters": float(len(found_sizes)),
        "bcubed_p": precision,
        "bcubed_r": recall,
        _B3: f1(precision, recall),
        _SEVERAL: f1(several_p, several_r),
        _ACROSS: across,
        **_pairs(info, wanted, found),
        "singletons_left_alone": share(
            sum(found_sizes[found[i]] == 1 for i in alone), len(alone), empty=math.nan
        ),
    }


def story_intervals(
    gold: Sequence[Row], predictions: Sequence[Row], *, n: int = DRAWS, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Return the 95 % intervals of B-cubed F1, over all and several reports, across languages, and merged.

    Whole storylines are drawn again, since the reports of one affair do not err independently. What each
    report was put together with is found once, so that stories of two storylines merged count in every draw.
    A figure that no draw defines is left out.
    """
    info = by_id(gold)
    wanted, found, _ = _clusters(info, predictions)
    lines = list(_lines(info, wanted, found).values())
    chance = random.Random(seed)
    drawn: dict[str, list[float]] = {_B3: [], _SEVERAL: [], _ACROSS: [], _MERGED: []}
    for _ in range(n if lines else 0):
        some = chance.choices(lines, k=len(lines))
        for name, value in (
            (_B3, _f1([pair for line in some for pair in line.every])),
            (_SEVERAL, _f1([pair for line in some for pair in line.several])),
            (_ACROSS, _mean([recall for line in some for recall in line.across])),
            (
                _MERGED,
                share(sum(li.merged for li in some), sum(li.confusable for li in some), empty=math.nan),
            ),
        ):
            if not math.isnan(value):
                drawn[name].append(value)
    return {name: _middle(sorted(values)) for name, values in drawn.items() if values}


def _clusters(info: Mapping[str, Row], predictions: Sequence[Row]) -> tuple[Clusters, Clusters, int]:
    """Return the events wanted and the stories found, by report, and how many have no prediction."""
    wanted = {i: text(row, "cluster") for i, row in info.items()}
    said = {
        i: text(row, "cluster") for i, row in by_id(predictions).items() if row.get("cluster") is not None
    }
    found = {i: f"story {said[i]}" if i in said else f"alone {i}" for i in wanted}
    return wanted, found, sum(i not in said for i in wanted)


def _lines(info: Mapping[str, Row], wanted: Clusters, found: Clusters) -> dict[str, _Line]:
    gold_members, found_members = _members(wanted), _members(found)
    langs = {i: text(row, "lang") for i, row in info.items()}
    lines: dict[str, _Line] = {}
    members: dict[str, list[str]] = defaultdict(list)
    for i in wanted:
        # an event without a storyline is one of its own
        name = text(info[i], "storyline") or f"alone {wanted[i] or i}"
        members[name].append(i)
        line = lines.setdefault(name, _Line([], [], []))
        partners, company = gold_members[wanted[i]], found_members[found[i]]
        both = len(partners & company)
        line.every.append((both / len(company), both / len(partners)))
        if len(partners) > 1:
            line.several.append(line.every[-1])
            if others := {j for j in partners if langs[j] != langs[i]}:
                line.across.append(len(others & company) / len(others))
    for name, ids in members.items():
        if text(info[ids[0]], "storyline"):
            lines[name].confusable, lines[name].merged = _confused(ids, wanted, found)
    return lines


def _confused(ids: Sequence[str], wanted: Clusters, found: Clusters) -> tuple[int, int]:
    """Return how many pairs of one storyline's reports are of different events, and how many are merged."""
    events, stories = Counter(wanted[i] for i in ids), Counter(found[i] for i in ids)
    both = Counter((wanted[i], found[i]) for i in ids)
    return _twos([len(ids)]) - _twos(events.values()), _twos(stories.values()) - _twos(both.values())


def _twos(sizes: Iterable[int]) -> int:
    """Return how many pairs can be made within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes)


def _f1(pairs: Sequence[tuple[float, float]]) -> float:
    return f1(_mean([p for p, _ in pairs]), _mean([r for _, r in pairs])) if pairs else math.nan


def _middle(ordered: Sequence[float]) -> tuple[float, float]:
    low, high = (ordered[min(len(ordered) - 1, int(edge * len(ordered)))] for edge in INTERVAL)
    return low, high


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
    events, stories = _twos(Counter(wanted.values()).values()), _twos(Counter(found.values()).values())
    hits = _twos(Counter((wanted[i], found[i]) for i in wanted).values())
    lines: dict[str, list[str]] = defaultdict(list)
    for i, row in info.items():
        lines[text(row, "storyline")].append(i)
    confused = [_confused(ids, wanted, found) for ids in lines.values()]
    precision, recall = share(hits, stories), share(hits, events)
    return {
        "pair_p": precision,
        "pair_r": recall,
        "pair_f1": f1(precision, recall),
        _MERGED: share(sum(merged for _, merged in confused), sum(pairs for pairs, _ in confused)),
    }


def _members(clusters: Clusters) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for i, cluster in clusters.items():
        members[cluster].add(i)
    return members


def _mean(values: Sequence[float]) -> float:
    return share(sum(values), len(values), empty=math.nan)
