"""Read secrets from the environment: `NAME`, or the file that `NAME_FILE` names. They are never shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping


def secret(name: str, environ: Mapping[str, str]) -> str:
    """Return a secret, empty if it is not set. Raises ConfigError for a file that cannot be read."""
    if value := environ.get(name, "").strip():
        return value
    path = environ.get(f"{name}_FILE", "").strip()
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ConfigError(f"{name}_FILE: {path} cannot be read ({reason})") from error


def required(name: str, environ: Mapping[str, str], *, why: str) -> str:
    """Return a secret that must be there. Raises ConfigError, which names it and never its value."""
    value = secret(name, environ)
    if not value:
        raise ConfigError(f"{name}: not set; {why}. Set it, or name its file in {name}_FILE.")
    return value
