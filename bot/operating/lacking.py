"""What a configuration that can be read still lacks to work, as far as this machine can tell by itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bot.operating.health import URL
from bot.settings.faults import lines_of, sentence
from bot.settings.secrets import secret
from watchers.feeds.addresses import is_literal, is_local, normal_pairs, refusal, unfit, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from bot.config import Config
    from bot.settings.faults import Location

CONTACT: Final = "mailto:you@example.org"  # stands in the example; a run with it is refused
_NAMES_OF_THIS_MACHINE: Final = frozenset({"localhost", "localhost.localdomain"})


def contact(config: Config, path: Path) -> str:
    """Return that the example's contact still stands in the file, empty if another does."""
    if config.poll.contact.removeprefix("mailto:").lower() != CONTACT.removeprefix("mailto:"):
        return ""
    message = "where publishers can reach you, not the example's contact"
    return _said(path, ("poll", "contact"), message, config.poll.contact, type(config))


def addresses(config: Config, path: Path) -> Iterator[str]:
    """Yield the feeds that would never be asked: their addresses are not public, nor allowed by name."""
    allowed = normal_pairs(config.poll.allowed)
    for number, feed in enumerate(config.feeds):
        if message := _never_asked(feed.url, allowed):
            yield _said(path, ("feeds", number, "url"), message, feed.url, type(config))


def _never_asked(address: str, allowed: frozenset[tuple[str, int]]) -> str:
    try:
        url = url_of(address)
        port = url.port or 0
    except ValueError:
        return "an address that can be read"
    if why := unfit(url):
        return f"an address that may be opened ({why})"
    host = (url.raw_host or "").lower()
    if (host, port) in allowed:
        return ""
    if host in _NAMES_OF_THIS_MACHINE or is_local(host):
        pair = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        return f'a public address, or "{pair}" under allow in [poll]'
    return f"a public address ({refusal(host)})" if is_literal(host) and refusal(host) else ""


def database(file: Path, config: Config, path: Path, environ: Mapping[str, str]) -> str:
    """Return why a database file cannot be made or written, empty if it can."""
    if not (why := _unwritable(file)):
        return ""
    if secret(URL, environ):
        return f"{URL}: {why}"
    return _said(path, ("database", "path"), f"a file that can be written ({why})", str(file), type(config))


def _unwritable(file: Path) -> str:
    folder = file.parent
    if not os.access(folder, os.F_OK):
        return f"{folder} is not there; make that folder"
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return f"nothing can be written in {folder}; allow this user to, or take another folder"
    if file.is_dir():
        return f"{file} is a folder"
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        return f"{file} cannot be read and written; allow this user to"
    return ""


def _said(path: Path, where: Location, message: str, found: str, root: type[Config]) -> str:
    fault: ErrorDetails = {"type": "value_error", "loc": where, "msg": message, "input": found}
    return sentence(path, lines_of(path.read_text(encoding="utf-8")), fault, root)
