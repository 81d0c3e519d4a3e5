"""Score a task, put an interval around one of its figures, and set figures as a plain table."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from bot.errors import BotError
from bot.scoring.claims import score_claims, score_promises
from bot.scoring.facts import score_facts
from bot.scoring.measures import Figure, Figures, Json, Row, rows, text, texts
from bot.scoring.reading import score_feeds, score_queries
from bot.scoring.relevance import score_relevance
from bot.scoring.stories import score_conflicts, score_stories

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TASKS: Mapping[str, Callable[[Sequence[Row], Sequence[Row]], Figures]] = {
    "relevance": score_relevance,
    "facts": score_facts,
    "stories": score_stories,
    "conflicts": score_conflicts,
    "queries": score_queries,
    "feeds": score_feeds,
    "claims": score_claims,
    "promises": score_promises,
}


class ScoringError(BotError):
    """A task or figure that does not exist."""


UNITS = {"stories": "storyline", "feeds": "feed"}  # what is drawn again as a whole; elsewhere a row by its id
NO_FIGURE = "–"  # what would be a share of nothing
INTERVAL = (0.025, 0.975)
DEFAULT_DRAWS = 1_000


def score(task: str, gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return the figures of a task, by name; some hold figures of their own (per language, per type).

    Raises ScoringError for a task that is none of TASKS.
    """
    if task not in TASKS:
        raise ScoringError(f"There is no task {task!r} to score; the tasks are {', '.join(TASKS)}.")
    return TASKS[task](gold, predictions)


def bootstrap(
    task: str,
    gold: Sequence[Row],
    predictions: Sequence[Row],
    metric: str,
    *,
    n: int = DEFAULT_DRAWS,
    seed: int = 1,
) -> tuple[float, float]:
    """Return the 95 % interval of one figure, named like `bcubed_f1` or `all.ap_ge2`, from `n` draws.

    Whole storylines are drawn for stories, since the reports of one affair do not err independently.
    Raises ScoringError if there is no such figure. Draws in which it is undefined are left out.
    """
    return intervals(task, gold, predictions, [metric], n=n, seed=seed)[metric]


def intervals(
    task: str,
    gold: Sequence[Row],
    predictions: Sequence[Row],
    metrics: Sequence[str],
    *,
    n: int = DEFAULT_DRAWS,
    seed: int = 1,
) -> dict[str, tuple[float, float]]:
    """Return the 95 % intervals of several figures from the same draws; see `bootstrap`."""
    for metric in metrics:
        pick(score(task, gold, predictions), metric)
    units = _conflict_units(gold, predictions) if task == "conflicts" else _units(task, gold, predictions)
    chance = random.Random(seed)
    found: dict[str, list[float]] = {metric: [] for metric in metrics}
    for _ in range(n):
        some_gold: list[Row] = []
        some_predictions: list[Row] = []
        for draw, unit in enumerate(chance.choices(units, k=len(units))):
            some_gold += (_renamed(row, draw) for row in unit[0])
            some_predictions += (_renamed(row, draw) for row in unit[1])
        figures = score(task, some_gold, some_predictions)
        for metric, values in found.items():
            value = _drawn(figures, metric)
            if not math.isnan(value):
                values.append(value)
    return {metric: _middle(values) for metric, values in found.items()}


def _drawn(figures: Figures, metric: str) -> float:
    """Return a figure of one draw; a language or group that it missed has none."""
    try:
        return pick(figures, metric)
    except ScoringError:
        return math.nan


def _middle(values: Sequence[float]) -> tuple[float, float]:
    if not values:
        return math.nan, math.nan
    ordered = sorted(values)
    low, high = (ordered[min(len(ordered) - 1, int(edge * len(ordered)))] for edge in INTERVAL)
    return low, high


def pick(figures: Figures, metric: str) -> float:
    """Return one figure by its dotted name; raises ScoringError if there is none."""
    value: Figure = figures
    for part in metric.split("."):
        if not isinstance(value, dict) or part not in value:
            raise ScoringError(f"There is no figure {metric!r}; the figures are {', '.join(figures)}.")
        value = value[part]
    if isinstance(value, (dict, list, str)):
        raise ScoringError(f"{metric!r} is not a number.")
    return float(value)


def render(figures: Figures) -> str:
    """Return figures as a plain table: a name and a number a line, groups on one line each."""
    width = max((len(name) for name in figures), default=0) + 2
    lines = []
    for name, value in figures.items():
        if isinstance(value, dict):
            inner = "  ".join(f"{key} {_shown(part)}" for key, part in value.items())
            lines.append(f"{name:<{width}}{inner}".rstrip())
        else:
            lines.append(f"{name:<{width}}{_shown(value)}".rstrip())
    return "\n".join(lines)


def _shown(value: Figure) -> str:
    if isinstance(value, dict):
        return "(" + "  ".join(f"{key} {_shown(part)}" for key, part in value.items()) + ")"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return NO_FIGURE
    return f"{value:.0f}" if float(value).is_integer() and abs(value) > 1 else f"{value:.3f}"


Unit = tuple[list[Row], list[Row]]  # gold rows and the predictions about them


def _units(task: str, gold: Sequence[Row], predictions: Sequence[Row]) -> list[Unit]:
    key = "feed" if task == "feeds" else "id"
    unit_of: dict[str, str] = {}
    units: dict[str, Unit] = {}
    for row in gold:
        name = text(row, UNITS.get(task, "id")) or text(row, key)
        unit_of[text(row, key)] = name
        units.setdefault(name, ([], []))[0].append(row)
    for row in predictions:
        if text(row, key) in unit_of:
            units[unit_of[text(row, key)]][1].append(row)
    return list(units.values())


def _conflict_units(gold: Sequence[Row], predictions: Sequence[Row]) -> list[Unit]:
    """Return each conflict with the predictions that find it, and each false prediction by itself."""
    units: list[Unit] = []
    useful: set[int] = set()
    for conflict in gold:
        finding = [
            n for n, row in enumerate(predictions) if pick(score_conflicts([conflict], [row]), "found")
        ]
        useful.update(finding)
        units.append(([conflict], [predictions[n] for n in finding]))
    units += [([], [row]) for n, row in enumerate(predictions) if n not in useful]
    return units


def _renamed(row: Row, draw: int) -> Row:
    """Return a row as one of this draw: its ids are its own, so that a unit may be drawn twice."""
    renamed = {
        key: f"{row[key]} {draw}"
        for key in ("id", "feed", "cluster", "storyline")
        if row.get(key) is not None
    }
    copy: dict[str, Json] = {**row, **renamed}
    for key in ("ids", "values"):
        copy |= _renamed_members(row, key, draw)
    return copy


def _renamed_members(row: Row, key: str, draw: int) -> dict[str, Json]:
    members = row.get(key)
    if key == "ids" and members is not None:
        return {"ids": [f"{i} {draw}" for i in texts(row, "ids")]}
    sides = rows(row, key)
    if not sides:
        return {}
    return {key: [{**side, "ids": [f"{i} {draw}" for i in texts(side, "ids")]} for side in sides]}
