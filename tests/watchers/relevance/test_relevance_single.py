"""One article alone makes a judge that is good enough to watch with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.watchers.relevance.judging import Judge
from tests.watchers.relevance.test_relevance_floors import EVALS, average_precision, judged
from watchers.relevance.exemplars import load_exemplars
from watchers.relevance.scorer import fit_on

if TYPE_CHECKING:
    from tests.watchers.relevance.judging import Workshop

BEATS = ("tanks", "frigates", "air-defence", "engines", "submarines")


@pytest.mark.parametrize(
    ("dense", "mean", "least"),
    [
        pytest.param(True, 0.92, 0.78, id="with the model"),
        pytest.param(False, 0.87, 0.72, id="without a model"),
    ],
)
@pytest.mark.long
def test_one_article_orders_the_news_of_its_beat(
    workshop: Workshop,
    dense: bool,  # noqa: FBT001 - a row of the table
    mean: float,
    least: float,
) -> None:
    bank = workshop.with_model if dense else workshop.without
    found = [
        average_precision(judged(Judge(fit_on(bank, [article])), EVALS / f"relevance-{beat}.jsonl"))
        for beat in BEATS
        for article in load_exemplars(EVALS / f"exemplars-{beat}")
    ]
    assert sum(found) / len(found) >= mean
    assert min(found) >= least
