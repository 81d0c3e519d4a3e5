"""Write the relevance report: one page of figures, plots and errors, no script, nothing from outside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined

from bot.errors import ConfigError
from bot.evaluation import plots
from bot.platforms.inert import one_line
from bot.scoring import intervals, score
from bot.scoring.calibration import reliability
from bot.scoring.measures import number, share, text
from bot.scoring.relevance import RELEVANT, steps
from bot.scoring.run import pick
from watchers.relevance.decide import ALERT_AT, alerts
from watchers.relevance.explain import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Template

    from bot.scoring.measures import Row
    from watchers.types import Report

THRESHOLDS: Final = tuple(n / 10 for n in range(3, 10))
SHOWN_REASONS: Final = 4
NO_FIGURE: Final = "–"
# Heading, the figure over all items, and the same in one language.
COLUMNS: Final = (
    ("AP, grade 2 up", "all.ap_ge2", "lang:{}.ap_ge2"),
    ("AP, grade 3", "all.ap_3", "lang:{}.ap_3"),
    ("nDCG@20", "all.ndcg20", "lang:{}.ndcg20"),
    ("precision", "alerts:all.precision_ge2", "alerts:{}.precision_ge2"),
    ("recall", "alerts:all.recall_ge2", "alerts:{}.recall_ge2"),
    ("recall of grade 3", "alerts:all.recall_3", "alerts:{}.recall_3"),
    ("grade 1 that alerts", "alerts:all.rate_grade1", "alerts:{}.rate_grade1"),
    ("grade 0 that alerts", "alerts:all.false_alarm_hard_negatives", "alerts:{}.false_alarm_hard_negatives"),
    ("Brier score", "calibration.brier", "calibration:{}.brier"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An item as graded by people and as read by the product."""

    id: str
    lang: str
    grade: int
    category: str
    report: Report

    @property
    def score(self) -> float:
        """Its relevance."""
        return self.report.relevance.score

    def alerts(self, threshold: float = ALERT_AT) -> bool:
        """Tell whether it alerts, with evidence."""
        return alerts(self.report.relevance, threshold=threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure and its 95 % interval, ready to show."""

    value: str
    interval: str


def write_report(path: Path, rows: Sequence[Row], reports: Sequence[Report]) -> None:
    """Write the page; raises ConfigError where the path cannot be written."""
    page = report_html(rows, reports)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from error


def report_html(rows: Sequence[Row], reports: Sequence[Report]) -> str:
    """Return the page; the same input gives the same page."""
    read = [
        Read(
            id=text(row, "id"),
            lang=text(row, "lang"),
            grade=int(number(row, "grade")),
            category=text(row, "category"),
            report=report,
        )
        for row, report in zip(rows, reports, strict=True)
    ]
    sent = [one for one in read if one.alerts()]
    wanted = [one for one in read if one.grade >= RELEVANT]
    hits = sum(one.grade >= RELEVANT for one in sent)
    return _template().render(
        size=len(read),
        model=next((one.report.relevance.model for one in read), ""),
        threshold=f"{ALERT_AT:.2f}",
        grades=[(grade, sum(one.grade == grade for one in read)) for grade in (3, 2, 1, 0)],
        columns=[heading for heading, _, _ in COLUMNS],
        figures=_figures(rows, read),
        thresholds=[_threshold(read, at) for at in THRESHOLDS],
        plots=[
            plots.precision_recall(
                _curve(read), (hits / len(wanted), hits / len(sent)) if sent and wanted else None
            ),
            plots.calibration(reliability([(one.score, one.grade >= RELEVANT) for one in read])),
            plots.histograms({g: [o.score for o in read if o.grade == g] for g in range(4)}, ALERT_AT),
        ],
        errors=[
            ("False alarms", "Grade 0 and 1 that alert, surest first.", _errors(read, missed=False)),
            ("Misses", "Grade 2 and 3 that do not alert, lowest score first.", _errors(read, missed=True)),
        ],
    )


def _figures(rows: Sequence[Row], read: Sequence[Read]) -> list[tuple[str, int, list[Cell]]]:
    """Return for all items and each language its name, size and cells in the order of COLUMNS."""
    predictions: list[Row] = [{"id": one.id, "score": one.score, "alert": one.alerts()} for one in read]
    table = score("relevance", rows, predictions)
    langs = sorted({one.lang for one in read})
    named = [("all", [metric for _, metric, _ in COLUMNS])]
    named += [(lang, [of_lang.format(lang) for _, _, of_lang in COLUMNS]) for lang in langs]
    known = {metric: pick(table, metric) for _, metrics in named for metric in metrics} if read else {}
    edges = intervals("relevance", rows, predictions, list(known)) if read else {}
    return [
        (
            one_line(name),
            sum(name in {"all", one.lang} for one in read),
            [
                _cell(known.get(metric, math.nan), edges.get(metric, (math.nan, math.nan)))
                for metric in metrics
            ],
        )
        for name, metrics in named
    ]


def _cell(value: float, edges: tuple[float, float]) -> Cell:
    told = "" if math.isnan(edges[0]) else f"{edges[0]:.2f} to {edges[1]:.2f}"
    return Cell(value=_shown(value), interval=told)


def _shown(value: float) -> str:
    return NO_FIGURE if math.isnan(value) else f"{value:.3f}"


def _threshold(read: Sequence[Read], at: float) -> tuple[str, bool, list[str]]:
    """Return a threshold, whether it is the shipped one, and its alerts, precision, recall and rates."""
    sent = [one for one in read if one.alerts(at)]
    hits = sum(one.grade >= RELEVANT for one in sent)
    rates = [
        share(sum(one.grade == g for one in sent), sum(one.grade == g for one in read), empty=math.nan)
        for g in (3, 1, 0)
    ]
    found = [
        share(hits, len(sent), empty=math.nan),
        share(hits, sum(one.grade >= RELEVANT for one in read), empty=math.nan),
        *rates,
    ]
    return f"{at:.1f}", math.isclose(at, ALERT_AT), [str(len(sent)), *map(_shown, found)]


def _curve(read: Sequence[Read]) -> list[tuple[float, float]]:
    """Return (recall, precision) after each distinct score, evidence aside; empty if nothing is wanted."""
    total = sum(one.grade >= RELEVANT for one in read)
    points: list[tuple[float, float]] = []
    hits = seen = 0
    for grades in steps([(one.score, one.grade) for one in read]) if total else ():
        hits, seen = hits + sum(grade >= RELEVANT for grade in grades), seen + len(grades)
        points.append((hits / total, hits / seen))
    return [(0.0, points[0][1]), *points] if points else points


def _errors(read: Sequence[Read], *, missed: bool) -> list[dict[str, str | int | list[str]]]:
    wrong = [one for one in read if (one.grade >= RELEVANT) is missed and one.alerts() is not missed]
    wrong.sort(key=lambda one: (one.score if missed else -one.score, one.id))
    return [_error(one) for one in wrong]


def _error(one: Read) -> dict[str, str | int | list[str]]:
    told = [reason for reason in one.report.relevance.reasons if reason.feature != BASE]
    told.sort(key=lambda reason: -abs(reason.contribution))
    return {
        "id": one_line(one.id),
        "title": one_line(one.report.entry.title),
        "lang": one.lang if one.lang.isalpha() else "",
        "grade": one.grade,
        "category": one_line(one.category),
        "score": f"{one.score:.3f}",
        "reasons": [
            f"{reason.contribution:+.2f} {one_line(reason.words)}" for reason in told[:SHOWN_REASONS]
        ],
        "evidence": ", ".join(map(one_line, one.report.relevance.evidence)),
    }


@cache
def _template() -> Template:
    source = files("bot.evaluation").joinpath("assets", "report.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
