"""Run a replay for the command line: how far it is on standard error, a line a change, and the sum of it."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from bot.database import where
from bot.errors import ConfigError
from bot.judging import lens_now, lens_of
from bot.models import reader_start
from bot.replay.progress import Progress
from bot.replay.replay import LOUD, replay
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections import Counter
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from bot.config import Config
    from bot.replay.replay import Change, Replayed


async def replay_stored(
    config: Config,
    path: Path,
    *,
    apply: bool = False,
    start: datetime | None = None,
    end: datetime | None = None,
    out: Path | None = None,
    embedder: str = "",
) -> str:
    """Replay the database of a configuration file at `path` and return the sum of it.

    `embedder` empty: the one that the file names. Each change is a line of JSON in `out`. Raises ConfigError
    where there is no database yet, or `out` cannot be written.
    """
    database = where(config, path).existing()
    reader_start(config.relevance, os.environ)()
    lens = lens_of(config, path)
    if embedder:
        lens = replace(lens, embedder=embedder, cache="" if embedder == "none" else lens.cache)
    async with open_store(database, clock=SystemClock()) as store:
        spec = await lens_now(lens, store)
        with _opened(out) as lines:

            def tell(change: Change) -> None:
                if lines is not None:
                    lines.write(change.line() + "\n")

            progress = Progress(sys.stderr)
            done = await replay(
                store, spec, apply=apply, start=start, end=end, tell=tell, progress=progress.at
            )
    return summary(done)


def summary(done: Replayed) -> str:
    """Return what a replay came to, in a few lines."""
    if done.first is None or done.last is None:
        return "Nothing was read yet that could be replayed.\n"
    louder = sum(n for (was, now), n in done.decisions.items() if now in LOUD and was not in LOUD)
    quieter = sum(n for (was, now), n in done.decisions.items() if was in LOUD and now not in LOUD)
    moved = ", ".join(f"{was} to {now} {n:,}" for (was, now), n in sorted(done.decisions.items()))
    written = "Nothing was written; --apply writes it."
    if done.relabelled is not None:
        written = f"{done.relabelled:,} reports were written anew. Stories are as they were; nobody is told."
    return (
        f"Replayed: {done.entries:,} entries from {done.first:%Y-%m-%d} to {done.last:%Y-%m-%d}\n"
        f"Alert line: {louder:,} come above it, {quieter:,} fall below it; {done.rescored:,} are scored "
        f"otherwise\n"
        f"Decisions: {moved or 'as they were'}\n"
        f"Facts: {done.refacted:,} entries differ; {_kinds(done.come)} come, {_kinds(done.gone)} go\n"
        f"Stories: {done.stories:,} where there were {done.stories_before:,}; {done.regrouped:,} reports "
        f"come into other company\n"
        f"{written}\n"
    )


def _kinds(counts: Counter[str]) -> str:
    total = sum(counts.values())
    kinds = ", ".join(f"{kind} {n:,}" for kind, n in counts.most_common())
    return f"{total:,} ({kinds})" if total else "none"


def _opened(out: Path | None) -> AbstractContextManager[TextIO | None]:
    if out is None:
        return nullcontext()
    try:
        return out.open("w", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written: {error}") from error
