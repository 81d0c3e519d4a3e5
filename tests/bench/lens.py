"""What the second table reads through: the usual model and exemplars, and a few watches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.config import Config
from bot.judging import lens_of
from bot.models import reader_memory, reader_start
from watchers.types import Watch
from watchers.workers import Workers

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

    from watchers.lens_spec import LensSpec
    from watchers.store.store import Store

WATCHES: Final = {
    "ships": "frigate* OR submarine* OR fırkateyn",
    "drones": "drone* OR UAV OR bayraktar",
    "deals": "contract AND (missile* OR radar*)",
}


async def reading_lens(held: AsyncExitStack, store: Store, *, channel: str) -> tuple[Workers, LensSpec]:
    """Start the worker that reads, with the model that a configuration without a word of it names."""
    config = Config.model_validate({"poll": {"contact": "mailto:bench@example.org"}})
    readers = await held.enter_async_context(
        Workers(1, initializer=reader_start(config.relevance, {}), memory=reader_memory(config.relevance))
    )
    lens = lens_of(config, Path("config.toml"))
    rows = [Watch(number=0, channel=channel, name=name, expression=e) for name, e in WATCHES.items()]
    for watch in rows:
        await store.watches.add(watch)
    beats = await store.exemplars.beats(lens.exemplars)
    return readers, replace(lens, watches=await store.watches.active(), beats=beats)
