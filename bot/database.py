"""Which database a configuration means: a server's address, from the environment first, or a file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from bot.errors import ConfigError
from bot.operating.health import URL
from bot.operating.setup import beside
from bot.settings.secrets import secret

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.config import Config

_DUMP: Final = (
    "this is for a database file, and {shown} is a server; there it is pg_dump --format=custom that writes a "
    "backup and pg_restore that brings one back: see docs/postgresql.md"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where everything is kept. `url` may hold a password; `file` is None for a server."""

    url: str = field(repr=False)
    file: Path | None

    @property
    def shown(self) -> str:
        """Return it for people, without a password. Raises StoreError for an address that is none."""
        if self.file is not None:
            return str(self.file)
        from watchers.store.engines.addresses import shown  # noqa: PLC0415 - 0.2 s that a file need not cost

        return shown(self.url)

    def existing(self) -> str:
        """Return the address; raises ConfigError for a file that is not there yet."""
        if self.file is not None and not self.file.exists():
            raise ConfigError(f"{self.file}: not there yet; start `vedette run` once")
        return self.url

    def as_file(self) -> Path:
        """Return the file; raises ConfigError for a server, with what to use there."""
        if self.file is None:
            raise ConfigError(_DUMP.format(shown=self.shown))
        return self.file


def where(config: Config, path: Path, environ: Mapping[str, str] | None = None) -> Where:
    """Return the database of a configuration file at `path`; `environ` None: this process's.

    Raises ConfigError for a file of the environment that cannot be read.
    """
    given = secret(URL, os.environ if environ is None else environ) or config.database.url.get_secret_value()
    if not given:
        file = beside(path, config.database.path)
        return Where(url=f"sqlite:///{quote(str(file))}", file=file)
    if given.startswith("sqlite:///"):
        if "?" in given:
            raise ConfigError("database: the address of a file has no options; leave out what begins with ?")
        file = beside(path, unquote(given.removeprefix("sqlite:///")))
        return Where(url=f"sqlite:///{quote(str(file))}", file=file)
    return Where(url=given, file=None)


def look_ahead(config: Config, path: Path) -> None:
    """Begin to look whether a file that is about to be opened is sound, beside what else there is to do."""
    from watchers.store.soundness import look_ahead as begin  # noqa: PLC0415 - brings the database's library

    if (file := where(config, path).file) is not None:
        begin(file)
