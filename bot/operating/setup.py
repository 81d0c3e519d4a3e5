"""First steps: write a configuration, read it, say what is wrong with it."""

from __future__ import annotations

import re
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from bot.config import load, parse
from bot.errors import ConfigError
from bot.settings import names
from bot.settings.values import Contact, Zone, spelled
from bot.wording.counting import counted

if TYPE_CHECKING:
    from bot.config import Config

LANGUAGES = ("en", "tr", "ja")
_CONTACT = "mailto:you@example.org"  # stands in the example; a run with it is refused
_FEED = re.compile(r"^\[\[feeds\]\]\n(?:(?!\[\[).*\n?)*", re.MULTILINE)


def example() -> str:
    """Return the text of config.example.toml: beside the packages in a checkout, inside when installed."""
    inside = files("bot") / "config.example.toml"
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "config.example.toml").read_text(encoding="utf-8")


def load_or_write(path: Path) -> Config:
    """Read a configuration that can be run; where there is none, write the example and say what to do next.

    Raises ConfigError for a file just written, one with faults, and one that still has the example's contact.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example(), encoding="utf-8")
        raise ConfigError(
            f"{path}: written just now, because there was none. Put a contact address under [poll], look "
            "over the channels and feeds, and start again."
        )
    config = load(path)
    if config.poll.contact == _CONTACT:
        line = path.read_text(encoding="utf-8").split(_CONTACT)[0].count("\n") + 1
        raise ConfigError(
            f"{path}:{line}: poll.contact: expected where publishers can reach you, "
            f'got the example\'s "{_CONTACT}"'
        )
    return config


def checked(path: Path) -> list[str]:
    """Return what a sound configuration amounts to, a line each. Raises ConfigError with every fault."""
    config = load_or_write(path) if path.exists() else load(path)
    exemplars, gazetteer = config.relevance.exemplars, config.relevance.gazetteer
    from bot.database import where  # noqa: PLC0415 - it asks this file where relative paths count from

    faults = names.faults(config, path, gazetteer=str(beside(path, gazetteer)) if gazetteer else "")
    if exemplars and not beside(path, exemplars).is_dir():
        faults.insert(0, f'{path}: relevance.exemplars: expected a folder, got "{exemplars}"')
    if faults:
        raise ConfigError(*faults)
    usual = spelled(config.poll.every)
    return [
        f"{path}: sound",
        f"{counted(len(config.feeds), 'feed')}, asked every {usual} unless they say otherwise",
        *(
            f"{c.id} “{c.name}”: {counted(len(c.keywords), 'keyword')}, {counted(len(c.rules), 'rule')}, "
            + (
                f"digest at {c.digest.at:%H:%M} {c.digest.days} {config.zone(c).key}"
                if c.digest
                else "no digest"
            )
            for c in config.channels
        ),
        f"database: {where(config, path).shown}",
    ]


def beside(config: Path, name: str) -> Path:
    """Return a path of the configuration; a relative one counts from the file's folder."""
    return config.resolve().parent / Path(name).expanduser()


def write_new(path: Path, *, contact: str, timezone: str, languages: str) -> str:
    """Write a configuration from the example and the answers; ask for what is missing in a terminal.

    Returns what to do next. Raises ConfigError if the file exists or an answer cannot be used.
    """
    if path.exists():
        raise ConfigError(f"{path}: is there already; take another name with --config, or edit it")
    contact = _answer("Contact for publishers (e-mail or page)", contact, "--contact", TypeAdapter(Contact))
    timezone = _answer("Time zone of the digests", timezone, "--timezone", TypeAdapter(Zone), default="UTC")
    chosen = [
        x.strip().lower() for x in _ask("Languages (en,tr,ja)", languages, default="en,tr,ja").split(",")
    ]
    if wrong := [x for x in chosen if x not in LANGUAGES]:
        raise ConfigError(f'--languages: expected some of en, tr and ja, got "{wrong[0]}"')
    text = example().replace(_CONTACT, contact, 1)
    text = re.sub(r'^timezone = "[^"]*"', f'timezone = "{timezone}"', text, count=1, flags=re.MULTILINE)
    text = re.sub(r'^language = "[^"]*"', f'language = "{chosen[0]}"', text, count=1, flags=re.MULTILINE)
    text = _FEED.sub(lambda feed: feed[0] if _language(feed[0]) in chosen else "", text)
    config = parse(text, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return (
        f"{path} is written, with {counted(len(config.feeds), 'feed')}.\n"
        f"Next: vedette run --config {path}   (look it over with: vedette check --config {path})"
    )


def _language(feed: str) -> str:
    found = re.search(r'^lang = "([a-z]{2})"', feed, re.MULTILINE)
    return found[1] if found else ""


def _ask(question: str, given: str, *, default: str = "") -> str:
    if given:
        return given
    if not sys.stdin.isatty():
        return default
    hint = f" [{default}]" if default else ""
    return input(f"{question}{hint}: ").strip() or default


def _answer(question: str, given: str, option: str, adapter: TypeAdapter[str], *, default: str = "") -> str:
    value = _ask(question, given, default=default)
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        wanted = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise ConfigError(f'{option}: expected {wanted}, got "{value}"') from error
