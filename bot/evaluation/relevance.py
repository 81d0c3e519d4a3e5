"""Score labelled items for relevance, with a reader's votes or a report if they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.errors import ConfigError
from bot.evaluation.report import write_report
from bot.evaluation.rows import batches, entry_of
from bot.evaluation.votes import items_of, play, spread
from watchers.lens import read
from watchers.relevance.decide import alerts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.evaluation.votes import Reader
    from bot.scoring.measures import Figures, Row
    from watchers.lens import Lens
    from watchers.types import Relevance, Report


class Found(NamedTuple):
    """Predictions, and figures of their own where a reader voted."""

    predictions: list[Row]
    figures: Figures | None


def evaluate_relevance(
    rows: Sequence[Row], lens: Lens, *, report: Path | None = None, reader: Reader | None = None
) -> Found:
    """Return a prediction for each row; with a reader's votes, of one seed only those of the judged half.

    Raises ConfigError if there is nothing to judge.
    """
    if reader is not None and len(rows) < 2:
        raise ConfigError("--votes needs two items or more: one half is voted on and the other judged")
    reports = [
        one for batch in batches([entry_of(row) for row in rows], "Scoring") for one in read(batch, lens)
    ]
    if report is not None:
        write_report(report, rows, reports)
    if reader is None:
        return Found([_prediction(one, one.relevance) for one in reports], None)
    items = items_of(rows, reports, lens.knowledge.scorer.bank.known)
    if reader.seeds > 1:
        return Found([_prediction(one, one.relevance) for one in reports], spread(items, reader))
    seen, figures = play(items, reader)
    return Found([_prediction(item.report, relevance) for item, relevance in seen], figures)


def _prediction(report: Report, relevance: Relevance) -> Row:
    return {"id": report.entry.key, "score": round(relevance.score, 6), "alert": alerts(relevance)}
