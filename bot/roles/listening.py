"""What a worker or a scheduler answers over HTTP, where it was given a port: its health, and its metrics.

[http] is the bot's: processes on one machine read the same file and cannot share its port.
"""

from __future__ import annotations

import logging
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.http import build_part_http, serve_http
from bot.metrics.opening import open_metrics

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.config import Config
    from bot.metrics.meters import Meters
    from bot.metrics.opening import Metrics
    from bot.roles.opening import Role
    from watchers.workers import Workers

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """A process's own port, None where it has none, and what is told there; `pools` come as they open."""

    config: Config
    port: int | None
    metrics: Metrics
    pools: dict[str, Workers] = field(default_factory=dict)

    @classmethod
    def of(cls, config: Config, path: Path, port: int | None) -> Listening:
        """Prepare it. Raises ConfigError for a token that is wanted and will not do."""
        http = config.http.model_copy(update={"enabled": port is not None})
        ours = config.model_copy(update={"http": http})
        return cls(config=ours, port=port, metrics=open_metrics(ours, path, os.environ))

    @property
    def meters(self) -> Meters:
        """Return whom the parts tell of their work."""
        return self.metrics.meters

    @asynccontextmanager
    async def open(self, role: Role) -> AsyncIterator[None]:
        """Answer while the context lasts. Raises ConfigError for a port that cannot be opened."""
        if self.port is None:
            yield
            return
        routes = self.metrics.part_routes(role.store, self.pools)
        http = build_part_http(role.store, part=role.sign, routes=routes)
        async with serve_http(http, self.config.http.bind, self.port) as port:
            logger.info("Listening at port %s", port, extra={"action": "listening", "port": port})
            yield
