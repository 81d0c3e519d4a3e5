"""What is running: release, Python, schema, embedder, database and the platforms' libraries."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from bot.config import load
from bot.database import where
from watchers.relevance.embedders.names import choice
from watchers.store.migrate import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config
    from bot.database import Where

LIBRARIES: Final = ("slack-bolt", "slack-sdk", "discord.py", "aiohttp", "SQLAlchemy", "psycopg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What is running. `embedder` and `database` are kinds, None without a configuration to name them.

    A library that is not installed has the version None.
    """

    version: str
    python: str
    schema: str  # the newest revision that this release knows
    embedder: str | None
    database: str | None
    libraries: dict[str, str | None]


def build_of(config: Config | None, database: Where | None) -> Build:
    """Return what is running, by a configuration and the database that it means, if there is one."""
    return Build(
        version=version("vedette"),
        python=platform.python_version(),
        schema=HEAD,
        embedder=choice(config.relevance.embedder).kind if config else None,
        database=None if database is None else "postgresql" if database.file is None else "sqlite",
        libraries={name: _version(name) for name in LIBRARIES},
    )


def build_here(path: Path) -> str:
    """Return it as JSON, by the configuration at a path; without one there its kinds are null.

    Raises ConfigError for a configuration that cannot be used.
    """
    config = load(path) if path.exists() else None
    built = build_of(config, where(config, path) if config else None)
    return json.dumps(asdict(built), indent=2)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
