"""Decide from the configuration whether the bot's work is counted, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bot.database import where
from bot.errors import ConfigError
from bot.metrics.meters import SILENT
from bot.settings.secrets import required, secret

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from aiohttp import web

    from bot.config import Config
    from bot.database import Where
    from bot.metrics.counted import Counted
    from bot.metrics.meters import Meters
    from bot.metrics.standing import Running
    from watchers.store.store import Store
    from watchers.workers import Workers

Access = Literal["open", "token", "off"]
TOKEN: Final = "VEDETTE_METRICS_TOKEN"  # noqa: S105 -- the setting's name, not what it holds
LEAST_TOKEN: Final = 16  # characters, as the page's token; fewer could be guessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Whom the parts tell, and the page if there is one; `token` is empty where everybody may ask."""

    config: Config
    database: Where
    counted: Counted | None
    token: str = ""

    @property
    def meters(self) -> Meters:
        """Return whom the parts tell of their work."""
        return self.counted or SILENT

    def routes(self, running: Running) -> list[web.RouteDef]:
        """Return the page's route, none where metrics are off."""
        if self.counted is None:
            return []
        from bot.metrics.build import build_of  # noqa: PLC0415 -- as for Counted below
        from bot.metrics.served import Served  # noqa: PLC0415 -- as for Counted below
        from bot.metrics.standing import Look  # noqa: PLC0415 -- as for Counted below

        build = build_of(self.config, self.database)
        look = Look(running=running, counted=self.counted, build=build, database=self.database.file)
        return [Served(look, token=self.token).route()]

    def part_routes(self, store: Store, workers: Mapping[str, Workers]) -> list[web.RouteDef]:
        """Return the page's route of a worker or a scheduler, none where metrics are off."""
        if self.counted is None:
            return []
        from bot.metrics.build import build_of  # noqa: PLC0415 -- as for Counted below
        from bot.metrics.part import PartLook  # noqa: PLC0415 -- as for Counted below
        from bot.metrics.served import Served  # noqa: PLC0415 -- as for Counted below

        build = build_of(self.config, self.database)
        look = PartLook(store=store, workers=workers, counted=self.counted, build=build)
        return [Served(look, token=self.token).route()]


def open_metrics(config: Config, path: Path, environ: Mapping[str, str]) -> Metrics:
    """Begin to count if anybody may ask. Raises ConfigError for a token that is wanted and will not do."""
    database = where(config, path, environ)
    if access_to(config, has_token=bool(secret(TOKEN, environ))) == "off":
        return Metrics(config=config, database=database, counted=None)
    from bot.metrics.counted import Counted  # noqa: PLC0415 -- the library is loaded where it is used

    token = token_of(config, environ)
    platforms = [name for name in ("slack", "discord") if getattr(config, name) is not None]
    counted = Counted([*platforms, "preview"])
    return Metrics(config=config, database=database, counted=counted, token=token)


def token_of(config: Config, environ: Mapping[str, str]) -> str:
    """Return what has to be sent for the metrics, empty: nothing. Raises ConfigError if it will not do."""
    if access_to(config, has_token=bool(secret(TOKEN, environ))) != "token":
        return ""
    token = required(TOKEN, environ, why='[http] metrics = "token" asks for it')
    if len(token) < LEAST_TOKEN or not token.isascii():
        raise ConfigError(f"{TOKEN}: {LEAST_TOKEN} or more letters and digits, so that none guesses it")
    return token


def access_to(config: Config, *, has_token: bool) -> Access:
    """Return who may ask for the metrics.

    Where nobody chose, a token that is there is asked for; without one they stand open beside /healthz and
    /readyz, but not where strangers reach the address because Slack does.
    """
    if not config.http.enabled:
        return "off"
    if config.http.metrics is not None:
        return config.http.metrics
    if has_token:
        return "token"
    return "off" if config.slack is not None and config.slack.mode == "http" else "open"
