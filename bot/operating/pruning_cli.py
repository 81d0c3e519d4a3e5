"""`vedette prune`: delete what was kept long enough now, or say what that would be."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

from bot.config import load
from bot.database import where
from bot.operating.pruning import KINDS, Pruner
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def prune_here(config: Path, *, dry_run: bool = False) -> str:
    """Delete beside a running process or without one, and return what is to be said.

    Raises ConfigError without a database, and the store's errors.
    """
    return asyncio.run(_pruned(config, dry_run=dry_run))


async def _pruned(path: Path, *, dry_run: bool) -> str:
    config = load(path)
    clock = SystemClock()
    async with open_store(where(config, path).existing(), clock=clock) as store:
        pruner = Pruner(store=store, clock=clock, retention=config.retention)
        found = await (pruner.would() if dry_run else pruner.tick(within=math.inf))
    return "\n".join(_said(found, dry_run=dry_run)) + "\n"


def _said(found: Mapping[str, int], *, dry_run: bool) -> Iterator[str]:
    some = {kind: count for kind, count in found.items() if count}
    if not some:
        yield "Nothing is old enough to be deleted."
        return
    yield "Would be deleted:" if dry_run else "Deleted:"
    for kind, count in some.items():
        yield f"  {count:>9,}  {KINDS[kind]}"
    if dry_run:
        yield "Nothing was changed."
