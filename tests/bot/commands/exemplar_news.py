"""News on tanks and drones in a store, read without a model, for the tests of exemplars and votes."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_story, make_update
from watchers.lens import read_batch
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars

if TYPE_CHECKING:
    from watchers.store.store import Store
    from watchers.types import Entry, Exemplar, Report

EVALS = Path(__file__).parents[2] / "evals"
LENS = LensSpec(exemplars=load_exemplars(SHIPPED), embedder="none")
TANKS = load_exemplars(EVALS / "exemplars-tanks")
K2 = next(one for one in TANKS if "K2 tanks" in one.title)


@cache
def articles() -> tuple[Entry, ...]:
    """Return sixty articles on tanks and on what tanks are not; their grades are `grades`."""
    return tuple(
        replace(
            make_entry(
                row["id"],
                title=row["title"],
                summary=row["summary"],
                link=f"https://news.example/{row['id']}",
            ),
            lang=row["lang"],
        )
        for row in _rows()
    )


@cache
def grades() -> dict[str, int]:
    """Return how much each article matters to who watches Poland's tanks, from 0 to 3, by title."""
    return {row["title"]: int(row["grade"]) for row in _rows()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    lines = (EVALS / "relevance-tanks.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


async def bring(store: Store, *, feed: int = 1) -> tuple[Report, ...]:
    """Let a feed bring the articles, read; each opens a story of its own."""
    entries = await store.entries.add([replace(entry, feed=feed) for entry in articles()])
    reports = _read(entries)
    async with store.transaction() as rooms:
        await rooms.stories.save_reports([(report, "store") for report in reports])
        await rooms.stories.save_updates([make_update(make_story(one), one, at=NOON) for one in reports])
    return reports


@cache
def _read(entries: tuple[Entry, ...]) -> tuple[Report, ...]:
    return read_batch(LENS, entries)


def typed(one: Exemplar) -> str:
    """Return an exemplar's text as it is pasted behind a command."""
    text = one.text.replace('"', "'")
    return f'"{text[:2_500]}"'


async def effective(store: Store, channel: str = MAIN) -> tuple[Exemplar, ...]:
    beats = {beat.key: beat.exemplars for beat in await store.exemplars.beats(LENS.exemplars)}
    return beats.get(channel, LENS.exemplars)
