"""First steps: write a configuration, read it, say what is wrong with it."""

from __future__ import annotations

import os
import re
import shlex
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.config import load, parse
from bot.errors import ConfigError
from bot.operating import lacking, shapes
from bot.operating.called import tell
from bot.operating.options import CONFIG
from bot.settings import names
from bot.settings.faults import expected
from bot.settings.values import Contact, Zone, spelled
from bot.wording.counting import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.config import Channel, Config

T = TypeVar("T")
LANGUAGES = ("en", "tr", "ja")
_FEED = re.compile(r"^\[\[feeds\]\]\n(?:(?!\[\[).*\n?)*", re.MULTILINE)


def example() -> str:
    """Return the text of config.example.toml: beside the packages in a checkout, inside when installed."""
    inside = files("bot") / "config.example.toml"
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "config.example.toml").read_text(encoding="utf-8")


def runnable(path: Path, environ: Mapping[str, str]) -> Config:
    """Read a configuration that can be run; where there is none, write the example and say what to do next.

    Raises ConfigError for a file just written, one with faults, one that still has the example's contact,
    and for every secret of a configured platform that is missing or will not do.
    """
    if not path.exists():
        _write(path, example())
        raise ConfigError(
            f"{path}: written just now, because there was none. Put a contact address under [poll], look "
            "over the channels and feeds, and start again; or answer what `vedette init` asks."
        )
    return fit_to_run(load(path), path, environ)


def fit_to_run(config: Config, path: Path, environ: Mapping[str, str]) -> Config:
    """Return it, or raise ConfigError with all that keeps it from being run: a contact, secrets."""
    contact = lacking.contact(config, path)
    if faults := [*([contact] if contact else []), *shapes.refused(config, environ)]:
        raise ConfigError(*faults)
    return config


def checked(path: Path, environ: Mapping[str, str] | None = None) -> list[str]:
    """Return what a sound configuration amounts to, a line each. Raises ConfigError with every fault.

    `environ` None: the platforms' secrets are not looked at.
    """
    from bot.database import where  # noqa: PLC0415 - it asks this file where relative paths count from

    config = load(path)
    database = where(config, path, environ)
    if faults := [*_faults(config, path), *_surroundings(config, path, environ, database.file)]:
        raise ConfigError(*faults)
    usual = spelled(config.poll.every)
    return [
        f"{path}: sound",
        f"{counted(len(config.feeds), 'feed')}, asked every {usual} unless they say otherwise",
        *(f"{one.id} “{one.name}”: {_amounts_to(one, config)}" for one in config.channels),
        f"database: {database.shown}",
    ]


def _faults(config: Config, path: Path) -> list[str]:
    """Return what of the file will not do, although it can be read."""
    exemplars, gazetteer = config.relevance.exemplars, config.relevance.gazetteer
    found = [fault] if (fault := lacking.contact(config, path)) else []
    if exemplars and not beside(path, exemplars).is_dir():
        found.append(f'{path}: relevance.exemplars: expected a folder, got "{exemplars}"')
    found += names.faults(config, path, gazetteer=str(beside(path, gazetteer)) if gazetteer else "")
    return [*found, *lacking.addresses(config, path)]


def _surroundings(
    config: Config, path: Path, environ: Mapping[str, str] | None, database: Path | None
) -> list[str]:
    """Return what will not do of what the file names: its database, and its platforms' secrets."""
    fault = database and lacking.database(database, config, path, os.environ if environ is None else environ)
    secrets = _secrets(config, environ) if environ is not None else []
    return [*([fault] if fault else []), *secrets]


def _secrets(config: Config, environ: Mapping[str, str]) -> list[str]:
    """Return what will not do of the platforms' secrets and of the metrics' token."""
    from bot.metrics.opening import token_of  # noqa: PLC0415 - as bot.database above, which it asks

    faults = shapes.refused(config, environ)
    try:
        token_of(config, environ)
    except ConfigError as error:
        faults += error.faults
    return faults


