"""Do one task of `vedette evaluate`: predict, write, score, and say the figures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.errors import ConfigError
from bot.evaluation.claims import predict_claims, predict_promises
from bot.evaluation.fields import FIELDS
from bot.evaluation.predict import predict_facts, predict_feed, predict_queries, predict_stories
from bot.evaluation.relevance import evaluate_relevance
from bot.evaluation.rows import read_rows, write_rows
from bot.scoring import bootstrap, render, score
from bot.scoring.facts import fact_intervals
from bot.scoring.stories import story_intervals
from bot.wording.counting import counted
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load
from watchers.lens import Lens, build
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars

if TYPE_CHECKING:
    from pathlib import Path

    from bot.evaluation.votes import Reader
    from bot.scoring.measures import Figures, Row

# Figures that are told with their 95 % bootstrap interval.
WITH_INTERVAL: Final = {"claims": ("macro_f1", "wrongly_contradiction"), "promises": ("state_right",)}
GOLD_OF_FEEDS: Final = "expected.jsonl"  # stands beside the documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to run, over what, and where the predictions go. What a task has no use for is None."""

    task: str
    source: Path | None
    out: Path | None
    feeds: tuple[Path, ...] = ()
    items: Path | None = None
    conflicts: Path | None = None
    exemplars: Path | None = None
    embedder: str = "builtin"
    score: bool = False
    report: Path | None = None
    reader: Reader | None = None


def evaluate_task(request: Request) -> str:  # noqa: PLR0911 - each task has its own way
    """Write the predictions and return the figures as a table, empty without `score`. Raises ConfigError."""
    if request.task != "relevance" and (request.report is not None or request.reader is not None):
        raise ConfigError(
            "--report and --votes are for relevance: vedette evaluate relevance --in FILE.jsonl"
        )
    if request.task == "feeds":
        return _feeds(request)
    if request.source is None:
        raise ConfigError(f"evaluate {request.task} needs its input: --in FILE.jsonl")
    rows = read_rows(request.source, request.task)
    match request.task:
        case "relevance":
            return _relevance(request, rows)
        case "facts":
            return _finish(request, rows, predict_facts(rows, _names()))
        case "queries":
            if request.items is None:
                raise ConfigError(
                    "evaluate queries needs the items that the rules run over: --items FILE.jsonl"
                )
            return _finish(request, rows, predict_queries(rows, read_rows(request.items, "items")))
        case "claims":
            return _finish(request, rows, predict_claims(rows, _names()))
        case "promises":
            return _finish(request, rows, predict_promises(rows, _names()))
        case _:
            return _stories(request, rows)


def _feeds(request: Request) -> str:
    """Read the documents given, or else all that `source` names and that stand beside it."""
    if request.source is not None:
        gold = read_rows(request.source, "feeds")
        paths = request.feeds or tuple(request.source.parent / str(row["feed"]) for row in gold)
    else:
        paths = request.feeds
        gold = read_rows(paths[0].parent / GOLD_OF_FEEDS, "feeds") if request.score and paths else []
    served = {row["feed"]: str(row["content_type"]) for row in gold if row.get("content_type")}
    predictions = [predict_feed(path, *filter(None, [served.get(path.name)])) for path in paths]
    named = {path.name for path in paths}
    return _finish(request, [row for row in gold if row["feed"] in named], predictions)


def _relevance(request: Request, rows: list[Row]) -> str:
    found = evaluate_relevance(rows, _lens(request), report=request.report, reader=request.reader)
    if found.figures is None:
        return _finish(request, rows, found.predictions)
    if request.out is not None:
        write_rows(request.out, found.predictions)
    return render(found.figures) + "\n"


def _stories(request: Request, rows: list[Row]) -> str:
    clusters, differing = predict_stories(rows, _lens(request))
    if request.conflicts is not None:
        write_rows(request.conflicts, differing)
    return _finish(request, rows, clusters)


def _finish(request: Request, gold: list[Row], predictions: list[Row]) -> str:
    if request.out is not None:
        write_rows(request.out, predictions)
    if not request.score:
        return _done(request, predictions)
    label = FIELDS[request.task].gold
    if not any(row.get(label) is not None for row in gold):
        named = request.source or "the folder of the documents"
        raise ConfigError(
            f'{named}: no gold in the file: --score compares what is found with "{label}" of each line, and '
            "none has it; see docs/evaluation.md"
        )
    figures = score(request.task, gold, predictions)
    for metric in WITH_INTERVAL.get(request.task, ()):
        _tell(figures, metric, bootstrap(request.task, gold, predictions, metric))
    drawn = {"facts": fact_intervals, "stories": story_intervals}.get(request.task)
    if drawn is not None:
        for metric, edges in drawn(gold, predictions).items():
            _tell(figures, metric, edges)
    return render(figures) + "\n"


def _tell(figures: Figures, metric: str, edges: tuple[float, float]) -> None:
    """Add a figure's 95 % interval, if it has one."""
    if not any(map(math.isnan, edges)):
        figures[f"{metric}_95"] = f"{edges[0]:.3f} to {edges[1]:.3f}"


def _done(request: Request, predictions: list[Row]) -> str:
    """Return what a run came to that was not asked for figures."""
    lines = counted(len(predictions), "line")
    if request.out is not None:
        return f"{request.out} is written, with {lines}.\n"
    if request.report is not None or request.conflicts is not None:
        return ""
    return (
        f"{lines} read, and what was found is kept nowhere: --out FILE writes it, --score compares it with "
        "the labels in the input.\n"
    )


def _names() -> Finder:
    """Return what finds names: reading facts needs neither a model nor exemplars."""
    return Finder(load())


def _lens(request: Request) -> Lens:
    exemplars = load_exemplars(request.exemplars or SHIPPED)
    lens = build(LensSpec(exemplars=exemplars, embedder=request.embedder))
    if lens.knowledge.fault:
        raise ConfigError(lens.knowledge.fault)
    return lens
