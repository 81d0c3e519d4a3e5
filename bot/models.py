"""Which model reads the news, what its process needs, and who is told when it cannot be used."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.operating.setup import beside
from bot.settings.secrets import secret
from watchers.relevance.embedders.keys import KEY, ReaderStart
from watchers.relevance.embedders.names import ALONE, Choice, choice
from watchers.workers import MEMORY, Workers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.config import Config, Relevance
    from watchers.store.store import Rooms, Store

logger = logging.getLogger(__name__)

FAULT: Final = "model_fault"  # under this name it is kept why there is no model, for `status` and digests
EMBEDS: Final = "embeds"  # and under this one who gets the texts, if that is an endpoint
# Bytes that a reader may allocate with a model of another library: torch and a multilingual model of 470 MB.
ROOMY: Final = 4 * 1024 * 1024 * 1024


def embedder_of(section: Relevance, path: Path) -> str:
    """Return the embedder's name as a reader takes it; a folder counts from the configuration file `path`."""
    chosen = choice(section.embedder)
    if chosen.kind == "openai":
        return str(Choice(kind=chosen.kind, model=chosen.model, endpoint=section.endpoint))
    if chosen.model and (folder := beside(path, chosen.model)).is_dir():
        return str(Choice(kind=chosen.kind, model=str(folder)))
    return str(chosen)


def cache_of(config: Config, path: Path) -> str:
    """Return the folder for vectors that every start needs: beside the database, empty without a model."""
    if choice(config.relevance.embedder).kind == "none":
        return ""
    database = beside(path, config.database.path)
    return str(database.with_name(f"{database.stem}-vectors"))


def reader_start(section: Relevance, environ: Mapping[str, str]) -> ReaderStart:
    """Return what a reader's process begins with. Raises ConfigError for a key's file that cannot be read."""
    return ReaderStart(key=secret(KEY, environ) if choice(section.embedder).kind == "openai" else "")


def reader_memory(section: Relevance) -> int:
    """Return how many bytes a reader may allocate."""
    kind = choice(section.embedder).kind
    return MEMORY if kind in ALONE or kind == "openai" else ROOMY


def reader_of(section: Relevance, environ: Mapping[str, str]) -> Workers:
    """Return the one process that reads, still to be opened. Raises ConfigError as `reader_start` does."""
    return Workers(1, initializer=reader_start(section, environ), memory=reader_memory(section))


async def note_host(store: Store, section: Relevance) -> None:
    """Write down which host gets the texts, for `status` to say; log it if there is one."""
    host = urlsplit(section.endpoint).hostname or "" if section.endpoint else ""
    if host != (await store.kept.get(EMBEDS) or ""):
        await store.kept.put(EMBEDS, host)
    if host:
        logger.info("Titles and summaries are sent for vectors to %s", host, extra={"action": "vectors_on"})


async def note_fault(store: Store, fault: str) -> None:
    """Write down why there is no model although one is wanted, empty if all is well, and log it."""
    if fault != (await store.kept.get(FAULT) or ""):
        await store.kept.put(FAULT, fault)
    if fault:
        logger.warning("Working without the model: %s", fault, extra={"action": "model_refused"})


async def fault_of(rooms: Rooms) -> str:
    """Return why there is no model although one is wanted, empty if all is well."""
    return await rooms.kept.get(FAULT) or ""