def _amounts_to(channel: Channel, config: Config) -> str:
    """Return what a channel watches and when it gets its digest."""
    digest = channel.digest
    when = f"digest at {digest.at:%H:%M} {digest.days} {config.zone(channel).key}" if digest else "no digest"
    if channel.bound_to:
        return f"shares the keywords and rules of {channel.bound_to}; {when} of its own"
    return f"{counted(len(channel.keywords), 'keyword')}, {counted(len(channel.rules), 'rule')}, {when}"


def beside(config: Path, name: str) -> Path:
    """Return a path of the configuration; a relative one counts from the file's folder."""
    return config.resolve().parent / Path(name).expanduser()


def write_new(path: Path, *, contact: str, timezone: str, languages: str) -> str:
    """Write a configuration from the example and the answers; ask for what is missing in a terminal.

    Returns what to do next. Raises ConfigError if the file exists or an answer cannot be used.
    """
    if path.exists() and not _is_untouched(path):
        raise ConfigError(
            f"{path}: is there already, with changes; edit it and try it with `vedette check`, or take "
            "another name with --config"
        )
    contact = _answer(
        "Contact for publishers (e-mail or page)", contact, "--contact", TypeAdapter(Contact).validate_python
    )
    timezone = _answer(
        "Time zone of the digests",
        timezone,
        "--timezone",
        TypeAdapter(Zone).validate_python,
        default="UTC",
    )
    chosen = _answer(
        "Languages of the feeds, the one of alerts and digests first",
        languages,
        "--languages",
        _languages,
        default=",".join(LANGUAGES),
    )
    text = example().replace(lacking.CONTACT, contact, 1)
    text = re.sub(r'^timezone = "[^"]*"', f'timezone = "{timezone}"', text, count=1, flags=re.MULTILINE)
    text = re.sub(r'^language = "[^"]*"', f'language = "{chosen[0]}"', text, count=1, flags=re.MULTILINE)
    text = _FEED.sub(lambda feed: feed[0] if _language(feed[0]) in chosen else "", text)
    config = parse(text, path)
    _write(path, text)
    return (
        f"{path} is written, with {counted(len(config.feeds), 'feed')}.\n"
        f"Next: vedette run{_named(path)}   (look it over with: vedette check{_named(path)})"
    )


def _named(path: Path) -> str:
    """Return the option that names a configuration; nothing for the one that is read without it."""
    usual = os.environ.get("VEDETTE_CONFIG") or str(CONFIG)
    return "" if str(path) == usual else f" --config {shlex.quote(str(path))}"


def _is_untouched(path: Path) -> bool:
    """Tell whether a file is the example as `vedette run` writes it where there is none."""
    try:
        return path.read_bytes() == example().encode()
    except OSError:
        return False


def _write(path: Path, text: str) -> None:
    """Write a configuration, and make its folder. Raises ConfigError where that is not allowed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be written ({error.strerror}); allow this user to, or take another name with "
            "--config"
        ) from error


def _language(feed: str) -> str:
    found = re.search(r'^lang = "([a-z]{2})"', feed, re.MULTILINE)
    return found[1] if found else ""


def _languages(text: str) -> list[str]:
    """Read "en,tr". Raises ValueError for a language there are no feeds in."""
    chosen = [part.strip().lower() for part in text.split(",")]
    if any(one not in LANGUAGES for one in chosen):
        raise ValueError("some of en, tr and ja")
    return chosen


def _answer(question: str, given: str, option: str, read: Callable[[str], T], *, default: str = "") -> T:
    """Return an option's value, or what is answered in a terminal, where a wrong answer is asked for again.

    Raises ConfigError for a wrong option, and for a wrong default where nobody can be asked.
    """
    asks = not given and sys.stdin.isatty()
    hint = f" [{default}]" if default else ""
    while True:
        value = given or (asks and input(f"{question}{hint}: ").strip()) or default
        try:
            return read(value)
        except ValueError as error:
            wanted = (
                error.errors()[0]["msg"].removeprefix("Value error, ")
                if isinstance(error, ValidationError)
                else str(error)
            )
            fault = expected(wanted, f'"{value}"')
            if not asks:
                raise ConfigError(f"{option}: {fault}") from error
            tell(f"{fault[0].upper()}{fault[1:]}", failed=True)
