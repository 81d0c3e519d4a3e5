"""What `vedette evaluate` can be asked; what does it is imported when it runs, so that --help stays quick."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Task(StrEnum):
    """What `evaluate` can measure."""

    RELEVANCE = "relevance"
    FACTS = "facts"
    STORIES = "stories"
    QUERIES = "queries"
    FEEDS = "feeds"
    CLAIMS = "claims"
    PROMISES = "promises"


_Feeds = Annotated[list[Path] | None, typer.Argument(help="For feeds: the documents to read.")]
_Source = Annotated[Path | None, typer.Option("--in", help="Labelled items, one JSON object a line.")]
_Out = Annotated[Path | None, typer.Option("--out", help="Where the predictions go.")]
_Items = Annotated[Path | None, typer.Option(help="For queries: the items that the rules run over.")]
_Conflicts = Annotated[Path | None, typer.Option(help="For stories: where disagreements go.")]
_Exemplars = Annotated[Path | None, typer.Option(help="For relevance: a folder of other exemplar articles.")]
_Embedder = Annotated[str, typer.Option(help="builtin, or none for the mode without a model.")]
_Score = Annotated[bool, typer.Option("--score", help="Read gold from the input and print the figures.")]
_Report = Annotated[
    Path | None, typer.Option(help="For relevance: where a page with figures, plots and errors goes.")
]
_Votes = Annotated[
    int | None,
    typer.Option(min=0, help="For relevance: let a reader vote on so many of one half; judge the other."),
]
_Seed = Annotated[int, typer.Option(help="With --votes: how the halves are drawn.")]
_Seeds = Annotated[
    int, typer.Option(min=1, help="With --votes: repeat with so many seeds; mean and range are printed.")
]
_Wanted = Annotated[
    int, typer.Option(min=1, max=3, help="With --votes: the least grade that the reader votes for.")
]


def evaluate(
    task: Task,
    feeds: _Feeds = None,
    *,
    source: _Source = None,
    out: _Out = None,
    items: _Items = None,
    conflicts: _Conflicts = None,
    exemplars: _Exemplars = None,
    embedder: _Embedder = "builtin",
    score: _Score = False,
    report: _Report = None,
    votes: _Votes = None,
    seed: _Seed = 1,
    seeds: _Seeds = 1,
    wanted: _Wanted = 2,
) -> None:
    """Run one part of the walk over labelled input and write what it finds."""
    from watchers.workers import one_thread  # noqa: PLC0415 -- as the module says

    one_thread()
    from bot.evaluation.run import Request, evaluate_task  # noqa: PLC0415 -- as the module says
    from bot.evaluation.votes import Reader  # noqa: PLC0415 -- as the module says

    request = Request(
        task=task.value,
        source=source,
        out=out,
        feeds=tuple(feeds or ()),
        items=items,
        conflicts=conflicts,
        exemplars=exemplars,
        embedder=embedder,
        score=score,
        report=report,
        reader=None if votes is None else Reader(votes=votes, seed=seed, seeds=seeds, wanted=wanted),
    )
    typer.echo(evaluate_task(request), nl=False)
