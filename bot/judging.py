"""Ask for relevance beside the walk: in the worker that holds the model, or in a process without one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.errors import CommandError
from bot.models import cache_of, embedder_of
from bot.operating.setup import beside
from bot.settings.names import usable
from watchers.errors import KnowledgeError
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars
from watchers.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.config import Config
    from watchers.pipeline import Watcher
    from watchers.store.store import Store
    from watchers.types import Entry, Exemplar, Relevance, Report

WITHIN: Final = 60.0  # seconds; 5,000 entries by exemplars that were never tried take about five
_BUSY: Final = "The reader is busy; ask again in a minute."


def lens_of(config: Config, path: Path) -> LensSpec:
    """Return what entries are read through, as far as the file says it; 0.3 s if names of one's own are read.

    Raises KnowledgeError for exemplars that cannot be used; names that cannot are left out.
    """
    own = load_exemplars(beside(path, config.relevance.exemplars)) if config.relevance.exemplars else ()
    shipped = load_exemplars(SHIPPED) if config.relevance.shipped_exemplars or not own else ()
    gazetteer = str(beside(path, config.relevance.gazetteer)) if config.relevance.gazetteer else ""
    return LensSpec(
        exemplars=(*own, *shipped),
        embedder=embedder_of(config.relevance, path),
        gazetteer=usable(gazetteer),
        cache=cache_of(config, path),
    )


async def lens_now(lens: LensSpec, store: Store) -> LensSpec:
    """Return what the file says with what the database holds: the active watches and all beats."""
    return replace(
        lens,
        watches=await store.watches.active(),
        beats=await store.exemplars.beats(lens.exemplars),
    )


class WatcherJudging:
    """Uses the running bot's own reader."""

    def __init__(self, watcher: Watcher, lens: LensSpec) -> None:
        self._watcher = watcher
        self.lens = lens

    async def read(self, entries: Sequence[Entry]) -> tuple[Report, ...]:
        """Read texts as every entry is read; nothing is kept. Raises CommandError if it takes too long."""
        try:
            return await self._watcher.reread(entries, within=WITHIN)
        except WorkerError as error:
            raise CommandError(_BUSY, example="/watch status of:workers") from error

    async def judge(
        self, exemplars: tuple[Exemplar, ...], reports: Sequence[Report]
    ) -> tuple[Relevance, ...]:
        """Return the relevance of reports by these exemplars. Raises CommandError."""
        _refuse_none(exemplars)
        try:
            return await self._watcher.rejudge(exemplars, reports, within=WITHIN)
        except WorkerError as error:
            raise CommandError(_BUSY, example="/watch status of:workers") from error


class JudgingAlone:
    """Makes the model ready in this process when it is first asked: for the command line."""

    def __init__(self, lens: LensSpec) -> None:
        self.lens = lens

    async def read(self, entries: Sequence[Entry]) -> tuple[Report, ...]:
        """Read texts as every entry is read; they are not kept. Raises CommandError."""
        from watchers.lens import read_batch  # noqa: PLC0415 - loads the model

        try:
            return await asyncio.to_thread(read_batch, self.lens, tuple(entries))
        except KnowledgeError as error:
            raise CommandError(str(error), example="vedette doctor") from error

    async def judge(
        self, exemplars: tuple[Exemplar, ...], reports: Sequence[Report]
    ) -> tuple[Relevance, ...]:
        """Return the relevance of reports by these exemplars. Raises CommandError."""
        from watchers.lens import judge_again  # noqa: PLC0415 - loads the model

        _refuse_none(exemplars)
        bare = [replace(report, facts=(), matches=()) for report in reports]
        try:
            return await asyncio.to_thread(judge_again, self.lens, exemplars, bare)
        except KnowledgeError as error:
            raise CommandError(str(error), example="vedette doctor") from error


def _refuse_none(exemplars: Sequence[Exemplar]) -> None:
    if not any(exemplar.good for exemplar in exemplars):
        raise CommandError("Relevance needs at least one good exemplar.", example="/watch exemplar list")
